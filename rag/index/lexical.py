"""The lexical index: BM25 over the segments of one revision, exact after any edits.

Statistics (how many passages, how long, how many hold a term) are integers summed over the
living rows, so the scores are those of an index built afresh from the same passages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.index.segment import Segment
from rag.text.terms import Family

Scores = npt.NDArray[np.float32]
Postings = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's two parameters: `k1`, how soon repeats stop counting; `b`, the pull of length.

    Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond".
    """

    k1: float
    b: float


SATURATION = {
    Family.GRAM: Saturation(0.9, 0.75),
    Family.ROOT: Saturation(1.2, 0.75),
    Family.STEM: Saturation(1.2, 0.75),
    Family.NAME: Saturation(0.6, 0.5),
}


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a question: `alternatives` are keys that count as one (synonyms).

    An alternative of several keys (a phrase) counts as often as its rarest key in the passage.
    """

    family: Family
    alternatives: tuple[tuple[int, ...], ...]
    weight: float = 1.0


class LexicalIndex:
    """The searchable passages of one revision. Rows of all segments form one number space."""

    def __init__(self, segments: Sequence[Segment], dead: Sequence[Iterable[int]]) -> None:
        """`dead` names, for each segment, the rows that are no longer in the collection."""
        self._segments = tuple(segments)
        self._bases = np.cumsum([0, *(len(segment) for segment in segments)])
        self.rows = int(self._bases[-1])
        self.alive = np.ones(self.rows, dtype=np.bool_)
        for base, rows in zip(self._bases, dead, strict=False):
            self.alive[[int(base) + row for row in rows]] = False
        self._all_alive = [
            bool(self.alive[base : base + len(segment)].all())
            for base, segment in zip(self._bases, segments, strict=False)
        ]
        self.size = int(self.alive.sum())
        self.passages = _joined([segment.passages for segment in segments], np.int64)
        self.files = _joined([segment.files for segment in segments], np.int64)
        self.dimensions = segments[0].vectors.shape[1] if segments else 0
        self._penalties = {
            family: self._length_penalty(family, saturation)
            for family, saturation in SATURATION.items()
        }

    def _length_penalty(self, family: Family, saturation: Saturation) -> Scores:
        lengths = _joined([segment.lengths[:, family] for segment in self._segments], np.int64)
        mean = max(1.0, int(lengths[self.alive].sum()) / max(1, self.size))
        return (saturation.k1 * (1 - saturation.b + saturation.b * lengths / mean)).astype(
            np.float32
        )

    def idf(self, holders: int) -> float:
        """The weight of a term that `holders` passages hold: ln(1 + (N - n + ½) / (n + ½))."""
        return log(1 + (self.size - holders + 0.5) / (holders + 0.5))

    def holders(self, term: WeightedTerm) -> int:
        """How many passages hold a term."""
        return len(self._postings(term)[0])

    def term_idf(self, term: WeightedTerm) -> float:
        """The `idf` of a term of a question."""
        return self.idf(self.holders(term))

    def scores(self, terms: Sequence[WeightedTerm]) -> Scores:
        """BM25 of each row, not yet normalised; dead rows have 0."""
        scores = np.zeros(self.rows, dtype=np.float32)
        for term in terms:
            rows, counts = self._postings(term)
            saturation = SATURATION[term.family]
            gain = np.float32(term.weight * self.idf(len(rows)) * (saturation.k1 + 1))
            scores[rows] += gain * counts / (counts + self._penalties[term.family][rows])
        return scores

    def best_possible(self, terms: Sequence[WeightedTerm]) -> float:
        """The score that a passage with endless repeats of every term would get."""
        return sum(
            term.weight * self.term_idf(term) * (SATURATION[term.family].k1 + 1) for term in terms
        )

    def _postings(self, term: WeightedTerm) -> Postings:
        """The living rows that hold a term, each once, and how often."""
        if len(term.alternatives) == 1 and len(term.alternatives[0]) == 1:
            return self._single(term.alternatives[0][0])
        found = [self._phrase(alternative) for alternative in term.alternatives]
        rows = np.concatenate([rows for rows, _ in found])
        counts = np.concatenate([counts for _, counts in found])
        distinct, inverse = np.unique(rows, return_inverse=True)
        return distinct, np.bincount(inverse, counts, len(distinct)).astype(np.float32)

    def _phrase(self, keys: Sequence[int]) -> Postings:
        rows, counts = self._single(keys[0])
        for key in keys[1:]:
            other_rows, other_counts = self._single(key)
            rows, left, right = np.intersect1d(
                rows, other_rows, assume_unique=True, return_indices=True
            )
            counts = np.minimum(counts[left], other_counts[right])
        return rows, counts

    def _single(self, key: int) -> Postings:
        rows_found, counts_found = [], []
        for index, segment in enumerate(self._segments):
            place = int(np.searchsorted(segment.keys, np.uint64(key)))
            if place == len(segment.keys) or int(segment.keys[place]) != key:
                continue
            begin, end = segment.offsets[place], segment.offsets[place + 1]
            rows = segment.slots[begin:end].astype(np.int64) + self._bases[index]
            counts = segment.counts[begin:end].astype(np.float32)
            if not self._all_alive[index]:
                kept = self.alive[rows]
                rows, counts = rows[kept], counts[kept]
            rows_found.append(rows)
            counts_found.append(counts)
        return _joined(rows_found, np.int64), _joined(counts_found, np.float32)

    def rows_of(self, passages: Sequence[int]) -> npt.NDArray[np.int64]:
        """The living rows of the passages of these ids; an id that is not there is passed over."""
        if not self.rows:
            return np.empty(0, np.int64)
        order = np.argsort(self.passages, kind="stable")
        wanted = np.asarray(passages, dtype=np.int64)
        places = np.searchsorted(self.passages[order], wanted).clip(max=max(0, self.rows - 1))
        rows = order[places]
        found: npt.NDArray[np.int64] = rows[(self.passages[rows] == wanted) & self.alive[rows]]
        return found

    def vectors(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The embeddings of `rows`, in their order."""
        if not len(rows):
            return np.empty((0, self.dimensions), np.float32)
        owners = np.searchsorted(self._bases, rows, side="right") - 1
        return np.array(
            [
                self._segments[owner].vectors[row - self._bases[owner]]
                for owner, row in zip(owners, rows, strict=True)
            ],
            dtype=np.float32,
        )

    def similarities(self, vector: npt.NDArray[np.float32]) -> Scores:
        """The cosine of `vector` with every row: exact search. Dead rows have -1."""
        found = _joined([segment.vectors @ vector for segment in self._segments], np.float32)
        found[~self.alive] = -1
        return found


def _joined(arrays: Sequence[npt.NDArray[Any]], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0].astype(dtype, copy=False)
    return np.concatenate(arrays).astype(dtype) if arrays else np.empty(0, dtype)
