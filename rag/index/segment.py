"""A segment: the postings of some passages, immutable once written.

Keys are sorted; the postings of a key are the slots (row numbers) of the passages that hold it, in
order, with their counts. On disk a segment is a folder of plain arrays that are mapped into memory,
so opening one costs next to nothing and replicas of a process share its pages.
"""

import mmap
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from rag.text.terms import Keys, TermVector

LARGEST: Final = 2**16
"""Rows of a segment: as many as a slot of two bytes can name."""
_MOST_COUNTED: Final = np.iinfo(np.uint8).max
_ONE_AT_A_TIME: Final = Lock()
"""NumPy reads a header as a Python literal, and two threads that do so at once can make Python 3.11
fail ("AST constructor recursion depth mismatch", python/cpython#106905)."""
_UPPER_BITS: Final = ~np.uint64(LARGEST - 1)
_RANGE: Final = 50_000
"""Postings of the largest segment that are merged at a time with those of the others."""
_RELEASED_EVERY: Final = 16
"""Stretches of that length."""
_ROWS: Final = 4096
"""Rows that are copied at a time."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings by key, and the rows they point at."""

    keys: Keys
    """The distinct keys, sorted."""
    offsets: npt.NDArray[np.int64]
    """Where the postings of each key begin; one longer than `keys`."""
    slots: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.uint8]
    """How often the key occurs there; from 255 on it makes no difference."""
    lengths: npt.NDArray[np.uint32]
    """Terms per row and family."""
    passages: npt.NDArray[np.int64]
    """The ledger's passage id of each row."""
    files: npt.NDArray[np.int64]
    """The ledger's file id of each row."""
    vectors: npt.NDArray[np.float32]
    """The embedding of each row, of length one."""

    def __len__(self) -> int:
        return len(self.passages)


Living: TypeAlias = tuple[Segment, npt.NDArray[np.bool_]]
"""A segment with the mask of its living rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage on its way into a segment."""

    passage: int
    file: int
    terms: TermVector
    vector: npt.NDArray[np.float32]


def build(rows: Sequence[Row]) -> Segment:
    """The segment of `rows`, at most `LARGEST`, in their order."""
    every = np.concatenate([row.terms.keys for row in rows])
    counts = np.concatenate([row.terms.counts for row in rows])
    slots = np.repeat(np.arange(len(rows), dtype=np.uint16), [len(row.terms.keys) for row in rows])
    keys, offsets, order = _grouped(every, slots)
    return Segment(
        keys,
        offsets,
        slots[order],
        np.minimum(counts[order], _MOST_COUNTED).astype(np.uint8),
        np.array([row.terms.lengths for row in rows], dtype=np.uint32),
        np.array([row.passage for row in rows], dtype=np.int64),
        np.array([row.file for row in rows], dtype=np.int64),
        np.array([row.vector for row in rows], dtype=np.float32),
    )


