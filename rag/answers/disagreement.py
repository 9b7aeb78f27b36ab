"""Disagreement: sources that give different values for the same thing.

Found without a model, between sentences of different files alone. The same thing is told by the
kind of the value, the words around it, the places next to it and the time; where any of these
speaks against it, nothing is said.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.answers.antecedent import lean_apart, titles_are_of_one_mould
from rag.answers.charge import are_one
from rag.answers.facts import (
    ALL_SORTS,
    DATE,
    LENGTH,
    LONG_DURATION,
    OFFICE,
    SCORE,
    Fact,
    Sort,
    Told,
    facts_of,
    same_name,
)
from rag.answers.holders import countries_told
from rag.answers.same_thing import day_of, happens_once, sameness, shared_subject
from rag.answers.subject import places_told
from rag.answers.succession import may_have_changed
from rag.documents.evidence import Sentence
from rag.text.folding import fold, folded_words

_SAME_TIME: Final = 120
"""Days that two reports of one event are apart at most."""
_MOST_RIVALS: Final = 3
"""Where more sources have a value of their own, each tells of another thing of one sort."""
_LONG_AGO: Final = re.compile(
    fold(
        r"(?<!\w)(?:(?:years?|decades?|centur(?:y|ies)) (?:ago|earlier|before)|last (?:year|decade)"
        r"|(?:in|at) the (?:last|previous) (?:election|vote|referendum|census)s?"
        r"|قبل (?:\w+ ){0,2}(?:سنة|سنوات|سنتين|عام|عاما|عامين|أعوام|عقد|عقدين|عقود|قرن|قرون)"
        r"|(?:العام|السنة|العقد) (?:الماضي|الماضية|الفائت|المنصرم)|الانتخابات (?:السابقة|الماضية)"
        r"|(?:سال|دهه|قرن) (?:پیش|قبل|گذشته)|پارسال|انتخابات (?:پیشین|قبلی|گذشته))(?!\w)"
    )
)
_ROUNDING: Final = 0.02
_ROUGHLY: Final = 0.2


@dataclass(frozen=True, slots=True)
class Value:
    """A value as one source gives it."""

    written: str
    sentence: Sentence
    around: str = ""
    """The words around it."""
    day: str = ""
    """What "yesterday" or the like stands for in it, as an ISO date."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Different values for the same thing, one for each source."""

    kind: str
    """As of a fact: a duration, a date, who holds an office …"""
    about: str
    values: tuple[Value, ...]


def disputes(
    cited: Sequence[Told],
    others: Sequence[Told] = (),
    sorts: frozenset[Sort] = ALL_SORTS,
) -> list[Dispute]:
    """The disagreements between cited sentences, and between them and others, of other sources.

    Only facts of these sorts are compared; the dates that they are told with are read too.
    """
    own = [fact for one in cited for fact in facts_of(one, sorts)]
    if not own:
        return []
    every = own + [fact for one in others for fact in facts_of(one, sorts)]
    told_of = {one.sentence: one for one in (*others, *cited)}
    found: list[Dispute] = []
    told: set[Fact] = set()
    for fact in own:
        if fact in told:
            continue
        against = _rivals(fact, every, told_of)
        if 0 < len(against) <= _MOST_RIVALS and not told & set(against):
            told |= {fact, *against}
            values = (fact, *against)
            found.append(
                Dispute(
                    fact.kind,
                    shared_subject(fact, against),
                    tuple(map(_value, values)),
                )
            )
    return found


def _value(fact: Fact) -> Value:
    day = fact.value if fact.is_relative else ""
    return Value(fact.written, fact.sentence, fact.around, day)


def _rivals(fact: Fact, facts: Sequence[Fact], told_of: Mapping[Sentence, Told]) -> list[Fact]:
    """The best fact of each other source that contradicts `fact`, one for each value."""
    best: dict[str, tuple[float, Fact]] = {}
    for other in facts:
        score = _contradiction(fact, other, facts)
        path = other.sentence.source.path
        if score > best.get(path, (0.0, other))[0] and not _lean_apart(fact, other, told_of):
            best[path] = (score, other)
    kept: list[Fact] = []
    for _, other in sorted(best.values(), key=lambda one: -one[0]):
        if not any(_agree(other, one) for one in kept):
            kept.append(other)
    return kept


def _contradiction(fact: Fact, other: Fact, facts: Sequence[Fact]) -> float:
    """How surely two facts give different values for the same thing: 0 where they do not."""
    if fact.kind != other.kind or _is_one_source(fact.sentence, other.sentence):
        return 0.0
    if _agree(fact, other) or _has_value(fact, other, facts) or _has_value(other, fact, facts):
        return 0.0
    if not (_at_one_time(fact, other) and _tell_one_time(fact, other, facts)):
        return 0.0
    if fact.kind.startswith(OFFICE):
        return _office_score(fact, other)
    return sameness(fact, other) if _in_one_place(fact, other) else 0.0


