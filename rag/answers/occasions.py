"""Occasions: the dates, months, years and weekdays of a claim, looked up in what supports it.

The day of a report is not that of what it reports. Its own date gives a year to a day that the
text names without one, resolves "yesterday" and "on Sunday", and proves no day by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rag.answers.support import Support, date_of
from rag.answers.texts import folded_of
from rag.answers.values import PartialDate, Values, is_year, parts_of, values_of
from rag.documents.evidence import is_sure
from rag.text.dates import weekday_of
from rag.text.relative_dates import names_relative_day, relative_dates

_NEXT: Final = re.compile(
    r"(?<![^\W_])(?:المقبل|المقبله|القادم|القادمه|next|coming|اينده|بعد)(?![^\W_])"
)
_PAST: Final = re.compile(
    r"(?<![^\W_])(?:الماضي|الماضيه|الفايت|المنصرم|السابق|last|past|previous|گذشته|كذشته|پيش|پارسال"
    r"|قبل)(?![^\W_])"
)
_AHEAD: Final = re.compile(
    r"(?<![^\W_])(?:will|shall|next|due|expected|plans?|to be|المقبل|القادم|سوف|المقرر"
    r"|س[يتن][^\W\d_]{3,}|خواه[^\W\d_]+|اينده|قرار است|مي ?[^\W\d_]{2,})(?![^\W_])"
)
_OF_THE_REPORT: Final = re.compile(
    r"(?<![^\W_])(?:reports?|reported|dated|published|article|according|wrote"
    r"|(?:ال)?تقرير|(?:ال)?خبر|نشر|نشرت|نشره|منشور|المنشور|موءرخ|مورخ|بتاريخ|ذكرت|اوردت|افادت|نقلت"
    r"|گزارش|خبر|منتشر|نوشت|تاريخ)(?![^\W_])"
)
"""What speaks of the report itself, whose day its date is."""
_NEAR_THE_REPORT: Final = re.compile(
    r"(?<![^\W_])(?:month|week|today|yesterday|tomorrow|[وبل]?(?:ال)?(?:شهر|اسبوع|اليوم|امس|غدا"
    r"|الجاري|ماه|هفته|امروز|ديروز|فردا|جاري))(?![^\W_])"
)
"""What is told from the day of the report on."""
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class _Told:
    """A support that may tell when something happened."""

    support: Support
    values: Values
    resolved: tuple[PartialDate, ...]
    """The days that "yesterday" and a weekday without a date stand for in it."""
    days: tuple[PartialDate, ...]
    """The days that it names or means, if they count: a cited sentence's own days go before."""


