"""Strangers: people of an Arabic or Persian claim of whom what supports it has nothing.

Neither script tells a name by a capital. Where a claim names somebody, a word that no list knows is
taken for a name; it has to be told, by its letters or its sound. There a name that is also a word
counts as a name.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.alignment import Features
from rag.answers.mentions import mentions_in
from rag.answers.pool import without_prefixes
from rag.answers.senses import listed_exactly
from rag.answers.texts import tongue_of
from rag.answers.transliteration import is_near, same_names
from rag.answers.unlisted import is_listed_name, is_of_place, is_word
from rag.text.function_words import is_function_word

_SHORTEST: Final = 3
_SHORTEST_ALIKE: Final = 4
_FEWEST: Final = 2
"""Consonants that tell a name."""
_LONGEST_NAME: Final = 3
_LETTERS: Final = str.maketrans(
    {"گ": "ج", "غ": "ج", "چ": "ش", "ژ": "ز", "ذ": "ز", "ظ": "ز", "پ": "ب", "ط": "ت", "ث": "س"}
    | {"ص": "س", "ح": "ه", "خ": "ه", "ض": "د", "ڤ": "ف"}
)
"""Letters that the two languages write one for another in a foreign name."""


def stranger(claim: str, features: Features) -> str | None:
    """The first word of `claim` that names somebody whom `features` has not; else None."""
    if tongue_of(claim) == "en":
        return None
    found = mentions_in(claim)
    for place in found.places():
        if not _is_told(found.words, place, features):
            return found.words[place]
    for place in found.doubtful():
        word = found.words[place]
        told = features.has_word(word, by_root=False)
        if not (told or any(_is_written(one, features) for one in _written(found.words, place))):
            return word
    return None


def _is_told(words: Sequence[str], place: int, features: Features) -> bool:
    """Whether a name stands in what supports the claim, in whatever script and spelling."""
    word = words[place]
    if any(_is_written(one, features) for one in _written(words, place)):
        return True
    # "مردی", a man: the name of nobody where the source speaks of a man.
    base = word[:-1]
    is_form = word.endswith("ي") and len(base) >= _SHORTEST and bool(listed_exactly(base))
    return is_form and not is_listed_name(word) and features.has_word(base, by_root=False)


def _written(words: Sequence[str], place: int) -> Iterator[str]:
    """A word, without its prefixes too, and together with the one before and the one after."""
    word = words[place]
    yield from (word, *without_prefixes(word))
    if place:
        yield words[place - 1] + word
    if place + 1 < len(words):
        yield word + words[place + 1]


def _is_written(word: str, features: Features) -> bool:
    if word in features.pool.bare_words or word in _joined(features):
        return True
    if features.names and same_names(word, features.names):
        return True
    # A name of one consonant ("Ivo") has too little to tell it in another script.
    if len(_bones(word)) < _FEWEST and any(map(_is_brief, features.names)):
        return True
    plain, bones = _plain(word), _bones(word)
    return len(word) >= _SHORTEST_ALIKE and any(
        _plain(other)[0] == plain[0]
        and (is_near(plain, _plain(other)) or (len(bones) >= _SHORTEST and bones == _bones(other)))
        and _may_be_meant(word, other)
        for other in features.pool.bare_words
        if len(other) >= _SHORTEST_ALIKE
    )


def _may_be_meant(word: str, other: str) -> bool:
    """Whether a word of the source may be a name that the claim writes in other letters."""
    if is_listed_name(other) or (is_of_place(other) and not is_listed_name(word)):
        return True
    return not (is_word(other) or is_function_word(other))


def _is_brief(word: str) -> bool:
    """Whether a folded name in Latin letters has a single consonant."""
    return len(word) > 1 and len(re.sub("[aeiouyw]", "", word)) < _FEWEST


@lru_cache(maxsize=4_096)
def _plain(word: str) -> str:
    """A folded word in the letters that both languages have for a foreign name."""
    return word.replace("تش", "ش").translate(_LETTERS)


@lru_cache(maxsize=4_096)
def _bones(word: str) -> str:
    """The same without the letters that may be long vowels."""
    return re.sub("[اويه]", "", _plain(word))


def _joined(features: Features) -> frozenset[str]:
    """The neighbouring words of what supports a claim, written together."""
    return _pairs(tuple(features.words))


@lru_cache(maxsize=256)
def _pairs(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one + other for one, other in pairwise(words))