def _lean_apart(fact: Fact, other: Fact, told_of: Mapping[Sentence, Told]) -> bool:
    """Whether what is told is told of two subjects; who holds an office is named with it."""
    if fact.kind.startswith(OFFICE):
        return False
    one, two = told_of[fact.sentence], told_of[other.sentence]
    return titles_are_of_one_mould(one, two) or lean_apart(one, two)


def _is_one_source(one: Sentence, other: Sentence) -> bool:
    return one.source.path == other.source.path or one.text == other.text


def _has_value(fact: Fact, other: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the sentence of `other` gives the value of `fact` as well."""
    return any(
        _agree(fact, one)
        for one in facts
        if one.sentence == other.sentence and one.kind == fact.kind
    )


def _agree(fact: Fact, other: Fact) -> bool:
    """Whether both values may be true at once."""
    if fact.kind.startswith(OFFICE):
        return same_name(fact.value, other.value)
    if fact.kind == DATE:
        return _is_one_date(fact.value, other.value)
    if fact.kind == SCORE:
        return fact.value == other.value
    return _is_one_number(fact, other) or _is_one_number(other, fact)


def _is_one_date(one: str, other: str) -> bool:
    """Whether two dates are the same as far as both are known."""
    if one.startswith("--") or other.startswith("--"):
        return len(one) != len(other) or one[-5:] == other[-5:]
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _is_one_number(fact: Fact, other: Fact) -> bool:
    """Whether what bounds the first value, if anything, leaves room for the other."""
    one, two = float(fact.value), float(other.value)
    if fact.bound == "about":
        return abs(one - two) <= _ROUGHLY * max(one, two)
    if fact.bound:
        return two >= one if fact.bound == "least" else two <= one
    tolerance = _ROUNDING if fact.kind in (LENGTH, LONG_DURATION) else 0.0
    return abs(one - two) <= tolerance * max(one, two)


def _in_one_place(fact: Fact, other: Fact) -> bool:
    """Whether no place next to one value is missing where the other is told."""
    for one, two in ((fact, other), (other, fact)):
        told = _places(two)
        if told and any(not place & told for place in one.places):
            return False
    return True


def _places(fact: Fact) -> frozenset[str]:
    """The keys of every place that a fact's sentence, or what it leans on, tells of."""
    words = folded_words(f"{fact.sentence.text} {fact.context}")
    return frozenset(key for place in places_told(words) for key in place)


def _at_one_time(fact: Fact, other: Fact) -> bool:
    """Whether neither the reports nor the dates that they tell are too far apart."""
    if fact.kind == LENGTH:
        return True
    known = [day_of(one.sentence.source.date) for one in (fact, other)]
    if fact.kind.startswith(OFFICE) and (known[0] is None) != (known[1] is None):
        return False  # either may be of another year
    if known[0] and known[1] and abs((known[0] - known[1]).days) > _SAME_TIME:
        return fact.kind == DATE and happens_once(fact, other)
    return True


def _tell_one_time(fact: Fact, other: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the dates that the two sentences tell, if both do, are not all far apart.

    Nor may one alone tell of years ago, unless what it tells lasts, as a length does.
    """
    if fact.kind == DATE:
        return True
    if fact.kind != LENGTH and _is_long_ago(fact) != _is_long_ago(other):
        return False
    told = [
        [
            day
            for one in facts
            if one.kind == DATE and one.sentence == each.sentence
            if (day := day_of(one.value))
        ]
        for each in (fact, other)
    ]
    near = any(abs((one - two).days) <= _SAME_TIME for one in told[0] for two in told[1])
    return near or not (told[0] and told[1])


def _is_long_ago(fact: Fact) -> bool:
    return _LONG_AGO.search(fold(fact.sentence.text)) is not None


def _office_score(fact: Fact, other: Fact) -> float:
    """1 where the offices are of the same, which each sentence leaves no doubt about."""
    of = [one.places or _only_country(one) for one in (fact, other)]
    if not are_one(*of):
        return 0.0
    texts = fact.sentence.text, other.sentence.text
    days = day_of(fact.sentence.source.date), day_of(other.sentence.source.date)
    return 0.0 if may_have_changed(texts, days) else 1.0


def _only_country(fact: Fact) -> tuple[frozenset[str], ...]:
    """The country that a sentence tells of, if it is one alone."""
    told = countries_told(folded_words(fact.sentence.text))
    return tuple(told) if len(told) == 1 else ()
