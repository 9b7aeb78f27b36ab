"""Disagreement: sources that give different values for the same thing.

Found without a model, between sentences of different files alone. The same thing is told by the
kind of the value, the words around it, the places next to it and the time; where any of these
speaks against it, nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rag.answers.direction import direction_differs
from rag.answers.facts import (
    COUNT,
    DATE,
    DURATION,
    LENGTH,
    LONG_DURATION,
    OFFICE,
    Fact,
    Told,
    facts_of,
    same_name,
)
from rag.answers.subject import content_words, keys_in, keys_of, places_told
from rag.documents.evidence import Sentence
from rag.text.folding import folded_words, word_spans
from rag.text.lexicon import EVERYDAY, lexicon
from rag.text.stems import light_stem

_MOSTLY: Final = 0.8
"""The share of the words around one value that the other's sentence has to have, …"""
_HALF: Final = 0.5
"""… or on average of both sides, where many are shared or the languages differ, …"""
_OF_AN_EVENT: Final = 0.4
"""… or where both tell how long the same kind of event lasted."""
_FEWEST: Final = 2
_MANY: Final = 3
_LONGEST_NAME: Final = 2
"""Words that have to be shared."""
_SAME_TIME: Final = 120
"""Days that two reports of one event are apart at most."""
_SAME_EVENT: Final = 45
"""Days that two dates given for one event are apart at most."""
_ROUNDING: Final = 0.02
_ROUGHLY: Final = 0.2
_EVENTS: Final = (
    "visit trip tour stay journey travel",
    "talks negotiations negotiation dialogue",
    "meeting summit conference session",
    "exercise exercises drill drills manoeuvre maneuver maneuvers",
    "war battle conflict fighting",
    "truce ceasefire armistice",
    "strike protest demonstration",
    "training course",
    "siege blockade",
    "trial prison sentence",
)
"""Words for kinds of events, those of one kind together."""
_MEASURES: Final = (
    "kill killed die died death dead",
    "injure injured wound wounded injury",
    "arrest arrested detain detained",
    "displace displaced refugee refugees",
    "missing lost",
    "length long",
    "height high tall",
    "width wide",
    "depth deep",
    "area",
    "inflation",
    "unemployment",
    "export exports",
    "import imports",
)
"""Words for what is counted or measured."""


def _kinds(lines: Sequence[str]) -> dict[str, int]:
    return {f"c:{word}": number for number, words in enumerate(lines) for word in words.split()}


_KINDS_OF_EVENT: Final = _kinds(_EVENTS)
_KINDS_OF_MEASURE: Final = _kinds(_MEASURES)
_REPORTING: Final = keys_in(
    "said says say announced reported stated confirmed declared added official officials source "
    "sources spokesman spokesperson ministry agency report statement according news media today "
    "resulted occurred took place أسفر أسفرت أدى أدت وقع وقعت بلغ بلغت يبلغ تبلغ "
    "yesterday morning evening قال أعلن ذكر أفاد صرح أكد أضاف مسؤول مصدر مصادر متحدث بيان وكالة "
    "وسائل إعلام أنباء تقرير أمس اليوم صباح مساء فجر گفت اعلام گزارش خبرگزاری مسئول منبع بیانیه"
)
"""Words that tell who says so, and no subject."""
_ONCE: Final = frozenset(
    f"c:{word}"
    for word in "found founded establish born birth die died death built build inaugurate "
    "independence create created sign signed elect elected appoint appointed open opened "
    "launch launched".split()
)
"""What happens once, so that dates far apart are of the same."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as one source gives it."""

    written: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Dispute:
    """Different values for the same thing, one for each source."""

    about: str
    values: tuple[Value, ...]


def disputes(cited: Sequence[Told], others: Sequence[Told] = ()) -> list[Dispute]:
    """The disagreements between cited sentences, and between them and others, of other sources."""
    own = [fact for one in cited for fact in facts_of(one)]
    every = own + [fact for one in others for fact in facts_of(one)]
    found: list[Dispute] = []
    told: set[Fact] = set()
    for fact in own:
        if fact in told:
            continue
        against = _rivals(fact, every)
        if against and not told & set(against):
            told |= {fact, *against}
            values = (fact, *against)
            found.append(
                Dispute(_about(fact, against), tuple(Value(v.written, v.sentence) for v in values))
            )
    return found


def _rivals(fact: Fact, facts: Sequence[Fact]) -> list[Fact]:
    """The best fact of each other source that contradicts `fact`, one for each value."""
    best: dict[str, tuple[float, Fact]] = {}
    for other in facts:
        score = _contradiction(fact, other, facts)
        path = other.sentence.source.path
        if score > best.get(path, (0.0, other))[0]:
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
    return _score(fact, other) if _in_one_place(fact, other) else 0.0


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
    known = [_day(one.sentence.source.date) for one in (fact, other)]
    if fact.kind.startswith(OFFICE) and (known[0] is None) != (known[1] is None):
        return False  # either may be of another year
    if known[0] and known[1] and abs((known[0] - known[1]).days) > _SAME_TIME:
        return fact.kind == DATE and bool(_happens_once(fact, other))
    return True


