"""Values: the numbers, quantities and dates of a claim, looked for in what supports it.

Digit families, number words and month names of the three languages count as equal. A year may
come from the date line, and "yesterday" is resolved where the report's own date is known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from rag.answers.texts import folded_of, words_in
from rag.text.dates import MONTHS, WEEKDAYS, WrittenDate, written_dates
from rag.text.folding import fold, fold_with_offsets, folded_words
from rag.text.number_words import ORDINALS, UNITS
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
_MONTHS_OPEN: Final = frozenset(folded_words(name)[0] for name in MONTHS)
_WEEKDAYS_OPEN: Final = frozenset(folded_words(name)[0] for name in WEEKDAYS)
"""The first words of the names; looking for these is cheaper."""
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
_DIGITS: Final = "0123456789"
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
_AND_NUMBER: Final = re.compile(r"[ ‌]?و ?([^\W\d_]+)")
_AND_A_HALF: Final = re.compile(
    r"(?: and (a half|a quarter)| و ?(نصف|نيم|ربع))(?! مليون| مليار)(?![^\W_])"
)
_PARTS: Final = {"a half": "0.5", "نصف": "0.5", "نيم": "0.5", "a quarter": "0.25", "ربع": "0.25"}
_UNIT_AFTER: Final = re.compile(r"\s*([^\W\d_]+)ي(?:ه)?(?![^\W_])")
"""A Persian unit as an adjective: "دلاری", of dollars."""
_UNIT_BEFORE: Final = re.compile(r"(?<![^\W_])ال([^\W\d_]+) ال $")
"""A unit with the article before digits: "الأشهر الـ18"."""
_ELIDED: Final = re.compile(
    r"\s*(?:الي|ل|به|تا|to|from|or|او|يا|ثم|,|،|-|–)\s*(?:نحو|حوالي|about)?\s*"
)
"""What stands between a quantity and the number that shares its unit ("from ten years to six")."""
_HALF: Final = re.compile(r"و ?(?:نصف|نيم)(?![^\W_])")
_ONE_AND_HALF: Final = re.compile(r"(?<![^\W_])([^\W\d_]+) و ?(?:نصف|نیم|نيم)(?![^\W_])")
_COUNTED_NEXT: Final = re.compile(r"\s*[^\W\d_]")

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


@lru_cache(maxsize=2_048)
def values_of(text: str) -> Values:
    """The values of `text`."""
    words, folded = words_in(text), folded_of(text)
    written = written_dates(text)
    dates = [parts_of(one.value) for one in written]
    outside = _without(text, written)
    names = _MONTH.findall(folded) if _may_have(words, _MONTHS_OPEN) else []
    outside_names = _MONTH.findall(folded_of(outside)) if names and written else names
    stated = _whole(text, quantities(outside))
    extra = [*_days_of_ranges(folded), *_ordinal_days(text, stated)] if names else []
    found = tuple(one for one in stated if not any(one.value == day for _, _, day in extra))
    months = frozenset(month for _, month, _ in dates)
    years = {year for year, _, _ in dates if year} | {int(q.value) for q in found if is_year(q)}
    days = _WEEKDAY.findall(folded) if _may_have(words, _WEEKDAYS_OPEN) else []
    return Values(
        dates=(*dates, *extra),
        months=months | {MONTHS[name] for name in names},
        certain_months=frozenset(
            MONTHS[name] for name in outside_names if name not in _AMBIGUOUS_MONTHS
        ),
        years=frozenset(years),
        weekdays=frozenset(WEEKDAYS[name] for name in days),
        certain_weekdays=frozenset(
            WEEKDAYS[name] for name in days if name not in _AMBIGUOUS_WEEKDAYS
        ),
        quantities=found,
        has_pair=any(word in BOTH or DUAL.search(word) for word in words),
    )


def _without(text: str, written: Sequence[WrittenDate]) -> str:
    """A text with blanks for the dates that are written in it."""
    if not written:
        return text
    outside = list(text)
    for one in written:
        outside[one.start : one.end] = " " * (one.end - one.start)
    return "".join(outside)


def _may_have(words: Iterable[str], openings: frozenset[str]) -> bool:
    """Whether a name that begins with one of the words may stand there.

    Behind a prefix too, or on a number ("12أكتوبر").
    """
    bare = (word.lstrip(_DIGITS) for word in words)
    return any(word in openings or word[1:] in openings for word in bare)


def _whole(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Quantities with what the reader of numbers leaves out: joined parts, halves, units."""
    whole: list[Quantity] = []
    for one in found:
        if whole and one.start < whole[-1].end:
            continue
        read = _with_parts(text, one)
        unit = read.unit or _unit_beside(text, read)
        if unit is None and whole and whole[-1].unit and _shares_unit(text, whole[-1], read):
            unit = whole[-1].unit
        whole.append(replace(read, unit=unit))
    return sorted([*whole, *_one_and_half(text, whole)], key=lambda one: one.start)


def _one_and_half(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """What is one and a half without saying "one": "متر ونصف المتر"."""
    if not _HALF.search(folded_of(text)):
        return
    for match in _ONE_AND_HALF.finditer(text):
        unit = UNITS.get(fold(match[1]))
        apart = not any(one.start < match.end() and match.start() < one.end for one in found)
        if unit and apart:
            yield Quantity(Decimal("1.5"), unit, *match.span())


def _with_parts(text: str, one: Quantity) -> Quantity:
    """A quantity with the ordinal joined to it ("شصت‌وسومین") and with its half."""
    rest = fold_with_offsets(text[one.end :])
    joined = _AND_NUMBER.match(text[one.end :]) if one.unit is None else None
    is_tens = 10 <= one.value < 100 and one.value % 10 == 0
    ordinal = _ordinal(fold(joined[1])) if joined else 0
    if joined and is_tens and 0 < ordinal < 10:
        end = one.end + joined.end()
        return replace(one, value=one.value + ordinal, unit=ORDINAL, end=end)
    half = _AND_A_HALF.match(rest.text)
    if half and one.value == int(one.value):
        _, end = rest.original_span(0, half.end())
        part = Decimal(_PARTS[half[1] or half[2]]) * _scale(one.value)
        return replace(one, value=one.value + part, end=one.end + end)
    return one


def _ordinal(word: str) -> int:
    """What a folded Persian ordinal counts ("دومین"); 0 for another word."""
    return ORDINALS.get(word, 0) or ORDINALS.get(word.removesuffix("ين"), 0)


def _scale(value: Decimal) -> int:
    """What a half after a number is half of: a million, a thousand, or one."""
    return next((scale for scale in (10**9, 10**6, 10**3) if value and value % scale == 0), 1)


def _unit_beside(text: str, one: Quantity) -> str | None:
    """The unit of a number that stands as an adjective after it, or with the article before."""
    after = _UNIT_AFTER.match(fold(text[one.end : one.end + 20]))
    if after and after[1] in UNITS:
        return UNITS[after[1]]
    before = _UNIT_BEFORE.search(fold(text[max(one.start - 20, 0) : one.start]) + " ")
    return UNITS.get(before[1]) if before else None


def _shares_unit(text: str, before: Quantity, one: Quantity) -> bool:
    """Whether a number without a counted thing shares the unit of the one before it."""
    between = fold(text[before.end : one.start])
    is_alone = not _COUNTED_NEXT.match(text[one.end :])
    return is_alone and _ELIDED.fullmatch(between) is not None


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
        if one.unit in (ORDINAL, None) and one.value <= _LAST_DAY:
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
