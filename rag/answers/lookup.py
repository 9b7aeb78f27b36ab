"""Lookup: the values of a claim, looked up in what supports it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.computed import is_computed
from rag.answers.measures import MEASURES, are_equal, is_age, is_one_of
from rag.answers.pool import pool_of
from rag.answers.subject import is_content
from rag.answers.support import Support, date_of
from rag.answers.values import (
    BOTH,
    DUAL,
    PartialDate,
    Values,
    is_figure_of_speech,
    is_year,
    parts_of,
    values_of,
)
from rag.text.dates import other_dates, weekday_of
from rag.text.folding import fold, folded_words
from rag.text.numbers import ORDINAL, Quantity
from rag.text.stems import light_stem

_RELATIVE_DAYS: Final = (
    (-1, re.compile(r"(?<![^\W_])(?:امس|ديروز|yesterday)(?![^\W_])")),
    (0, re.compile(r"(?<![^\W_])(?:اليوم|امروز|today)(?![^\W_])")),
    (1, re.compile(r"(?<![^\W_])(?:غدا|فردا|tomorrow)(?![^\W_])")),
)
_NEXT: Final = re.compile(
    r"(?<![^\W_])(?:المقبل|المقبله|القادم|القادمه|next|coming|اينده|بعد)(?![^\W_])"
)
_PAST: Final = re.compile(
    r"(?<![^\W_])(?:الماضي|الماضيه|الفايت|المنصرم|السابق|last|past|previous|گذشته|كذشته|پيش|پارسال"
    r"|قبل)(?![^\W_])"
)

_FEMININE_DUAL: Final = re.compile(r"ت(?:ين|ان)$")
_SHORTEST_DUAL: Final = 6
_PARTIES: Final = frozenset(
    map(
        light_stem,
        fold(
            "side party country state nation neighbour neighbor government capital people man "
            "leader طرف جانب بلد دولة جار عاصمة شعب قائد طرف کشور همسایه دولت ملت پایتخت"
        ).split(),
    )
)
"""Those of whom there are mostly two, often without saying so ("mutual")."""
_COUNTED: Final = 3
"""Content words after a number among which stands what it counts."""
_RANGE: Final = re.compile(r"\s*(?:[-–—/]|او|و|or|and|to|الي|حتي|تا|يا)\s*[\w]+")
_EARLIEST_YEAR, _LATEST_YEAR = 1300, 1500
"""Years of the Hijri and the Persian calendar."""
_HEAD: Final = 400
"""Characters at a file's beginning in which its date line stands."""
_WORD_AFTER: Final = re.compile(r"\s*[«“\"]?\s*([^\W\d_]+)")


