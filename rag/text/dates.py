"""Dates as they are written: in three languages, three digit families and two orders.

A date that lacks its year is `--MM-DD`, one that lacks its day `YYYY-MM` (ISO 8601 as far as it
goes). Hijri and Persian dates are read as such by `other_dates`; which days they
are, `rag.text.calendars` reckons.
"""

import re
from collections.abc import Iterable, Iterator
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

_USUAL_NAMES: Final = tuple(
    {
        "ar": fold(names.split("|")[0]),
        "en": next(name for name in names.split("|") if name.isascii()),
        "fa": fold(persian),
    }
    for names, persian in zip(
        _MONTH_NAMES,
        "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
        strict=True,
    )
)

_OTHER_CALENDARS: Final = {
    "hijri": (
        "محرم", "صفر", "ربيع الأول", "ربيع الآخر|ربيع الثاني", "جمادى الأولى",
        "جمادى الآخرة|جمادى الثانية", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة|ذي القعدة",
        "ذو الحجة|ذي الحجة",
    ),
    "persian": (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی",
        "بهمن", "اسفند",
    ),
}  # fmt: skip
_IN_LATIN: Final = {
    "hijri": (
        "muharram", "safar", "rabi[ʿ'’]? ?(?:al|ul|ath|oul)?[- ]?(?:awwal|awal|i)",
        "rabi[ʿ'’]? ?(?:al|ul|ath|oul)?[- ]?(?:thani|akhir|ii)",
        "jumada ?(?:al|ul)?[- ]?(?:awwal|ula|oula|i)",
        "jumada ?(?:al|ul|ath)?[- ]?(?:thani|thania|akhira?h?|ii)", "rajab", "sha[ʿ'’]?ban",
        "rama[dz]h?an", "shawwal",
        "(?:dh?u|zu|dhi|zi)l?[- ]?(?:al|ul|el)?[- ]?[qk]a?i?[ʿ'’]?[di]+ah?",
        "(?:dh?u|zu|dhi|zi)l?[- ]?(?:al|ul|el)?[- ]?hi[jg]+(?:ah?)?",
    ),
    "persian": (
        "farvardin", "ordibehesht", "khordad", "tir", "a?mordad", "shahrivar", "mehr", "aban",
        "azar", "de[yi]", "bahman", "esfand",
    ),
}  # fmt: skip
"""The same months in Latin letters, as patterns; some are names too, so that a year is needed."""
_OTHER_MONTHS: Final = {
    fold(name): (calendar, number)
    for calendar, months in _OTHER_CALENDARS.items()
    for number, names in enumerate(months, start=1)
    for name in names.split("|")
}

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

_MONTH = (
    "(?:"
    + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
    + (r")\b(?:(?<=[a-z])\.(?=,?\s*\d))?")
)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_DAY = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NUMBER = r"(?:0?[1-9]|1[0-2])"
_TWIN = rf"(?:\s*/\s*{_MONTH}(?:\s*/)?|\s*\(\s*{_MONTH}\s*\))?"
_OF = r"(?:من\s+)?(?:ال|ل)?(?:(?:عام|سنه|سال)\s+)?(?:of\s+)?"
_FORMS: Final = (
    rf"(?P<year>{_YEAR})(?P<sign>[-/.])(?P<number>{_NUMBER})(?P=sign)(?P<day>{_DAY})",
    rf"(?P<day>{_DAY})(?P<sign>[-/.])(?P<number>{_NUMBER})(?P=sign)(?P<year>{_YEAR})",
    rf"(?P<number>{_NUMBER})(?P<sign>[-/.])(?P<day>1[3-9]|2\d|3[01])(?P=sign)(?P<year>{_YEAR})",
    rf"(?P<day>{_DAY})(?:st|nd|rd|th)?\s*[/-]?\s*(?:من\s+|of\s+)?(?:شهر\s+)?(?P<month>{_MONTH}){_TWIN}"
    rf"(?:\s*[,،/-]?\s*{_OF}(?P<year>{_YEAR}))?",
    rf"\b(?P<month>{_MONTH}){_TWIN}\s+(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\s*,?\s*(?P<year>{_YEAR}))?",
    rf"\b(?P<month>{_MONTH}){_TWIN}\s*,?\s*{_OF}(?P<year>{_YEAR})",
)
_YOUNG: Final = fold("جوان")
"""June in Algeria and Tunisia, "young" in Persian: it needs a year to be a month."""
_OTHER_MONTH: Final = (
    "(?:" + "|".join(sorted(map(re.escape, _OTHER_MONTHS), key=len, reverse=True)) + ")"
)
_OTHER_YEAR: Final = r"\s+(?:ماه\s+)?(?:من\s+)?(?:عام\s+|سنه\s+|سال\s+)?(?P<{}>1[345]\d\d)(?!\d)"
_OTHER: Final = re.compile(
    rf"(?P<day>{_DAY})\s+(?:من\s+)?(?:شهر\s+|ماه\s+)?(?P<month>{_OTHER_MONTH})\b"
    rf"(?:{_OTHER_YEAR.format('year')})?"
    # Without a day, only a year shows that it is a month: two of them are "zero" and "seal".
    rf"|\b(?P<whole>{_OTHER_MONTH})\b{_OTHER_YEAR.format('of_whole')}"
)
_OTHER_IN_LATIN: Final = tuple(
    (
        calendar,
        number,
        re.compile(
            rf"(?:{_DAY}(?:st|nd|rd|th)?(?: of)? (?:{name})|\b(?:{name}) {_DAY}(?:st|nd|rd|th)?),?"
            r" (?P<year>1[345]\d\d)(?!\d)(?: ?(?:a\.?h\.?|sh)\b)?"
        ),
    )
    for calendar, names in _IN_LATIN.items()
    for number, name in enumerate(names, start=1)
)
_LATIN_YEAR: Final = re.compile(r"[a-z\d],? 1[345]\d\d(?!\d)")
_DIGIT: Final = re.compile(r"\d")
_NUMERIC_SIGN: Final = re.compile(r"\d[-/.]\d")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_GLUED_ORDINAL: Final = re.compile(r"\d(?:st|nd|rd|th)[a-z]")
_MONTH_OPENINGS: Final = frozenset(name.split()[0] for name in MONTHS)
_NUMERIC_FORMS: Final = 3
"""How many of the forms, from the first, write the month as a number."""
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
    candidates = _candidates(fold(text))
    if not candidates:
        return []
    folded = fold_with_offsets(text)
    found: list[WrittenDate] = []
    taken = 0
    for start, end, value in candidates:
        if start >= taken:
            first, last = folded.original_span(start, end)
            found.append(WrittenDate(first, first + len(text[first:last].rstrip()), value))
            taken = end
    return found