class Occasions:
    """Looks the dates of a claim up in its supports; `used` are those that were needed."""

    def __init__(self, supports: Sequence[Support]) -> None:
        self._stated = {
            one.source.path: stated for one in supports if (stated := date_of(one.source))
        }
        self._lines = [one for one in supports if one.states_date]
        self._told = list(self._read([one for one in supports if not one.states_date]))
        self.used: list[Support] = []

    def _read(self, supports: Sequence[Support]) -> Iterator[_Told]:
        dated = False
        for support in supports:
            values = values_of(support.text)
            resolved = tuple(self._dates_resolved(support, values))
            days = (*values.dates, *resolved)
            is_cited = support.joins is None and not support.is_header
            yield _Told(support, values, resolved, days if is_cited or not dated else ())
            dated = dated or (is_cited and any(day for _, _, day in days))

    def has_all(self, text: str, claim: Values) -> bool:
        """Whether every date, month, year and weekday of the claim is supported."""
        named = frozenset(month for _, month, _ in claim.dates)
        return (
            self._has_relative(text)
            and all(self._has_date(one, text) for one in claim.dates)
            and all(self._has_month(month, text) for month in claim.certain_months - named)
            and all(self._has_year(int(q.value)) for q in claim.quantities if is_year(q))
            and all(self._has_weekday(day, claim) for day in claim.certain_weekdays)
        )

    def _use(self, support: Support) -> bool:
        if support not in self.used:
            self.used.append(support)
        return True

    def _use_line(self, path: str, day: str | None) -> bool:
        """Use what states the date of a report, or of a post in it, that is this `day`."""
        for support in self._lines:
            if (support.source.path, support.day) == (path, day):
                self._use(support)
        return True

    def _use_line_of(self, support: Support) -> bool:
        return self._use_line(support.source.path, support.day)

    def _report(self, support: Support) -> PartialDate | None:
        return parts_of(support.day) if support.day else None

    def _dates_resolved(self, support: Support, values: Values) -> Iterator[PartialDate]:
        """The days that "yesterday" and a weekday without a date stand for in a support."""
        for one in relative_dates(support.text, support.day):
            if one.first == one.last and is_sure(one, support.source, support.post):
                yield one.first.year, one.first.month, one.first.day
        report = self._report(support)
        if report and report[0] and report[2] and values.certain_weekdays and not values.dates:
            day = date(report[0], report[1], report[2])
            last = _DAYS if _AHEAD.search(folded_of(support.text)) else 0
            for days in range(-_DAYS, last + 1):
                then = day + timedelta(days)
                if then.weekday() in values.certain_weekdays:
                    yield then.year, then.month, then.day

    def _has_relative(self, text: str) -> bool:
        """Whether "yesterday" in a claim is the day before a report that says what happened then.

        Where it is not, a reader would take it for the day before his own.
        """
        if not names_relative_day(text):
            return True
        every = ((one.support.source.path, one.support.day) for one in self._told if one.resolved)
        for path, stated in dict.fromkeys(every):
            told = {
                found
                for one in self._told
                if (one.support.source.path, one.support.day) == (path, stated)
                for found in one.resolved
            }
            meant = [one.first for one in relative_dates(text, stated) if one.first == one.last]
            if meant and all((day.year, day.month, day.day) in told for day in meant):
                return self._use_line(path, stated)
        return False

    def _has_date(self, asked: PartialDate, text: str) -> bool:
        year, month, day = asked
        candidates = [
            (one.support, found)
            for one in self._told
            for found in one.days
            if found[1] == month
            and (day is None or found[2] == day)
            and (year is None or found[0] in (None, year))
        ]
        for support, found in candidates:
            if year is None or found[0] == year:
                if found not in values_of(support.text).dates:
                    self._use_line_of(support)
                return self._use(support)
        if candidates or (day is None and self._has_month(month, text)):
            for support, _ in candidates[:1]:
                self._use(support)
            return year is None or self._has_year(year, dated=True) or self._is_next(month, year)
        return self._is_report(asked, text)

    def _is_report(self, asked: PartialDate, text: str) -> bool:
        """Whether a date is that of a report of which the claim speaks."""
        if not _OF_THE_REPORT.search(folded_of(text)):
            return False
        for path, stated in self._stated.items():
            if all(mine in (None, its) for mine, its in zip(asked, parts_of(stated), strict=True)):
                return self._use_line(path, stated)
        return False

    def _is_next(self, month: int, year: int) -> bool:
        """Whether a month "next" or "coming" is that of the year after the report's."""
        for one in self._told:
            support = one.support
            report = self._report(support)
            is_next = report and report[0] == year - 1 and month <= report[1]
            if is_next and month in one.values.months and _NEXT.search(folded_of(support.text)):
                self._use(support)
                return self._use_line_of(support)
        return False

    def _has_month(self, month: int, text: str) -> bool:
        for one in self._told:
            if month in one.values.months | {found[1] for found in one.resolved}:
                return self._use(one.support)
        for support in (one.support for one in self._told):
            report = self._report(support)
            if report and report[1] == month and _NEAR_THE_REPORT.search(folded_of(support.text)):
                self._use(support)
                return self._use_line_of(support)
        return self._is_report((None, month, None), text)

    def _has_year(self, year: int, *, dated: bool = False) -> bool:
        """Whether a year is stated, be it in a date line for a text that names none itself.

        `dated`: the year of a day that is stated without one.
        """
        cited = [one for one in self._told if one.support.joins is None]
        is_named = not dated and any(one.values.years for one in cited)
        for one in self._told:
            meant = () if is_named else one.resolved
            if year in one.values.years or any(found[0] == year for found in meant):
                return self._use(one.support)
        for support in (one.support for one in self._told):
            report = self._report(support)
            if report and report[0] == year + 1 and _PAST.search(folded_of(support.text)):
                self._use(support)
                return self._use_line_of(support)
        if is_named:
            return False
        days = {one.support.day for one in cited if not one.support.is_header}
        for support in self._lines:
            report = self._report(support)
            if days and support.day not in days:
                continue
            if year in values_of(support.text).years or (report and report[0] == year):
                return self._use_line_of(support)
        return False

    def _has_weekday(self, weekday: int, claim: Values) -> bool:
        for one in self._told:
            if weekday in one.values.weekdays:
                return self._use(one.support)
        every = (found for one in self._told for found in one.days)
        full = [found for found in (*every, *claim.dates) if found[0] and found[2]]
        return any(weekday_of(f"{y:04}-{m:02}-{d:02}") == weekday for y, m, d in full)