class Lookup:
    """Looks the values of a claim up in its supports and keeps which of these were needed."""

    def __init__(self, supports: Sequence[Support]) -> None:
        self._supports = [(one, values_of(one.text)) for one in supports]
        self._report_dates = {
            one.source.path: parts_of(stated) for one in supports if (stated := date_of(one.source))
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
            self._has_quantity(one, claim_text)
            or self._is_other_year(one, claim_text)
            or self._follows(one, claim_text)
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
            return year is None or self._has_year(year) or self._is_next(month, year)
        return False

    def _is_next(self, month: int, year: int) -> bool:
        """Whether a month "next" or "coming" is that of the year after the report's."""
        for support, values in self._supports:
            report = self._report_dates.get(support.source.path)
            is_next = report and report[0] == year - 1 and month <= report[1]
            if is_next and month in values.months and _NEXT.search(fold(support.text)):
                self._use(support)
                return self._use_date_line(support.source.path)
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
            if not support.states_date or any(map(_is_full, claim.dates))
            for found in (*values.dates, *self._resolved(support), *claim.dates)
            if found[0] and found[2]
        ]
        return any(weekday_of(f"{y:04}-{m:02}-{d:02}") == weekday for y, m, d in full)

    def _has_quantity(self, asked: Quantity, claim: str) -> bool:
        is_small = asked.unit is None and asked.value <= 1
        if is_small or (not _in_digits(claim, asked) and is_figure_of_speech(asked)):
            return True
        counts = _counts(asked, claim)
        for support, values in self._supports:
            if any(_same(asked, found, counts, support.text) for found in values.quantities):
                return self._use(support)
            if is_one_of(asked, support.text):
                return self._use(support)
            is_two = asked.value == 2 and asked.unit is None and values.has_pair
            if is_two and _is_pair_of(support.text, claim[asked.end :]):
                return self._use(support)
            if asked.unit == ORDINAL and any(day == asked.value for _, _, day in values.dates):
                return self._use(support)
        return False

    def _is_other_year(self, asked: Quantity, claim: str) -> bool:
        """Whether a number is the year of a Hijri or Persian date that the report's head has."""
        is_year_of = any(
            one.start <= asked.start < one.end and not one.value.partition(":")[2].startswith("-")
            for one in other_dates(claim)
        )
        if not (is_year_of and _EARLIEST_YEAR <= asked.value <= _LATEST_YEAR):
            return False
        heads = {one.source.path: one.source.text[:_HEAD] for one, _ in self._supports}
        return any(
            found.value == asked.value
            for head in heads.values()
            for found in values_of(head).quantities
        )

    def has_duals(self, claim: str) -> bool:
        """Whether of what the claim has in the Arabic dual, something is two in the supports.

        Only the feminine dual is told: that of other nouns looks like their plural.
        """
        for word in folded_words(claim):
            if len(word) >= _SHORTEST_DUAL and _FEMININE_DUAL.search(word):
                singular = _FEMININE_DUAL.sub("ه", word)
                pool = [
                    one for one, _ in self._supports if singular in pool_of(one.text).bare_words
                ]
                if pool and not any(
                    _is_pair_of(one.text, word) or any(q.value == 2 for q in values.quantities)
                    for one, values in self._supports
                ):
                    return False
        return True

    def _follows(self, asked: Quantity, claim: str) -> bool:
        """Whether a quantity is computed; what it is computed of then joins the citation."""
        supports = [support for support, _ in self._supports]
        return is_computed(asked, claim, supports)


def _is_pair_of(text: str, following: str) -> bool:
    """Whether a text has two of what the words that follow a number are about."""
    words = folded_words(text)
    if BOTH & set(words):
        return True
    duals = [word for word in words if DUAL.search(word)]
    counted = [word for word in folded_words(following) if is_content(word)][:_COUNTED]
    if not counted or light_stem(counted[0]) in _PARTIES:
        return True
    features = features_of(" ".join(duals))
    return any(features.has_word(word, paraphrased=False) for word in counted)


def _is_full(found: PartialDate) -> bool:
    return found[2] is not None


def _months(claim: Values) -> frozenset[int]:
    return frozenset(month for _, month, _ in claim.dates)


def _same(asked: Quantity, found: Quantity, counts: bool, text: str) -> bool:
    """Whether the values agree and are of one unit, as far as both have one.

    A number that counts a thing is not that of a measure, nor a measure that of a thing, but in a
    range ("three to four days").
    """
    if asked.value != found.value or asked.unit == found.unit:
        return asked.value == found.value or are_equal(asked, found)
    if asked.unit == "year" and found.unit is None and is_age(text, found):
        return True
    if asked.unit in MEASURES and found.unit is None:
        return _RANGE.match(fold(text[found.end :])) is not None
    if asked.unit is None and found.unit in MEASURES:
        return not counts
    return None in (asked.unit, found.unit)


def _counts(asked: Quantity, claim: str) -> bool:
    """Whether a content word directly follows a number without a unit."""
    if asked.unit is not None:
        return False
    following = _WORD_AFTER.match(fold(claim[asked.end :]))
    return following is not None and is_content(following[1])


def _in_digits(text: str, quantity: Quantity) -> bool:
    return any(character.isdigit() for character in text[quantity.start : quantity.end])
