"""The lexical index: BM25 over the segments of one revision, exact after any edits.

Statistics (how many passages, how long, how many hold a term) are integers summed over the
living rows, so the scores are those of an index built afresh from the same passages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, pairwise
from math import log
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rag.index.postings import Alternatives, Held, Postings, Stretches, joined
from rag.index.segment import Segment, release_vectors
from rag.text.terms import Family

Scores = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]


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


_COMMON: Final = 1 / 8
"""The share of passages that hold a common term, at least."""
_FIRST_ROWS: Final = 2000
_MOST_LOOKED_AT: Final = 2048
"""Vectors looked at one by one before their memory is given back: Linux maps 64 kB around each."""
_LONGEST: Final = 3
"""Mean lengths that a passage counts as, at most."""


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a question: `alternatives` are keys that count as one (synonyms).

    An alternative of several keys (a phrase) counts as often as its rarest key in the passage.
    """

    family: Family
    alternatives: Alternatives
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Found:
    """The terms of a question, looked up."""

    terms: Sequence[WeightedTerm]
    holders: Counts
    """How many passages hold each term."""
    postings: dict[int, Stretches]
    groups: dict[int, Held]
    """The rows of those terms, by their places, that are more than one key."""


class LexicalIndex:
    """The searchable passages of one revision. Rows of all segments form one number space."""

    def __init__(self, segments: Sequence[Segment], dead: Sequence[Iterable[int]]) -> None:
        """`dead` names, for each segment, the rows that are no longer in the collection."""
        self._segments = tuple(segments)
        self.rows = sum(map(len, segments))
        self.alive = np.ones(self.rows, dtype=np.bool_)
        for base, rows in zip(accumulate(map(len, segments), initial=0), dead, strict=False):
            self.alive[[base + row for row in rows]] = False
        self._postings = Postings(segments, self.alive)
        self.size = int(self.alive.sum())
        self.passages = joined([segment.passages for segment in segments], np.int64)
        self.files = joined([segment.files for segment in segments], np.int64)
        self.file_ids, self.file_places = np.unique(self.files, return_inverse=True)
        self._passages_of_file = np.maximum(np.bincount(self.file_places, self.alive), 1)
        widths = {segment.vectors.shape[1] for segment in segments}
        self.dimensions = widths.pop() if len(widths) == 1 else 0
        """Of the vectors; 0 where a model has changed their width, so that none can be compared."""
        self._looked_at = 0
        self._penalties = {
            family: self._length_penalty(family, saturation)
            for family, saturation in SATURATION.items()
        }

    def _length_penalty(self, family: Family, saturation: Saturation) -> Scores:
        lengths = joined([segment.lengths[:, family] for segment in self._segments], np.int64)
        mean = max(1.0, int(lengths[self.alive].sum()) / max(1, self.size))
        # Among thousands of short notes a passage of usual length would else count as endless.
        lengths = np.minimum(lengths, _LONGEST * mean)
        penalty: Scores = (
            saturation.k1 * (1 - saturation.b + saturation.b * lengths / mean)
        ).astype(np.float32)
        return penalty

    def idf(self, holders: int) -> float:
        """The weight of a term that `holders` passages hold: ln(1 + (N - n + ½) / (n + ½))."""
        return log(1 + (self.size - holders + 0.5) / (holders + 0.5))

    def holders(self, term: WeightedTerm) -> int:
        """How many passages hold a term."""
        return self.holders_of_terms([term])[0]

    def holders_of_terms(self, terms: Sequence[WeightedTerm]) -> list[int]:
        """How many passages hold each term."""
        held: list[int] = self._found(terms).holders.tolist()
        return held

    def holders_of(self, keys: Sequence[int]) -> list[int]:
        """How many passages hold each key."""
        postings = self._postings.looked_up(sorted(set(keys)))
        return [self._postings.living(postings[key]) for key in keys]

    def held_of(self, keys: Sequence[int], scores: Scores) -> list[float]:
        """For each key, the sum of the scores of the rows that hold it."""
        postings = self._postings.looked_up(sorted(set(keys)))
        return [float(scores[self._postings.held(postings[key])[0]].sum()) for key in keys]

    def scores(self, terms: Sequence[WeightedTerm]) -> Scores:
        """BM25 of each row, not yet normalised; dead rows have 0."""
        found = self._found(terms)
        return self._sum(found, self._gains(found))

    def shares(self, channels: Sequence[tuple[float, Sequence[WeightedTerm]]]) -> Scores:
        """How much of a question each row holds (0 to 1): the weighted mean over its channels.

        Each channel's score is divided by that of endless repeats of all its terms. A channel
        without terms holds nothing, but counts.
        """
        found = self._found([term for _, terms in channels for term in terms])
        gains, begin = self._gains(found), 0
        whole = sum(weight for weight, _ in channels)
        for weight, terms in channels:
            own = slice(begin, begin + len(terms))
            gains[own] *= weight / whole / (gains[own].sum() or 1.0)
            begin += len(terms)
        return self._sum(found, gains)

    def means_of_files(self, scores: Scores) -> Scores:
        """For each row, the mean score of its file's living rows."""
        sums = np.bincount(self.file_places, scores * self.alive)
        means: Scores = (sums / self._passages_of_file).astype(np.float32)[self.file_places]
        return means

    def _gains(self, found: _Found) -> npt.NDArray[np.float64]:
        """What each term adds to a row that repeats it endlessly."""
        return np.array(
            [
                term.weight * self.idf(holders) * (SATURATION[term.family].k1 + 1)
                for term, holders in zip(found.terms, found.holders.tolist(), strict=True)
            ]
        )

    def _sum(self, found: _Found, gains: npt.NDArray[np.float64]) -> Scores:
        """The sum over the terms, for each row.

        A row's terms are added in the order of families and terms, whatever segment it is in, so
        that the last digit does not depend on how the collection came about. Terms that are common
        tell little and take most of the time: in a large collection they are counted only for the
        rows that the others put first.
        """
        common = found.holders > _COMMON * self.size
        common &= self.size > _FIRST_ROWS
        total = np.zeros(self.rows)
        for family in Family:
            self._add(total, found, gains, self._singles(found, family, ~common))
        for place, (rows, counts) in found.groups.items():
            penalties = self._penalties[found.terms[place].family][rows]
            total[rows] += np.float32(gains[place]) * counts / (counts + penalties)
        if common.any():
            first = best_rows(total, _FIRST_ROWS)
            if len(first) < _FIRST_ROWS:
                first = np.flatnonzero(self.alive)
            for family in Family:
                places = self._singles(found, family, common)
                self._add_to_first(total, first, found, gains, places)
        return total.astype(np.float32)

    def _singles(self, found: _Found, family: Family, chosen: npt.NDArray[np.bool_]) -> list[int]:
        """The places of those chosen terms of a family that are one key."""
        return [
            place
            for place in np.flatnonzero(chosen).tolist()
            if place not in found.groups and found.terms[place].family is family
        ]

    def _add(
        self,
        total: npt.NDArray[np.float64],
        found: _Found,
        gains: npt.NDArray[np.float64],
        places: Sequence[int],
    ) -> None:
        """Adds to every row what the terms at `places`, of one family, give it."""
        for number in range(len(self._postings)):
            stretches = [found.postings[_key(found.terms[one])][number] for one in places]
            lengths = [one.stop - one.start for one in stretches]
            if not sum(lengths):
                continue
            rows = self._postings.rows_of(number)
            slots, counts = self._postings.slots_and_counts(number, stretches)
            own = np.repeat(gains[places].astype(np.float32), lengths)
            penalties = np.take(self._penalties[found.terms[places[0]].family][rows], slots)
            added = np.bincount(slots, own * counts / (counts + penalties), rows.stop - rows.start)
            if not self._postings.all_alive[number]:
                added[~self.alive[rows]] = 0
            total[rows] += added

    def _add_to_first(
        self,
        total: npt.NDArray[np.float64],
        first: npt.NDArray[np.int64],
        found: _Found,
        gains: npt.NDArray[np.float64],
        places: Sequence[int],
    ) -> None:
        """As `_add`, for the living rows `first` alone, which are in order."""
        if not places:
            return
        bounds = np.searchsorted(first, self._postings.bases).tolist()
        slots = [
            (number, first[begin:end] - base)
            for number, (begin, end), base in zip(
                count(), pairwise(bounds), self._postings.bases.tolist(), strict=False
            )
            if begin < end
        ]
        own, sums = self._penalties[found.terms[places[0]].family][first], total[first]
        for place in places:
            stretches, counts_of = (
                found.postings[_key(found.terms[place])],
                self._postings.counts_of,
            )
            counts = joined(
                [
                    counts_of(number, stretches[number].start, stretches[number].stop)[held]
                    for number, held in slots
                ],
                np.float32,
            )
            sums += np.float32(gains[place]) * counts / (counts + own)
        total[first] = sums

    def _found(self, terms: Sequence[WeightedTerm]) -> _Found:
        is_single = [_is_single(term) for term in terms]
        keys = {_key(term) for term, single in zip(terms, is_single, strict=True) if single}
        postings = self._postings.looked_up(sorted(keys))
        holders, groups = np.zeros(len(terms), dtype=np.int64), {}
        for place, term in enumerate(terms):
            if is_single[place]:
                holders[place] = self._postings.living(postings[_key(term)])
            else:
                groups[place] = self._postings.group(term.alternatives)
                holders[place] = len(groups[place][0])
        return _Found(terms, holders, postings, groups)

    def rows_of(self, passages: Sequence[int]) -> npt.NDArray[np.int64]:
        """The living rows of the passages of these ids; an id that is not there is passed over."""
        if not self.rows:
            return np.empty(0, np.int64)
        order = self._by_passage
        wanted = np.asarray(passages, dtype=np.int64)
        places = np.searchsorted(self.passages[order], wanted).clip(max=max(0, self.rows - 1))
        rows = order[places]
        found: npt.NDArray[np.int64] = rows[(self.passages[rows] == wanted) & self.alive[rows]]
        return found

    @cached_property
    def _by_passage(self) -> npt.NDArray[np.int64]:
        return np.argsort(self.passages, kind="stable")

    def vectors(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The embeddings of `rows`, in their order."""
        if not len(rows):
            return np.empty((0, self.dimensions), np.float32)
        owners = np.searchsorted(self._postings.bases, rows, side="right") - 1
        found = np.empty((len(rows), self.dimensions), np.float32)
        for owner in np.unique(owners).tolist():
            own = owners == owner
            found[own] = self._segments[owner].vectors[rows[own] - self._postings.bases[owner]]
        # Here and there, one after the other, they would all come to be in memory.
        self._looked_at += len(rows)
        if self._looked_at > _MOST_LOOKED_AT:
            self._looked_at = 0
            for segment in self._segments:
                release_vectors(segment)
        return found

    def similarities(self, vector: npt.NDArray[np.float32]) -> Scores:
        """The cosine of `vector` with every row: exact search. Dead rows have -1."""
        found = joined([segment.vectors @ vector for segment in self._segments], np.float32)
        found[~self.alive] = -1
        return found


def _is_single(term: WeightedTerm) -> bool:
    """Whether a term is only one key."""
    return len(term.alternatives) == 1 and len(term.alternatives[0]) == 1


def _key(term: WeightedTerm) -> int:
    """The key of a term that is only one."""
    return term.alternatives[0][0]


def best_rows(scores: npt.NDArray[np.floating[Any]], count: int) -> npt.NDArray[np.int64]:
    """The rows of the `count` best scores above 0, and all that are as good as the last of them."""
    if len(scores) > count > 0:
        least = np.partition(scores, len(scores) - count)[-count]
        if least > 0:
            return np.flatnonzero(scores >= least)
    return np.flatnonzero(scores > 0)
