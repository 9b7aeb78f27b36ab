"""Direction: whether a claim turns what its source says round, where that can be told.

More and less, for and against, begun and ended, north and south: the claim has a word of the one
side, the source has none of it and one of the other. Before and after are compared by what they
stand before, since "A before B" is "B after A".
"""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.alignment import features_of
from rag.answers.clauses import is_negated, is_negator
from rag.answers.opposites import Side, is_converse, other, sides_of
from rag.answers.texts import folded_of, spans_in, tongue_of, words_in
from rag.answers.values import values_of
from rag.text.folding import fold, words_of
from rag.text.function_words import FUNCTION_WORDS

_BEFORE: Final = re.compile(
    r"(?<!من )\b[وف]?(?:قبل|قبيل)\b(?! از| ذلك| هذا)|\bbefore\b|\bprior to\b|\bahead of\b"
    r"|\b(?:پيش|قبل) از\b"
)
_AFTER: Final = re.compile(
    r"\b[وف]?(?:بعد|عقب|اثر|بعيد|منذ)\b(?! از| ذلك| هذا)|\bsince\b|\bafter\b|\bfollowing\b"
    r"|\b(?:پس|بعد) از\b"
)
_OTHER_PARTY: Final = re.compile(
    fold(r"(?<!\w)(?:to|against|over|from|by|أمام|على|لصالح|من|برابر|مقابل|به|از|بر)(?!\w)")
)
_DENIED: Final = 4
"""Words on each side of a negator that it may deny."""
_BESIDE: Final = 2
_BEFORE_IT: Final = 8
"""Content words before "before" and "after" among which stands what is put first or second."""
_ARGUMENT: Final = 4
"""Content words after "before" and "after" that say what of."""


def direction_differs(claim: str, cited: str, around: str = "") -> bool:
    """Whether the claim has one side of a pair of opposites and what it cites the other.

    `around` is what the cited text leans on: the side may be told there too. Where either text
    denies anything there is no telling.
    """
    if is_negated(claim) and not is_negated(cited):
        return _order_differs(claim, cited)
    mine = _taken(claim) - _taken(_near_denials(claim))
    said, denied = _taken(cited), _taken(_near_denials(cited))
    known = said | _taken(around)
    turned = (side for side in mine if side not in known and other(side) in said - mine - denied)
    if _OTHER_PARTY.search(folded_of(claim)):
        # "A lost to B" is "B beat A": the check of antonyms looks at who does it.
        turned = (side for side in turned if not is_converse(side[0]))
    return any(turned) or _order_differs(claim, cited) or _value_differs(claim, cited)


def look_at_directions(text: str) -> None:
    """Find beforehand what is asked of a text that is cited."""
    _taken(text)
    _taken(_near_denials(text))
    for pattern in (_BEFORE, _AFTER):
        _arguments(pattern, text)
        _sides(pattern, text)


def _value_differs(claim: str, cited: str) -> bool:
    """Whether a value goes up in a clause of the claim that goes down in the source's, and so on.

    Both sides may stand in the source, each of another thing.
    """
    if is_negated(claim) or is_negated(cited):
        return False
    mine = _valued(claim)
    told = _valued(cited) if mine else ()
    for value, sides in mine:
        its = [other_sides for other_value, other_sides in told if other_value == value]
        # What a clause says of both sides ("from the start … to the end") tells neither.
        plain = {side for side in sides if other(side) not in sides}
        if len(its) == 1 and any(other(side) in its[0] and side not in its[0] for side in plain):
            return True
    return False


