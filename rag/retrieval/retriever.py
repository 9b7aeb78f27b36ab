"""The retriever: from an analysed question to ranked rows of a snapshot.

The score of a row is a weighted sum: the lexical channels of the row's own language, or the
crossing channels where the question is in another one; what the whole file holds of the question,
a little; and the likeness of vectors, with a weight that the embedding has earned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.index.embedding import Vector
from rag.index.lexical import LexicalIndex, Scores, best_rows
from rag.index.snapshot import Snapshot
from rag.retrieval.channels import crossing_scores, own_language_scores
from rag.retrieval.mingled import rows_holding
from rag.retrieval.question import Question
from rag.text.language import LANGUAGES

Rows = npt.NDArray[np.int64]
Candidates = Callable[[Vector, int], Rows | None]
"""The rows nearest to a vector, from a vector index; None where it has to be searched exactly."""

SIBLING_WEIGHT: Final = 0.1
LOCAL_VECTOR_WEIGHT: Final = 0.06
MODEL_VECTOR_WEIGHT: Final = 0.1
"""Of a model's vectors, where no self-test has been made."""
MINGLED_WEIGHT: Final = 0.3
MINGLED_STANDS_OUT: Final = 2.5
"""Times the best score in the language of the files."""
_VECTOR_CANDIDATES: Final = 50
_LEXICAL_CANDIDATES: Final = 200
_NONE: Final = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row and its score (0 to 1)."""

    row: int
    passage: int
    file: int
    score: float
    lexical: float
    """The score of the lexical channels alone (0 to 1): the measure of certainty."""


def rank(
    snapshot: Snapshot,
    question: Question,
    vector: Vector | None,
    k: int,
    *,
    vector_weight: float = 0.0,
    nearest: Candidates = lambda _vector, _k: None,
    proposes: bool = True,
    within: frozenset[int] | None = None,
) -> list[Ranked]:
    """The best `k` rows, best first; rows without any likeness are left out.

    Without `proposes`, vectors only order what the lexical channels find: nothing is searched for
    that is near to the vector alone. `within` limits the search to files of these ids. Rows of
    one score come in the order of their files' paths and their place in the file.
    """
    index = snapshot.lexical
    if index.size == 0:
        return []
    lexical = lexical_scores(snapshot, question)
    lexical += SIBLING_WEIGHT * index.means_of_files(lexical)
    lexical /= np.float32(1 + SIBLING_WEIGHT)
    allowed = index.alive
    if within is not None:
        allowed = allowed & np.isin(index.files, np.array(sorted(within), dtype=np.int64))
    lexical *= allowed
    # A model that changes its vectors under the same name must not stop a search.
    fits = vector is not None and len(vector) == index.dimensions
    if vector is not None and fits and vector_weight > 0 and vector.any():
        near = nearest(vector, _VECTOR_CANDIDATES)
        if not proposes:
            near = _NONE if near is None else near[lexical[near] > 0]
        elif near is None:
            near = best_rows(index.similarities(vector), _VECTOR_CANDIDATES)
        rows = np.union1d(near, best_rows(lexical, _LEXICAL_CANDIDATES))
        rows = rows[allowed[rows]]
        scores = _with_vectors(index, lexical[rows], vector, vector_weight, rows)
    else:
        rows = best_rows(lexical, k)
        scores = lexical[rows]
    return _best(snapshot, rows, scores, lexical, k)


def lexical_scores(snapshot: Snapshot, question: Question) -> Scores:
    """The lexical score of every row (0 to 1).

    A row that holds text of another language than its file's is also read in that. It counts whole
    where nothing comes near it that is read in its file's language, else little: its words in that
    language are then read as if they were translated, and count twice.
    """
    index = snapshot.lexical
    scores, mingled = np.zeros(index.rows, np.float32), np.zeros(index.rows, np.float32)
    for language in LANGUAGES:
        of_files, holding = snapshot.rows_in(language), rows_holding(index, language)
        if of_files is None and not holding.any():
            continue
        if language == question.language:
            found = own_language_scores(index, question)
        else:
            found = crossing_scores(index, question, language)
        if of_files is not None:
            np.copyto(scores, found, where=of_files)
        np.maximum(mingled, found, out=mingled, where=holding)
    stands_out = mingled.max() > MINGLED_STANDS_OUT * scores.max()
    np.maximum(scores, mingled * np.float32(1 if stands_out else MINGLED_WEIGHT), out=scores)
    return scores


def _with_vectors(
    index: LexicalIndex, lexical: Scores, vector: Vector, weight: float, rows: Rows
) -> Scores:
    """The sum with the vector channel, for these rows and their lexical scores.

    Whichever index proposes the rows, their likeness is computed here from the exact vectors.
    """
    # Rounded, because the order in which a product is summed up depends on where a row stands.
    likeness = np.maximum(np.round(index.vectors(rows).astype(np.float64) @ vector, 6), 0)
    scores: Scores = ((1 - weight) * lexical + weight * likeness).astype(np.float32)
    return scores


def _best(snapshot: Snapshot, rows: Rows, scores: Scores, lexical: Scores, k: int) -> list[Ranked]:
    """The best `k` of the rows with these scores."""
    index, best = snapshot.lexical, best_rows(scores, k)
    rows, scores = rows[best], scores[best]
    order = np.lexsort((index.passages[rows], snapshot.order[rows], -scores))[:k]
    return [
        Ranked(
            int(row),
            int(index.passages[row]),
            int(index.files[row]),
            float(score),
            float(lexical[row]),
        )
        for row, score in zip(rows[order], scores[order], strict=True)
    ]
