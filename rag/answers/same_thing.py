"""The same thing: whether the values of two sentences are of one, by the words around them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rag.answers.antecedent import names_in
from rag.answers.deeds import Group, are_apart, kinds_in, kinds_told, once
from rag.answers.direction import direction_differs
from rag.answers.facts import AGE, COUNT, DATE, DURATION, LENGTH, LONG_DURATION, SCORE, Fact
from rag.answers.scores import of_other_matches
from rag.answers.subject import Keys, content_words, is_content, keys_in, keys_of
from rag.retrieval.reading import leans
from rag.text.dates import WEEKDAYS
from rag.text.folding import folded_words, word_spans
from rag.text.function_words import FUNCTION_WORDS
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
_OF_EVENTS: Final = (AGE, DURATION, LENGTH, LONG_DURATION)
"""Kinds of values that hold on every weekday; a price is that of a day."""
_REPORTING: Final = (
    "said says say announced reported stated confirmed declared added official officials source "
    "sources spokesman spokesperson ministry agency report statement according news media today "
    "resulted occurred took place newspaper صحيفة "
    "side sides party parties two الجانبان الجانبين الطرفان الطرفين البلدان البلدين طرفین دو "
    "least most dozens scores local الأقل الأكثر العشرات محلي محلية "
    "أسفر أسفرت أدى أدت وقع وقعت بلغ بلغت يبلغ تبلغ "
    "yesterday morning evening قال أعلن ذكر أفاد صرح أكد أضاف مسؤول مصدر مصادر متحدث بيان وكالة "
    "وسائل إعلام أنباء تقرير أمس اليوم صباح مساء فجر گفت اعلام گزارش خبرگزاری مسئول منبع بیانیه"
)
"""Words that tell who says so, and no subject."""


@lru_cache(maxsize=1)
def _reporting() -> Keys:
    """The keys of `_REPORTING`: the first look into the lexicon is not for the import."""
    return keys_in(_REPORTING)


def sameness(fact: Fact, other: Fact) -> float:
    """How alike what is told of two values is; 0 where it is not the same thing."""
    if not _of_one_measure(fact, other) or direction_differs(fact.around, other.around):
        return 0.0
    around = [keys_in(one.around) | _keys_of_phrases(one.around) for one in (fact, other)]
    events = [
        _events_of_counted(one) if one.kind == COUNT else kinds_told(Group.EVENT, keys)
        for one, keys in zip((fact, other), around, strict=True)
    ]
    if are_apart(*events) or _is_substitution(fact, other) or _names_are_apart(fact, other):
        return 0.0
    if _leans_elsewhere(fact, other) or _leans_elsewhere(other, fact):
        return 0.0
    if fact.kind == COUNT and _are_of_others(fact, other):
        return 0.0
    both = len(weekdays_in(fact) & weekdays_in(other))
    shared = _shared(fact, other) + both
    shares = [
        (_shared(*pair) + both) / (len(_subject(pair[0])) + both or 1)
        for pair in ((fact, other), (other, fact))
    ]
    mean = sum(shares) / 2
    least = _HALF
    if fact.kind in (DURATION, LONG_DURATION) and events[0] & events[1]:
        least = _OF_AN_EVENT
    elif shared < _MANY and _language(fact) == _language(other):
        return mean if max(shares) >= _MOSTLY and shared >= _FEWEST else 0.0
    return mean if mean >= least and shared >= _FEWEST else 0.0


def _leans_elsewhere(fact: Fact, other: Fact) -> bool:
    """Whether "it" stands for what is told of in one sentence alone, of which the other has less.

    "It was opened in June", said of a bridge, is not told of the museum that opened in 1990.
    """
    is_bare = len(_subject(fact)) < _FEWEST and leans(fact.sentence.text)
    return is_bare and bool(_unshared(other, fact))


def _are_of_others(fact: Fact, other: Fact) -> bool:
    """Whether one word has two names behind it in Arabic or Persian: "حي الزهور", "حي النخيل"."""
    language = _language(fact)
    if language == "en" or language != _language(other):
        return False
    behind = [
        {
            pair
            for pair in pairwise(folded_words(one.sentence.text))
            if pair[1] in _unshared(one, against)
        }
        for one, against in ((fact, other), (other, fact))
    ]
    return any(_is_one_thing(first, second) for first, _ in behind[0] for second, _ in behind[1])


def _is_one_thing(one: str, other: str) -> bool:
    """Whether two words are one noun, that may have what it is of behind it."""
    bare = [word.removeprefix("ب") for word in (one, other)]
    if bare[0] == bare[1]:
        return bare[0] not in FUNCTION_WORDS
    return is_content(one) and not keys_of(one).isdisjoint(keys_of(other))


def _events_of_counted(fact: Fact) -> frozenset[int]:
    """The events told of around a number, by words for neither what is counted nor its fate."""
    return frozenset[int]().union(
        *(
            kinds_in(Group.EVENT, word)
            for word in content_words(fact.around)
            if not kinds_in(Group.MEASURE, word) and keys_of(word).isdisjoint(fact.counted)
        )
    )


def _names_are_apart(fact: Fact, other: Fact) -> bool:
    """Whether two sentences of different languages name things, and none in common."""
    if _language(fact) == _language(other):
        return False
    for one, against in ((fact, other), (other, fact)):
        named, told = names_in(one.sentence.text).values(), _told(against)
        # Of a short name the sound is left out, so that it cannot be found in another script.
        heard = [keys for keys in named if any(key[0].isdigit() for key in keys)]
        if heard and all(keys.isdisjoint(told) for keys in heard):
            return True
    return False


def weekdays_in(fact: Fact) -> frozenset[int]:
    """The weekdays that a fact's sentence names."""
    return frozenset(
        WEEKDAYS[word] for word in folded_words(fact.sentence.text) if word in WEEKDAYS
    )


