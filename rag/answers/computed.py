"""Computed values: numbers that no source states and that follow from cited ones by a named rule.

A round number under a bound ("more than 1,400" of 1,412). The difference of two cited dates ("five
days later"), that of two cited durations ("a day longer"), the last of so many ("the third and last
day" of three), and the count of what is listed
("three countries: …").
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Final

from rag.answers.places import CAPITALISED
from rag.answers.subject import place_of
from rag.answers.support import Support
from rag.answers.texts import folded_of, matches_in, tongue_of, words_in
from rag.answers.values import PartialDate, values_of
from rag.text.folding import fold, folded_words
from rag.text.lexicon import NAMES, PLACES
from rag.text.numbers import ORDINAL, Quantity

_APART: Final = re.compile(
    r"(?<!\w)(?:after|later|before|earlier|between|apart|since|و?بعد\w{0,3}|قبل\w{0,3}|لاحقا|بين"
    r"|بفارق|عقب|پس|پيش|ميان|فاصله|سپس)(?!\w)"
)
_COMPARED: Final = re.compile(
    r"(?<!\w)(?:longer|shorter|more|less|fewer|difference|اطول|اقصر|اكثر|اقل|زياده|بفارق|فارق"
    r"|طولاني\s?تر|كوتاه\s?تر|بيشتر|كمتر|تفاوت|اختلاف)(?!\w)"
)
_LAST: Final = re.compile(r"(?<!\w)(?:last|final|و?(?:ال)?اخيره?|واخر|اخرين|پاياني|واپسين)(?!\w)")
_DAYS: Final = {"day": 1, "night": 1, "week": 7}
_LIST_MARK: Final = re.compile(r"\s*(?:[-–—ـ•*▪]|\d+[.)-])")
_JOINING: Final = frozenset(fold("and و the کشورهای دولت جمهوری of جمهورية دولة كل من").split())
_FIELDS: Final = (NAMES, PLACES)
_ONE: Final = Decimal(1)
_ROUNDED: Final = (
    (
        re.compile(
            r"(?<!\w)(?:more than|over|above|exceed(?:s|ed|ing)?|اكثر من|ما يزيد (?:علي|عن)"
            r"|[يت]تجاوز|تجاوزت?|[يت]فوق|فاقت?|بيش از|بيشتر از)\W*\Z"
        ),
        (_ONE, Decimal("1.1")),
    ),
    (
        re.compile(
            r"(?<!\w)(?:nearly|almost|close to|less than|under|fewer than|ما يقارب|قرابه"
            r"|اقل من|نزديك به|قريب به|كمتر از)\W*\Z"
        ),
        (Decimal("0.9"), _ONE),
    ),
    (
        re.compile(
            r"(?<!\w)(?:about|around|some|roughly|approximately|نحو|حوالي|زهاء|تقريبا|حدود|در حدود)"
            r"\W*\Z"
        ),
        (Decimal("0.95"), Decimal("1.05")),
    ),
)
"""What is said before a rounded number, and of which share of it the cited one is."""
_FEWEST, _MOST = 2, 20


def is_computed(asked: Quantity, claim: str, supports: Sequence[Support]) -> bool:
    """Whether a quantity of the claim follows from what the supports state."""
    cited = [one for one in supports if one.joins is None]
    if _is_rounded(asked, claim, cited):
        return True
    folded = folded_of(claim)
    if asked.unit in _DAYS and _APART.search(folded):
        days = asked.value * _DAYS[asked.unit]
        if days in _days_between(found for one in supports for found in values_of(one.text).dates):
            return True
    if asked.unit == ORDINAL and _LAST.search(folded):
        return asked.value in {q.value for one in cited for q in values_of(one.text).quantities}
    if asked.unit and _COMPARED.search(folded) and asked.value in _differences(asked.unit, cited):
        return True
    return asked.unit in (None, "person") and _is_count(int(asked.value), claim, cited)


def _is_rounded(asked: Quantity, claim: str, cited: Sequence[Support]) -> bool:
    """Whether a bound makes a round number of a cited one: "more than 1,400" of 1,412."""
    before = folded_of(claim[: asked.start])
    low, high = next((ends for pattern, ends in _ROUNDED if pattern.search(before)), (_ONE, _ONE))
    return any(
        one.unit == asked.unit
        and low * asked.value < one.value < high * asked.value
        and _figures(asked.value) < _figures(one.value)
        for support in cited
        for one in values_of(support.text).quantities
    )


def _figures(value: Decimal) -> int:
    """How many figures a number is told with: two of 1,400."""
    return len(value.normalize().as_tuple().digits)


def _days_between(dates: Iterable[PartialDate]) -> set[Decimal]:
    """The days between any two dates, those without a year taken to be of one year."""
    known = set(dates)
    years = {year for year, _, _ in known if year} or {2001}
    full = set[date]()
    for year, month, day in known:
        for each in {year} if year else years:
            if day:
                try:
                    full.add(date(each or min(years), month, day))
                except ValueError:
                    continue  # 29 February of another year
    return {Decimal(abs((one - other).days)) for one, other in combinations(full, 2)}


def _differences(unit: str, cited: Iterable[Support]) -> set[Decimal]:
    """The differences between cited quantities of a unit."""
    found = {
        quantity.value
        for one in cited
        for quantity in values_of(one.text).quantities
        if quantity.unit == unit
    }
    return {abs(one - other) for one, other in combinations(found, 2)}


def _is_count(number: int, claim: str, cited: Sequence[Support]) -> bool:
    """Whether something that is listed has that many items."""
    if not _FEWEST <= number <= _MOST:
        return False
    if number == sum(_LIST_MARK.match(one.text) is not None for one in cited):
        return True
    return number in listed(claim) or any(number in listed(one.text) for one in cited)


@lru_cache(maxsize=1_024)
def listed(text: str) -> frozenset[int]:
    """How many places the lists of a text have, list by list."""
    words, language = words_in(text), tongue_of(text)
    capitals = {word for match in CAPITALISED.findall(text) for word in folded_words(match)}
    ends: dict[int, int] = {}
    for match in matches_in(text, language):
        phrase = tuple(words[match.start : match.end])
        spelt = any(
            phrase in one.phrases[language] for one in match.concepts if one.field in _FIELDS
        )
        is_place = spelt or (len(phrase) == 1 and place_of(phrase[0]))
        if is_place and (language != "en" or phrase[0] in capitals):
            ends[match.start] = match.end
    found, length, place = set[int](), 0, 0
    while place < len(words):
        if place in ends:
            length, place = length + 1, ends[place]
            continue
        if words[place] not in _JOINING:
            found.add(length)
            length = 0
        place += 1
    return frozenset(found | {length})
