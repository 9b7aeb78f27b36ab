"""The choice of sentences: which of the found passages' sentences answer the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.documents.evidence import Evidence, Sentence
from rag.retrieval.coverage import Features, Sought, coverage
from rag.retrieval.question import Question
from rag.text.dates import MONTHS
from rag.text.folding import fold
from rag.text.function_words import Asked

CONTEXT_WEIGHT: Final = 0.3
PASSAGE_WEIGHT: Final = 1.2
"""What a passage's score counts beside the sentence's coverage."""
_CUE: Final = 0.12

_NUMBER_WORDS: Final = (
    r"واحد|اثنان|اثنين|ثلاث\w?|اربع\w?|خمس\w?|ست[هة]?|سبع\w?|ثماني\w?|تسع\w?|عشر\w*|مئه|مايه|الف|مليون|مليار"
    r"|يومان|يومين|شهران|شهرين|سنتان|سنتين|عامان|عامين|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred|thousand|million|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|صد|هزار"
)
_CUES: Final = {
    Asked.WHEN: re.compile(
        r"\d{4}|\b(?:" + "|".join(map(re.escape, MONTHS)) + r")\b|\b(?:امس|اليوم|الماضي|yesterday)\b"
    ),
    Asked.HOW_MANY: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b"),
}
# A sentence that opens like this speaks of what the one before it named.
_LEANS: Final = re.compile(
    r"^\W*(?:و|ف)?(?:قال|قالت|اضاف|اضافت|تابع|تابعت|اكد|اكدت|اوضح|اوضحت|اشار|اشارت|شدد|شددت|كشف|كشفت|هو|هي|هم|ذلك"
    r"|هذا|هذه|تلك|لذلك|كما|كذلك|بعد ذلك|قبل ذلك|في هذا الصدد|ومع ذلك|he|she|they|it|this|that|these)\b"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence, the score it was chosen by, and what it covers of the question by itself."""

    sentence: Sentence
    passage: Evidence
    score: float
    coverage: float
    """With its title and, where it leans on it, the sentence before."""


def choose(question: Question, words: Sequence[Sought], found: Sequence[Evidence]) -> list[Chosen]:
    """Every sentence of the found passages, best first."""
    best_passage = max((passage.score for passage in found), default=0.0)
    chosen = [
        _judged(question, words, passage, place, best_passage)
        for passage in found
        for place in range(len(passage.sentences))
    ]
    return sorted(chosen, key=lambda one: -one.score)


def _judged(
    question: Question,
    words: Sequence[Sought],
    passage: Evidence,
    place: int,
    best_passage: float,
) -> Chosen:
    sentence = passage.sentences[place]
    alone = coverage(words, Features(sentence.text))
    in_context = coverage(words, Features(context(passage, place)))
    score = alone + CONTEXT_WEIGHT * in_context + PASSAGE_WEIGHT * passage.score / max(best_passage, 1e-9)
    score += _CUE * sum(
        bool(_CUES[kind].search(fold(sentence.text))) for kind in question.asked if kind in _CUES
    )
    return Chosen(sentence, passage, score, in_context)


def context(passage: Evidence, place: int) -> str:
    """A sentence with what it can be read with: its title and the sentence it leans on."""
    parts = [passage.source.title if passage.source.title_span else ""]
    if place and leans(passage.sentences[place].text):
        parts.append(passage.sentences[place - 1].text)
    parts.append(passage.sentences[place].text)
    return "\n".join(parts)


def leans(sentence: str) -> bool:
    """Whether a sentence needs the one before it to be understood ("he said", "this visit")."""
    return _LEANS.match(fold(sentence)) is not None


def leading(found: Sequence[Evidence]) -> list[Chosen]:
    """The sentences of whole passages, those that open a passage first: for a summary."""
    chosen = [
        Chosen(sentence, passage, 1 / (1 + place), 1.0)
        for passage in found
        for place, sentence in enumerate(passage.sentences)
    ]
    return sorted(chosen, key=lambda one: -one.score)
