"""Deeds: what a question asks to have been done, and whether any sentence tells that it was.

"When did Bajwa die?" is not answered by a report that has Bajwa and a date. A deed can be told in
many words, but not in any: `deeds.txt` lists, for the deeds that readers ask about most, the words
that ask for it and what else tells of it, broadly, so that a deed goes missing only where nothing
comes near to it. Deeds that it does not list are taken to be told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_LEAST_COVERAGE: Final = 0.2
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
    words = folded_words(question.text)
    found = [
        (place, deed)
        for deed in _deeds()
        if (place := _place(deed.asking[question.language], words, question.language)) is not None
    ]
    ordered = [deed for _, deed in sorted(found, key=lambda one: one[0])]
    if not ordered:
        return None
    return ordered[-1] if question.language == "fa" else ordered[0]


def _place(asking: Iterable[Phrase], words: Sequence[str], language: str) -> int | None:
    """Where a question first has one of the phrases; a word that carries no topic is none.

    English words are taken as they stand: "found" is no form of "founded" here.
    """
    said = [frozenset((word,)) if language == "en" else _forms(word) for word in words]
    places = (
        place
        for phrase in asking
        for place in range(len(words) - len(phrase) + 1)
        if _is_in_order(phrase, said[place : place + len(phrase)])
        and not (len(phrase) == 1 and is_function_word(words[place]))
    )
    return min(places, default=None)


def _is_in_order(phrase: Phrase, said: Sequence[frozenset[str]]) -> bool:
    """Whether the words of a phrase stand one after the other, given the forms of each word."""
    return all(_is_one(word, forms) for word, forms in zip(phrase, said, strict=True))


@lru_cache(maxsize=4_096)
def said_in(text: str) -> frozenset[str]:
    """The folded words of a text, also without what is joined to them, and their longer stems."""
    return frozenset(form for word in words_of(fold(text)) for form in _forms(word))


def is_said(phrase: Phrase, said: frozenset[str]) -> bool:
    """Whether all the words of a folded phrase are among those of `said_in`."""
    return all(_is_one(word, said) for word in phrase)


def _is_one(word: str, forms: frozenset[str]) -> bool:
    return word in forms or (len(light_stem(word)) >= _LONG and _STEM + light_stem(word) in forms)


@lru_cache(maxsize=20_000)
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
