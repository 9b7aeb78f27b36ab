"""The same thing: whether the values of two sentences are of one, by the words around them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from rag.answers.direction import direction_differs
from rag.answers.facts import COUNT, DATE, DURATION, LONG_DURATION, Fact
from rag.answers.subject import Keys, content_words, keys_in, keys_of
from rag.text.folding import folded_words, word_spans
from rag.text.language import language_of
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
_SAME_EVENT: Final = 45
"""Days that two dates given for one event are apart at most."""
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
_REPORTING: Final = (
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


@lru_cache(maxsize=1)
def _reporting() -> Keys:
    """The keys of `_REPORTING`: the first look into the lexicon is not for the import."""
    return keys_in(_REPORTING)


def sameness(fact: Fact, other: Fact) -> float:
    """How alike what is told of two values is; 0 where it is not the same thing."""
    if not _of_one_measure(fact, other) or direction_differs(fact.around, other.around):
        return 0.0
    around = [keys_in(one.around) | _keys_of_phrases(one.around) for one in (fact, other)]
    events = [_classes(_KINDS_OF_EVENT, keys) for keys in around]
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
    text = f"{fact.sentence.text} {fact.context}"
    return keys_in(text) | _keys_of_phrases(text)


@lru_cache(maxsize=4_096)
def _keys_of_phrases(text: str) -> Keys:
    """The keys of what several words of a text stand for together ("سكك حديدية", a railway)."""
    return frozenset(
        f"c:{' '.join(phrase)}"
        for match in lexicon(language_of(text)).matches(folded_words(text))
        if match.end - match.start > 1
        for concept in match.concepts
        for phrase in concept.phrases["en"]
    )


def _subject(fact: Fact) -> list[str]:
    """The words around a value that tell its subject, each once."""
    return [
        word
        for word in dict.fromkeys(content_words(fact.around))
        if f"s:{light_stem(word)}" not in _reporting()
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
        days = [day_of(one.value) for one in (fact, other)]
        near = days[0] and days[1] and abs((days[0] - days[1]).days) <= _SAME_EVENT
        yearless = not (days[0] and days[1])
        return bool(near or yearless or happens_once(fact, other))
    measures = [_classes(_KINDS_OF_MEASURE, one.beside) for one in (fact, other)]
    if measures[0] and measures[1] and not measures[0] & measures[1]:
        return False
    are_people = fact.unit == other.unit == "person"
    beside = any(key[0] in "csr" for key in fact.beside & other.beside)
    return fact.kind != COUNT or beside or are_people


def shared_subject(fact: Fact, against: Sequence[Fact]) -> str:
    """The words around a value that the others share, as its source has them."""
    told = frozenset[str]().union(*map(_told, against))
    shared = {word for word in _subject(fact) if keys_of(word) & told}
    text, words = fact.sentence.text, dict[str, str]()
    for word, start, end in word_spans(text):
        if word in shared:
            words.setdefault(word, text[start:end])
    return " ".join(words.values()) or fact.written


def happens_once(fact: Fact, other: Fact) -> bool:
    """Whether what happens once is told of around both values."""
    return bool(_ONCE & keys_in(fact.around) & keys_in(other.around))


def day_of(value: str | None) -> date | None:
    """A date as a day, the middle of what it leaves open; None where it has no year."""
    if not value or value.startswith("--"):
        return None
    parts = [int(part) for part in value.split("-")]
    return date(*(parts + [7, 15][len(parts) - 1 :])[:3])
