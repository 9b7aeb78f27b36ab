"""Facts: the values that a sentence gives, each with its kind and the words around it.

Durations, lengths, ages, amounts and counted things, dates, scores, and who holds an office.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rag.answers.bearers import WITHIN_NAMES
from rag.answers.holders import holders
from rag.answers.scores import scores
from rag.answers.subject import is_content, keys_of, places_told
from rag.answers.values import is_year
from rag.documents.evidence import Sentence, dates_resolved_in
from rag.retrieval.reading import leans
from rag.text.dates import written_dates
from rag.text.folding import fold, word_spans
from rag.text.names import skeletons
from rag.text.numbers import ORDINAL, Quantity, quantities
from rag.text.sentences import Span
from rag.text.stems import is_arabic_script

DATE: Final = "date"
OFFICE: Final = "office"
COUNT: Final = "count"
DURATION: Final = "duration"
LONG_DURATION: Final = "long duration"
LENGTH: Final = "length"
AGE: Final = "age"
SCORE: Final = "score"

_SCALES: Final = {
    "second": (DURATION, Decimal(1) / 3600),
    "minute": (DURATION, Decimal(1) / 60),
    "hour": (DURATION, Decimal(1)),
    "day": (DURATION, Decimal(24)),
    "night": (DURATION, Decimal(24)),
    "week": (DURATION, Decimal(168)),
    "month": (LONG_DURATION, Decimal(1)),
    "year": (LONG_DURATION, Decimal(12)),
    "decade": (LONG_DURATION, Decimal(120)),
    "century": (LONG_DURATION, Decimal(1200)),
    "centimetre": (LENGTH, Decimal("0.01")),
    "metre": (LENGTH, Decimal(1)),
    "kilometre": (LENGTH, Decimal(1000)),
    "mile": (LENGTH, Decimal("1609.34")),
    "foot": (LENGTH, Decimal("0.3048")),
    "person": (COUNT, Decimal(1)),
}
"""Of a unit: the kind of what it measures and its size."""
_AROUND: Final = 8
"""Words on each side of a value that tell of what it is."""
_BESIDE: Final = 3
"""Content words on each side of a value that are told of it and nothing else."""
_AT_LEAST: Final = re.compile(
    r"(?:اكثر من|ما يزيد علي|ما يزيد عن|لا يقل عن|يتجاوز|تجاوز|تجاوزت|علي الاقل|more than|over"
    r"|at least|above|exceeding|بيش از|بيشتر از|دستكم|حداقل)\s*$"
)
_AT_LEAST_AFTER: Final = re.compile(
    r"\s*(?:\w+\s+)?(?:علي الاقل|او اكثر|فاكثر|at least|or more|دست ?كم|يا بيشتر)"
)
_AT_MOST: Final = re.compile(
    r"(?:اقل من|ما يقل عن|لا يزيد علي|لا يتجاوز|less than|fewer than|under|at most|up to|كمتر از"
    r"|حداكثر)\s*$"
)
_ABOUT: Final = re.compile(
    r"(?:نحو|حوالي|قرابه|زهاء?|ما يقارب|يقارب|تقريبا|about|around|nearly|almost|some|roughly"
    r"|approximately|حدود|تقريبا|نزديك به)\s*$"
)
_AGE_BEFORE: Final = re.compile(
    r"(?:(?:عن|[وب]?عمر\w{0,2}|البالغه? من العمر|يناهز|ناهز)(?: عمر)?(?: (?:ي?ناهز|يبلغ))?"
    r"|aged|at the age of|at age|(?:در )?سن)\s*$"
)
_AGE_AFTER: Final = re.compile(
    r"^\W*(?:years? old|year old|years of age|من العمر|ساله|سالگي|سال سن)"
)
_AGED: Final = re.compile(r"(?:ساله|سالگي|-years?-old)$")
_DIED_OF_AGE: Final = re.compile(r"(?<![^\W_])(?:توفيت?|رحلت?|ماتت?|عن عمر)(?![^\W_])")
_APPOSED_AGE: Final = re.compile(r"[A-Z]\w+,\s*$")
_ENDS_APPOSED: Final = re.compile(r"^\s*,")
_OLDEST: Final = 120
_LONG_SOUND: Final = 4
"""Of a loose skeleton of three consonants, with the digit of its level."""
_COUNTED: Final = 2
"""Content words after a number among which stands what it counts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a sentence gives."""

    sentence: Sentence
    context: str
    """What the sentence leans on, and the title."""
    kind: str
    value: str
    """Comparable within the kind: a number, an ISO date, a name as it is written."""
    written: str
    """As the sentence has it."""
    around: str
    """The words around it."""
    beside: frozenset[str]
    """The keys of the words next to it."""
    places: tuple[frozenset[str], ...]
    """The places told of next to it, each by its keys."""
    counted: frozenset[str] = frozenset()
    """The keys of the words directly after it, among which is what a number counts."""
    bound: str = ""
    """`least`, `most` or `about` where the value is only that."""
    unit: str | None = None
    is_relative: bool = False
    """Whether it is a day that "yesterday" or the like stands for."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the one before it."""

    sentence: Sentence
    before: str = ""


