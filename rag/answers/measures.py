"""Measures: quantities that are one though told in two units, as ten years are a decade."""

import re
from decimal import Decimal
from typing import Final

from rag.text.folding import fold
from rag.text.numbers import Quantity, quantities

MEASURES: Final = frozenset("second minute hour day night week month year decade century".split())
"""Units of time: a number that counts a thing is not that of these."""
_ONE_OF: Final = {
    unit: re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
    for unit, words in (
        ("decade", "(?:a|the|last|past|this) decade|[وبلف]?(?:ال)?عقد|دهه"),
        ("century", "(?:a|the|last|past) century|[وبلف]?(?:ال)?قرن"),
        ("week", "a week|[وبلف]?(?:ال)?اسبوع|يك هفته"),
    )
}


_AGED: Final = re.compile(
    r"(?<![^\W_])(?:aged?|ages|old|[وفبل]?(?:ال)?(?:عمر|اعمار|سن)\w{0,3}|سن|سنين)(?![^\W_])"
)
_IN_COMMAS: Final = re.compile(r",\s*\d{1,3}\s*,")


def is_age(text: str, found: Quantity) -> bool:
    """Whether a number without a unit is somebody's age: "aged 19", "Mwila, 58, …"."""
    beside = text[max(found.start - 2, 0) : found.end + 2]
    return _IN_COMMAS.search(beside) is not None or _AGED.search(fold(text)) is not None


_TWICE: Final = re.compile(
    fold(
        r"(?<!\w)(?:[وب]?(?:ال)?ضعف(?:ي|ا|ين)?|مضاعف\w*|تضاعف\w*|دو برابر"
        r"|doubl\w+|twice|twofold)"
    )
)
_TIMES: Final = re.compile(fold(r"\s*(?:برابر|times|fold|-fold|مرات|مرتين|اضعاف|أضعاف)(?!\w)"))


def is_twice(asked: Quantity, claim: str, text: str) -> bool:
    """Whether "two times" of a claim is "double" of a text ("دو برابر", "ضعف")."""
    if asked.value != 2 or asked.unit is not None or not _TIMES.match(fold(claim[asked.end :])):
        return False
    return _TWICE.search(fold(text)) is not None


def is_one_of(asked: Quantity, text: str) -> bool:
    """Whether a quantity is one of a larger unit that the text names: "in a decade"."""
    return any(
        asked.unit == _SMALLER[unit][0]
        and asked.value == _SMALLER[unit][1]
        and pattern.search(fold(text))
        for unit, pattern in _ONE_OF.items()
    )


_SMALLER: Final = {
    "century": ("year", 100), "decade": ("year", 10), "year": ("year", 1),
    "week": ("day", 7), "day": ("day", 1),
    "kilometre": ("metre", 1000), "metre": ("metre", 1),
    "ton": ("kilogram", 1000), "kilogram": ("kilogram", 1),
}  # fmt: skip
"""Units told by a smaller one: ten years are a decade."""


def are_equal(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of different units are the same amount."""
    amount = _in_smaller(one)
    return amount is not None and amount == _in_smaller(other)


_OF_A_THING: Final = frozenset(
    "kilometre metre centimetre mile hectare acre ton kilogram barrel dollar euro degree".split()
)
"""Units of what belongs to one thing or place."""


def share_measure(one: str, other: str) -> bool:
    """Whether two texts tell one length, area, weight or sum of money, be it in two units."""
    return any(
        (mine.value == its.value and mine.unit == its.unit) or are_equal(mine, its)
        for mine in quantities(one)
        if mine.unit in _OF_A_THING
        for its in quantities(other)
        if its.unit
    )


def _in_smaller(one: Quantity) -> tuple[str, Decimal] | None:
    unit = _SMALLER.get(one.unit or "")
    return (unit[0], one.value * unit[1]) if unit else None
