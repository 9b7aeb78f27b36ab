"""The self-test: what a score means in a collection, found by asking it about itself.

It makes questions out of the collection: half of the words of each stand in one sentence,
the other half are strays from elsewhere. Real questions share about as much with the sentence that
answers them. Where their scores lie is where an answer begins; and a model's vectors are trusted
as far as they do no harm to finding those sentences.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.documents.evidence import Evidence
from rag.index.embedding import Vector
from rag.index.ledger import FileEntry, Ledger
from rag.index.snapshot import Snapshot
from rag.retrieval.certainty import DEPTH, Calibration, evidence_score
from rag.retrieval.coverage import sought
from rag.retrieval.finding import VectorChannel, evidence_of, ranked, readings_of
from rag.retrieval.question import analyse
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word

Scores = npt.NDArray[np.float64]

_VECTOR_WEIGHTS: Final = (0.4, 0.3, 0.2, 0.1)
"""A model's vectors never weigh more: without real questions they cannot be proved better."""
_TELLING: Final = 0.5
"""The mean reciprocal rank of the lexical channels from which on a self-test tells much."""
_QUESTIONS: Final = 80
_OWN_WORDS: Final = 3
_STRAY_WORDS: Final = 3
_KEPT: Final = 0.7
"""The share of these questions that are to be answered. Real ones share more with what answers
them: of ARCD's, TyDi's and PQuAD's at least 98 in 100 are above such a score."""
_SEED: Final = 20211017
_NOISE: Final = 1.0
"""Standard errors by which a hybrid may lie below the lexical channels alone."""


@dataclass(frozen=True, slots=True)
class SelfQuestion:
    """A question made out of a file of the collection."""

    text: str
    language: str
    file: str


def self_questions(ledger: Ledger) -> list[SelfQuestion]:
    """Questions about the collection; the same for the same collection."""
    chance = random.Random(_SEED)  # noqa: S311
    files = ledger.files()
    picked = chance.sample(files, min(len(files), _QUESTIONS))
    sentences = {one.path: _sentences(ledger, one) for one in picked}
    every = [word for found in sentences.values() for words in found for word in words]
    questions = []
    for one in picked:
        able = [words for words in sentences[one.path] if len(words) > _OWN_WORDS]
        if able and len(every) > _STRAY_WORDS:
            own = chance.sample(chance.choice(able), _OWN_WORDS)
            words = [*own, *chance.sample(every, _STRAY_WORDS)]
            questions.append(SelfQuestion(" ".join(words), one.language, one.path))
    return questions


def _sentences(ledger: Ledger, file: FileEntry) -> list[list[str]]:
    """The topic words of each sentence of a file."""
    passages = ledger.evidence(ledger.passages_of(file.id)[:DEPTH]).values()
    return [
        [word for word in folded_words(sentence.text) if not is_function_word(word)]
        for passage in passages
        for sentence in passage.sentences
    ]


def calibrated(
    ledger: Ledger,
    snapshot: Snapshot,
    questions: Sequence[SelfQuestion],
    vectors: Sequence[Vector] | None,
) -> Calibration:
    """The calibration that `questions` give; `vectors`, a model's, are theirs, in their order."""
    weight = _vector_weight(ledger, snapshot, questions, vectors) if vectors else 0.0
    ids = {path: file for path, (file, *_) in ledger.file_states().items()}
    kept, let_through = [], []
    for place, question in enumerate(questions):
        channel = _channel(vectors[place], weight) if vectors else None
        told_in = {ids[path] for path in copies_of(ledger, snapshot, ids[question.file])}
        others = frozenset(ids.values()) - told_in
        kept.append(evidence_score(_asked(ledger, snapshot, question, channel)))
        let_through.append(evidence_score(_asked(ledger, snapshot, question, channel, others)))
    least = _parting(np.array(kept), np.array(let_through))
    return Calibration(len(ids), snapshot.embedding, round(least, 4), weight)


def copies_of(ledger: Ledger, snapshot: Snapshot, file: int) -> frozenset[str]:
    """The paths of all the files that hold the report of a file, its own included.

    A question of which only one of them is left out is answered by the others.
    """
    source = ledger.source(file)
    same = snapshot.catalogue.same_content(ledger).get(source.path, ())
    return frozenset((source.path, *same, *(one.path for one in source.twins)))


def _parting(kept: Scores, let_through: Scores) -> float:
    """The score that best parts questions from the same with their report left out of the search.

    It is the one with the greatest difference of the two shares above it (Youden, 1950), among
    those that leave out no more than three in ten of the questions.
    """
    if not len(kept):
        return 0.0
    most = float(np.quantile(kept, 1 - _KEPT))
    candidates: list[float] = [most, *kept[kept < most].tolist()]
    return max(
        candidates, key=lambda one: float((kept >= one).mean() - (let_through >= one).mean())
    )


def _asked(
    ledger: Ledger,
    snapshot: Snapshot,
    asked: SelfQuestion,
    channel: VectorChannel | None,
    within: frozenset[int] | None = None,
) -> list[Evidence]:
    question = analyse(asked.text, asked.language)
    words = sought(question, snapshot.lexical)
    found = evidence_of(ledger, ranked(snapshot, question, DEPTH, channel, within))
    return [one.passage for one in readings_of(question, words, found)]


def _channel(vector: Vector, weight: float) -> VectorChannel:
    return VectorChannel(lambda _: vector, weight, lambda _vector, _count: None)


def _vector_weight(
    ledger: Ledger,
    snapshot: Snapshot,
    questions: Sequence[SelfQuestion],
    vectors: Sequence[Vector],
) -> float:
    """The largest weight at which vectors find no less than the lexical channels, beyond noise."""
    alone = _ranks(ledger, snapshot, questions, vectors, 0.0)
    # Where reports are so alike that words do not tell them apart, harm is hard to see.
    weights = _VECTOR_WEIGHTS if alone.mean() >= _TELLING else _VECTOR_WEIGHTS[-1:]
    for weight in weights:
        gains = _ranks(ledger, snapshot, questions, vectors, weight) - alone
        if gains.mean() >= -_NOISE * gains.std() / np.sqrt(len(gains)):
            return weight
    return 0.0


def _ranks(
    ledger: Ledger,
    snapshot: Snapshot,
    questions: Sequence[SelfQuestion],
    vectors: Sequence[Vector],
    weight: float,
) -> Scores:
    """The reciprocal rank of each question's file."""
    paths = {file: path for path, (file, *_) in ledger.file_states().items()}
    found = []
    for one, vector in zip(questions, vectors, strict=True):
        channel = _channel(vector, weight)
        rows = ranked(snapshot, analyse(one.text, one.language), DEPTH, channel)
        files = [paths[row.file] for row in rows]
        found.append(1 / (1 + files.index(one.file)) if one.file in files else 0.0)
    return np.array(found)