def _grouped(
    keys: Keys, slots: npt.NDArray[np.uint16]
) -> tuple[Keys, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The distinct keys, where the postings of each begin, and the order of all by key and slot.

    `slots` ascend for each key.
    """
    # The upper bits of a key and the slot in one number sort several times as fast as stably.
    order = np.argsort((keys & _UPPER_BITS) | slots)
    ordered = keys[order]
    if np.any(ordered[1:] < ordered[:-1]):  # Keys that differ in their lower bits alone.
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))[: len(keys)]
    return ordered[first], np.append(first, len(keys)).astype(np.int64), order


def merge(given: Iterable[Living], folder: Path) -> None:
    """Writes one segment of the living rows of several, at most `LARGEST`, to `folder`.

    Each comes with its mask of living rows. No more than a stretch of them is in memory at a time.
    """
    parts, moved, base = list(given), [], 0
    for _, alive in parts:
        moved.append((np.cumsum(alive) - 1 + base).astype(np.uint16))
        base += int(alive.sum())
    with _written(folder) as unfinished:
        _merge_postings(parts, moved, unfinished)
        for name in ("lengths", "passages", "files", "vectors"):
            columns = [(getattr(segment, name), alive) for segment, alive in parts]
            first = columns[0][0]
            with _Column(unfinished, name, (base, *first.shape[1:]), first.dtype) as column:
                for array, alive in columns:
                    for begin in range(0, len(array), _ROWS):
                        column.append(array[begin : begin + _ROWS][alive[begin : begin + _ROWS]])
            for segment, _ in parts:
                release(segment)


def _merge_postings(
    parts: Sequence[Living], moved: Sequence[npt.NDArray[np.uint16]], folder: Path
) -> None:
    bounds = _ranges([segment for segment, _ in parts])
    postings = sum(int(alive[segment.slots].sum()) for segment, alive in parts)
    every, lengths = [], []
    with (
        _Column(folder, "slots", (postings,), np.dtype(np.uint16)) as slots,
        _Column(folder, "counts", (postings,), np.dtype(np.uint8)) as counts,
    ):
        for number, pair in enumerate(pairwise(bounds)):
            keys, often, own, counted = _merged_range(parts, moved, *pair)
            every.append(keys)
            lengths.append(often)
            slots.append(own)
            counts.append(counted)
            for segment, _ in parts if number % _RELEASED_EVERY == 0 else ():
                release(segment)
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    np.save(folder / "keys.npy", np.concatenate(every))
    np.save(folder / "offsets.npy", offsets)


class _Column:
    """An array on its way into a file, a piece at a time."""

    def __init__(
        self, folder: Path, name: str, shape: tuple[int, ...], type_: "np.dtype[Any]"
    ) -> None:
        self._file = (folder / f"{name}.npy").open("wb")
        self._type = type_
        described = np.lib.format.dtype_to_descr(type_)
        head = {"descr": described, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, head)

    def append(self, piece: "npt.NDArray[Any]") -> None:
        """Adds the next elements."""
        self._file.write(np.ascontiguousarray(piece, dtype=self._type).data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _ranges(segments: Sequence[Segment]) -> list[int | None]:
    """Bounds that part the keys into stretches, so that a merge holds one at a time in memory."""
    most = max(segments, key=lambda one: len(one.slots))
    places = np.searchsorted(most.offsets[:-1], np.arange(_RANGE, len(most.slots), _RANGE))
    bounds = most.keys[places[places < len(most.keys)]]
    return [None, *np.unique(bounds).tolist(), None]


def _merged_range(
    parts: Sequence[Living],
    moved: Sequence[npt.NDArray[np.uint16]],
    least: int | None,
    end: int | None,
) -> tuple[Keys, npt.NDArray[np.int64], npt.NDArray[np.uint16], npt.NDArray[np.uint8]]:
    """The postings of the keys from `least` to before `end`: keys, how many each, the postings."""
    keys, slots, counts = [], [], []
    for (segment, alive), places in zip(parts, moved, strict=True):
        first = 0 if least is None else int(np.searchsorted(segment.keys, np.uint64(least)))
        last = None if end is None else int(np.searchsorted(segment.keys, np.uint64(end)))
        own = segment.keys[first:last]
        offsets = segment.offsets[first : first + len(own) + 1]
        postings = slice(int(offsets[0]), int(offsets[-1]))
        kept = alive[segment.slots[postings]]
        keys.append(np.repeat(own, np.diff(offsets))[kept])
        slots.append(places[segment.slots[postings][kept]])
        counts.append(segment.counts[postings][kept])
    every = np.concatenate(slots)
    distinct, offsets, order = _grouped(np.concatenate(keys), every)
    return distinct, np.diff(offsets), every[order], np.concatenate(counts)[order]


def save(segment: Segment, folder: Path) -> None:
    """Writes the segment to `folder`, complete and flushed before the folder has its name."""
    with _written(folder) as unfinished:
        for field in fields(segment):
            np.save(unfinished / f"{field.name}.npy", getattr(segment, field.name))


@contextmanager
def _written(folder: Path) -> Iterator[Path]:
    """A folder to write into; what is written there is flushed, and then gets its name."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    yield unfinished
    for path in unfinished.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Makes a rename in `folder` survive a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def load(folder: Path) -> Segment:
    """The segment in `folder`, mapped into memory. OSError or ValueError where it is damaged."""
    try:
        with _ONE_AT_A_TIME:
            arrays = [
                np.asarray(np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False))
                for field in fields(Segment)
            ]
    except EOFError as error:
        raise ValueError(f"a file in {folder} is empty") from error
    return Segment(*arrays)


def release(segment: Segment) -> None:
    """Gives back the memory that holds what was looked at of a segment's files.

    Nothing is lost: what is wanted again is read again, most often from the system's own memory.
    """
    for field in fields(segment):
        _release(getattr(segment, field.name))


def release_vectors(segment: Segment) -> None:
    """As `release`, of the vectors alone."""
    _release(segment.vectors)


def _release(array: "npt.NDArray[Any]") -> None:
    mapped = getattr(array.base, "base", None)
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)
