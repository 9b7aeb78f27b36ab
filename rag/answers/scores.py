"""Scores: how a match ended, and in which part of which contest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rag.text.folding import fold, fold_with_offsets

_SCORE: Final = re.compile(
    r"(?<![\d.,:/–-])(\d{1,3})\s?(?:-|–|to|بر|مقابل|ل(?= ?\d))\s?(\d{1,3})(?![\d.,:/–%-]*\d|\s?%)"
)
_OF_A_MATCH: Final = re.compile(
    r"(?<![^\W_])(?:[وفب]?(?:ال)?(?:فاز|فازت|فوز|هزم|هزمت|هزيمه|تغلب|تغلبت|تعادل|تعادلت|خسر|خسرت"
    r"|خساره|مباراه|نتيجه)|beat|beats|beaten|defeat\w*|won|wins?|winning|drew|draws?|lost|loses?"
    r"|thrash\w*|edged|score\w*|برد|بردند|برنده|شكست|مساوي|پيروز\w*|باخت|بازي|نتيجه)(?![^\W_])"
)
_PARTS: Final = tuple(
    tuple(re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])") for words in group)
    for group in (
        (
            r"semi-?\s?finals?|نصف (?:ال)?نهاي\w*|[وبل]?(?:ال)?نصف نهاي\w*|نيمه ?نهايي",
            r"quarter-?\s?finals?|ربع (?:ال)?نهاي\w*|يك ?چهارم نهايي",
            r"(?<!semi )(?<!semi-)(?<!quarter )(?<!quarter-)finals?|فينال"
            r"|(?<!نصف )(?<!ربع )(?:ال)?نهاي\w*",
            r"(?:first|second) half|half-?time|(?:ال)?شوط\w*|نيمه (?:نخست|اول|دوم)",
        ),
        (r"leagues?|(?:ال)?دوري|ليگ", r"cup|(?:ال)?كاس|جام", r"friendly|ودي\w*|دوستانه"),
    )
)
"""Parts of a contest, and contests: of each kind a match is played in one."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_AGAINST: Final = re.compile(
    r"(?<![^\W_])(?:علي|امام|ضد|نظيره|beat|against|over|defeated|مقابل|برابر|از)"
    r"(?: (?:فريق|نادي|منتخب|ضيفه|مضيفه|تيم|the))? ([^\W\d_]{3,})"
)
"""Whom a match was against, folded."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score and its span (characters)."""

    value: str
    start: int
    end: int


def scores(text: str) -> Iterator[Score]:
    """The scores of matches that a text tells; the larger number is first."""
    folded = fold_with_offsets(text)
    if not _OF_A_MATCH.search(folded.text):
        return
    for match in _SCORE.finditer(folded.text):
        most, least = sorted((int(match[1]), int(match[2])), reverse=True)
        yield Score(f"{most}-{least}", *folded.original_span(*match.span()))


def of_other_matches(one: str, other: str) -> bool:
    """Whether two texts tell of different parts of a contest, of different contests or opponents.

    Opponents are compared where both texts are of one script.
    """
    if _have_other_opponents(fold(one), fold(other)):
        return True
    for group in _PARTS:
        told = [
            {place for place, part in enumerate(group) if part.search(text)}
            for text in (fold(one), fold(other))
        ]
        if all(told) and told[0].isdisjoint(told[1]):
            return True
    return False


def _have_other_opponents(one: str, other: str) -> bool:
    """Whether each of two folded texts has an opponent, of whom the other knows nothing."""
    against = [set(_AGAINST.findall(text)) for text in (one, other)]
    if not all(against) or one.isascii() != other.isascii():
        return False
    words = [set(_WORD.findall(text)) for text in (one, other)]
    return against[0].isdisjoint(words[1]) and against[1].isdisjoint(words[0])
