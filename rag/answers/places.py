"""Places in a claim: each has to be in what supports it, by its name in that language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rag.answers.pool import Pool, without_prefixes
from rag.text.dates import MONTHS, WEEKDAYS
from rag.text.folding import folded_words
from rag.text.language import LANGUAGES
from rag.text.lexicon import NAMES, PLACES, Concept, lexicon
from rag.text.names import skeletons
from rag.text.stems import is_arabic_script

CAPITALISED: Final = re.compile(r"(?<![\w@#/])[A-ZÀ-Þ][\w'’-]*[\w]|(?<![\w@#/.])[A-ZÀ-Þ](?!\w)")
"""A word with a capital, without what hangs on it."""
_ARABIC_ENDINGS: Final = ("يا", "يه", "ا", "ه", "ستان")


def places_in(text: str) -> Iterator[tuple[str, list[Concept]]]:
    """The places of a text, each with what the lexicon has under it."""
    words = folded_words(text)
    capitals = {word for match in CAPITALISED.findall(text) for word in folded_words(match)}
    for language in LANGUAGES:
        for match in lexicon(language).matches(words):
            covered = words[match.start : match.end]
            if (language == "en") == is_arabic_script(covered[0]):
                continue
            if covered[0] in MONTHS or covered[0] in WEEKDAYS:
                continue
            places = [one for one in match.concepts if one.field in (PLACES, NAMES)]
            others = [one for one in match.concepts if one not in places]
            if language == "en":
                named = not others and bool(capitals & set(covered))
            else:
                named = _spells(covered, places) and not _spells(covered, others)
            if named:
                yield " ".join(covered), places


def _spells(words: Sequence[str], concepts: Iterable[Concept]) -> bool:
    """Whether a concept has these words as they stand, but for the prefixes of the first."""
    first = {words[0], *without_prefixes(words[0])}
    for phrase in (one for each in concepts for every in each.phrases.values() for one in every):
        if tuple(words[1:]) == phrase[1:]:
            bare = phrase[0].removeprefix("ال") if len(phrase) == 1 else phrase[0]
            if {phrase[0], bare} & first:
                return True
    return False


def unknown_place(claim: str, pool: Pool) -> str | None:
    """The first place of `claim` that `pool` does not have; None where it has all."""
    for name, concepts in places_in(claim):
        phrases = [
            phrase
            for concept in concepts
            for variants in concept.phrases.values()
            for phrase in variants
        ]
        if any(all(_has_form(word, pool) for word in phrase) for phrase in phrases):
            continue
        if not any(_is_likeness(word, pool) for word in name.split()):
            return name
    return None


def _is_likeness(word: str, pool: Pool) -> bool:
    """Whether the pool has a longer word of the same consonants: a place spelt otherwise."""
    strict = [one[1:] for one in skeletons(word) if one[0] == "1"]
    return bool(strict) and min(map(len, strict)) >= 3 and any(one in pool.strict for one in strict)


def _has_form(word: str, pool: Pool) -> bool:
    """Whether the pool has a word, or one made of it ("الروسية" of "روسيا")."""
    if pool.has(word):
        return True
    bare = word.removeprefix("ال")
    if not is_arabic_script(word):
        return len(word) >= 4 and any(other.startswith(word[:-1]) for other in pool.words)
    for ending in _ARABIC_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare.removesuffix(ending)
            break
    return len(bare) >= 3 and any(other.startswith(bare) for other in pool.bare_words)
