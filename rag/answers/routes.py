"""Routes: from where to where, and what happens in which of two places.

The rule. What stands after "from" ("من", "از") in the claim stands after "to" ("إلى", "به") in the
source, and the reverse: the way is turned round. What stands after "in" ("في", "در") in the claim
stands there in the source with another thing, which the source tells of another place: the two are
exchanged. So are two places of a sentence of which each is bound to a deed of its own, be it by
"in", "to", or a verb of going ("then left Lyon"): what a stretch of the claim tells of the one
stands in the source only in the stretch of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.answers.alignment import features_of, is_content
from rag.answers.office_names import is_place
from rag.answers.places import is_adjective, places_in
from rag.answers.stretches import breaks_in, stretches
from rag.answers.texts import tongue_of, words_in
from rag.text.folding import fold
from rag.text.function_words import FUNCTION_WORDS

_FROM: Final = frozenset(fold("from من از").split())
_TO: Final = frozenset(fold("to into towards إلى نحو باتجاه به سوی").split())
_IN: Final = frozenset(fold("in at في در").split())
_LONGEST: Final = 3
"""Words of a place."""
_DOER: Final = 3
_DEED: Final = 2
"""Words of the claim that stand only with the other place, at least."""
_COMMA: Final = 2
"""How strongly a text breaks at a comma, at least."""
_GOES: Final = frozenset(
    fold(
        "visit visited visiting leave left leaving reach reached reaching enter entered "
        "زار زارت يزور زيارة زيارته غادر غادرت مغادرته مغادرة مغادرتها دخل دخلت بلغ وارد ترک"
    ).split()
)
"""Words right after which a place may stand that something is done in."""

Named = tuple[str, ...]


def way_is_turned(claim: str, cited: Sequence[str]) -> bool:
    """Whether what goes from one place to another in the source goes back in the claim."""
    mine = _after(claim, _FROM), _after(claim, _TO)
    if not (mine[0] and mine[1]):
        return False
    from_ = [one for text in cited for one in _after(text, _FROM)]
    to = [one for text in cited for one in _after(text, _TO)]
    start = any(_is_only_in(one, to, from_) for one in mine[0])
    return start and any(_is_only_in(one, from_, to) for one in mine[1])


def place_is_exchanged(claim: str, cited: Sequence[str]) -> bool:
    """Whether what the claim tells of one place the source tells of another that it names."""
    mine = _after(claim, _IN)
    if not mine:
        return False
    told = [one for text in cited for one in _located(text)]
    if len(told) < len(("here", "there")):
        return False
    words = {word for word in words_in(claim) if is_content(word)}
    doers = features_of(" ".join(" ".join(_opening(text)) for text in cited))
    for place in filter(_is_known, mine):
        here = [about for name, about in told if _is_in(place, name)]
        there = [about for name, about in told if not _is_in(place, name)]
        rest = sorted(words.difference(place))
        if not here or not there:
            continue
        its = _shared(rest, [word for about in here for word in about])
        best = max((_shared(rest, about) for about in there), key=len)
        only = {word for word in best - its if not doers.has_word(word)}
        if not its - best and only and len(best - its) >= _DEED:
            return True
    return False


def deed_is_elsewhere(claim: str, cited: Sequence[str]) -> bool:
    """Whether what a stretch of the claim tells of a place is told of another that is named too."""
    mine = [one for one in _placed(claim) if one.is_located]
    told = [one for text in cited for one in _placed(text)] if mine else []
    doers = features_of(" ".join(" ".join(_opening(text)) for text in cited))
    for one in mine:
        here = [each for each in told if one.names & each.names]
        there = [each for each in told if each.is_located and not one.names & each.names]
        if not here or not there:
            continue
        its = _shared(one.about, [word for each in here for word in each.about])
        best = max((_shared(one.about, each.about) for each in there), key=len)
        only = {word for word in best - its if not doers.has_word(word)}
        if not its - best and only and len(best - its) >= _DEED:
            return True
    return False


def look_at_routes(text: str) -> None:
    """Find beforehand what is asked of a text that is cited."""
    _placed(text)
    _located(text)
    for prepositions in (_FROM, _TO, _IN):
        _after(text, prepositions)


def _is_known(place: Named) -> bool:
    return is_place(place[0])


def _shared(words: Sequence[str], about: Sequence[str]) -> set[str]:
    features = features_of(" ".join(about))
    return {word for word in words if features.has_word(word)}


def _is_only_in(place: Named, here: Sequence[Named], there: Sequence[Named]) -> bool:
    """Whether a place is one of `here` and none of `there`."""
    return any(_is_in(place, one) for one in here) and not any(_is_in(place, one) for one in there)


def _is_in(place: Named, name: Named) -> bool:
    """Whether the first word of a place stands in a name, be it in another script."""
    return features_of(" ".join(name)).has_word(place[0], paraphrased=True, by_root=False)


@lru_cache(maxsize=4_096)
def _after(text: str, prepositions: frozenset[str]) -> tuple[Named, ...]:
    """What stands right after each of some prepositions, as far as it may name a place."""
    words, breaks = words_in(text), breaks_in(text)
    found = []
    for place, word in enumerate(words):
        if word in prepositions and (name := _name(words, breaks, place + 1)):
            found.append(name)
    return tuple(found)


def _name(words: Sequence[str], breaks: Sequence[int], start: int) -> Named:
    found: list[str] = []
    for place in range(start, min(start + _LONGEST, len(words))):
        if words[place] in FUNCTION_WORDS or (found and breaks[place]):
            break
        if not is_content(words[place]):
            break
        found.append(words[place])
    return tuple(found)


@lru_cache(maxsize=2_048)
def _located(text: str) -> tuple[tuple[Named, tuple[str, ...]], ...]:
    """The places in which a text tells something, each with the other words of its stretch."""
    words, breaks = words_in(text), breaks_in(text)
    placed = [
        (place, name)
        for place, word in enumerate(words)
        if word in _IN and (name := _name(words, breaks, place + 1)) and is_place(name[0])
    ]
    ends = stretches(text, [place for place, _ in placed]) if placed else []
    return tuple(
        (name, tuple(one for one in words[first:last] if is_content(one) and one not in name))
        for (_, name), (first, last) in zip(placed, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A place that a text names, with what its stretch of the text tells."""

    names: frozenset[str]
    """By the lexicon's English."""
    is_located: bool
    """Whether something is told to be or go there."""
    about: tuple[str, ...]


