"""Relative dates: "yesterday, Sunday" and "last week", resolved by the date of the report.

Only where that date is known to the day. A weekday that contradicts it, a date that is written
beside, and somebody's words in quotation marks, which may be of another day, leave it unresolved.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from rag.text.dates import WEEKDAYS, written_dates
from rag.text.folding import fold_with_offsets


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """Words for a time and what they stand for: the days `first` to `last`, both included."""

    start: int
    end: int
    """Where the words stand (characters)."""
    first: date
    last: date
    is_confirmed: bool
    """Whether a weekday stands beside them, which agrees."""


_DAYS: Final[tuple[tuple[int | str, str], ...]] = (
    (-2, r"اول (?:من )?امس|امس الاول|پريروز|(?:the )?day before yesterday"),
    (-1, r"امس|البارحه|ديروز|روز گذشته|yesterday"),
    (
        0,
        # "That day", "all day", "the first day" and "the day after" are not today.
        r"(?<!ذلك )(?<!هذا )(?<!في )(?<!طوال )(?<!نصف )(?<!حتي )(?<!الي )(?<!بعد )(?<!منذ )اليوم"
        r"(?! (?:ال(?!{weekdays})\w{3,}|نفسه|ذاته|الذي))|(?<!تا )(?<!به )امروز|today(?!['’]s)",
    ),
    (1, r"غدا|يوم غد|(?<!پس )فردا|tomorrow"),
)
_SPANS: Final[tuple[tuple[int | str, str], ...]] = (
    ("week", r"الاسبوع (?:الماضي|الفايت|المنصرم)|هفته (?:ي )?(?:گذشته|پيش|قبل)|{last} week"),
    # Persian reports count by months and years of their own.
    ("month", r"الشهر (?:الماضي|الفايت|المنصرم)|{last} month"),
    ("year", r"العام (?:الماضي|الفايت|المنصرم)|السنه (?:الماضيه|الفايته|المنصرمه)|{last} year"),
)
_LAST: Final = r"(?<!the )(?<!this )last"
_NAMES: Final = "|".join(
    name.removeprefix("ال") for name in sorted(WEEKDAYS, key=len, reverse=True)
)
_WEEKDAY: Final = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")(?!\w)"
_WORDS: Final[tuple[tuple[int | str, re.Pattern[str]], ...]] = tuple(
    (what, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
    for what, pattern in (
        *((days, words.replace("{weekdays}", rf"(?:{_NAMES})\b")) for days, words in _DAYS),
        *((unit, words.replace("{last}", _LAST)) for unit, words in _SPANS),
    )
)
_DAY_AFTER: Final = re.compile(rf"\s*[,،(]?\s*(?:(?:يوم|روز|on)\s+)?({_WEEKDAY})\)?")
_DAY_BEFORE: Final = re.compile(rf"(?<!\w)((?:يوم\s+)?({_WEEKDAY})\s*[,،(]?\s*)\Z")
_QUOTED: Final = re.compile(r"«[^»]*»?|“[^”]*”?|\"[^\"]*\"?")
_BESIDE: Final = 25
"""Characters after the words within which a written date is one of theirs."""
_WEEK_BEGINS: Final = (0, 5, 6)
"""On Monday, Saturday or Sunday, from country to country."""


def relative_dates(text: str, report_date: str | None) -> list[RelativeDate]:
    """The relative dates in a text of a report of `report_date` (`2021-10-18`), in order.

    None where that is not known to the day.

    >>> relative_dates("He arrived yesterday, Sunday.", "2021-10-18")[0].first.isoformat()
    '2021-10-17'
    """
    try:
        day = date.fromisoformat(report_date or "")
    except ValueError:
        return []
    folded = fold_with_offsets(text)
    matches = _matches(folded.text)
    if not matches:
        return []
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    written = [one.start for one in written_dates(text)]
    found, taken = [], 0
    for begin, end, what in matches:
        if begin < taken:
            continue
        start, taken, weekdays = _with_weekdays(folded.text, begin, end)
        first, last = folded.original_span(start, taken)
        meant = _meant(what, day)
        if (
            meant is not None
            and all(one == meant[0].weekday() for one in weekdays)
            and not any(opened < first < closed for opened, closed in quoted)
            and not any(first <= at <= last + _BESIDE for at in written)
        ):
            stop = first + len(text[first:last].rstrip())
            found.append(RelativeDate(first, stop, *meant, bool(weekdays)))
    return found


@lru_cache(maxsize=1_024)
def names_relative_day(text: str) -> bool:
    """Whether a text says "yesterday" or the like of no date that it writes, in its own words.

    >>> names_relative_day("He left yesterday."), names_relative_day("He said: “I left yesterday.”")
    (True, False)
    """
    folded = fold_with_offsets(text)
    days = [(start, end) for start, end, what in _matches(folded.text) if isinstance(what, int)]
    if not days:
        return False
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    written = [one.start for one in written_dates(text)]
    for begin, end in days:
        first, last = folded.original_span(begin, end)
        if not any(opened < first < closed for opened, closed in quoted) and not any(
            first <= at <= last + _BESIDE for at in written
        ):
            return True
    return False


@lru_cache(maxsize=1_024)
def _matches(folded: str) -> tuple[tuple[int, int, int | str], ...]:
    """The words for a time with what they mean, in order, the longer of two at one place first."""
    found = [
        (*match.span(), what) for what, pattern in _WORDS for match in pattern.finditer(folded)
    ]
    return tuple(sorted(found, key=lambda one: (one[0], -one[1])))


def _with_weekdays(folded: str, start: int, end: int) -> tuple[int, int, list[int]]:
    """The span of some words with a weekday beside them, and which it is."""
    weekdays = []
    if after := _DAY_AFTER.match(folded, end):
        weekdays.append(WEEKDAYS[after[1]])
        end = after.end() if "(" in after[0] else after.end(1)
    if before := _DAY_BEFORE.search(folded, max(0, start - _BESIDE), start):
        weekdays.append(WEEKDAYS[before[2]])
        start = before.start()
    return start, end, weekdays


def _meant(what: int | str, day: date) -> tuple[date, date] | None:
    """The days that are meant, said on `day`; None where no calendar has them."""
    try:
        if isinstance(what, int):
            then = day + timedelta(what)
            return then, then
        return _UNITS[what](day)
    except (OverflowError, ValueError):
        return None


def _week_before(day: date) -> tuple[date, date]:
    """The week before that of `day`, wherever it begins: in all, up to nine days."""
    begins = [day - timedelta((day.weekday() - begin) % 7) for begin in _WEEK_BEGINS]
    return min(begins) - timedelta(7), max(begins) - timedelta(1)


def _month_before(day: date) -> tuple[date, date]:
    last = day.replace(day=1) - timedelta(1)
    return last.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def _year_before(day: date) -> tuple[date, date]:
    return date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)


_UNITS: Final[dict[str, Callable[[date], tuple[date, date]]]] = {
    "week": _week_before,
    "month": _month_before,
    "year": _year_before,
}
