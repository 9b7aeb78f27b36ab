"""Lookup: the values of a claim, looked up in what supports it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from rag.answers.support import Support
from rag.answers.values import (
    PartialDate,
    Values,
    is_figure_of_speech,
    is_year,
    parts_of,
    values_of,
)
from rag.text.dates import weekday_of
from rag.text.folding import fold
from rag.text.numbers import Quantity

_RELATIVE_DAYS: Final = (
    (-1, re.compile(r"(?<![^\W_])(?:امس|ديروز|yesterday)(?![^\W_])")),
    (0, re.compile(r"(?<![^\W_])(?:اليوم|امروز|today)(?![^\W_])")),
    (1, re.compile(r"(?<![^\W_])(?:غدا|فردا|tomorrow)(?![^\W_])")),
)
_PAST: Final = re.compile(
    r"(?<![^\W_])(?:الماضي|الماضيه|الفايت|المنصرم|السابق|last|past|previous|گذشته|كذشته|پيش|پارسال"
    r"|قبل)(?![^\W_])"
)


class Lookup:
    """Looks the values of a claim up in its supports and keeps which of these were needed."""

    def __init__(self, supports: Sequence[Support]) -> None:
        self._supports = [(one, values_of(one.text)) for one in supports]
        self._report_dates = {
            one.source.path: parts_of(one.source.date) for one in supports if one.source.date
        }
        self.used: list[Support] = []

    def has_dates(self, claim: Values) -> bool:
        """Whether every date, month, year and weekday of the claim is supported."""
        return (
            all(self._has_date(one) for one in claim.dates)
            and all(self._has_month(month) for month in claim.certain_months - _months(claim))
            and all(self._has_year(int(q.value)) for q in claim.quantities if is_year(q))
            and all(self._has_weekday(day, claim) for day in claim.certain_weekdays)
        )

    def has_quantities(self, claim_text: str, claim: Values) -> bool:
        """Whether every number and quantity of the claim is supported."""
        return all(
            self._has_quantity(one, in_digits=_in_digits(claim_text, one))
            for one in claim.quantities
            if not is_year(one)
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
        if not in_digits and is_figure_of_speech(asked):
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


def _in_digits(text: str, quantity: Quantity) -> bool:
    return any(character.isdigit() for character in text[quantity.start : quantity.end])