@lru_cache(maxsize=2_048)
def _placed(text: str) -> tuple[_Placed, ...]:
    """The places of a text, but for those that only say whose something is ("القطري")."""
    words, found, start = words_in(text), list[tuple[int, int, frozenset[str]]](), 0
    for name, concepts in places_in(text):
        parts = tuple(name.split())
        at = next((n for n in range(start, len(words)) if words[n : n + len(parts)] == parts), None)
        if at is None:
            continue
        start = at + len(parts)
        if not any(map(is_adjective, concepts)):
            english = frozenset(" ".join(each) for one in concepts for each in one.phrases["en"])
            found.append((at, start, english))
    ends = stretches(text, [at for at, _, _ in found]) if found else []
    breaks = breaks_in(text)
    starts = [_start(breaks, first, at) for (at, _, _), (first, _) in zip(found, ends, strict=True)]
    return tuple(
        _Placed(
            names,
            _is_located(words, at),
            tuple(
                word
                for place, word in enumerate(words[first:last], first)
                if is_content(word) and not at <= place < end and not is_place(word)
            ),
        )
        for (at, end, names), first, (_, last) in zip(found, starts, ends, strict=True)
    )


def _start(breaks: Sequence[int], first: int, at: int) -> int:
    """Where what is told of a place begins: "On his last day, …" is said of all that follows."""
    return max((n for n in range(first, at) if breaks[n] >= _COMMA), default=first)


def _is_located(words: Sequence[str], at: int) -> bool:
    before = words[at - 1] if at else ""
    joined = words[at][0] in "بل" and is_place(words[at][1:])
    return before in _IN or before in _TO or before in _GOES or joined


def _opening(text: str) -> Sequence[str]:
    """The words that name who does what a sentence tells, by their place."""
    words = [word for word in words_in(text) if is_content(word)]
    return words[1 : 1 + _DOER] if tongue_of(text) == "ar" else words[:_DOER]
