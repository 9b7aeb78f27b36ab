"""Values: the numbers, quantities and dates of a claim, looked for in what supports it.

Digit families, number words and month names of the three languages count as equal. A year may
come from the date line, and "yesterday" is resolved where the report's own date is known.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from rag.answers.support import Support
from rag.text.dates import MONTHS, WEEKDAYS, weekday_of, written_dates
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
_RELATIVE_DAYS: Final = (
    (-1, re.compile(r"(?<![^\W_])(?:امس|ديروز|yesterday)(?![^\W_])")),
    (0, re.compile(r"(?<![^\W_])(?:اليوم|امروز|today)(?![^\W_])")),
    (1, re.compile(r"(?<![^\W_])(?:غدا|فردا|tomorrow)(?![^\W_])")),
)
_PAST: Final = re.compile(
    r"(?<![^\W_])(?:الماضي|الماضيه|الفايت|المنصرم|السابق|last|past|previous|گذشته|كذشته|پيش|پارسال"
    r"|قبل)(?![^\W_])"
)
_BOTH: Final = frozenset(
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
_DUAL: Final = re.compile(r"[^\W\d_]{3,}(?:ان|ين)$")

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
        return not stated and all(map(_is_figure_of_speech, self.quantities))


@lru_cache(maxsize=8_192)
def values_of(text: str) -> Values:
    """The values of `text`."""
    folded = fold(text)
    written = written_dates(text)
    dates = [_parts(one.value) for one in written]
    outside = list(text)
    for one in written:
        outside[one.start : one.end] = " " * (one.end - one.start)
    extra = list(_days_of_ranges(folded))
    found = tuple(
        one
        for one in quantities("".join(outside))
        if not any(one.value == day for _, _, day in extra)
    )
    bare = fold("".join(outside))
    months = frozenset(month for _, month, _ in dates)
    years = {year for year, _, _ in dates if year} | {int(q.value) for q in found if _is_year(q)}
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
        has_pair=any(word in _BOTH or _DUAL.search(word) for word in words),
    )


def _parts(value: str) -> PartialDate:
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


def _is_year(quantity: Quantity) -> bool:
    value = quantity.value
    return quantity.unit is None and 1900 <= value <= 2100 and value == int(value)


class Ledger:
    """Looks the values of a claim up in its supports and keeps which of these were needed."""

    def __init__(self, supports: Sequence[Support]) -> None:
        self._supports = [(one, values_of(one.text)) for one in supports]
        self._report_dates = {
            one.source.path: _parts(one.source.date) for one in supports if one.source.date
        }
        self.used: list[Support] = []

    def has_dates(self, claim: Values) -> bool:
        """Whether every date, month, year and weekday of the claim is supported."""
        return (
            all(self._has_date(one) for one in claim.dates)
            and all(self._has_month(month) for month in claim.certain_months - _months(claim))
            and all(self._has_year(int(q.value)) for q in claim.quantities if _is_year(q))
            and all(self._has_weekday(day, claim) for day in claim.certain_weekdays)
        )

    def has_quantities(self, claim_text: str, claim: Values) -> bool:
        """Whether every number and quantity of the claim is supported."""
        return all(
            self._has_quantity(one, in_digits=_in_digits(claim_text, one))
            for one in claim.quantities
            if not _is_year(one)
        )

    def _use(self, support: Support) -> bool:
        if support not in self.used:
            self.used.append(support)
        return True

    def _has_date(self, asked: PartialDate) -> bool:
        year, month, day = asked
        candidates = [
            (support, found)
            for support, values in self._supports
            for found in (*values.dates, *self._resolved(support))
            if found[1] == month
            and (day is None or found[2] == day)
            and (year is None or found[0] in (None, year))
        ]
        for support, found in candidates:
            if year is None or found[0] == year:
                if found not in values_of(support.text).dates:
                    self._use_date_line(support.source.path)
                return self._use(support)
        if candidates or (day is None and self._has_month(month)):
            for support, _ in candidates[:1]:
                self._use(support)
            return year is None or self._has_year(year)
        return False

    def _resolved(self, support: Support) -> list[PartialDate]:
        """The dates of "yesterday" and the like, and the report's own where its line states it."""
        report = self._report_dates.get(support.source.path)
        if not report:
            return []
        if support.states_date:
            return [report]
        year, month, day = report
        if year is None or day is None:
            return []
        resolved: list[PartialDate] = []
        folded = fold(support.text)
        for days, pattern in _RELATIVE_DAYS:
            if pattern.search(folded):
                then = date(year, month, day) + timedelta(days)
                resolved.append((then.year, then.month, then.day))
        return resolved

    def _has_month(self, month: int) -> bool:
        for support, values in self._supports:
            stated = {found[1] for found in self._resolved(support)}
            if month in values.months | stated:
                return self._use(support)
        return False

    def _has_year(self, year: int) -> bool:
        for support, values in self._supports:
            if year in values.years or any(found[0] == year for found in self._resolved(support)):
                return self._use(support)
        for support, _ in self._supports:
            report = self._report_dates.get(support.source.path)
            if report and report[0] == year + 1 and _PAST.search(fold(support.text)):
                self._use(support)
                return self._use_date_line(support.source.path)
        return False

    def _use_date_line(self, path: str) -> bool:
        for support, _ in self._supports:
            if support.states_date and support.source.path == path:
                self._use(support)
        return True

    def _has_weekday(self, weekday: int, claim: Values) -> bool:
        for support, values in self._supports:
            if weekday in values.weekdays:
                return self._use(support)
        full = [
            found
            for support, values in self._supports
            for found in (*values.dates, *self._resolved(support), *claim.dates)
            if found[0] and found[2]
        ]
        return any(weekday_of(f"{y:04}-{m:02}-{d:02}") == weekday for y, m, d in full)

    def _has_quantity(self, asked: Quantity, *, in_digits: bool) -> bool:
        if not in_digits and _is_figure_of_speech(asked):
            return True
        for support, values in self._supports:
            if any(_same(asked, found) for found in values.quantities):
                return self._use(support)
            if asked.value == 2 and asked.unit is None and values.has_pair:
                return self._use(support)
        return False


def _months(claim: Values) -> frozenset[int]:
    return frozenset(month for _, month, _ in claim.dates)


def _same(asked: Quantity, found: Quantity) -> bool:
    """Whether the values agree and no two units contradict each other."""
    units = {asked.unit, found.unit}
    return asked.value == found.value and (len(units) == 1 or None in units)


def _is_figure_of_speech(asked: Quantity) -> bool:
    """ "One", "first" and "second" in words are too often something else to be checked."""
    return asked.value <= 1 or (asked.unit == ORDINAL and asked.value <= Decimal(2))


def _in_digits(text: str, quantity: Quantity) -> bool:
    return any(character.isdigit() for character in text[quantity.start : quantity.end])
