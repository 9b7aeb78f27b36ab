"""What the ledger says of files, segments and passages: frozen values."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.text.sentences import Span


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the ledger knows of a file without its text."""

    id: int
    path: str
    size: int
    modified: int
    sha256: str
    title: str
    date: str | None
    language: str
    attribution: str
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """A file that was skipped, and as which it was seen."""

    path: str
    size: int | None
    modified: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of the current revision and its rows that are gone."""

    name: str
    rows: int
    dead: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it goes into a derived index."""

    id: int
    path: str
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """An id that depends on nothing but the passage: its file, its span and its text."""
        whole = f"{self.path}\n{self.start}\n{self.end}\n{self.text}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def spans_of(blob: bytes) -> list[Span]:
    """The sentences of a passage, from the form in which they are stored."""
    return [
        Span(int(start), int(end)) for start, end in np.frombuffer(blob, np.uint32).reshape(-1, 2)
    ]


def stored(spans: Sequence[Span]) -> bytes:
    """The sentences of a passage in the form in which they are stored."""
    return np.array([(span.start, span.end) for span in spans], dtype=np.uint32).tobytes()