def _is_substitution(fact: Fact, other: Fact) -> bool:
    """Whether two sentences of one language are the same but for the name of what they tell of."""
    language = _language(fact)
    if language != _language(other):
        return False
    left = [_unshared(fact, other), _unshared(other, fact)]
    if [len(words) for words in left] == [1, 1]:
        names = names_in(f"{fact.sentence.text}\n{other.sentence.text}")
        if any(word in names for (word,) in left):
            return True
    is_one_mould = len(_subject(fact)) == len(_subject(other)) and len(left[0]) == len(left[1])
    if not is_one_mould or not 0 < len(left[0]) <= _LONGEST_NAME:
        return False
    known = lexicon(language)
    return any(known.field_of_stem(word) != EVERYDAY for word in (*left[0], *left[1]))


def _unshared(fact: Fact, other: Fact) -> list[str]:
    """The words of the subject of one value that the other's sentence does not have."""
    told, text = _told(other), f"{other.sentence.text} {other.context}"
    known = _words_of_phrases(fact.around, told)
    return [
        word
        for word in _subject(fact)
        if word not in known
        and keys_of(word).isdisjoint(told)
        and not any(kinds_in(group, word) & kinds_in(group, text) for group in Group)
    ]


def _language(fact: Fact) -> str:
    return fact.sentence.language


def _told(fact: Fact) -> frozenset[str]:
    text = f"{fact.sentence.text} {fact.context}"
    return keys_in(text) | _keys_of_phrases(text)


@lru_cache(maxsize=1_024)
def _phrases(text: str) -> tuple[tuple[frozenset[str], Keys], ...]:
    """What several words of a text stand for together ("سكك حديدية", a railway), with its keys."""
    words = folded_words(text)
    return tuple(
        (
            frozenset(words[match.start : match.end]),
            frozenset(
                f"c:{' '.join(phrase)}"
                for concept in match.concepts
                for phrase in concept.phrases["en"]
            ),
        )
        for match in lexicon(language_of(text)).matches(words)
        if match.end - match.start > 1
    )


def _keys_of_phrases(text: str) -> Keys:
    return frozenset[str]().union(*(keys for _, keys in _phrases(text)))


def _words_of_phrases(text: str, told: Keys) -> frozenset[str]:
    """The words of a text that stand together for something that is told."""
    return frozenset[str]().union(*(words for words, keys in _phrases(text) if keys & told))


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


def _of_one_measure(fact: Fact, other: Fact) -> bool:
    """Whether the same is counted, or measured, or happened on the two dates."""
    if fact.kind == DATE:
        return _of_one_deed(fact, other)
    if fact.kind == SCORE:
        return not of_other_matches(fact.sentence.text, other.sentence.text)
    measures = [kinds_told(Group.MEASURE, one.beside) for one in (fact, other)]
    if are_apart(*measures):
        return False
    if fact.kind != COUNT:
        return fact.kind in _OF_EVENTS or not are_apart(weekdays_in(fact), weekdays_in(other))
    if kinds_told(Group.TURN, fact.beside) != kinds_told(Group.TURN, other.beside):
        return False
    are_counted_alike = (
        fact.unit == other.unit == "person"
        or _are_persons(fact, other)
        or _are_persons(other, fact)
        or not fact.counted.isdisjoint(other.counted)
    )
    return are_counted_alike or bool(measures[0] & measures[1])


def _of_one_deed(fact: Fact, other: Fact) -> bool:
    """Whether one deed may have happened on two dates."""
    days = [day_of(one.value) for one in (fact, other)]
    near = days[0] and days[1] and abs((days[0] - days[1]).days) <= _SAME_EVENT
    yearless = not (days[0] and days[1])
    deeds = [kinds_in(Group.DEED, one.sentence.text) for one in (fact, other)]
    if (fact.is_relative or other.is_relative) and not _is_told_again(fact, other, *deeds):
        return False
    return not are_apart(*deeds) and bool(near or yearless or happens_once(fact, other))


def _is_told_again(fact: Fact, other: Fact, deeds: frozenset[int], others: frozenset[int]) -> bool:
    """Whether what happened "yesterday" is the deed of another day; raids come day after day."""
    if happens_once(fact, other):
        return True
    is_one_day = fact.sentence.source.date == other.sentence.source.date
    is_dated = fact.is_relative != other.is_relative
    return bool(deeds & others) and (is_dated or is_one_day)


def _are_persons(fact: Fact, other: Fact) -> bool:
    """Whether people of whom one tells what they do are counted: it "employs 45 people"."""
    return fact.unit == "person" and not other.counted.isdisjoint(keys_in(fact.around))


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
    return bool(once(keys_in(fact.around) & keys_in(other.around)))


def day_of(value: str | None) -> date | None:
    """A date as a day, the middle of what it leaves open; None where it has no year."""
    if not value or value.startswith("--"):
        return None
    parts = [int(part) for part in value.split("-")]
    return date(*(parts + [7, 15][len(parts) - 1 :])[:3])
