"""Binding: whether two values of a claim are exchanged in it.

Where claim and source have the same two dates, or the same two numbers, the words around each tell
what it is of. They are exchanged where the words of each clearly stand around the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.values import parts_of
from rag.text.dates import written_dates
from rag.text.folding import word_spans
from rag.text.numbers import ORDINAL, quantities

_AROUND: Final = 6
"""Content words on each side of a value that may tell what it is of."""
_CLEARLY: Final = 3
"""How many more of the claim's words stand around the other value alone, of both together."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """A value of a text and the content words around it, up to the next value."""

    value: str
    words: tuple[str, ...]


def values_exchanged(claim: str, cited: Sequence[str]) -> bool:
    """Whether the claim gives to each of two things what the source gives to the other."""
    stated = _bound(claim)
    if len(stated) < 2:
        return False
    sources = [one for text in cited for one in _bound(text)]
    for one, other in combinations(stated, 2):
        mine = [source for source in sources if source.value == one.value]
        its = [source for source in sources if source.value == other.value]
        if one.value == other.value or not (mine and its):
            continue
        surplus = (
            _only(one, its, mine) - _only(one, mine, its),
            _only(other, mine, its) - _only(other, its, mine),
        )
        if min(surplus) > 0 and sum(surplus) >= _CLEARLY:
            return True
    return False


def _only(stated: _Bound, here: Sequence[_Bound], there: Sequence[_Bound]) -> int:
    """How many of the words around a value stand here and not there."""
    features = [features_of(" ".join(w for one in each for w in one.words)) for each in (here, there)]
    return sum(
        features[0].has_word(word) and not features[1].has_word(word)
        for word in dict.fromkeys(stated.words)
    )


@lru_cache(maxsize=1_024)
def _bound(text: str) -> tuple[_Bound, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Bound]:
    dates = written_dates(text)
    placed = [
        (one.start, one.end, "-".join(map(str, parts_of(one.value)[1:]))) for one in dates
    ]
    placed += [
        (one.start, one.end, f"{one.value.normalize():f} {one.unit}")
        for one in quantities(text)
        if one.unit != ORDINAL
        and one.value > 1
        and not any(date.start < one.end and one.start < date.end for date in dates)
    ]
    placed.sort()
    words = word_spans(text)
    for number, (start, end, value) in enumerate(placed):
        left = placed[number - 1][1] if number else 0
        right = placed[number + 1][0] if number + 1 < len(placed) else len(text)
        before = [word for word, first, last in words if left <= first and last <= start]
        after = [word for word, first, last in words if end <= first and last <= right]
        near = [word for word in before if is_content(word)][-_AROUND:]
        near += [word for word in after if is_content(word)][:_AROUND]
        yield _Bound(value, tuple(near))
