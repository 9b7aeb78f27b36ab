"""Antonyms: a claim that says the opposite of what its source says of the same thing.

The rule. Where a word of the claim takes a side of a pair ("accepted"), the words of the source
that share a pair with it are compared with it by what they are said of: the words of their stretch
of the sentence. Of one that takes the other side ("rejected") the claim tells the opposite, and
likewise of one that takes the same side where only one of the two is denied by a negator; a denied
opposite agrees ("did not reject" and "accepted"). Where the source has words that agree as well,
whatever in the claim stands only with these speaks for it.

Of a pair that tells one deed of two who take part in it ("A beat B", "B lost to A"), who does it
counts too. Where something else near by denies one of the two ("refused to", "does not want to"),
there is no telling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.clauses import clauses_of, denial_of, is_negated, is_negator
from rag.answers.details import is_light
from rag.answers.office_names import is_place
from rag.answers.opposites import Side, antonyms_in, is_converse, other
from rag.answers.stretches import breaks_in, stretches
from rag.answers.texts import tongue_of, words_in

_WINDOW: Final = 12
"""Words on each side of a predicate that it may be said of."""
_NEAR: Final = 4
"""Words from one that denies what it means, at most."""
_BESIDE: Final = 2
_SUBJECT: Final = 3
"""Content words next to a verb among which who does it is named."""
_MOST: Final = 0.5
"""The share of what a claim's word is said of that the source says of the opposite, at least."""
_NOR: Final = "نه"
"""In Persian "neither" and "nor", or nine."""
_PASSIVE: Final = frozenset("was were is are be been being by".split())

_Placed = tuple[int, int, frozenset[Side]]
"""A word or phrase that takes sides: from which word, up to which, and the sides."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A word that takes sides, with what it is said of."""

    sides: frozenset[Side]
    denied: bool
    """Whether a negator stands right by it."""
    negated: bool
    """Whether there is a negator in its text at all."""
    denies: bool
    """Whether there is a negator, or a word that denies outright, in its text at all."""
    doubtful: bool
    """Whether something else near by denies it."""
    refused: bool
    """Whether a word that denies outright by what it means does ("refused to")."""
    about: tuple[str, ...]
    """The content words of its stretch."""
    shared: tuple[str, ...]
    """The words that name who does all that the sentence tells, as far as their place shows."""
    doer: tuple[str, ...]
    """The words among which it is told who does it; none where there is no telling."""
    done_to: tuple[str, ...]


def is_turned(claim: str, cited: Sequence[str], around: Sequence[str]) -> bool:
    """Whether the claim says the opposite of what `cited` says of the same.

    `around`, what the cited sentences lean on, only speaks for the claim.
    """
    mine = _placed_in(claim)
    leant = [text for text in around if text not in cited]
    return any(_is_contradicted(claim, one, mine, cited, leant) for one in mine)


def _is_contradicted(
    claim: str,
    one: _Placed,
    mine: Sequence[_Placed],
    cited: Sequence[str],
    leant: Sequence[str],
) -> bool:
    """Whether what comes nearest to a word of the claim takes the other side."""
    pairs = frozenset(pair for pair, _ in one[2])
    if not any(_may_tell_other(one, pairs, claim, text) for text in cited):
        return False
    told = _told(claim, one, [each for each in mine if not _pairs(each).isdisjoint(pairs)])
    if told is None:
        return False
    its = [found for text in cited for found in _all_told(text, pairs)]
    against = [each for each in its if _is_against(told, each)]
    if not against:
        return False
    around = [found for text in leant for found in _all_told(text, pairs)]
    if any(map(is_converse, pairs)):
        around = [each for each in around if each.doer]
    favour = [each for each in (*its, *around) if not _is_against(told, each)]
    nearest = max((_shared(told, each) for each in against), key=len)
    if favour:
        doers = features_of(" ".join(dict.fromkeys(word for each in its for word in each.shared)))
        tells = frozenset(word for word in told.about if not doers.has_word(word))
        speaking = frozenset[str]().union(*(_shared(told, each) for each in favour))
        only = nearest - speaking
        return not (speaking & tells) - nearest and (len(only) > 1 or bool(only & tells))
    return len(nearest) >= max(1, _MOST * len(set(told.about)))


def _pairs(one: _Placed) -> frozenset[int]:
    return frozenset(pair for pair, _ in one[2])


def _of(text: str, pairs: frozenset[int]) -> list[_Placed]:
    """The words of a text that take a side of one of the pairs."""
    return [one for one in _placed_in(text) if any(pair in pairs for pair, _ in one[2])]


@lru_cache(maxsize=2_048)
def _placed_in(text: str) -> tuple[_Placed, ...]:
    """The words of a text that take a side; no definite noun of a contest, which may be a name."""
    if tongue_of(text) != "ar":
        return antonyms_in(text)
    words = words_in(text)
    return tuple(
        one
        for one in antonyms_in(text)
        if not (words[one[0]].startswith("ال") and any(map(is_converse, _pairs(one))))
    )


def _may_tell_other(mine: _Placed, pairs: frozenset[int], claim: str, text: str) -> bool:
    """Whether a text may have the opposite of a word, for all that is seen at a glance."""
    its = _of(text, pairs)
    if not its:
        return False
    denied = is_negated(claim) != is_negated(text) or _refuses(claim)
    turned = any(mine[2].isdisjoint(one[2]) for one in its)
    return denied or turned or any(map(is_converse, pairs))


@lru_cache(maxsize=2_048)
def _refuses(text: str) -> bool:
    """Whether a word of a text denies outright by what it means."""
    language = tongue_of(text)
    return any(denial_of(word, language) == "strict" for word in words_in(text))


