"""Instant search without a model: titles and passages, while somebody is still typing."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rag.knowledge_base import SearchResult, Sources, SourceSummary
from rag.text.folding import fold

LONGEST_QUERY: Final = 256
"""Characters that Telegram hands on of what is typed."""
FEWEST_LETTERS: Final = 2
"""Of a query; what is shorter finds nothing."""
_FRESH: Final = 60.0
"""Seconds for which a list of the files is good enough."""
_MOST_TITLES: Final = 20
_MOST_PASSAGES: Final = 30


class Library(Protocol):
    """What a finder searches in."""

    def search(
        self, question: str, k: int = 10, *, with_model: bool = True
    ) -> Sequence[SearchResult]:
        """The best passages for a question; without `with_model` at no cost. Blocks."""

    def sources(self) -> Sources:
        """The files in the index. Blocks."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file whose title matches, or a passage of one."""

    file: str
    title: str
    date: str | None
    language: str
    start: int = 0
    text: str = ""
    """The passage; empty where the title is what was found."""


class Finder:
    """Searches titles by the letters typed so far, and passages by their words."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._files: dict[str, tuple[SourceSummary, str]] = {}
        self._read_at = -_FRESH

    def find(self, query: str) -> list[Found]:
        """Titles first, then passages, the best ones first. Blocks. IsnadError without an index."""
        wanted = " ".join(query[:LONGEST_QUERY].split())
        if len(fold(wanted)) < FEWEST_LETTERS:
            return []
        files = self._listed()
        titles = [_title(one) for one in _matching(files, wanted)]
        passages = [
            Found(one.file, file.title, file.date, file.language, one.start, one.text)
            for one in self._library.search(wanted, _MOST_PASSAGES, with_model=False)
            for file, _ in [files.get(one.file, (None, ""))]
            if file is not None
        ]
        return [*titles, *passages]

    def _listed(self) -> dict[str, tuple[SourceSummary, str]]:
        """The files by path, each with its folded title and name."""
        with self._lock:
            if time.monotonic() >= self._read_at + _FRESH:
                self._files = {
                    one.path: (one, fold(f"{one.title} {one.path}"))
                    for one in self._library.sources().files
                }
                self._read_at = time.monotonic()
            return self._files


def _matching(files: dict[str, tuple[SourceSummary, str]], wanted: str) -> list[SourceSummary]:
    """The files whose title or name has every word that was typed, or its beginning."""
    words = fold(wanted).split()
    found = [one for one, folded in files.values() if _has_all(folded, words)]
    return found[:_MOST_TITLES]


def _has_all(folded: str, words: Sequence[str]) -> bool:
    return all(word in folded for word in words)


def _title(one: SourceSummary) -> Found:
    return Found(one.path, one.title, one.date, one.language)
