"""Subjects: whether two stretches of text speak of the same thing, across languages."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from rag.answers.pool import without_prefixes
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.lexicon import NAMES, PLACES, Concept, lexicon
from rag.text.names import skeletons
from rag.text.number_words import UNITS
from rag.text.stems import is_arabic_script, light_stem, root

Keys = frozenset[str]
"""What a word stands for; two words that share a key may stand for the same."""

_WEIGHTY: Final = 4
"""The length of the shortest skeleton that tells a name, its level's digit included."""
_SHORTEST_ROOT: Final = 3
_PLURALS: Final = ("ين", "ون", "ه")
"""Endings that follow on the one of who is of a place ("الباكستانيين")."""
_OWNED: Final = ("ته", "تها", "تهم", "تهما")
"""Endings of a noun in ta marbuta with its owner ("رحلته", his journey)."""
_NO_PLACES: Final = frozenset({("muhammad",), ("nasser",)})
_NISBA: Final = re.compile(r"[^\W\d_]ي(?:ه|ون|ين|ات)?\Z")
"""Who or what is of a place ("القطري"): what else the word may be is rare in a report."""
_RARE: Final = frozenset(("frequent", "knowledge", "science"))
_PEOPLES: Final = frozenset({("turk",), ("hindi",), ("chinese",), ("arabic",), ("persian",)})
_NO_SUBJECT: Final = frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(UNITS)


def content_words(text: str) -> list[str]:
    """The folded words of a text that may tell its subject."""
    return [word for word in folded_words(text) if is_content(word)]


@lru_cache(maxsize=4_096)
def is_content(word: str) -> bool:
    """Whether a folded word may tell a subject: no number, unit, month or function word."""
    return not (word.isdigit() or len(word) < 3 or word in FUNCTION_WORDS or word in _NO_SUBJECT)


@lru_cache(maxsize=4_096)
def keys_of(word: str) -> Keys:
    """The keys of a folded word: what the lexicon has it for, its stem, its root, its sound."""
    found = {f"s:{light_stem(form)}" for form in _forms(word)}
    found |= {f"c:{' '.join(phrase)}" for one in _concepts(word)[0] for phrase in one.phrases["en"]}
    if is_arabic_script(word):
        found |= {f"r:{one}" for one in map(root, _forms(word)) if len(one) >= _SHORTEST_ROOT}
    found |= {one for one in skeletons(word) if len(one) >= _WEIGHTY and one[0] == "1"}
    return frozenset(found)


@lru_cache(maxsize=4_096)
def place_of(word: str) -> Keys:
    """The keys of the place that a folded word names, or names what is of it; none if it does not.

    >>> place_of("لباكستان") & place_of("pakistani") != frozenset()
    True
    """
    concepts, is_exact = _concepts(word)
    places = [one for one in concepts if one.field in (PLACES, NAMES) and not _is_person(one)]
    others = [one for one in concepts if one not in places]
    if _NISBA.search(word):
        others = [one for one in others if not (one.field in _RARE or _is_tongue(one))]
    if not is_exact or others:
        return frozenset()
    names = {phrase for one in places for phrase in one.phrases["en"] if len(phrase) == 1}
    return frozenset(f"p:{light_stem(name)[:5]}" for (name,) in names)


@lru_cache(maxsize=256)
def keys_in(text: str) -> Keys:
    """The keys of every content word of a text."""
    return frozenset(key for word in content_words(text) for key in keys_of(word))


def places_told(words: Iterable[str]) -> Iterator[Keys]:
    """The places among folded words, each by its keys."""
    return filter(None, map(place_of, words))


@lru_cache(maxsize=4_096)
def _concepts(word: str) -> tuple[tuple[Concept, ...], bool]:
    """What the lexicon has a word for, and whether it has the very form: then only that."""
    exact: list[Concept] = []
    near: list[Concept] = []
    for language in ("ar", "fa") if is_arabic_script(word) else ("en",):
        for form in _forms(word):
            for concept in lexicon(language).concepts(form):
                phrases = concept.phrases[language]
                spelt = (form,) in phrases or (form.removeprefix("ال"),) in phrases
                (exact if spelt else near).append(concept)
    return tuple(exact or near), bool(exact)


def _is_tongue(concept: Concept) -> bool:
    """Whether a concept is the language of a place, or one of its people."""
    names = concept.phrases["en"]
    return any(name[-1] == "language" or name in _PEOPLES for name in names)


def _is_person(concept: Concept) -> bool:
    """Whether a concept among the places is none."""
    return not _NO_PLACES.isdisjoint(concept.phrases["en"])


@lru_cache(maxsize=4_096)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it may be without prefixes and without its owner."""
    if not is_arabic_script(word):
        return (word,)
    bare = [word, *without_prefixes(word)]
    for ending in _PLURALS:
        bare += [one.removesuffix(ending) for one in bare if one.endswith(f"ي{ending}")]
    for ending in _OWNED:
        bare += [one.removesuffix(ending) + "ه" for one in bare if one.endswith(ending)]
    return tuple(dict.fromkeys(bare))
