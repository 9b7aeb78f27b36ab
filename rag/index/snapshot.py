"""A snapshot: the searchable state of one revision, opened from the ledger."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.documents.evidence import Source
from rag.errors import IndexUnavailable
from rag.index.database import is_of_the_process, unwritable
from rag.index.ledger import FileEntry, Ledger
from rag.index.lexical import LexicalIndex
from rag.index.segment import Segment, load
from rag.text.language import LANGUAGES

_SEGMENTS: Final = "segments"
_LONGEST_KEPT: Final = 100_000
_MOST_KEPT: Final = 4_000_000
"""Characters of a file, and of all files, whose texts are kept in memory."""


class Catalogue:
    """The files of a revision, read from the ledger when they are first asked for."""

    def __init__(self) -> None:
        self._sources: dict[int, Source] = {}
        self._characters = 0
        self._files: tuple[FileEntry, ...] | None = None
        self._same: dict[str, tuple[str, ...]] | None = None

    def files(self, ledger: Ledger) -> tuple[FileEntry, ...]:
        """Every file, in order of its path."""
        if self._files is None:
            self._files = tuple(ledger.files())
        return self._files

    def source(self, ledger: Ledger, file: int) -> Source:
        """A file with its text; those that were asked for lately are kept, but for long ones."""
        found = self._sources.get(file)
        if found is None:
            found = ledger.source(file)
            self._keep(file, found)
        return found

    def _keep(self, file: int, source: Source) -> None:
        length = len(source.text)
        if length > _LONGEST_KEPT:
            return
        if self._characters + length > _MOST_KEPT:
            self._sources, self._characters = {}, 0
        self._sources[file] = source
        self._characters += length

    def same_content(self, ledger: Ledger) -> dict[str, tuple[str, ...]]:
        """For each file whose content others share: the paths of those others."""
        if self._same is None:
            self._same = ledger.same_content()
        return self._same


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One revision, immutable."""

    revision: int
    key: str
    """What tells the revision from those of the same number in other ledgers."""
    embedding: str
    lexical: LexicalIndex
    languages: npt.NDArray[np.int8]
    """The language of each row's file, as its place in `LANGUAGES`."""
    order: npt.NDArray[np.int64]
    """The place of each row's file in the order of paths."""
    catalogue: Catalogue
    segments: dict[str, Segment]
    """By their names: a segment that the next revision has too is not opened again."""

    def rows_in(self, language: str) -> npt.NDArray[np.bool_] | None:
        """Which rows are in `language`; None where there is none."""
        rows: npt.NDArray[np.bool_] = self.languages == LANGUAGES.index(language)
        return rows if rows.any() else None


def segment_folder(data: Path, name: str) -> Path:
    """Where a segment is stored."""
    return data / _SEGMENTS / name


def open_snapshot(data: Path, ledger: Ledger, current: Snapshot | None = None) -> Snapshot:
    """The snapshot of the ledger's revision; `current` where that is still the one.

    To be called within `ledger.reading()`. IndexUnavailable where a segment is lost or damaged:
    bringing the index up to date makes it again.
    """
    revision, key = ledger.revision, ledger.key
    if current and (current.revision, current.key) == (revision, key):
        return current
    entries, opened = ledger.segments(), current.segments if current else {}
    try:
        segments = {
            entry.name: opened.get(entry.name) or load_segment(data, entry.name, entry.rows)
            for entry in entries
        }
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_of_the_process(error):
            raise unwritable(data, error) from error
        raise IndexUnavailable(
            f"A part of the index is missing or damaged ({error}).",
            "`rag index` makes it again.",
        ) from error
    lexical = LexicalIndex(list(segments.values()), [entry.dead for entry in entries])
    return Snapshot(
        revision,
        key,
        ledger.embedding,
        lexical,
        _languages(ledger, lexical.file_ids)[lexical.file_places],
        _order(ledger, lexical.file_ids)[lexical.file_places],
        Catalogue(),
        segments,
    )


def _languages(ledger: Ledger, files: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """The language of each of the files, as its place in `LANGUAGES`."""
    found = np.zeros(len(files), dtype=np.int8)
    for number, ids in enumerate(ledger.ids_in(LANGUAGES[1:]), start=1):
        found[np.isin(files, ids)] = number
    return found


def _order(ledger: Ledger, files: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The place of each of the files in the order of paths; -1: it is gone."""
    ids = ledger.path_order()
    if not len(ids):
        return np.full(len(files), -1, dtype=np.int64)
    by_id = np.argsort(ids)
    places = by_id[np.searchsorted(ids, files, sorter=by_id).clip(max=len(ids) - 1)]
    return np.where(ids[places] == files, places, -1)


def load_segment(data: Path, name: str, rows: int) -> Segment:
    """A stored segment. OSError or ValueError where it is missing or damaged."""
    segment = load(segment_folder(data, name))
    if len(segment) != rows:
        raise ValueError(f"{name} has {len(segment)} rows, not {rows}")
    return segment
