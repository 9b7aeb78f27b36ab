"""Periods: the dates that a message limits itself to ("between 12 and 18 October 2021")."""

import re
from dataclasses import dataclass
from typing import Final

from rag.documents.evidence import Sentence, dates_resolved_in
from rag.text.dates import MONTHS, written_dates
from rag.text.folding import fold, folded_words
from rag.text.function_words import is_function_word
from rag.text.lexicon import EVERYDAY, lexicon

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY_RANGE: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:و|الي|حتي|تا|and|to|until|[-–])\s*(?=\d{1,2}\b)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included; as far as each is known (`2021-10`, `2021`)."""

    first: str
    last: str

    def holds(self, value: str) -> bool:
        """Whether a date lies in the period, compared as far as both are known."""
        return value[: len(self.first)] >= self.first[: len(value)] and (
            value[: len(self.last)] <= self.last
        )


def period(text: str) -> Period | None:
    """The period that `text` names, or None."""
    folded = fold(text)
    dates = sorted(one.value for one in written_dates(text) if not one.value.startswith("--"))
    opening = _DAY_RANGE.search(folded)
    if len(dates) == 1 and opening and len(dates[0]) == 10:
        return Period(f"{dates[0][:8]}{int(opening.group(1)):02}", dates[0])
    values = dates or sorted(_YEAR.findall(folded))
    return Period(values[0], values[-1]) if values else None


def is_only_a_period(text: str, language: str) -> bool:
    """Whether nothing but dates says what a message is about ("what happened in January 2025?")."""
    known = lexicon(language)
    months = {word for name in MONTHS for word in name.split()}
    return all(
        is_function_word(word)
        or word in months
        or any(character.isdigit() for character in word)
        or known.field_of_stem(word) == EVERYDAY
        for word in folded_words(text)
    )


def told_dates(sentence: Sentence) -> list[str]:
    """The dates that a sentence tells of, those of "yesterday" and the like included.

    One without a year has that of the report, if known.
    """
    year = (sentence.source.date or "")[:4]
    known_year = year if year.isdigit() else ""
    found = []
    for one in written_dates(sentence.text):
        if not one.value.startswith("--"):
            found.append(one.value)
        elif known_year:
            found.append(f"{known_year}{one.value[1:]}")
    relative = dates_resolved_in(sentence)
    found += [one.first.isoformat() for one in relative if one.first == one.last]
    return found + [year for year in _YEAR.findall(fold(sentence.text)) if year not in str(found)]
