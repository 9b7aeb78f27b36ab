"""Merging segments where they have become many, or mostly dead; what they hold stays."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np

from rag.index.entries import SegmentEntry
from rag.index.ledger import Ledger
from rag.index.segment import LARGEST, Segment, merge, save
from rag.index.snapshot import load_segment, segment_folder

_MOST_SEGMENTS: Final = 8
_NEAR_IN_SIZE: Final = 4
"""A segment is merged with smaller ones that have a quarter of its rows together, or more."""


def store(data: Path, ledger: Ledger, segment: Segment) -> None:
    """Writes a segment and makes it the youngest; within `writing`."""
    name = uuid4().hex
    save(segment, segment_folder(data, name))
    ledger.add_segment(name, len(segment))


def tidy(data: Path, ledger: Ledger) -> None:
    """Merges what should be merged; within `writing`.

    Segments near in size are merged, so that a passage is copied a logarithmic number of times.
    """
    entries = sorted(ledger.segments(), key=_living)
    groups = [[entry] for entry in entries]
    if len(entries) > _MOST_SEGMENTS:
        groups = list(_near_in_size(entries))
    for group in groups:
        if len(group) > 1 or _is_stale(group[0]):
            _merge(data, ledger, group)


def sweep(data: Path, ledger: Ledger) -> None:
    """Deletes the folders of segments that no revision names."""
    folder = segment_folder(data, "")
    named = {entry.name for entry in ledger.segments()}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in named:
            shutil.rmtree(path, ignore_errors=True)


def _merge(data: Path, ledger: Ledger, entries: Sequence[SegmentEntry]) -> None:
    parts = []
    for entry in entries:
        segment = load_segment(data, entry.name, entry.rows)
        alive = np.ones(len(segment), dtype=np.bool_)
        alive[list(entry.dead)] = False
        parts.append((segment, alive))
    ledger.remove_segments([entry.name for entry in entries])
    if rows := sum(int(alive.sum()) for _, alive in parts):
        name = uuid4().hex
        merge(parts, segment_folder(data, name))
        ledger.add_segment(name, rows)


def _living(entry: SegmentEntry) -> int:
    return entry.rows - len(entry.dead)


def _is_stale(entry: SegmentEntry) -> bool:
    return len(entry.dead) * 2 > entry.rows


def _near_in_size(entries: Iterable[SegmentEntry]) -> Iterator[list[SegmentEntry]]:
    """The entries, smallest first, in groups that one segment can hold."""
    group: list[SegmentEntry] = []
    held = 0
    for entry in entries:
        rows = _living(entry)
        if group and (held * _NEAR_IN_SIZE < rows or held + rows > LARGEST):
            yield group
            group, held = [], 0
        group.append(entry)
        held += rows
    if group:
        yield group
