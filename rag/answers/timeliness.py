"""Timeliness: what an answer about the present says of the age of its reports."""

from collections.abc import Sequence
from datetime import date

from rag.answers.answer import Citation
from rag.retrieval.choice import Chosen
from rag.retrieval.present import comparable
from rag.wording import Wording


def notice_of_age(citations: Sequence[Citation], language: str, words: Wording) -> str:
    """How old the newest of the cited reports is, or that they do not say when they are from."""
    dates = [comparable(one.date) for one in citations]
    if not any(dates):
        return words("now-undated", language)
    shown = date_in_words(max(dates), language, words)
    return words("now-dated", language, date=shown, undated="no" if all(dates) else "some")


def newer_than(citations: Sequence[Citation], chosen: Sequence[Chosen]) -> Chosen | None:
    """The first sentence chosen for a question about now, where its report is newer than all."""
    found = comparable(chosen[0].sentence.source.date) if chosen else ""
    return (
        chosen[0] if found > max((comparable(one.date) for one in citations), default="") else None
    )


def date_in_words(value: str, language: str, words: Wording) -> str:
    """A date, as far as it is known (`2021-10-22`, `2021-10`), as a reader writes it."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return words("day", language, day=str(day.day), month=day.month, year=str(day.year))