@lru_cache(maxsize=1_024)
def _valued(text: str) -> tuple[tuple[tuple[Decimal, str | None], frozenset[Side]], ...]:
    """The values of a text with the sides that their clauses take, those that take any."""
    values = [one for one in values_of(text).quantities if one.value > 1]
    if not values or not _taken(text):
        return ()
    spans = spans_in(text)
    placed = [(spans[place][1], sides) for place, sides in sides_of(text)]
    ends = [*(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    found = []
    for start, end in pairwise((0, *ends)):
        its = frozenset(side for at, sides in placed if start <= at < end for side in sides)
        if its:
            found += [((one.value, one.unit), its) for one in values if start <= one.start < end]
    return tuple(found)


_CLAUSE: Final = re.compile(
    r"[,،;؛:]\s|\b(?:while|but|whereas|after|from|بينما|لكن|فيما|بعد أن|مقابل|در حالی که|اما|ولی)\b"
)


@lru_cache(maxsize=1_024)
def _taken(text: str) -> frozenset[Side]:
    """The sides that the words of a text take."""
    return frozenset(side for _, sides in sides_of(text) for side in sides)


@lru_cache(maxsize=1_024)
def _near_denials(text: str) -> str:
    """The words of a text that stand next to a negator and may be denied."""
    words = words_in(text)
    places = [place for place, word in enumerate(words) if is_negator(word)]
    near = {
        other
        for place in places
        for other in range(max(place - _DENIED, 0), min(place + 1 + _DENIED, len(words)))
    }
    # Without the negator, so that "not public" is not read as one.
    return " ".join(words[place] for place in sorted(near.difference(places)))


def _order_differs(claim: str, cited: str) -> bool:
    if _is_exchanged(claim, cited):
        return True
    for mine, its in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        for argument in _arguments(mine, claim):
            turned = any(_same(argument, other) for other in _arguments(its, cited))
            if turned and not any(_same(argument, one) for one in _arguments(mine, cited)):
                return True
    return False


def _is_exchanged(claim: str, cited: str) -> bool:
    """Whether "A before B" of the claim is "B before A" of the source."""
    for pattern in (_BEFORE, _AFTER):
        for left, right in _sides(pattern, claim):
            for other_left, other_right in _sides(pattern, cited):
                own = (features_of(other_left), features_of(other_right))
                moved_right = [word for word in right.split() if not own[1].has_word(word)]
                told = left.split()[-_BESIDE:]
                moved_left = [word for word in told if not own[0].has_word(word)]
                if (
                    moved_right
                    and moved_left
                    and all(own[0].has_word(word, paraphrased=False) for word in moved_right)
                    and all(own[1].has_word(word, paraphrased=False) for word in moved_left)
                ):
                    return True
    return False


@lru_cache(maxsize=1_024)
def _sides(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, str], ...]:
    """The content words just before and just after what puts one thing before another."""
    folded, found = folded_of(text), list[tuple[str, str]]()
    for match in pattern.finditer(folded):
        left = [word for word in words_of(folded[: match.start()]) if not _is_empty(word)]
        right = [word for word in words_of(folded[match.end() :]) if not _is_empty(word)]
        found.append((" ".join(left[-_BEFORE_IT:]), " ".join(right[:_ARGUMENT])))
    return tuple(found)


@lru_cache(maxsize=1_024)
def _arguments(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    folded, found = folded_of(text), list[str]()
    for match in pattern.finditer(folded):
        # Of a Persian sentence the verb comes next.
        most = _ARGUMENT // 2 if tongue_of(text) == "fa" else _ARGUMENT
        words = [word for word in words_of(folded[match.end() :]) if not _is_empty(word)]
        found.append(" ".join(words[:most]))
    return tuple(found)


@lru_cache(maxsize=4_096)
def _is_empty(word: str) -> bool:
    return word in FUNCTION_WORDS


def _same(one: str, other: str) -> bool:
    """Whether two arguments are of one thing: of the same number, or half of the words."""
    numbers = [{word for word in text.split() if word.isdigit()} for text in (one, other)]
    if numbers[0] and numbers[1]:
        return not numbers[0].isdisjoint(numbers[1])
    words, features = [word for word in one.split() if not word.isdigit()], features_of(other)
    found = sum(map(features.has_word, words))
    is_of_it = any(features.has_word(word, paraphrased=False) for word in words)
    return is_of_it and 2 * found >= len(words)