class Sort(StrEnum):
    """Sorts of facts, which are read in different ways."""

    MEASURES = "measures"
    DATES = "dates"
    OFFICES = "offices"
    SCORES = "scores"


ALL_SORTS: Final = frozenset(Sort)


@lru_cache(maxsize=256)
def facts_of(told: Told, sorts: frozenset[Sort] = ALL_SORTS) -> tuple[Fact, ...]:
    """The values of these sorts that a sentence gives."""
    context = told.sentence.source.title if told.sentence.source.title_span else ""
    if leans(told.sentence.text):
        context = f"{told.before} {context}"
    reader = _Reader(told.sentence, context)
    read = {
        Sort.MEASURES: reader.measures,
        Sort.DATES: reader.dates,
        Sort.OFFICES: reader.offices,
        Sort.SCORES: reader.scores,
    }
    return tuple(dict.fromkeys(fact for sort in Sort if sort in sorts for fact in read[sort]()))


class _Reader:
    def __init__(self, sentence: Sentence, context: str) -> None:
        self._sentence = sentence
        self._context = context
        self._text = sentence.text
        self._words = word_spans(self._text)
        self._dates = written_dates(self._text)
        self._own_date = _own_date(sentence)
        self._quantities = quantities(self._text)

    def measures(self) -> Iterator[Fact]:
        """Durations, lengths, amounts and counted things."""
        for one in self._quantities:
            in_date = any(date.start < one.end and one.start < date.end for date in self._dates)
            if in_date or one.unit == ORDINAL or is_year(one):
                continue
            kind, size = _SCALES.get(one.unit or "", (one.unit or COUNT, Decimal(1)))
            if one.unit in ("year", None) and self._is_age(one):
                kind, size = AGE, Decimal(1)
            elif one.unit is None and not self._is_counting(one):
                continue
            value = format((one.value * size).normalize(), "f")
            yield replace(self._fact(kind, value, one.start, one.end), unit=one.unit)

    def _is_counting(self, one: Quantity) -> bool:
        """Whether a content word that is counted follows a number, or it stands for people."""
        after = [word for word, start, _ in self._words if start >= one.end][:1]
        return bool(after) and is_content(after[0])

    def _is_age(self, one: Quantity) -> bool:
        """Whether a number is somebody's age: "aged 19", "عن عمر 71 عاما", "Kessler, 19, won"."""
        if one.value > _OLDEST:
            return False
        left, right = self._text[: one.start], self._text[one.end :]
        before = _AGE_BEFORE.search(fold(left))
        if before and (before[0].strip() != "عن" or _DIED_OF_AGE.search(fold(left))):
            return True
        if _AGE_AFTER.match(fold(right)) or _AGED.search(fold(self._text[one.start : one.end])):
            return True
        is_apposed = _APPOSED_AGE.search(left) and _ENDS_APPOSED.match(right)
        return one.unit is None and is_apposed is not None

    def dates(self) -> Iterator[Fact]:
        """Days, months and years; a day without a year has that of the report.

        "Yesterday" is a day where that of the report is known.
        """
        year = (self._sentence.source.date or "")[:4]
        for one in self._dates:
            if self._own_date and one.start <= self._own_date.start < one.end:
                continue
            value = one.value
            if value.startswith("--") and year.isdigit():
                value = year + value[1:]
            yield self._fact(DATE, value, one.start, one.end)
        for meant in dates_resolved_in(self._sentence):
            if meant.first == meant.last:
                fact = self._fact(DATE, meant.first.isoformat(), meant.start, meant.end)
                yield replace(fact, is_relative=True)
        for found in self._quantities:
            if is_year(found) and not any(d.start <= found.start < d.end for d in self._dates):
                yield self._fact(DATE, str(int(found.value)), found.start, found.end)

    def offices(self) -> Iterator[Fact]:
        """Who holds an office, where the name stands beside the title."""
        for one in holders(self._text):
            name = self._text[one.start : one.end]
            fact = self._fact(f"{OFFICE}: {one.office}", name, one.start, one.end)
            yield replace(fact, places=one.places)

    def scores(self) -> Iterator[Fact]:
        """How matches ended."""
        for one in scores(self._text):
            yield self._fact(SCORE, one.value, one.start, one.end)

    def _fact(self, kind: str, value: str, start: int, end: int) -> Fact:
        at = next(n for n, (_, _, last) in enumerate(self._words) if last > start)
        after = next(
            (n for n, (_, at_, _) in enumerate(self._words) if at_ >= end), len(self._words)
        )
        near = self._words[max(at - _AROUND, 0) : at] + self._words[after : after + _AROUND]
        told = [word for word, _, _ in self._words]
        left = [word for word in told[:at] if is_content(word)][-_BESIDE:]
        beside = left + [word for word in told[after:] if is_content(word)][:_BESIDE]
        following = [word for word in told[after : after + _BESIDE] if is_content(word)]
        return Fact(
            self._sentence,
            self._context,
            kind,
            value,
            " ".join(self._text[start:end].split()),
            " ".join(word for word, _, _ in near),
            frozenset(key for word in beside for key in keys_of(word)),
            tuple(places_told(beside)),
            frozenset(key for word in following[:_COUNTED] for key in keys_of(word)),
            _bound(fold(self._text[:start]), fold(self._text[end:])),
        )


