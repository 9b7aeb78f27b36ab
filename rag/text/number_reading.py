"""Readings of single words: what a folded word may be as a part of a number, or as a unit."""

import re
from functools import lru_cache
from typing import Final

from rag.text.number_words import (
    ARABIC,
    ENGLISH,
    PERSIAN,
    PERSIAN_ONLY_IN_PERSIAN,
    UNITS,
    Atom,
)

_PREFIX: Final = re.compile(r"(?P<joined>[وف])?(?P<by>[بلك])?(?P<the>ال|(?<=ل)ل)?")


@lru_cache(maxsize=8_192)
def stripped(word: str) -> tuple[tuple[str, bool, bool], ...]:
    """A folded Arabic word as it may stand behind its prefixes: (rest, joined by and, definite)."""
    readings = [(word, False, False)]
    prefix = _PREFIX.match(word)
    for length in sorted(
        {prefix.end(group) for group in (1, 2, 3) if prefix[group]} if prefix else ()
    ):
        rest, head = word[length:], word[:length]
        if len(rest) >= 2:
            readings.append((rest, head[0] in "وف", head.endswith(("ال", "لل"))))
    return tuple(readings)


@lru_cache(maxsize=8_192)
def unit_of(word: str, persian: bool) -> str | None:
    """The unit that a folded word names."""
    if persian and word == "شهر":
        return None  # a city
    for rest, _, _ in stripped(word):
        if rest in UNITS:
            return UNITS[rest]
    return None


@lru_cache(maxsize=8_192)
def atom_of(word: str, persian: bool) -> tuple[Atom, bool, bool] | None:
    """What a word says as a part of a number, whether "and" and whether the article is in it."""
    if word in ENGLISH:
        return ENGLISH[word], False, False
    if word in PERSIAN and (persian or word not in PERSIAN_ONLY_IN_PERSIAN):
        return PERSIAN[word], False, False
    if persian and word in PERSIAN_ONLY_IN_PERSIAN:
        return None
    for rest, joined, definite in stripped(word):
        atom = ARABIC.get(rest)
        if (
            atom
            and not (definite and atom.never_definite)
            and not (rest != word and atom.never_prefixed)
        ):
            return atom, joined, definite
    return None
