"""A segment: the postings of some passages, immutable once written.

Keys are sorted; the postings of a key are the slots (row numbers) of the passages that hold it,
with their counts. On disk a segment is a folder of plain arrays that are mapped into memory, so
opening one costs next to nothing and replicas of a process share its pages.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.text.terms import Keys, TermVector

Slots = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings by key, and the rows they point at."""

    keys: Keys
    """The distinct keys, sorted."""
    offsets: npt.NDArray[np.int64]
    """Where the postings of each key begin; one longer than `keys`."""
    slots: Slots
    counts: npt.NDArray[np.uint16]
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


@dataclass(frozen=True, slots=True)
class Row:
    """One passage on its way into a segment."""

    passage: int
    file: int
    terms: TermVector
    vector: npt.NDArray[np.float32]


def build(rows: Sequence[Row]) -> Segment:
    """The segment of `rows`, in their order."""
    every = np.concatenate([row.terms.keys for row in rows])
    counts = np.concatenate([row.terms.counts for row in rows])
    slots = np.repeat(np.arange(len(rows), dtype=np.uint32), [len(row.terms.keys) for row in rows])
    keys, offsets, order = _grouped(every)
    return Segment(
        keys,
        offsets,
        slots[order],
        np.minimum(counts[order], np.iinfo(np.uint16).max).astype(np.uint16),
        np.array([row.terms.lengths for row in rows], dtype=np.uint32),
        np.array([row.passage for row in rows], dtype=np.int64),
        np.array([row.file for row in rows], dtype=np.int64),
        np.array([row.vector for row in rows], dtype=np.float32),
    )


def _grouped(keys: Keys) -> tuple[Keys, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    order = np.argsort(keys, kind="stable")
    distinct, first = np.unique(keys[order], return_index=True)
    return distinct, np.append(first, len(keys)).astype(np.int64), order


def merge(parts: Iterable[tuple[Segment, npt.NDArray[np.bool_]]]) -> Segment:
    """One segment of the living rows of several; each comes with its mask of living rows."""
    keys, slots, counts, rows = [], [], [], []
    base = 0
    for segment, alive in parts:
        moved = np.full(len(segment), -1, dtype=np.int64)
        moved[alive] = np.arange(base, base + int(alive.sum()))
        base += int(alive.sum())
        kept = alive[segment.slots]
        keys.append(np.repeat(segment.keys, np.diff(segment.offsets))[kept])
        slots.append(moved[segment.slots[kept]].astype(np.uint32))
        counts.append(segment.counts[kept])
        rows.append(
            (
                segment.lengths[alive],
                segment.passages[alive],
                segment.files[alive],
                segment.vectors[alive],
            )
        )
    distinct, offsets, order = _grouped(np.concatenate(keys))
    lengths, passages, files, vectors = (
        np.concatenate(column) for column in zip(*rows, strict=True)
    )
    return Segment(
        distinct,
        offsets,
        np.concatenate(slots)[order],
        np.concatenate(counts)[order],
        lengths,
        passages,
        files,
        vectors,
    )


def save(segment: Segment, folder: Path) -> None:
    """Writes the segment to `folder`, complete and flushed before the folder has its name."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for field in fields(segment):
        with (unfinished / f"{field.name}.npy").open("wb") as file:
            np.save(file, getattr(segment, field.name))
            file.flush()
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
        arrays = [
            np.asarray(np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False))
            for field in fields(Segment)
        ]
    except EOFError as error:
        raise ValueError(f"a file in {folder} is empty") from error
    return Segment(*arrays)
