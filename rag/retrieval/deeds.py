"""Deeds: what a question asks to have been done, and whether any sentence tells that it was.

"When did Bajwa die?" is not answered by a report that has Bajwa and a date. A deed can be told in
many words, but not in any: `deeds.txt` lists, for the deeds that readers ask about most, the words
that ask for it and what else tells of it, broadly, so that a deed goes missing only where nothing
comes near to it. Deeds that it does not list are taken to be told.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rag.retrieval.choice import Chosen
from rag.retrieval.question import Question
from rag.text.folding import fold, folded_words, words_of
from rag.text.function_words import is_function_word
from rag.text.lexicon import COLUMNS, Phrase
from rag.text.stems import light_stem

_FILE: Final = Path(__file__).parent / "deeds.txt"
_LOOKED_AT: Final = 3
_LEAST_COVERAGE: Final = 0.4
"""The share of the question that a sentence has to hold for its deed to be the one asked for."""
_LONG: Final = 4
"""Stems shorter than this are shared by words that have nothing to do with one another."""
_SHORTEST: Final = 2
_JOINED: Final = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_FUTURE: Final = re.compile("^[وف]?س(?=[يتنا])")
_STEM: Final = "~"
_YEARS: Final = re.compile(r"\([^)]*\d{3}[^)]*\)|[-–]\s*\d{4}")
"""The years of a life, a war or a book, in brackets after its name: when it began and ended."""
_TOLD_BY_YEARS: Final = frozenset(
    {("born",), ("die",), ("begin",), ("end",), ("found",), ("published",)}
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed with the folded phrases that ask for it, and all that tell of it."""

    asking: Mapping[str, frozenset[Phrase]]
    """By language."""
    telling: frozenset[Phrase]
    by_years: bool
    """Whether years in brackets tell of it."""

    def is_told(self, text: str) -> bool:
        """Whether a text tells of it."""
        if self.by_years and _YEARS.search(text):
            return True
        said = said_in(text)
        return any(is_said(phrase, said) for phrase in self.telling)


def lacks_deed(question: Question, chosen: Sequence[Chosen]) -> bool:
    """Whether the passages of the best sentences nowhere tell of the deed that is asked for.

    `chosen` are all the sentences of those passages, best first.
    """
    deed = deed_of(question)
    if deed is None:
        return False
    passages = {id(one.passage) for one in chosen[:_LOOKED_AT]}
    return not any(
        deed.is_told(f"{one.sentence.source.title}\n{one.sentence.text}")
        for one in chosen
        if id(one.passage) in passages and one.coverage >= _LEAST_COVERAGE
    )


def deed_of(question: Question) -> Deed | None:
    """The deed that a question asks for: in Persian its last, else its first; None for none."""
    words, deeds = folded_words(question.text), _deeds()
    first = _first_places(words, question.language)
    ordered = sorted(first, key=lambda number: (first[number], number))
    if not ordered:
        return None
    return deeds[ordered[-1] if question.language == "fa" else ordered[0]]


def _first_places(words: Sequence[str], language: str) -> dict[int, int]:
    """Where a question first asks for each deed that it has a phrase of, by the deed's number.

    A word that carries no topic is no phrase. English words are taken as they stand: "found" is no
    form of "founded" here.
    """
    said = [frozenset((word,)) if language == "en" else _forms(word) for word in words]
    asking, first = _asking(language), dict[int, int]()
    for place, forms in enumerate(said):
        for number, phrase in (one for form in forms for one in asking.get(form, ())):
            if number in first or not _is_in_order(phrase, said[place : place + len(phrase)]):
                continue
            if len(phrase) > 1 or not is_function_word(words[place]):
                first[number] = place
    return first


def _is_in_order(phrase: Phrase, said: Sequence[frozenset[str]]) -> bool:
    """Whether the words of a phrase stand one after the other, given the forms of each word."""
    return len(phrase) == len(said) and all(map(_is_one, phrase, said))


@lru_cache(maxsize=4_096)
def said_in(text: str) -> frozenset[str]:
    """The folded words of a text, also without what is joined to them, and their longer stems."""
    return frozenset(form for word in words_of(fold(text)) for form in _forms(word))


def is_said(phrase: Phrase, said: frozenset[str]) -> bool:
    """Whether all the words of a folded phrase are among those of `said_in`."""
    return all(_is_one(word, said) for word in phrase)


def _is_one(word: str, forms: frozenset[str]) -> bool:
    return word in forms or (len(light_stem(word)) >= _LONG and _STEM + light_stem(word) in forms)


@lru_cache(maxsize=4_096)
def _forms(word: str) -> frozenset[str]:
    """A folded word as it stands, without what is joined to it, and the stems of both, if long."""
    bare = {word}
    for joined in _JOINED:
        if word.startswith(joined) and len(word) - len(joined) > _SHORTEST:
            bare.add(word.removeprefix(joined))
    if len(word) - 1 > _SHORTEST:
        bare.add(_FUTURE.sub("", word))
    return frozenset(
        bare.union(_STEM + stem for stem in map(light_stem, bare) if len(stem) >= _LONG)
    )


@lru_cache(maxsize=1)
def _deeds() -> tuple[Deed, ...]:
    return tuple(deeds_of(_FILE.read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=len(COLUMNS))
def _asking(language: str) -> Mapping[str, Sequence[tuple[int, Phrase]]]:
    """The phrases that ask for a deed, with its number, by the forms that begin them."""
    found = defaultdict[str, list[tuple[int, Phrase]]](list)
    for number, deed in enumerate(_deeds()):
        for phrase in deed.asking[language]:
            for form in {phrase[0], _STEM + light_stem(phrase[0])}:
                found[form].append((number, phrase))
    return found


def deeds_of(lines: Sequence[str]) -> Iterator[Deed]:
    """The deeds of the lines of the data file."""
    for line in lines:
        if line and not line.startswith("#"):
            asking, also = line.split("=")
            columns = [frozenset(_phrases(column)) for column in asking.split("|")]
            every = frozenset[Phrase]().union(*columns)
            told = every.union(_phrases(also))
            yield Deed(
                dict(zip(COLUMNS, columns, strict=True)), told, not _TOLD_BY_YEARS.isdisjoint(every)
            )


def _phrases(part: str) -> Iterator[Phrase]:
    return (phrase for one in part.split(",") if (phrase := tuple(folded_words(one))))