def _own_date(sentence: Sentence) -> Span | None:
    """Where in a sentence its report states its own date, which is none of what it tells."""
    stated, span = sentence.source.date_span, sentence.span
    if stated is None or not span.start <= stated.start < span.end:
        return None
    return Span(stated.start - span.start, stated.end - span.start)


def _bound(before: str, after: str) -> str:
    """Whether a value is only `least`, `most` or `about`, by the folded words on its two sides."""
    bounds = (("least", _AT_LEAST), ("most", _AT_MOST), ("about", _ABOUT))
    told = next((name for name, pattern in bounds if pattern.search(before)), "")
    return told or ("least" if _AT_LEAST_AFTER.match(after) else "")


def same_name(one: str, other: str) -> bool:
    """Whether two names share a word, in whatever script."""
    sounds = [
        {
            found
            for word, _, _ in word_spans(name)
            if word not in WITHIN_NAMES
            for found in _sounds(word.removeprefix("ال"))
        }
        for name in (one, other)
    ]
    return not sounds[0].isdisjoint(sounds[1])


def _sounds(word: str) -> Iterator[str]:
    """The skeletons of a word of a name, of the loose ones the longer; in Arabic without prefix."""
    strict = True
    for found in skeletons(word):
        if found[0] == "1" and strict:
            strict = not is_arabic_script(word)
            yield found
        elif found[0] == "2" and len(found) >= _LONG_SOUND:
            yield found
