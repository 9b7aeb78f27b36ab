"""Postings: which rows hold a key, over all the segments of a revision."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rag.index.segment import Segment

Stretches = tuple[slice, ...]
"""Where the postings of a key lie, segment by segment."""
Alternatives = tuple[tuple[int, ...], ...]
"""Keys that count as one; an alternative of several keys is a phrase."""
Held = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]
"""Rows, and how often each holds something."""

_REMEMBERED: Final = 512
"""Common terms whose postings are kept by row: 32 MB at most."""
_GROUPS: Final = 48
"""Groups of synonyms whose rows are kept, 12 bytes each: 58 MB at 100,000 passages at most, and a
tenth of that in practice."""
_NOWHERE: Final[Held] = (np.empty(0, np.int64), np.empty(0, np.float32))


class Postings:
    """The postings of a revision's segments, whose rows form one number space."""

    def __init__(self, segments: Sequence[Segment], alive: npt.NDArray[np.bool_]) -> None:
        """`alive` says of each row whether it is in the collection."""
        self._segments = tuple(segments)
        self._alive = alive
        self.bases = np.cumsum([0, *(len(segment) for segment in segments)])
        """Where the rows of each segment begin, and where the last ends."""
        self.all_alive = [bool(alive[self.rows_of(number)].all()) for number in range(len(self))]
        # What nearly every question has in common: the commonest letters of its language …
        self.counts_of = lru_cache(_REMEMBERED)(partial(_counts_by_slot, self._segments))
        """How often each row of a segment holds the term with the postings from, to."""
        # … and the words of its topic, with all that says the same.
        self.group = lru_cache(_GROUPS)(partial(_group, self._segments, self.bases, alive))
        """The living rows that hold one of some alternatives, each once, and how often."""

    def __len__(self) -> int:
        return len(self._segments)

    def rows_of(self, number: int) -> slice:
        """The rows of a segment."""
        return slice(*self.bases[number : number + 2])

    def looked_up(self, keys: Sequence[int]) -> dict[int, Stretches]:
        """The postings of sorted keys."""
        return _looked_up(self._segments, keys)

    def slots_and_counts(
        self, number: int, stretches: Sequence[slice]
    ) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
        """The postings of several keys in one segment, one after the other."""
        segment = self._segments[number]
        slots = np.concatenate([segment.slots[one] for one in stretches])
        return slots, np.concatenate([segment.counts[one] for one in stretches])

    def living(self, stretches: Stretches) -> int:
        """How many living rows the postings of a key name."""
        held = 0
        for number, stretch in enumerate(stretches):
            if self.all_alive[number]:
                held += stretch.stop - stretch.start
            else:
                alive = self._alive[self.rows_of(number)]
                held += int(alive[self._segments[number].slots[stretch]].sum())
        return held

    def held(self, stretches: Stretches) -> Held:
        """The living rows that the postings of a key name, and how often each holds it."""
        rows_found, counts_found = [], []
        for number, stretch in enumerate(stretches):
            if stretch.start == stretch.stop:
                continue
            segment = self._segments[number]
            rows = segment.slots[stretch] + self.bases[number]
            counts = segment.counts[stretch].astype(np.float32)
            if not self.all_alive[number]:
                kept = self._alive[rows]
                rows, counts = rows[kept], counts[kept]
            rows_found.append(rows)
            counts_found.append(counts)
        return joined(rows_found, np.int64), joined(counts_found, np.float32)


def _looked_up(segments: Sequence[Segment], keys: Sequence[int]) -> dict[int, Stretches]:
    wanted, stretches = np.array(keys, dtype=np.uint64), []
    for segment in segments:
        at = np.searchsorted(segment.keys, wanted)
        known = at < len(segment.keys)
        known[known] = segment.keys[at[known]] == wanted[known]
        at = at.clip(max=max(0, len(segment.offsets) - 2))
        begins, ends = segment.offsets[at].tolist(), segment.offsets[at + known].tolist()
        stretches.append(map(slice, begins, ends))
    if not stretches:
        return dict.fromkeys(keys, ())
    return dict(zip(keys, zip(*stretches, strict=True), strict=True))


def _group(
    segments: Sequence[Segment],
    bases: npt.NDArray[np.int64],
    alive: npt.NDArray[np.bool_],
    alternatives: Alternatives,
) -> Held:
    postings = _looked_up(segments, sorted({key for phrase in alternatives for key in phrase}))
    counted, found = np.zeros(len(alive), dtype=np.float32), False
    for number, segment in enumerate(segments):
        own = counted[slice(*bases[number : number + 2])]
        for phrase in alternatives:
            stretches = [postings[key][number] for key in phrase]
            if all(one.start < one.stop for one in stretches):
                slots, counts = _phrase(segment, stretches)
                own[slots] += counts
                found = True
    if not found:
        return _NOWHERE
    held = np.flatnonzero((counted > 0) & alive)
    return held, counted[held]


def _phrase(
    segment: Segment, stretches: Sequence[slice]
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """The slots where all keys with these postings occur, as often as the rarest of them does."""
    rarest, *others = sorted(stretches, key=lambda one: one.stop - one.start)
    slots, counts = segment.slots[rarest], segment.counts[rarest]
    for other in others:
        if not len(slots):
            break
        held = segment.slots[other]
        at = np.searchsorted(held, slots).clip(max=len(held) - 1)
        both = held[at] == slots
        slots, counts = slots[both], np.minimum(counts, segment.counts[other][at])[both]
    return slots, counts


def _counts_by_slot(
    segments: Sequence[Segment], number: int, begin: int, end: int
) -> npt.NDArray[np.uint8]:
    segment = segments[number]
    counts = np.zeros(len(segment), dtype=np.uint8)
    counts[segment.slots[begin:end]] = segment.counts[begin:end]
    return counts


def joined(arrays: Sequence[npt.NDArray[Any]], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """The arrays one after the other, as one of a type."""
    if len(arrays) == 1:
        return arrays[0].astype(dtype, copy=False)
    return np.concatenate(arrays).astype(dtype) if arrays else np.empty(0, dtype)
