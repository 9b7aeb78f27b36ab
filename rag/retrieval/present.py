"""The present: questions about now, for which the newest report counts most."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from rag.retrieval.choice import Chosen
from rag.retrieval.period import period
from rag.retrieval.question import Question
from rag.retrieval.reading import has_cue
from rag.text.folding import fold_with_offsets, word_spans
from rag.text.function_words import Asked, is_function_word
from rag.text.relative_dates import relative_dates

_NOW: Final = re.compile(
    r"(?<!\w)(?:(?:(?:في )?الوقت (?:الحالي|الحاضر|الراهن)|هذه الايام|الان|حاليا|(?:ال)?حالي(?:ه|ا)?"
    r"|دلوقتي|هلق|هسه|راهنا"
    r"|(?:هم )?اكنون|در حال حاضر|اين روزها|حالا|فعلا|فعلي|كنوني)"
    r"|right now|now|nowadays|current|currently|presently|at present|these days|at the moment"
    r"|as of today)(?!\w)(?! that\b)"
)
_ANY_DAY: Final = "2000-01-03"
_NEAR: Final = 0.7
"""Of the best sentence's score: what a sentence of a newer report has to have to go first, …"""
_COVERS: Final = 0.8
"""… and of what it covers of the question; …"""
_IN_FORM: Final = frozenset((Asked.HOW_MANY, Asked.HOW_LONG, Asked.MEASURE))
"""What is answered in a form that can be told: with a number, or a length of time."""
_COVERS_WHO: Final = 0.6
"""… less where a person is asked for, since offices have several names."""


def asks_about_now(text: str) -> bool:
    """Whether a question is about the present, and about no time that it names.

    >>> asks_about_now("Who is the army chief now?")
    True
    """
    return bool(_spans(text)) and period(text) is None


def without_now(text: str) -> str:
    """The question without its words for the present; all of it where nothing else is told."""
    bare, end = "", 0
    for first, last in sorted(_spans(text)):
        bare, end = bare + text[end : max(first, end)], max(last, end)
    bare = " ".join((bare + text[end:]).split())
    told = [word for word, _, _ in word_spans(bare) if not is_function_word(word)]
    return bare if told else text


def _spans(text: str) -> list[tuple[int, int]]:
    folded = fold_with_offsets(text)
    spans = [folded.original_span(*match.span()) for match in _NOW.finditer(folded.text)]
    today = date.fromisoformat(_ANY_DAY)
    return spans + [
        (one.start, one.end)
        for one in relative_dates(text, _ANY_DAY)
        if one.first == one.last == today
    ]


def newest_first(question: Question, chosen: Sequence[Chosen]) -> list[Chosen]:
    """The sentences, best first, but before them the best of the newest report that is dated.

    It has to tell about as much of what is asked for as the best one does.
    """
    if not chosen:
        return []
    best = chosen[0]
    covers = _COVERS_WHO if Asked.WHO in question.asked else _COVERS
    near = [
        one
        for one in chosen
        if one.score >= _NEAR * best.score
        and one.coverage >= covers * best.coverage
        and all(has_cue(kind, one.sentence) for kind in question.asked & _IN_FORM)
    ]
    newest = max((comparable(one.sentence.source.date) for one in near), default="")
    first = next((one for one in near if comparable(one.sentence.source.date) == newest), best)
    if not newest:
        return list(chosen)
    return [replace(first, score=best.score), *(one for one in chosen if one is not first)]


def comparable(value: str | None) -> str:
    """A report's date as far as it can be compared with others: empty where no year is known."""
    return "" if value is None or value.startswith("--") else value
