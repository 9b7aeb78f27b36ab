"""Opposites: which side of a pair such as more and less the words of a text take."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rag.answers.data import lines_of
from rag.answers.inflection import bases, forms
from rag.answers.pool import without_prefixes
from rag.answers.senses import WordList, concepts_of
from rag.answers.subject import place_of
from rag.text.folding import fold, folded_words
from rag.text.function_words import FUNCTION_WORDS
from rag.text.lexicon import Concept
from rag.text.stems import is_arabic_script, light_stem

Side = tuple[int, int]
"""A pair by its number, and which of its two sides."""

_BETWEEN: Final = "<>"
_NEUTRAL: Final = "="
_SOURCES: Final = frozenset(
    fold("report article source text تقرير التقرير المصدر النص المقال گزارش منبع متن مقاله").split()
)
"""What is first or last among these is no fact of theirs."""


class _Pairs:
    """The pairs of the data file, by what their words are known by."""

    def __init__(self) -> None:
        self.of_word: dict[str, set[Side]] = {}
        self.of_concept: dict[Concept, set[Side]] = {}
        self.of_phrase: dict[tuple[str, ...], set[Side]] = {}
        for number, line in enumerate(lines_of("opposites")):
            if line.startswith(_NEUTRAL):
                for phrase in WordList(line.removeprefix(_NEUTRAL)).phrases:
                    self.of_phrase[tuple(map(light_stem, phrase))] = set()
                continue
            sides = [WordList(side) for side in line.split(_BETWEEN)]
            for which, words in enumerate(sides):
                side = (number, which)
                for word in words.words:
                    self.of_word.setdefault(word, set()).add(side)
                for concept in filter(words.names, words.concepts):
                    self.of_concept.setdefault(concept, set()).add(side)
                for phrase in words.phrases:
                    stems = tuple(map(light_stem, phrase))
                    self.of_phrase.setdefault(stems, set()).add(side)
        self.longest = max(map(len, self.of_phrase), default=1)


@lru_cache(maxsize=1)
def _pairs() -> _Pairs:
    return _Pairs()


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> frozenset[Side]:
    """The sides that a folded word takes: by itself, or else by most of what it may stand for."""
    if place_of(word) or any(form in FUNCTION_WORDS for form in (word, *without_prefixes(word))):
        return frozenset()
    pairs = _pairs()
    for form in forms(word) if is_arabic_script(word) else bases(word):
        if found := pairs.of_word.get(form):
            return frozenset(found)
    concepts = concepts_of(word)
    sides = [side for one in concepts for side in pairs.of_concept.get(one, ())]
    return frozenset(side for side in sides if 2 * sides.count(side) > len(concepts))


@lru_cache(maxsize=2_048)
def sides_of(text: str) -> tuple[tuple[int, frozenset[Side]], ...]:
    """The words of a text that take a side, by place, with the sides."""
    return tuple(_sides_of(folded_words(text)))


def _sides_of(words: list[str]) -> Iterator[tuple[int, frozenset[Side]]]:
    pairs, place = _pairs(), 0
    stems = tuple(map(light_stem, words))
    while place < len(words):
        for length in range(pairs.longest, 1, -1):
            starts = (stems[place], *map(light_stem, without_prefixes(words[place])))
            rest = stems[place + 1 : place + length]
            found = next((one for start in starts if (one := pairs.of_phrase.get((start, *rest))) is not None), None)
            if found is not None:
                yield place, frozenset(found)
                place += length
                break
        else:
            beside = {*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]}
            if (sides := _of_word(words[place])) and beside.isdisjoint(_SOURCES):
                yield place, sides
            place += 1


def other(side: Side) -> Side:
    """The other side of a pair."""
    return side[0], 1 - side[1]
