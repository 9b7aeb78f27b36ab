"""The choice of sentences: which of the found passages' sentences answer the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.coverage import Features, Sought, share, strengths
from rag.retrieval.question import Question
from rag.text.dates import MONTHS, written_dates
from rag.text.folding import fold
from rag.text.function_words import Asked

CONTEXT_WEIGHT: Final = 0.3
PASSAGE_WEIGHT: Final = 1.2
"""What a passage's score counts beside the sentence's coverage."""
_CUE_WEIGHTS: Final = {Asked.WHEN: 0.12, Asked.HOW_MANY: 0.12, Asked.HOW_LONG: 0.4}

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
        r"\d{4}|\b(?:"
        + "|".join(map(re.escape, MONTHS))
        + r")\b|\b(?:امس|اليوم|الماضي|yesterday)\b"
    ),
    Asked.HOW_MANY: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b"),
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
    r"|(?:he|she|they|it|this|that|these|those)\b|(?:او|وي|اين|ان|انها)\b)"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_HEADS_LIST: Final = re.compile(r":\W*$")
_LIST_ITEM: Final = re.compile(r"^\s*(?:[-–—•*▪●ــ]+|\d+\s*[.)\-])\s*\S")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence, the score it was chosen by, and what it covers of the question by itself."""

    sentence: Sentence
    passage: Evidence
    score: float
    coverage: float
    """With its title and, where it leans on it, the sentence before."""
    places: frozenset[str]
    """The places of the question that the sentence itself, or the one it leans on, tells of."""


def choose(question: Question, words: Sequence[Sought], found: Sequence[Evidence]) -> list[Chosen]:
    """Every sentence of the found passages, best first."""
    best = max((passage.score for passage in found), default=0.0)
    chosen = [one for passage in found for one in _judged(question, words, passage, best or 1.0)]
    return sorted(chosen, key=lambda one: -one.score)


def _judged(
    question: Question, words: Sequence[Sought], passage: Evidence, best: float
) -> Iterator[Chosen]:
    """The sentences of a passage, scored by what they hold of the question.

    They are read alone, and with their title and the sentence that they lean on.
    """
    title = strengths(words, Features(passage.source.title if passage.source.title_span else ""))
    before = tuple(0.0 for _ in words)
    for sentence in passage.sentences:
        alone = strengths(words, Features(sentence.text))
        context = tuple(map(max, zip(title, alone, strict=True)))
        if leans(sentence.text):
            context = tuple(map(max, zip(context, before, strict=True)))
        covered = share(words, context)
        score = share(words, alone) + CONTEXT_WEIGHT * covered
        score += PASSAGE_WEIGHT * passage.score / best + _cues(question, sentence)
        told = tuple(map(max, zip(alone, before, strict=True))) if leans(sentence.text) else alone
        places = frozenset(
            word.word for word, one in zip(words, told, strict=True) if word.is_place and one
        )
        yield Chosen(sentence, passage, score, covered, places)
        before = alone


def _cues(question: Question, sentence: Sentence) -> float:
    asked = question.asked & _CUES.keys()
    return sum(_CUE_WEIGHTS[kind] for kind in asked if has_cue(kind, sentence))


def has_cue(kind: Asked, sentence: Sentence) -> bool:
    """Whether a sentence has the form of an answer to `kind`: a date, a number, a length."""
    text = sentence.text
    if kind is Asked.HOW_MANY:
        for one in reversed(written_dates(text)):
            text = f"{text[: one.start]} {text[one.end :]}"
        text = _YEAR.sub(" ", text)
    return kind in _CUES and _CUES[kind].search(fold(text)) is not None


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood ("he said", "this visit")."""
    return _LEANS.match(fold(sentence)) is not None


def with_list(passage: Evidence, place: int) -> tuple[Sentence, ...]:
    """A sentence, and the items of the list that it announces ("… the most important:")."""
    sentence = passage.sentences[place]
    items = [sentence]
    if _HEADS_LIST.search(sentence.text):
        for following in passage.sentences[place + 1 :]:
            if not _LIST_ITEM.match(following.text):
                break
            items.append(following)
    return tuple(items)


def leading(found: Sequence[Evidence]) -> list[Chosen]:
    """The sentences of whole passages, those that open a passage first: for a summary."""
    chosen = [
        Chosen(sentence, passage, 1 / (1 + place), 1.0, frozenset())
        for passage in found
        for place, sentence in enumerate(passage.sentences)
    ]
    return sorted(chosen, key=lambda one: -one.score)