def _tell_one_time(fact: Fact, other: Fact, facts: Iterable[Fact]) -> bool:
    """Whether the dates that the two sentences tell, if both do, are not all far apart."""
    if fact.kind == DATE:
        return True
    told = [
        [
            day
            for one in facts
            if one.kind == DATE and one.sentence == each.sentence
            if (day := _day(one.value))
        ]
        for each in (fact, other)
    ]
    near = any(abs((one - two).days) <= _SAME_TIME for one in told[0] for two in told[1])
    return near or not (told[0] and told[1])


def _day(value: str | None) -> date | None:
    """A date as a day, the middle of what it leaves open; None where it has no year."""
    if not value or value.startswith("--"):
        return None
    parts = [int(part) for part in value.split("-")]
    return date(*(parts + [7, 15][len(parts) - 1 :])[:3])


def _happens_once(fact: Fact, other: Fact) -> frozenset[str]:
    return _ONCE & keys_in(fact.around) & keys_in(other.around)


def _office_score(fact: Fact, other: Fact) -> float:
    """1 where the offices are of the same country, which each sentence leaves no doubt about."""
    countries = []
    for one in (fact, other):
        told = set(one.places) or set(places_told(folded_words(one.sentence.text)))
        if len(told) != 1:
            return 0.0
        countries.append(told.pop())
    return 1.0 if countries[0] & countries[1] else 0.0


def _score(fact: Fact, other: Fact) -> float:
    """How alike what is told of two values is; 0 where it is not the same thing."""
    if not _of_one_measure(fact, other) or direction_differs(fact.around, other.around):
        return 0.0
    events = [_classes(_KINDS_OF_EVENT, keys_in(one.around)) for one in (fact, other)]
    if events[0] and events[1] and not events[0] & events[1]:
        return 0.0
    if _is_substitution(fact, other):
        return 0.0
    shared, shares = _shared(fact, other), (_share(fact, other), _share(other, fact))
    mean = sum(shares) / 2
    least = _HALF
    if fact.kind in (DURATION, LONG_DURATION) and events[0] & events[1]:
        least = _OF_AN_EVENT
    elif shared < _MANY and _language(fact) == _language(other):
        return mean if max(shares) >= _MOSTLY and shared >= _FEWEST else 0.0
    return mean if mean >= least and shared >= _FEWEST else 0.0


def _is_substitution(fact: Fact, other: Fact) -> bool:
    """Whether two sentences of one language are the same but for the name of what they tell of."""
    language = _language(fact)
    if language != _language(other) or len(_subject(fact)) != len(_subject(other)):
        return False
    left = [_unshared(fact, other), _unshared(other, fact)]
    if len(left[0]) != len(left[1]) or not 0 < len(left[0]) <= _LONGEST_NAME:
        return False
    known = lexicon(language)
    return any(known.field_of_stem(word) != EVERYDAY for word in (*left[0], *left[1]))


def _unshared(fact: Fact, other: Fact) -> list[str]:
    told = _told(other)
    return [word for word in _subject(fact) if not keys_of(word) & told]


def _language(fact: Fact) -> str:
    return fact.sentence.source.language


def _told(fact: Fact) -> frozenset[str]:
    return keys_in(f"{fact.sentence.text} {fact.context}")


def _subject(fact: Fact) -> list[str]:
    """The words around a value that tell its subject, each once."""
    return [
        word
        for word in dict.fromkeys(content_words(fact.around))
        if f"s:{light_stem(word)}" not in _REPORTING
    ]


def _shared(fact: Fact, other: Fact) -> int:
    """How many words of the subject of one value the other's sentence has."""
    return len(_subject(fact)) - len(_unshared(fact, other))


def _share(fact: Fact, other: Fact) -> float:
    """As `_shared`, of all the words of the subject."""
    return _shared(fact, other) / (len(_subject(fact)) or 1)


def _classes(kinds: dict[str, int], keys: frozenset[str]) -> set[int]:
    return {kinds[key] for key in keys & kinds.keys()}


def _of_one_measure(fact: Fact, other: Fact) -> bool:
    """Whether the same is counted, or measured, or happened on the two dates."""
    if fact.kind == DATE:
        days = [_day(one.value) for one in (fact, other)]
        near = days[0] and days[1] and abs((days[0] - days[1]).days) <= _SAME_EVENT
        yearless = not (days[0] and days[1])
        return bool(near or yearless or _happens_once(fact, other))
    measures = [_classes(_KINDS_OF_MEASURE, one.beside) for one in (fact, other)]
    if measures[0] and measures[1] and not measures[0] & measures[1]:
        return False
    are_people = fact.unit == other.unit == "person"
    beside = any(key[0] in "csr" for key in fact.beside & other.beside)
    return fact.kind != COUNT or beside or are_people


def _about(fact: Fact, against: Sequence[Fact]) -> str:
    """The words around a value that the others share, as its source has them."""
    told = frozenset[str]().union(*map(_told, against))
    shared = {word for word in _subject(fact) if keys_of(word) & told}
    text, words = fact.sentence.text, dict[str, str]()
    for word, start, end in word_spans(text):
        if word in shared:
            words.setdefault(word, text[start:end])
    return " ".join(words.values()) or fact.written
