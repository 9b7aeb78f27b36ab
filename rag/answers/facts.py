"""Facts: the values that a sentence gives, each with its kind and the words around it.

Durations, lengths, amounts and counted things, dates, and who holds an office.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import Final

from rag.answers.office_names import is_place
from rag.answers.subject import is_content, keys_of, places_told
from rag.answers.values import is_year
from rag.documents.evidence import Sentence
from rag.retrieval.reading import leans
from rag.text.dates import written_dates
from rag.text.folding import fold, word_spans
from rag.text.lexicon import Match, lexicon
from rag.text.names import skeletons
from rag.text.numbers import ORDINAL, Quantity, quantities
from rag.text.stems import is_arabic_script

DATE: Final = "date"
OFFICE: Final = "office"
COUNT: Final = "count"
DURATION: Final = "duration"
LONG_DURATION: Final = "long duration"
LENGTH: Final = "length"

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
_AT_MOST: Final = re.compile(
    r"(?:اقل من|ما يقل عن|لا يزيد علي|لا يتجاوز|less than|fewer than|under|at most|up to|كمتر از"
    r"|حداكثر)\s*$"
)
_ABOUT: Final = re.compile(
    r"(?:نحو|حوالي|قرابه|زهاء?|ما يقارب|يقارب|تقريبا|about|around|nearly|almost|some|roughly"
    r"|approximately|حدود|تقريبا|نزديك به)\s*$"
)
_OFFICES: Final = frozenset(
    "president|vice president|prime minister|army chief|foreign minister|defence minister"
    "|interior minister|finance minister|oil minister|health minister|education minister|king"
    "|emir|sultan|crown prince|supreme leader|secretary general".split("|")
)
_RANKS: Final = frozenset(
    fold(
        "الجنرال اللواء الفريق العميد العقيد المشير السيد الدكتور الشيخ الأمير ركن الركن أول الأول "
        "ژنرال سرلشکر سردار سرتیپ دکتر آقای general gen maj lt col brigadier colonel admiral major "
        "lieutenant marshal mr mrs ms dr sheikh sir field الجديد الجديدة الحالي الحالية المنتخب "
        "المؤقت new current acting interim جدید کنونی"
    ).split()
)
"""What may stand between a title and a name."""
_AFTER_NAMES: Final = frozenset(
    fold(
        "قال قالت أعلن أعلنت أكد أكدت زار زارت وصل وصلت التقى التقت صرح ذكر أضاف أوضح أشار شدد دعا "
        "بحث ناقش استقبل غادر وقع افتتح ترأس عقد أجرى كان يزور يصل يلتقي بدأ أمر رفض نفى انتقد "
        "خلال أمس اليوم غدا يوم وقال وأعلن وأكد وزار والتقى ووصل نظيره ونظيره أن إن إنه بأن گفت "
        "اعلام دیدار وارد سفر روز دیروز امروز خبر افزود تاکید با در به از را است بود کرد"
    ).split()
)
"""Words that end a name."""
_FORMER: Final = re.compile(
    r"(?<!\w)(?:السابق|الاسبق|الراحل|انذاك|حينها|former|then|late|ex|پيشين|سابق|وقت)(?!\w)"
)
_LONGEST_NAME: Final = 3
_BEFORE_TITLE: Final = 2
"""Words before a title among which its country may stand ("Pakistan's army chief")."""


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
    bound: str = ""
    """`least`, `most` or `about` where the value is only that."""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the one before it."""

    sentence: Sentence
    before: str = ""


def facts_of(told: Told) -> list[Fact]:
    """The values that a sentence gives."""
    context = told.sentence.source.title if told.sentence.source.title_span else ""
    if leans(told.sentence.text):
        context = f"{told.before} {context}"
    reader = _Reader(told.sentence, context)
    return list(dict.fromkeys([*reader.measures(), *reader.dates(), *reader.offices()]))


