"""Opposites: which side of a pair such as more and less the words of a text take.

`data/opposites.txt` has the pairs of which one side turns the other round whatever it is said of;
`data/antonyms.txt` the many more that are told apart only where the same is said of both.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.inflection import bases, forms
from rag.answers.pool import without_prefixes
from rag.answers.senses import WordList, concepts_of
from rag.answers.subject import place_of
from rag.answers.texts import words_in
from rag.text.folding import fold
from rag.text.function_words import FUNCTION_WORDS
from rag.text.lexicon import Concept
from rag.text.number_reading import atom_of
from rag.text.stems import is_arabic_script, light_stem

Side = tuple[int, int]
"""A pair by its number, and which of its two sides."""

_BETWEEN: Final = re.compile("<=?>")
_CONVERSE: Final = "<=>"
_PLAIN: Final = ("opposites",)
_EVERY: Final = ("opposites", "antonyms")
_NEUTRAL: Final = "="
_SOURCES: Final = frozenset(
    fold("report article source text تقرير التقرير المصدر النص المقال گزارش منبع متن مقاله").split()
)
"""What is first or last among these is no fact of theirs."""


class _Pairs:
    """The pairs of data files, by what their words are known by."""

    def __init__(self, names: Sequence[str]) -> None:
        self.of_word: dict[str, set[Side]] = {}
        self.of_concept: dict[Concept, set[Side]] = {}
        self.of_phrase: dict[str, list[tuple[tuple[str, ...], set[Side]]]] = {}
        """By the stem of the first word: those of the others, and the sides."""
        self.converse: set[int] = set()
        """The pairs of which both tell one deed, each of another who takes part in it."""
        phrases: dict[tuple[str, ...], set[Side]] = {}
        for number, line in enumerate(line for name in names for line in lines_of(name)):
            if line.startswith(_NEUTRAL):
                for phrase in WordList(line.removeprefix(_NEUTRAL)).phrases:
                    phrases[tuple(map(light_stem, phrase))] = set()
                continue
            if _CONVERSE in line:
                self.converse.add(number)
            for which, side in enumerate(_BETWEEN.split(line)):
                words = WordList(side)
                for word in words.words:
                    self.of_word.setdefault(word, set()).add((number, which))
                for concept in filter(words.names, words.concepts):
                    self.of_concept.setdefault(concept, set()).add((number, which))
                for phrase in words.phrases:
                    stems = tuple(map(light_stem, phrase))
                    phrases.setdefault(stems, set()).add((number, which))
        for stems, sides in sorted(phrases.items(), key=lambda one: -len(one[0])):
            self.of_phrase.setdefault(stems[0], []).append((stems[1:], sides))


@lru_cache(maxsize=2)
def _pairs(names: tuple[str, ...]) -> _Pairs:
    return _Pairs(names)


@lru_cache(maxsize=40_000)
def _of_word(word: str, names: tuple[str, ...]) -> frozenset[Side]:
    """The sides that a folded word takes: by itself, or else by most of what it may stand for."""
    if place_of(word) or any(form in FUNCTION_WORDS for form in (word, *without_prefixes(word))):
        return frozenset()
    pairs, listed = _pairs(names), set[Side]()
    for form in forms(word) if is_arabic_script(word) else bases(word):
        listed |= pairs.of_word.get(form, set())
        if listed and names == _PLAIN:
            break
    if listed:
        return frozenset(listed)
    concepts = concepts_of(word)
    sides = [side for one in concepts for side in pairs.of_concept.get(one, ())]
    return frozenset(side for side in sides if 2 * sides.count(side) > len(concepts))


@lru_cache(maxsize=1_024)
def sides_of(text: str) -> tuple[tuple[int, frozenset[Side]], ...]:
    """The words of a text that take a side, by place, with the sides."""
    return tuple((place, sides) for place, _, sides in _sides_of(words_in(text), _PLAIN))


@lru_cache(maxsize=1_024)
def antonyms_in(text: str) -> tuple[tuple[int, int, frozenset[Side]], ...]:
    """The words that take a side of any pair: from which place, up to which, and the sides."""
    return tuple(_sides_of(words_in(text), _EVERY))


def is_converse(pair: int) -> bool:
    """Whether a pair of `antonyms_in` is of one deed seen by two ("A beat B", "B lost to A")."""
    return pair in _pairs(_EVERY).converse


def _sides_of(
    words: Sequence[str], names: tuple[str, ...]
) -> Iterator[tuple[int, int, frozenset[Side]]]:
    place = 0
    stems = tuple(map(light_stem, words))
    while place < len(words):
        length, sides = _phrase_at(words[place], stems[place:], names)
        beside = {*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]}
        if not length and beside.isdisjoint(_SOURCES):
            sides = _of_word(words[place], names)
        elif length and not _is_number(words[place + length : place + length + 1]):
            sides |= _of_word(words[place], names)  # "less than last year", not "less than 20"
        if sides:
            yield place, place + (length or 1), sides
        place += length or 1


def _is_number(words: Sequence[str]) -> bool:
    return any(word[0].isdigit() or atom_of(word, persian=True) is not None for word in words)


def _phrase_at(
    word: str, stems: tuple[str, ...], names: tuple[str, ...]
) -> tuple[int, frozenset[Side]]:
    """How many words a listed phrase has that begins here, and its sides; 0 where none does."""
    for first in (stems[0], *map(light_stem, without_prefixes(word))):
        for rest, sides in _pairs(names).of_phrase.get(first, ()):
            if stems[1 : 1 + len(rest)] == rest:
                return 1 + len(rest), frozenset(sides)
    return 0, frozenset()


def other(side: Side) -> Side:
    """The other side of a pair."""
    return side[0], 1 - side[1]
