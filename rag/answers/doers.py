"""Doers: which person does what a verb of a text says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.actors import PASSIVE, TITLES, Names, PeopledText, peopled
from rag.text.folding import fold
from rag.text.function_words import is_function_word

_NO_SUBJECT_AFTER: Final = frozenset(
    "of with by from to for against on at in about and told than like via per between behind after "
    "before under over met meet با از به برای بر علیه و توسط درباره بین پس پیش".split()
)
"""After these somebody is named who does not do what the verb says."""
_BETWEEN_DOER_AND_VERB: Final = frozenset(
    "has have had also then later had first already will would".split()
)
_WITH: Final = fold("مع")
_LONGEST_NAME, _SHORTEST_NAME = 3, 2
"""Words of one name, at most, and of the first of two that stand side by side."""
_PERSIAN_VERB: Final = 3
"""Words at the end of a Persian clause among which its verb is."""
_SHORTEST_VERB: Final = 3
"""Letters of a word; one that begins with "and" has more where that is what it begins with."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of a text with the person who does it."""

    verb: tuple[str, ...]
    """The folded words among which the verb is."""
    doer: Names
    place: int
    """The place of the verb among the words; in Persian of the first that may be a part of it."""


@lru_cache(maxsize=1_024)
def deeds_in(text: str, known: Names = frozenset()) -> tuple[Deed, ...]:
    """Who does what in a text, as far as the place of a name before or after a verb tells.

    In Arabic the doer follows the verb that opens a clause, in English the verb follows the doer,
    in Persian the doer is named first and the verb stands last.
    """
    read = peopled(text, known)
    deeds = {"ar": _arabic_deeds, "en": _english_deeds, "fa": _persian_deeds}[read.language]
    return tuple(deeds(read))


def _arabic_deeds(read: PeopledText) -> Iterator[Deed]:
    for place, word in enumerate(read.words):
        opens = (
            not place or read.has_comma(place) or (word[0] in "وف" and len(word) > _SHORTEST_VERB)
        )
        if not opens or place in read.people or is_function_word(word):
            continue
        verb = (word, word[1:]) if word[0] in "وف" else (word,)
        first = _arabic_doer(read, place)
        if first is not None:
            yield Deed(verb, _named(read, first), place)


def _arabic_doer(read: PeopledText, verb: int) -> int | None:
    """The place of the person who does what a verb says; None where there is none."""
    for place in read.subject_after(verb):
        if place in read.people:
            return place
        if read.words[place] == _WITH or (place > verb + 1 and _opens(read, place)):
            return None
    return None


def _opens(read: PeopledText, place: int) -> bool:
    """Whether a comma stands before a word, and no name after it, as in an apposition."""
    return read.has_comma(place) and place not in read.people


def _english_deeds(read: PeopledText) -> Iterator[Deed]:
    for first in sorted(read.people):
        if first - 1 in read.people and not read.is_broken(first):
            continue
        if first and read.words[first - 1] in _NO_SUBJECT_AFTER:
            continue
        verb = first + len(list(read.name_at(first)))
        while verb < len(read.words) and not read.has_comma(verb) and read.is_capital(verb):
            verb += 1  # "Imran Khan": what a name and a capital make a part of it
        name_ends = verb
        while verb < len(read.words) and read.words[verb] in _BETWEEN_DOER_AND_VERB:
            verb += 1
        if verb == len(read.words) or read.has_comma(verb):
            continue
        if read.words[verb] not in PASSIVE and not is_function_word(read.words[verb]):
            yield Deed((read.words[verb],), frozenset(read.words[first:name_ends]), verb)


def _persian_deeds(read: PeopledText) -> Iterator[Deed]:
    ends = [place for place in range(1, len(read.words)) if read.ends_clause(place)]
    start = 0
    for end in (*ends, len(read.words)):
        first = next((place for place in range(start, end) if place in read.people), end)
        after = first + len(list(read.name_at(first)))
        is_first = first < start + _PERSIAN_VERB or read.words[first - 1] in TITLES
        is_object = after < end and read.words[after] == "را"
        if is_first and not is_object and end - after >= _PERSIAN_VERB:
            verb = tuple(read.words[end - _PERSIAN_VERB : end])
            yield Deed(verb, _named(read, first), end - _PERSIAN_VERB)
        start = end


def _named(read: PeopledText, first: int) -> Names:
    """The words of the name that begins at a place; of two without a word between, the first."""
    run = [read.words[place] for place in read.name_at(first)]
    return frozenset(run if len(run) <= _LONGEST_NAME else run[:_SHORTEST_NAME])