def other_dates(text: str) -> list[WrittenDate]:
    """The Hijri and Persian dates of a text: `hijri:1443-03-11`, `persian:--07-25`, `…:1400-07`."""
    folded = fold_with_offsets(text)
    found = []
    for match in _OTHER.finditer(folded.text):
        calendar, month = _OTHER_MONTHS[match["month"] or match["whole"]]
        if match["whole"]:
            value = f"{calendar}:{match['of_whole']}-{month:02}"
        else:
            value = f"{calendar}:{match['year'] or '-'}-{month:02}-{int(match['day']):02}"
        found.append(WrittenDate(*folded.original_span(*match.span()), value))
    if _LATIN_YEAR.search(folded.text):
        for calendar, month, pattern in _OTHER_IN_LATIN:
            for match in pattern.finditer(folded.text):
                (day,) = re.findall(r"(?<!\d)\d{1,2}(?!\d)", match[0])
                value = f"{calendar}:{match['year']}-{month:02}-{int(day):02}"
                found.append(WrittenDate(*folded.original_span(*match.span()), value))
    return sorted(found, key=lambda one: one.start)


def numeric_months(folded: str) -> list[tuple[int, int, int]]:
    """The months that stand as numbers in dates of a folded text: from, to (characters), which."""
    if not _NUMERIC_SIGN.search(folded):
        return []
    found: dict[int, tuple[int, int, int]] = {}
    for pattern in _PATTERNS[:_NUMERIC_FORMS]:
        for match in pattern.finditer(folded):
            month = int(match["number"])
            if _value(match["year"], month, int(match["day"])):
                found.setdefault(match.start(), (*match.span("number"), month))
    return sorted(found.values())


def month_names(month: int) -> dict[str, str]:
    """The most usual folded name of a month (1 to 12) in each language."""
    return _USUAL_NAMES[month - 1]


def date_values(text: str) -> list[str]:
    """The values of the dates written in `text`; cheaper than `written_dates`."""
    if not _DIGIT.search(text):
        return []
    taken, found = 0, []
    for start, end, value in _candidates(fold(text)):
        if start >= taken:
            found.append(value)
            taken = end
    return found


def _candidates(text: str) -> list[tuple[int, int, str]]:
    """The dates of a folded text, overlaps included: the earliest first, of those the longest."""
    # Most texts have no date, and what a date cannot do without is found quickly.
    if not _DIGIT.search(text):
        return []
    patterns = _PATTERNS[:_NUMERIC_FORMS] if _NUMERIC_SIGN.search(text) else ()
    if not _MONTH_OPENINGS.isdisjoint(_LETTERS.findall(text)) or _GLUED_ORDINAL.search(text):
        patterns += _PATTERNS[_NUMERIC_FORMS:]
    return sorted(_matches(text, patterns), key=lambda one: (one[0], -one[1]))


def _matches(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int, str]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            name = (parts.get("month") or "").rstrip(".")
            month = MONTHS[name] if name else int(parts["number"])
            day = int(parts["day"]) if parts.get("day") else None
            year = parts.get("year")
            if name == _YOUNG and not year:
                continue
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
