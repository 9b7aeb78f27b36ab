"""Scope: how much a claim says of a number or of a group, beside what its source says.

"At least 17" is not "at most 17" nor "exactly 17", and "most of them" is not "all of them". That a
claim leaves a bound out is no fault.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from rag.answers.texts import words_in
from rag.answers.values import values_of
from rag.text.folding import fold, folded_words
from rag.text.numbers import ORDINAL, Quantity

_BEFORE: Final = 30
_AFTER: Final = 16
"""Characters on each side of a number in which its bound stands."""


class _Bound(Enum):
    """How a number is bounded."""

    LEAST = auto()
    MORE = auto()
    MOST = auto()
    LESS = auto()
    ABOUT = auto()
    EXACTLY = auto()
    NONE = auto()


_LEADING: Final = (
    (_Bound.LEAST, "at least|no (?:less|fewer) than|not less than|minimum of|علي الاقل"
     "|(?:ما )?لا [يت]قل عن|بما لا يقل عن|دست ?كم|حداقل|لااقل"),
    (_Bound.MOST, "at most|no more than|not more than|up to|maximum of|علي الاكثر"
     "|(?:ما )?لا [يت](?:زيد|تجاوز) (?:عن|علي)?|كحد اقصي|حداكثر"),
    (_Bound.MORE, "more than|over|exceed(?:ing|ed|s)?|above|upwards of|topp(?:ed|ing)"
     "|surpass(?:ed|ing)|past|[يت]?تخطي|تخطت|[يت]?فوق|فاق(?:ت)?|افزون بر|فراتر از|متجاوز از"
     "|[وبل]?اكثر من"
     "|(?:ما )?[يت]زيد (?:علي|عن)|[يت]تجاوز|تجاوزت?|ما يفوق|[يت]فوق|فوق|(?:به )?بيش از|بيشتر از"),
    (_Bound.LESS, "(?:less|fewer) than|under|below|[وبل]?اقل من|كمتر از"),
    (_Bound.ABOUT, "about|around|approximately|roughly|some|an estimated|nearly|almost|close to"
     "|نحو|[وبل]?حوالي|زهاء|قرابه|ما يقارب|ما يقرب من|تقريبا|حدود|در حدود|تقريبا|نزديك به|قريب به"),
    (_Bound.EXACTLY, "exactly|precisely|only|just|بالضبط|تحديدا|فقط|دقيقا|تنها"),
)  # fmt: skip
_BEFORE_NUMBER: Final = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{words})\W*(?:ال)?[$€£]?\Z")) for bound, words in _LEADING
)
_AFTER_NUMBER: Final = tuple(
    (bound, re.compile(rf"\W*(?:\w+ )?(?:{words})(?!\w)"))
    for bound, words in (
        (_Bound.LEAST, "at least|or more|علي الاقل|او اكثر|يا بيشتر"),
        (_Bound.MOST, "at most|علي الاكثر|كحد اقصي"),
        (_Bound.ABOUT, "تقريبا|or so"),
        (_Bound.EXACTLY, "بالضبط|فقط|دقيقا"),
    )
)
_AND: Final = re.compile(r"\s*(?:و|and)\s*")
_UP: Final = frozenset((_Bound.LEAST, _Bound.MORE))
_DOWN: Final = frozenset((_Bound.MOST, _Bound.LESS))
_FITS: Final = {
    _Bound.LEAST: frozenset(_Bound) - _DOWN,
    _Bound.MORE: frozenset((_Bound.MORE,)),
    _Bound.MOST: frozenset((_Bound.MOST, _Bound.LESS)),
    _Bound.LESS: frozenset((_Bound.LESS,)),
    _Bound.ABOUT: frozenset(_Bound),
    _Bound.EXACTLY: frozenset((_Bound.EXACTLY, _Bound.NONE)),
    _Bound.NONE: frozenset(_Bound),
}
"""The bounds of a source that bear out that of a claim."""
_ALL: Final = frozenset(
    folded_words(
        "all every everyone entire entirely whole جميع جميعهم كافة كلهم كلها همه تمام تمامی"
    )
)
_WHOLE: Final = frozenset(
    folded_words(
        "each both full fully complete completely total none any كل كامل كاملة بكامل سائر أنحاء "
        "كلا سراسر همگی کامل کل هر هیچ"
    )
)
"""Other words with which a source speaks of a whole."""
_NO_WHOLE: Final = re.compile(r"تمام\s+(?:ن?می[\s\u200c]?)?(?:شو|شد|کرد|کن)\w*")
"""A Persian verb, "to end", of the word for all."""
_PART: Final = frozenset(
    folded_words(
        "most mostly some part partly half thirds majority معظم معظمهم "
        "معظمها بعض بعضهم غالبية غالبيتهم أغلب أغلبهم جزء نصف ثلث ثلثي ثلثا ربع برخی "
        "بعضی نیمی "
        "بخشی اکثر اغلب تعدادی"
    )
)


def scope_differs(claim: str, texts: Sequence[str]) -> bool:
    """Whether the claim bounds a number, or a group, as none of the texts does that has it."""
    said = [one for text in texts for one in numbers_bounded_in(text)]
    for asked, bound in numbers_bounded_in(claim):
        its = {found for one, found in said if _is_one(asked, one)}
        if bound in _UP and any(
            _goes_on(text, one) for text in texts for one in _same(asked, text)
        ):
            continue  # "more than two tons" of "two tons and 150 kilograms"
        if its and _FITS[bound].isdisjoint(its):
            return True
    mine = set(words_in(_NO_WHOLE.sub(" ", claim)))
    told = {word for text in texts for word in words_in(text)}
    is_whole = not told.isdisjoint(_ALL | _WHOLE)
    takes_all = not mine.isdisjoint(_ALL) and mine.isdisjoint(_PART)
    return takes_all and not is_whole and not told.isdisjoint(_PART)


def _same(asked: Quantity, text: str) -> Iterator[Quantity]:
    return (one for one, _ in numbers_bounded_in(text) if _is_one(asked, one))


def _goes_on(text: str, one: Quantity) -> bool:
    """Whether a smaller measure is added to a quantity of a text."""
    following = [other for other, _ in numbers_bounded_in(text) if other.start >= one.end]
    if not following or following[0].unit in (None, one.unit):
        return False
    return _AND.fullmatch(fold(text[one.end : following[0].start])) is not None


def _is_one(asked: Quantity, found: Quantity) -> bool:
    same_unit = asked.unit == found.unit or None in (asked.unit, found.unit)
    return asked.value == found.value and same_unit


@lru_cache(maxsize=1_024)
def numbers_bounded_in(text: str) -> tuple[tuple[Quantity, _Bound], ...]:
    """The numbers of a text, each with how it is bounded."""
    return tuple(_each_bounded(text))


def _each_bounded(text: str) -> Iterator[tuple[Quantity, _Bound]]:
    for one in values_of(text).quantities:
        if one.value > 1 and one.unit != ORDINAL:
            yield one, _bound_of(text, one)


def _bound_of(text: str, one: Quantity) -> _Bound:
    before = fold(text[max(one.start - _BEFORE, 0) : one.start])
    for bound, pattern in _BEFORE_NUMBER:
        if pattern.search(before):
            return bound
    after = fold(text[one.end : one.end + _AFTER])
    return next((bound for bound, pattern in _AFTER_NUMBER if pattern.match(after)), _Bound.NONE)
