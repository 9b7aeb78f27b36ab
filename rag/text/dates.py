"""Dates as they are written: in three languages, three digit families and two orders.

A date that lacks its year is `--MM-DD`, one that lacks its day `YYYY-MM` (ISO 8601 as far as it
goes). Only Gregorian dates are read; a Hijri or Persian year is left alone, never converted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rag.text.folding import fold, fold_with_offsets

_MONTH_NAMES: Final = (
    "يناير|كانون الثاني|جانفي|january|jan|ژانویه",
    "فبراير|شباط|فيفري|february|feb|فوریه",
    "مارس|آذار|march|mar|مارچ",
    "أبريل|نيسان|أفريل|إبريل|april|apr|آوریل",
    "مايو|أيار|ماي|may|مه",
    "يونيو|حزيران|جوان|يونيه|june|jun|ژوئن",
    "يوليو|تموز|جويلية|يوليوز|يوليه|july|jul|ژوئیه|جولای",
    "أغسطس|آب|أوت|غشت|august|aug|اوت|آگوست",
    "سبتمبر|أيلول|شتنبر|september|sept|sep|سپتامبر",
    "أكتوبر|تشرين الأول|october|oct|اکتبر",
    "نوفمبر|تشرين الثاني|نونبر|november|nov|نوامبر",
    "ديسمبر|كانون الأول|دجنبر|december|dec|دسامبر",
)
MONTHS: Final = {
    fold(name): number
    for number, names in enumerate(_MONTH_NAMES, start=1)
    for name in names.split("|")
}
"""The number of each month by its folded name."""

_WEEKDAY_NAMES: Final = (
    "الإثنين|الاثنين|monday|دوشنبه",
    "الثلاثاء|tuesday|سه شنبه",
    "الأربعاء|wednesday|چهارشنبه",
    "الخميس|thursday|پنجشنبه|پنج شنبه",
    "الجمعة|friday|جمعه",
    "السبت|saturday|شنبه",
    "الأحد|sunday|یکشنبه|یک شنبه",
)
WEEKDAYS: Final = {
    fold(name): number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split("|")
}
"""The number of each weekday (Monday is 0) by its folded name."""

_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b"
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_DAY = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_TWIN = rf"(?:\s*[/(]\s*{_MONTH}\s*[)/]?)?"
_FORMS: Final = (
    rf"(?P<year>{_YEAR})-(?P<number>0[1-9]|1[0-2])-(?P<day>{_DAY})",
    rf"(?P<day>{_DAY})[/.-](?P<number>0?[1-9]|1[0-2])[/.-](?P<year>{_YEAR})",
    rf"(?P<day>{_DAY})(?:st|nd|rd|th)?\s*[/-]?\s*(?:من\s+|of\s+)?(?:شهر\s+)?(?P<month>{_MONTH}){_TWIN}"
    rf"(?:\s*[,،/-]?\s*(?:من\s+)?(?:عام\s+|سنه\s+|سال\s+)?(?P<year>{_YEAR}))?",
    rf"\b(?P<month>{_MONTH}){_TWIN}\s+(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\s*,?\s*(?P<year>{_YEAR}))?",
    rf"\b(?P<month>{_MONTH}){_TWIN}\s*,?\s*(?:من\s+)?(?:ل?عام\s+|سنه\s+|سال\s+|of\s+)?(?P<year>{_YEAR})",
)
_PATTERNS: Final = tuple(re.compile(form) for form in _FORMS)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: its span (characters) and its value."""

    start: int
    end: int
    value: str

    @property
    def is_full(self) -> bool:
        """Whether day, month and year are all written."""
        return len(self.value) == 10 and not self.value.startswith("--")


def written_dates(text: str) -> list[WrittenDate]:
    """The dates written in `text`, in order, without overlaps."""
    folded = fold_with_offsets(text)
    found: list[WrittenDate] = []
    taken = 0
    for start, end, value in sorted(_candidates(folded.text), key=lambda one: (one[0], -one[1])):
        if start >= taken:
            first, last = folded.original_span(start, end)
            found.append(WrittenDate(first, first + len(text[first:last].rstrip()), value))
            taken = end
    return found


def date_values(text: str) -> list[str]:
    """The values of the dates written in `text`; cheaper than `written_dates`."""
    if not any(character.isdigit() for character in text):
        return []
    taken, found = 0, []
    for start, end, value in sorted(_candidates(fold(text)), key=lambda one: (one[0], -one[1])):
        if start >= taken:
            found.append(value)
            taken = end
    return found


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"]]
            day = int(parts["day"]) if parts.get("day") else None
            year = parts.get("year")
            if value := _value(year, month, day):
                yield match.start(), match.end(), value


def _value(year: str | None, month: int, day: int | None) -> str | None:
    if day is None:
        return f"{year}-{month:02}"
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def day_after(value: str) -> str:
    """The day after a full date."""
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()


def weekday_of(value: str) -> int:
    """The weekday of a full date; Monday is 0."""
    return date.fromisoformat(value).weekday()