def _is_against(mine: _Told, its: _Told) -> bool:
    """Whether a word of the source tells the opposite of the claim's."""
    turned = mine.sides.isdisjoint(its.sides)
    if mine.refused and not its.denies:
        return not turned
    if mine.doubtful or its.doubtful:
        return False
    if not any(is_converse(pair) for pair, _ in mine.sides):
        # What only the claim denies the check of negation looks at.
        return turned if mine.denied == its.denied else not turned and not mine.negated
    if mine.denied != its.denied or not (mine.doer and its.doer):
        return False
    if turned:
        return _has_most(mine.doer, its.doer, its.done_to)
    return _has_most(mine.doer, its.done_to, its.doer)


def _has_most(words: Sequence[str], here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether words stand rather here than there."""
    found, elsewhere = features_of(" ".join(here)), features_of(" ".join(there))
    return sum(map(found.has_word, words)) > sum(map(elsewhere.has_word, words))


def _shared(mine: _Told, its: _Told) -> frozenset[str]:
    """What of what the claim's word is said of the source says of its own."""
    features = features_of(" ".join(its.about))
    return frozenset(word for word in mine.about if features.has_word(word))


@lru_cache(maxsize=2_048)
def _all_told(text: str, pairs: frozenset[int]) -> tuple[_Told, ...]:
    """The words of a text that take a side of one of the pairs, with what they are said of."""
    placed = _of(text, pairs)
    return tuple(filter(None, (_told(text, one, placed) for one in placed)))


def _told(text: str, one: _Placed, placed: Sequence[_Placed]) -> _Told | None:
    """A word with what it is said of; None where it is one with another ("refused to accept")."""
    words, language, breaks = words_in(text), tongue_of(text), breaks_in(text)
    number = placed.index(one)
    if any(_are_one(placed, first, breaks) for first in (number - 1, number)):
        return None
    first, last = stretches(text, [start for start, _, _ in placed])[number]
    start, end, sides = one
    near = range(max(first, start - _WINDOW), min(last, end + _WINDOW))
    content = [
        place
        for place in near
        if not start <= place < end
        and is_content(words[place])
        and (is_place(words[place]) or not is_light(words[place], language))
    ]
    before = [words[place] for place in content if place < start]
    after = [words[place] for place in content if place >= end]
    doer, done_to = _parties(before, after, words[max(start - 1, 0)], language)
    denied = is_negated(text) and _is_denied(words, start, end, language)
    deniers = _deniers(words, one, (first, last), language)
    return _Told(
        sides,
        denied,
        is_negated(text) or _NOR in words,
        any(one.strict for one in clauses_of(text)),
        bool(deniers) or (not denied and _has_negator(words, one, (first, last))),
        "strict" in deniers,
        tuple(words[place] for place in content),
        _shared_doers(words, placed[0], language),
        doer,
        done_to,
    )


def _are_one(placed: Sequence[_Placed], number: int, breaks: Sequence[int]) -> bool:
    """Whether a predicate and the next make one of two sides ("refused to accept")."""
    if not 0 <= number < len(placed) - 1:
        return False
    (_, end, sides), (start, _, next_sides) = placed[number], placed[number + 1]
    is_near = start - end <= _BESIDE and not any(breaks[end : start + 1])
    return is_near and sides.isdisjoint(next_sides) and not next_sides.isdisjoint(map(other, sides))


def _parties(
    before: Sequence[str], after: Sequence[str], previous: str, language: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who does something, and to whom, by the order of words; none of a passive."""
    if previous in _PASSIVE:
        return (), ()
    if language == "ar":
        if before and previous == before[-1]:
            return (), ()  # its subject may stand before it
        return tuple(after[:_SUBJECT]), tuple(after[_SUBJECT : 2 * _SUBJECT])
    if language == "fa":
        return tuple(before[:_SUBJECT]), tuple(before[_SUBJECT : 2 * _SUBJECT])
    return tuple(before[-_SUBJECT:]), tuple(after[:_SUBJECT])


def _is_denied(words: Sequence[str], start: int, end: int, language: str) -> bool:
    """Whether a negator stands right before a word, or in Persian is the verb that ends it."""
    if language == "fa":
        near = words[start : end + _BESIDE]
        return any(map(is_negator, near)) and not is_negator(words[start])
    return any(map(is_negator, words[max(start - _BESIDE, 0) : start]))


def _shared_doers(words: Sequence[str], first: _Placed, language: str) -> tuple[str, ...]:
    """The words that say who does it all: before the first verb, in Arabic after it too."""
    start, end, _ = first
    before = [word for word in words[:start] if is_content(word)]
    if language == "ar" and len(before) < _SUBJECT:
        before += [word for word in words[end:] if is_content(word)][:_SUBJECT]
    return tuple(before[: _SUBJECT if language == "fa" else 2 * _SUBJECT])


def _has_negator(words: Sequence[str], one: _Placed, within: tuple[int, int]) -> bool:
    """Whether a negator elsewhere in its stretch may deny a word."""
    start, end, _ = one
    first, last = max(within[0], start - _WINDOW), min(within[1], end + _WINDOW)
    return any(is_negator(words[place]) for place in range(first, last)) and not any(
        is_negator(word) for word in words[start:end]
    )


def _deniers(
    words: Sequence[str], one: _Placed, within: tuple[int, int], language: str
) -> set[str]:
    """How words that deny by what they mean deny one: before it, in Persian after it."""
    start, end, _ = one
    near = words[max(within[0], start - _NEAR) : start]
    if language == "fa":
        near = words[end : within[1]]
    kinds = (denial_of(word, language) for word in near if not is_negator(word))
    return {kind for kind in kinds if kind}
