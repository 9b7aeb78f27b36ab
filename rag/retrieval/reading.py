"""Reading: what the sentences of a found passage hold of a question, and in which order to show.

Retrieval finds passages by all of their words at once. Read sentence by sentence, the first of
them are put in an order that also minds how much of the question one sentence says, and its title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.coverage import Sought, features_of, matcher_of, share
from rag.retrieval.question import Question
from rag.text.dates import MONTHS, WEEKDAYS, written_dates
from rag.text.folding import fold, folded_words
from rag.text.function_words import Asked
from rag.text.language import language_of
from rag.text.numbers import ORDINAL, quantities

SENTENCE_WEIGHT: Final = 0.25
TITLE_WEIGHT: Final = 0.3
"""What the best sentence and the title count beside a passage's own score, the best being 1."""
_LONGEST_DATELINE: Final = 60
_MOST_IN_DATELINE: Final = 2
DEPTH: Final = 12
"""Passages that are read."""
CONTEXT_WEIGHT: Final = 0.3
_CUE_WEIGHTS: Final = {
    Asked.WHEN: 0.12,
    Asked.HOW_MANY: 0.12,
    Asked.MEASURE: 0.12,
    Asked.HOW_LONG: 0.4,
}

_NUMBER_WORDS: Final = (
    r"واحد|اثنان|اثنين|ثلاث\w?|اربع\w?|خمس\w?|ست[هة]?|سبع\w?|ثماني\w?|تسع\w?|عشر\w*|مئه|مايه|الف|مليون|مليار"
    r"|يومان|يومين|شهران|شهرين|سنتان|سنتين|عامان|عامين|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred|thousand|million|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|صد|هزار"
)
_UNITS_OF_LENGTH: Final = (
    r"ايام|يوما|يوم|ساعات|ساعه|اشهر|شهرا|شهر|سنوات|سنه|اعوام|عاما|عام|اسابيع|اسبوعا|دقيقه|دقائق|days?|hours?|weeks?"
    r"|months?|years?|minutes?|روز|ساعت|ماه|سال|هفته|كيلومتر\w*|مترا?|ميلا?|kilomet\w+|km|met(?:er|re)s?|miles?"
)
_CUES: Final = {
    Asked.WHEN: re.compile(
        r"(?<!\d)(?:1\d|20)\d\d(?!\d)|\b(?:"
        + "|".join(map(re.escape, MONTHS))
        + r")\b|\b(?:"
        + "|".join(map(re.escape, WEEKDAYS))
        + r")\b|\b(?:امس|اليوم|غدا|البارحه|الماضي|الماضيه|المقبل|المقبله|القادم|القادمه|صباحا"
        r"|مساء|فجرا"
        r"|yesterday|today|tomorrow|tonight|this (?:morning|evening|week|month|year)"
        r"|(?:next|last) \w+"
        r"|noon|midnight|o clock|ago|ديروز|امروز|فردا|امشب|ديشب|اينده|گذشته|بامداد)\b"
        r"|\b(?:في غضون|within|ظرف) (?=\w+ \w)"
        r"|\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b|\bالساعه\b|\bساعت \d"
    ),
    Asked.HOW_MANY: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b"),
    Asked.MEASURE: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b"),
    Asked.HOW_LONG: re.compile(
        rf"(?:\d|\b(?:{_NUMBER_WORDS}))\s+(?:{_UNITS_OF_LENGTH})\b|\b(?:يومان|يومين|شهران|شهرين|سنتان|سنتين|عامين|اسبوعين)\b"
    ),
}
# A sentence that opens like this speaks of what the one before it named. "And Caroline Rose said"
# names its speaker and does not lean; "And she said:" does.
_LEANS: Final = re.compile(
    r"^\W*(?:[وف]?(?:قال|قالت|يقول|تقول|اضاف|اضافت|تابع|تابعت|اكد|اكدت|اوضح|اوضحت|اشار|اشارت"
    r"|شدد|شددت|ذكر|ذكرت|كشف|كشفت|صرح|صرحت)(?:\s*[:،,«\"“]|\s+(?:ان|انه|انها|بان|الي|علي|ايضا|كذلك)\b)"
    r"|[وف]?(?:هو|هي|هم|ذلك|هذا|هذه|تلك|كذلك|كما)\b|لذلك\b|في هذا الصدد\b"
    r"|(?:بعد|قبل|ومع|مع|علاوه علي|في غضون) ذلك\b"
    r"|[وف]?(?:استمر|استغرق|دام|انته|بد|تات|جاء?)\w* (?:هذه |هذا )?"
    r"(?:الزياره|الرحله|الجوله|اللقاء|الاجتماع)\b"
    r"|the (?:visit|trip|tour|journey|meeting|talks|deal|agreement)\b"
    r"|(?:he|she|they|it|this|that|these|those)\b|(?P<persian>(?:او|وي|اين|ان|انها)\b))"
)
_REMEMBERED: Final = 4_096
"""Sentences of which is kept what does not depend on a question."""
_PAIR: Final = 2
_TIMES: Final = frozenset(("minute", "hour", "day", "week", "month", "year"))
_KINDS_OF_NUMBERS: Final = frozenset((Asked.HOW_MANY, Asked.HOW_LONG, Asked.MEASURE))
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence holds of a question."""

    score: float
    coverage: float
    """With its title and, where it leans on it, the sentence before."""
    told: tuple[float, ...]
    """How surely it holds each word, with the sentence that it leans on."""
    fits: bool = True
    """Whether it has the form of all that is asked for: a date, a number, a length of time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage, read for a question."""

    passage: Evidence
    title: float
    """How much of the question its title says."""
    lines: tuple[Line, ...]
    """Of its sentences, in their order."""


def read(question: Question, words: Sequence[Sought], passage: Evidence) -> Reading:
    """A passage's sentences, scored alone, and with their title and the sentence before."""
    source = passage.source
    title = matcher_of(tuple(words)).strengths(
        features_of(source.title if source.title_span else "")
    )
    return Reading(passage, share(words, title), tuple(_lines(question, words, passage, title)))


