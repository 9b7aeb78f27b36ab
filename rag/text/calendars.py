"""Calendars: full dates of the Persian and the Hijri calendar, as days of the Gregorian one.

The Persian calendar is reckoned exactly. A Hijri month begins a day sooner or later from country
to country: of a Hijri date only the month is given, where that day makes no difference.
"""

import re
from datetime import date, timedelta
from typing import Final

from rag.text.dates import WrittenDate, other_dates
from rag.text.folding import fold_with_offsets

_NUMERIC: Final = re.compile(
    r"(?<![\d/.-])(1[345]\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d/]|[.-]\d)"
)
_YEAR: Final = re.compile(r"(?<!\d)[1۱١][345۳۴۵٣٤٥]\d\d(?!\d)")
_LAST_PERSIAN_YEAR: Final = 1420
"""Of a date in numbers: later years are Hijri."""
_LONG_MONTHS: Final = 6
"""Months of 31 days, with which the Persian year begins."""
_DAYS_OF_A_MONTH: Final = (31,) * _LONG_MONTHS + (30,) * 6


def days_of_other_calendars(text: str) -> list[WrittenDate]:
    """The full dates of other calendars in a text, with the Gregorian day or month they are."""
    if not _YEAR.search(text):
        return []
    folded = fold_with_offsets(text)
    found = list[tuple[int, int, str, str]]()
    for one in other_dates(text):
        calendar, _, value = one.value.partition(":")
        if value.count("-") == 2 and not value.startswith("-"):
            found.append((one.start, one.end, calendar, value))
    for match in _NUMERIC.finditer(folded.text):
        calendar = "persian" if int(match[1]) <= _LAST_PERSIAN_YEAR else "hijri"
        start, end = folded.original_span(*match.span())
        found.append((start, end, calendar, f"{match[1]}-{match[3]}-{match[4]}"))
    days = []
    for start, end, calendar, value in sorted(found):
        year, month, day = map(int, value.split("-"))
        reckoned = _from_persian if calendar == "persian" else _from_hijri
        if gregorian := reckoned(year, month, day):
            days.append(WrittenDate(start, end, gregorian))
    return days


def _from_persian(year: int, month: int, day: int) -> str | None:
    """A day of the Persian calendar; None where the year has no such day.

    The leap years follow in cycles of 33 years, as they do from 1244 to 1472.

    >>> _from_persian(1403, 3, 14)
    '2024-06-03'
    """
    if day > _DAYS_OF_A_MONTH[month - 1]:
        return None
    first = _first_day_of_persian(year)
    then = first + timedelta(sum(_DAYS_OF_A_MONTH[: month - 1]) + day - 1)
    return then.isoformat() if then < _first_day_of_persian(year + 1) else None


def _first_day_of_persian(year: int) -> date:
    cycled = year + 1595
    days = 365 * cycled + cycled // 33 * 8 + (cycled % 33 + 3) // 4
    return date.fromordinal(days + _EPOCH_OF_PERSIAN)


_EPOCH_OF_PERSIAN: Final = date(2024, 3, 20).toordinal() - (365 * 2998 + 90 * 8 + (28 + 3) // 4)
"""From the first of Farvardin 1403."""
_EPOCH_OF_HIJRI: Final = date(622, 7, 18).toordinal()


def _from_hijri(year: int, month: int, day: int) -> str | None:
    """The month of a day of the tabular Hijri calendar, where a day more or less is in it too.

    >>> _from_hijri(1445, 9, 3)
    '2024-03'
    """
    if day > 30:
        return None
    days = day + 29 * (month - 1) + month // 2 + 354 * (year - 1) + (3 + 11 * year) // 30
    then = date.fromordinal(_EPOCH_OF_HIJRI + days)
    near = {(then + timedelta(off)).strftime("%Y-%m") for off in (-1, 0, 1)}
    return near.pop() if len(near) == 1 else None
