"""Order: whether a claim puts two things in the order in which their dates stand in the sources."""

import re
from collections.abc import Sequence
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.texts import folded_of
from rag.answers.values import PartialDate, values_of
from rag.text.folding import folded_words

_BEFORE: Final = re.compile(
    r"(?<!\w)(?:[وف]?(?:قبل|قبيل)(?! ذلك| ايام| اسبوع)|before(?! that)|prior to|پيش از|قبل از)"
    r"(?!\w)"
)
_AFTER: Final = re.compile(
    r"(?<!\w)(?:[وف]?(?:بعد|عقب|بعيد)(?! ذلك| ايام| اسبوع)|after(?! that| this)|following"
    r"|پس از|بعد از)(?!\w)"
)
_THEN: Final = re.compile(
    r"(?<!\w)(?:after that|after this|later|afterwards?|then|بعد ذلك|بعدها|لاحقا|ثم|سپس|پس از آن"
    r"|بعدا)(?!\w)"
)
_FIRST: Final = re.compile(r"(?<!\w)(?:first|اولا|اول|ابتدا|نخست)(?!\w)")
_BREAK: Final = re.compile(r"[,،؛;]| and | و(?=\w)")


def order_differs(claim: str, cited: Sequence[str]) -> bool:
    """Whether the claim has a first and a second thing that the dates of its sources turn round."""
    dated = [(text, days[0]) for text in cited if len(days := _days(text)) == 1]
    sides = _in_order(folded_of(claim))
    if sides is None or len(dated) < 2:
        return False
    first, second = (_date_of(side, other, dated) for side, other in (sides, sides[::-1]))
    return first is not None and second is not None and first > second


def _days(text: str) -> list[tuple[int, int]]:
    """The days of a text by month and day; only within a year can they be compared."""
    found: set[PartialDate] = {date for date in values_of(text).dates if date[2]}
    return [(month, day) for _, month, day in found if day]


def _in_order(claim: str) -> tuple[str, str] | None:
    """What a claim says comes first and what comes second, where it says so."""
    for pattern, turned in ((_BEFORE, False), (_AFTER, True)):
        found = list(pattern.finditer(claim))
        if len(found) == 1:
            sides = claim[: found[0].start()], claim[found[0].end() :]
            return sides[::-1] if turned else sides
    breaks = list(_BREAK.finditer(claim))
    if breaks and _FIRST.search(claim) and _THEN.search(claim, breaks[0].end()):
        return claim[: breaks[0].start()], claim[breaks[0].end() :]
    return None


def _date_of(
    side: str, other: str, dated: Sequence[tuple[str, tuple[int, int]]]
) -> tuple[int, int] | None:
    """The date of the one sentence that has the words which one side has and the other lacks."""
    rest = features_of(other)
    own = [
        word
        for word in folded_words(side)
        if is_content(word) and not rest.has_word(word, paraphrased=False)
    ]
    counts = [
        sum(features_of(text).has_word(word, paraphrased=False) for word in own)
        for text, _ in dated
    ]
    best = max(counts)
    if not best or counts.count(best) > 1:
        return None
    return dated[counts.index(best)][1]
