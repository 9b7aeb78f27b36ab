"""Values: the numbers, quantities and dates of a claim, looked for in what supports it.

Digit families, number words and month names of the three languages count as equal. A year may
come from the date line, and "yesterday" is resolved where the report's own date is known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from rag.text.dates import MONTHS, WEEKDAYS, written_dates
from rag.text.folding import fold, folded_words
from rag.text.numbers import ORDINAL, Quantity, quantities

_AMBIGUOUS_MONTHS: Final = frozenset(
    map(
        fold,
        [
            "may",
            "mar",
            "march",
            "jan",
            "jun",
            "jul",
            "sep",
            "dec",
            "oct",
            "nov",
            "feb",
            "apr",
            "aug",
            "ماي",
            "مه",
            "آب",
            "جوان",
            "اوت",
            "مارس",
            "مارچ",
        ],
    )
)
"""Words that are also other words: in a claim alone they are not taken for a month."""


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MONTH: Final = re.compile(rf"(?<![^\W_])[وفبلك]?({_alternatives(MONTHS)})(?![^\W_])")
_WEEKDAY: Final = re.compile(rf"(?<![^\W_])[وفبلك]?({_alternatives(WEEKDAYS)})(?![^\W_])")
_AMBIGUOUS_WEEKDAYS: Final = frozenset(map(fold, ("الاثنين", "الإثنين", "شنبه")))
_TO: Final = r"\s*(?:[-–—/]|و|and|to|الي|حتي|تا|until|till|through|،|,)\s*"
_DAY_NUMBER: Final = r"(?<!\d)(\d{1,2})(?!\d)(?:st|nd|rd|th)?"
_DAYS_BEFORE_MONTH: Final = re.compile(
    rf"{_DAY_NUMBER}{_TO}{_DAY_NUMBER}\s*/?\s*(?:من\s+|of\s+)?({_alternatives(MONTHS)})(?![^\W_])"
)
_DAYS_AFTER_MONTH: Final = re.compile(
    rf"(?<![^\W_])({_alternatives(MONTHS)})\s+{_DAY_NUMBER}{_TO}{_DAY_NUMBER}"
)
_MONTH_AFTER: Final = re.compile(
    rf"\s*(?:من\s+|of\s+|ماه\s+)?(?:شهر\s+)?({_alternatives(MONTHS)})(?![^\W_])"
)
_MONTH_BEFORE: Final = re.compile(rf"(?<![^\W_])({_alternatives(MONTHS)})\s+(?:the\s+)?$")
_LAST_DAY: Final = 31
BOTH: Final = frozenset(
    map(
        fold,
        [
            "كلا",
            "كلتا",
            "كلاهما",
            "كليهما",
            "كلتيهما",
            "هر",
            "دو",
            "طرفین",
            "جانبین",
            "both",
            "two",
            "either",
            "pair",
            "دو",
        ],
    )
)
DUAL: Final = re.compile(r"[^\W\d_]{3,}(?:ان|ين)$")

PartialDate = tuple[int | None, int, int | None]
"""Year, month, day, as far as they are stated."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a text."""

    dates: tuple[PartialDate, ...]
    months: frozenset[int]
    certain_months: frozenset[int]
    """Months whose name can be nothing else."""
    years: frozenset[int]
    weekdays: frozenset[int]
    certain_weekdays: frozenset[int]
    quantities: tuple[Quantity, ...]
    """Those that are no part of a date."""
    has_pair: bool
    """Whether something stands in the dual, or a word such as "both"."""

    @property
    def is_empty(self) -> bool:
        """Whether the text states no value that would have to be checked."""
        stated = self.dates or self.certain_months or self.certain_weekdays
        return not stated and all(map(is_figure_of_speech, self.quantities))


@lru_cache(maxsize=8_192)
def values_of(text: str) -> Values:
    """The values of `text`."""
    folded = fold(text)
    written = written_dates(text)
    dates = [parts_of(one.value) for one in written]
    outside = list(text)
    for one in written:
        outside[one.start : one.end] = " " * (one.end - one.start)
    stated = quantities("".join(outside))
    extra = [*_days_of_ranges(folded), *_ordinal_days(text, stated)]
    found = tuple(one for one in stated if not any(one.value == day for _, _, day in extra))
    bare = fold("".join(outside))
    months = frozenset(month for _, month, _ in dates)
    years = {year for year, _, _ in dates if year} | {int(q.value) for q in found if is_year(q)}
    words = folded_words(text)
    return Values(
        dates=(*dates, *extra),
        months=months | {MONTHS[name] for name in _MONTH.findall(folded)},
        certain_months=frozenset(
            MONTHS[name] for name in _MONTH.findall(bare) if name not in _AMBIGUOUS_MONTHS
        ),
        years=frozenset(years),
        weekdays=frozenset(WEEKDAYS[name] for name in _WEEKDAY.findall(folded)),
        certain_weekdays=frozenset(
            WEEKDAYS[name] for name in _WEEKDAY.findall(folded) if name not in _AMBIGUOUS_WEEKDAYS
        ),
        quantities=found,
        has_pair=any(word in BOTH or DUAL.search(word) for word in words),
    )


def parts_of(value: str) -> PartialDate:
    """Year, month and day of a date as `rag.text.dates` writes it."""
    if value.startswith("--"):
        return None, int(value[2:4]), int(value[5:7])
    year, month, *day = map(int, value.split("-"))
    return year, month, day[0] if day else None


def _days_of_ranges(folded: str) -> Iterable[PartialDate]:
    """The days of "10-11 November" that stand apart from the month's name."""
    for first, _, month in _DAYS_BEFORE_MONTH.findall(folded):
        if 1 <= int(first) <= 31:
            yield None, MONTHS[month], int(first)
    for month, _, last in _DAYS_AFTER_MONTH.findall(folded):
        if 1 <= int(last) <= 31:
            yield None, MONTHS[month], int(last)


def _ordinal_days(text: str, stated: Iterable[Quantity]) -> Iterable[PartialDate]:
    """The days that ordinals in words name before or after a month."""
    for one in stated:
        if one.unit == ORDINAL and one.value <= _LAST_DAY:
            month = _MONTH_AFTER.match(fold(text[one.end :]))
            month = month or _MONTH_BEFORE.search(fold(text[: one.start]))
            if month:
                yield None, MONTHS[month[1]], int(one.value)


def is_year(quantity: Quantity) -> bool:
    """Whether a quantity may be a year."""
    value = quantity.value
    return quantity.unit is None and 1900 <= value <= 2100 and value == int(value)


def is_figure_of_speech(asked: Quantity) -> bool:
    """One, first and second in words are too often something else to be checked."""
    return asked.value <= 1 or (asked.unit == ORDINAL and asked.value <= Decimal(2))