def _lines(
    question: Question, words: Sequence[Sought], passage: Evidence, title: tuple[float, ...]
) -> Iterator[Line]:
    matcher, before = matcher_of(tuple(words)), tuple(0.0 for _ in words)
    asked = question.asked & _CUE_WEIGHTS.keys()
    for sentence in passage.sentences:
        text = sentence.text
        alone = matcher.strengths(features_of(text))
        told = tuple(map(max, alone, before)) if leans(text) else alone
        covered = share(words, tuple(map(max, title, told)))
        cued = [kind for kind in asked if has_cue(kind, sentence)]
        score = share(words, alone) + CONTEXT_WEIGHT * covered
        score += sum(_CUE_WEIGHTS[kind] for kind in cued)
        yield Line(score, covered, told, len(cued) == len(asked))
        before = alone


def reread(readings: Sequence[Reading]) -> list[Reading]:
    """The passages, best first, the first `DEPTH` of them in the order that reading suggests."""
    top = max((one.passage.score for one in readings), default=0.0)
    again = [
        replace(one, passage=replace(one.passage, score=_score(one, top if place < DEPTH else 0)))
        for place, one in enumerate(readings)
    ]
    return sorted(again, key=lambda one: -one.passage.score)


def unread(passage: Evidence) -> Evidence:
    """A passage beyond those that are read, with a score that compares with theirs."""
    return replace(passage, score=_score(Reading(passage, 0.0, ()), 0.0))


def _score(reading: Reading, top: float) -> float:
    """The score of a passage that was read (0 to 1)."""
    sentence = max((line.score for line in reading.lines), default=0.0)
    told = SENTENCE_WEIGHT * sentence + TITLE_WEIGHT * reading.title
    most = 1 + SENTENCE_WEIGHT * (1 + CONTEXT_WEIGHT) + TITLE_WEIGHT
    return min(1.0, (reading.passage.score + top * told) / most)


def has_cue(kind: Asked, sentence: Sentence) -> bool:
    """Whether a sentence has the form of an answer to `kind`: a date, a number, a length."""
    return has_form(kind, sentence.text)


@lru_cache(maxsize=_REMEMBERED)
def has_form(kind: Asked, text: str) -> bool:
    """Whether a text has it."""
    if kind in (Asked.HOW_MANY, Asked.MEASURE):
        for one in reversed(written_dates(text)):
            text = f"{text[: one.start]} {text[one.end :]}"
        text = _YEAR.sub(" ", text)
    if kind not in _CUES:
        return False
    if _CUES[kind].search(fold(text)):
        return True
    return kind in _KINDS_OF_NUMBERS and any(
        one.unit in _TIMES
        if kind is Asked.HOW_LONG
        # "The two countries" answers no "how many".
        else one.unit != ORDINAL and one.value > _PAIR
        for one in quantities(text)
    )


@lru_cache(maxsize=_REMEMBERED)
def is_dateline(sentence: str) -> bool:
    """Whether a sentence is only a place and a date ("بغداد، 25 أبريل 2021")."""
    if len(sentence) > _LONGEST_DATELINE:
        return False
    dates = written_dates(sentence)
    for one in reversed(dates):
        sentence = f"{sentence[: one.start]} {sentence[one.end :]}"
    return bool(dates) and len(folded_words(sentence)) <= _MOST_IN_DATELINE


@lru_cache(maxsize=_REMEMBERED)
def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood ("he said", "this visit")."""
    match = _LEANS.match(fold(sentence))
    # Folded, the Persian "he" and "that" are the Arabic "or" and "that (it is so)".
    return match is not None and (not match["persian"] or language_of(sentence) == "fa")
