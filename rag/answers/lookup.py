"""Lookup: the values of a claim, looked up in what supports it."""

import re
from collections.abc import Sequence
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.computed import is_computed
from rag.answers.measures import MEASURES, are_equal, is_age, is_one_of, is_twice
from rag.answers.occasions import Occasions
from rag.answers.pool import pool_of
from rag.answers.subject import is_content
from rag.answers.support import Support
from rag.answers.values import (
    BOTH,
    DUAL,
    Values,
    is_figure_of_speech,
    is_year,
    values_of,
)
from rag.text.dates import other_dates
from rag.text.folding import fold, folded_words
from rag.text.numbers import ORDINAL, Quantity
from rag.text.stems import light_stem

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
_PERSIAN_TAN: Final = frozenset(("ton", "person"))
_TAN: Final = re.compile(r"(?<!\w)تن(?!\w)")
"""In Persian a ton, or persons that are counted."""
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
        self._occasions = Occasions(supports)
        self.used = self._occasions.used

    def has_dates(self, claim_text: str, claim: Values) -> bool:
        """Whether every date, month, year and weekday of the claim is supported."""
        return self._occasions.has_all(claim_text, claim)

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

    def _has_quantity(self, asked: Quantity, claim: str) -> bool:
        is_small = asked.unit is None and asked.value <= 1
        if is_small or (not _in_digits(claim, asked) and is_figure_of_speech(asked)):
            return True
        counts = _counts(asked, claim)
        for support, values in self._supports:
            if any(_same(asked, found, counts, support.text) for found in values.quantities):
                return self._use(support)
            if is_one_of(asked, support.text) or is_twice(asked, claim, support.text):
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


def _same(asked: Quantity, found: Quantity, counts: bool, text: str) -> bool:
    """Whether the values agree and are of one unit, as far as both have one.

    A number that counts a thing is not that of a measure, nor a measure that of a thing, but in a
    range ("three to four days").
    """
    if asked.value != found.value or asked.unit == found.unit:
        return asked.value == found.value or are_equal(asked, found)
    if {asked.unit, found.unit} == _PERSIAN_TAN and _TAN.search(fold(text)):
        return True
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