class _Reader:
    def __init__(self, sentence: Sentence, context: str) -> None:
        self._sentence = sentence
        self._context = context
        self._text = sentence.text
        self._words = word_spans(self._text)
        self._dates = written_dates(self._text)
        self._quantities = quantities(self._text)

    def measures(self) -> Iterator[Fact]:
        """Durations, lengths, amounts and counted things."""
        for one in self._quantities:
            in_date = any(date.start < one.end and one.start < date.end for date in self._dates)
            if in_date or one.unit == ORDINAL or is_year(one):
                continue
            kind, size = _SCALES.get(one.unit or "", (one.unit or COUNT, Decimal(1)))
            if one.unit is None and not self._is_counting(one):
                continue
            value = format((one.value * size).normalize(), "f")
            yield replace(self._fact(kind, value, one.start, one.end), unit=one.unit)

    def _is_counting(self, one: Quantity) -> bool:
        """Whether a content word that is counted follows a number, or it stands for people."""
        after = [word for word, start, _ in self._words if start >= one.end][:1]
        return bool(after) and is_content(after[0])

    def dates(self) -> Iterator[Fact]:
        """Days, months and years; a day without a year has that of the report."""
        year = (self._sentence.source.date or "")[:4]
        for one in self._dates:
            value = one.value
            if value.startswith("--") and year.isdigit():
                value = year + value[1:]
            yield self._fact(DATE, value, one.start, one.end)
        for found in self._quantities:
            if is_year(found) and not any(d.start <= found.start < d.end for d in self._dates):
                yield self._fact(DATE, str(int(found.value)), found.start, found.end)

    def offices(self) -> Iterator[Fact]:
        """Who holds an office, where the name follows the title."""
        words = [word for word, _, _ in self._words]
        arabic = any(map(is_arabic_script, words))
        for language in ("ar", "fa") if arabic else ("en",):
            for match in lexicon(language).matches(words):
                office = _office(match)
                name = self._name_after(match.end) if office else None
                if name and (fact := self._holder(f"{OFFICE}: {office}", match.start, *name)):
                    yield fact

    def _holder(self, kind: str, title: int, first: int, last: int) -> Fact | None:
        """The fact that the words `first` to `last` name who holds the office named at `title`.

        None where the text speaks of a former holder.
        """
        words = [word for word, _, _ in self._words]
        start, end = self._words[first][1], self._words[last - 1][2]
        if _FORMER.search(fold(self._text[self._words[title][1] : start])):
            return None
        near = words[max(title - _BEFORE_TITLE, 0) : first]
        if words[last : last + 1] == ["of"]:
            near += words[last + 1 : last + 2]
        fact = self._fact(kind, self._text[start:end], start, end)
        return replace(fact, places=tuple(places_told(near)))

    def _name_after(self, place: int) -> tuple[int, int] | None:
        """The words of the name after a title: no adjectives of a country, no ranks."""
        words = [word for word, _, _ in self._words]
        while (
            place < len(words)
            and self._adjoins(place)
            and (words[place] in _RANKS or is_place(words[place]))
        ):
            place += 1
        following = range(place, min(place + _LONGEST_NAME, len(words)))
        named = list(takewhile(lambda at: self._adjoins(at) and self._is_name(at), following))
        if not named or words[place].startswith("ال"):
            return None
        is_word = len(named) == 1 and is_arabic_script(words[place]) and _is_common(words[place])
        return None if is_word else (place, place + len(named))

    def _adjoins(self, place: int) -> bool:
        """Whether only space stands before a word."""
        return place > 0 and not self._text[
            self._words[place - 1][2] : self._words[place][1]
        ].strip(" \u00a0'’.\"“”")

    def _is_name(self, place: int) -> bool:
        word, start, _ = self._words[place]
        if not is_arabic_script(word):
            return self._text[start].isupper()
        if not is_content(word) or word in _AFTER_NAMES:
            return False
        return not (word.startswith("لل") or (word.startswith(("ال", "وال")) and _is_common(word)))

    def _fact(self, kind: str, value: str, start: int, end: int) -> Fact:
        at = next(n for n, (_, _, last) in enumerate(self._words) if last > start)
        after = next(
            (n for n, (_, at_, _) in enumerate(self._words) if at_ >= end), len(self._words)
        )
        near = self._words[max(at - _AROUND, 0) : at] + self._words[after : after + _AROUND]
        told = [word for word, _, _ in self._words]
        left = [word for word in told[:at] if is_content(word)][-_BESIDE:]
        beside = left + [word for word in told[after:] if is_content(word)][:_BESIDE]
        before = fold(self._text[:start])
        bounds = (("least", _AT_LEAST), ("most", _AT_MOST), ("about", _ABOUT))
        return Fact(
            self._sentence,
            self._context,
            kind,
            value,
            " ".join(self._text[start:end].split()),
            " ".join(word for word, _, _ in near),
            frozenset(key for word in beside for key in keys_of(word)),
            tuple(places_told(beside)),
            next((name for name, pattern in bounds if pattern.search(before)), ""),
        )


@lru_cache(maxsize=4_096)
def _is_common(word: str) -> bool:
    """Whether the lexicon has an Arabic or Persian word, so that it may be no name."""
    forms = {(word,), (word.removeprefix("ال"),), (word.removeprefix("وال"),)}
    return any(
        not forms.isdisjoint(concept.phrases[language])
        for language in ("ar", "fa")
        for match in lexicon(language).matches([word])
        for concept in match.concepts
    )


def _office(match: Match) -> str | None:
    """The English name of the office that some words are, None where they are none."""
    names = (" ".join(phrase) for one in match.concepts for phrase in one.phrases["en"])
    return next((name for name in names if name in _OFFICES), None)


def same_name(one: str, other: str) -> bool:
    """Whether two names share a word, in whatever script."""
    sounds = [
        {found for word, _, _ in word_spans(name) for found in skeletons(word) if found[0] == "1"}
        for name in (one, other)
    ]
    return not sounds[0].isdisjoint(sounds[1])
