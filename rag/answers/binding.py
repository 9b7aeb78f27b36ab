"""Binding: whether two values of a claim are exchanged in it.

Where claim and source have the same two dates, or the same two numbers, the words around each tell
what it is of. They are exchanged where the words of each clearly stand around the other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from rag.answers.alignment import Features, features_of, is_content
from rag.answers.texts import spans_in
from rag.answers.values import parts_of
from rag.text.dates import written_dates
from rag.text.folding import fold
from rag.text.numbers import ORDINAL, quantities

_REACH: Final = 6
"""Content words on each side of a value that may tell what it is of."""
_CLEARLY: Final = 2
"""How many more of the claim's words stand around the other value alone, of both together."""


_FROM: Final = tuple([fold(word)] for word in ("من", "from", "از"))
_YEARS: Final = {
    fold(phrase): year
    for year, phrases in (
        ("thisyear", "هذا العام|العام الحالي|العام الجاري|هذه السنة|this year|current year|امسال"),
        (
            "lastyear",
            "العام الماضي|السنة الماضية|العام السابق|العام الفائت|last year|previous year"
            "|a year earlier|a year ago|year before|پارسال|سال گذشته|سال پیش|سال قبل",
        ),
    )
    for phrase in phrases.split("|")
}


_YEARS_OPEN: Final = frozenset(phrase.split()[0] for phrase in _YEARS)
_YEAR_NAMES: Final = frozenset(_YEARS.values())


@dataclass(frozen=True, slots=True)
class _Bound:
    """A value of a text and the content words around it, up to the next value."""

    value: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_old: bool
    """Whether it is what something changed from ("from 11 to eight")."""

    @property
    def is_date(self) -> bool:
        """Whether it is a date and no quantity, which nothing takes for one."""
        return " " not in self.value


def values_exchanged(claim: str, cited: Sequence[str]) -> bool:
    """Whether the claim gives to each of two things what the source gives to the other."""
    stated = values_bound_in(claim)
    if len(stated) < 2:
        return False
    years = _by_year(claim)
    told = [_by_year(text) for text in cited] if years else []
    if years and any(_are_turned(years, its) for its in told):
        return True
    if years in told:
        # Which of the two is told first makes no difference.
        return False
    sources = [one for text in cited for one in values_bound_in(text)]
    for one, other in combinations(stated, 2):
        mine = [source for source in sources if source.value == one.value]
        its = [source for source in sources if source.value == other.value]
        if one.value == other.value or one.is_date != other.is_date or not (mine and its):
            continue
        if one.is_old != other.is_old:
            # What stands between the two is of the old one, and tells nothing of the new.
            olds = {source.is_old for source in (mine if one.is_old else its)}
            news = {source.is_old for source in (its if one.is_old else mine)}
            if (olds, news) == ({False}, {True}):
                return True
            continue
        if any(_are_exchanged(one, other, mine, its, words) for words in (_before, _around)):
            return True
    return False


def _are_turned(mine: tuple[str, str], its: tuple[str, str] | None) -> bool:
    """Whether this year's value is last year's in the source, and the other way round."""
    return its is not None and mine[0] != mine[1] and mine == its[::-1]


@lru_cache(maxsize=1_024)
def _by_year(text: str) -> tuple[str, str] | None:
    """The values of this and of last year, where a text has one of each, each with its year."""
    years = [(start, year) for year, start, _ in _with_years(spans_in(text)) if year in _YEAR_NAMES]
    values = [(start, value) for start, _, value in _placed(text)]
    if len(years) != len(values) or {year for _, year in years} != _YEAR_NAMES or len(years) != 2:
        return None
    in_order = sorted([(at, False) for at, _ in years] + [(at, True) for at, _ in values])
    if [is_value for _, is_value in in_order] not in ([True, False] * 2, [False, True] * 2):
        return None
    told = {year: value for (_, year), (_, value) in zip(years, values, strict=True)}
    return told["thisyear"], told["lastyear"]


def _before(one: _Bound) -> tuple[str, ...]:
    return one.before


def _around(one: _Bound) -> tuple[str, ...]:
    return one.before + one.after


def _are_exchanged(
    one: _Bound,
    other: _Bound,
    mine: Sequence[_Bound],
    its: Sequence[_Bound],
    words_of: Callable[[_Bound], tuple[str, ...]],
) -> bool:
    """Whether the words of each value stand around the other's in the source, not its own."""
    here, there = (
        features_of(" ".join(word for each in found for word in words_of(each)))
        for found in (mine, its)
    )
    first = _surplus(words_of(one), there, here)
    if first <= 0:
        return False
    second = _surplus(words_of(other), here, there)
    return second > 0 and first + second >= _CLEARLY


def _surplus(words: Sequence[str], here: Features, there: Features) -> int:
    """How many more of the words stand only here than only there."""
    return sum(here.has_word(word) - there.has_word(word) for word in dict.fromkeys(words))


@lru_cache(maxsize=1_024)
def values_bound_in(text: str) -> tuple[_Bound, ...]:
    """The values of a text with the words around each."""
    return tuple(_found(text))


def _placed(text: str) -> list[tuple[int, int, str]]:
    """The values of a text, each with its span."""
    dates = written_dates(text)
    placed = [(one.start, one.end, "-".join(map(str, parts_of(one.value)[1:]))) for one in dates]
    placed += [
        (one.start, one.end, f"{one.value.normalize():f} {one.unit}")
        for one in quantities(text)
        if one.unit != ORDINAL
        and one.value > 1
        and not any(date.start < one.end and one.start < date.end for date in dates)
    ]
    return sorted(placed)


def _found(text: str) -> Iterator[_Bound]:
    placed = _placed(text)
    if not placed:
        return
    words = _with_years(spans_in(text))
    for number, (start, end, value) in enumerate(placed):
        left = placed[number - 1][1] if number else 0
        right = placed[number + 1][0] if number + 1 < len(placed) else len(text)
        before = [word for word, first, last in words if left <= first and last <= start]
        after = [word for word, first, last in words if end <= first and last <= right]
        yield _Bound(
            value,
            tuple([word for word in before if is_content(word)][-_REACH:]),
            tuple([word for word in after if is_content(word)][:_REACH]),
            before[-1:] in _FROM,
        )


def _with_years(words: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The words of a text, those for this year and last year by one word in every language."""
    found: list[tuple[str, int, int]] = []
    place = 0
    while place < len(words):
        for length in (3, 2, 1) if words[place][0] in _YEARS_OPEN else ():
            phrase = " ".join(word for word, _, _ in words[place : place + length])
            if year := _YEARS.get(phrase):
                found.append((year, words[place][1], words[min(place + length, len(words)) - 1][2]))
                place += length
                break
        else:
            found.append(words[place])
            place += 1
    return found
