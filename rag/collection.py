"""The collection as its reader sees it: its files, what a search finds, and places in files."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rag.documents.formats.extracted import page_of
from rag.documents.reading import read
from rag.errors import UnreadableFile, UsageError
from rag.index.ledger import Ledger
from rag.index.report import Skipped, Warned
from rag.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A file of the collection."""

    path: str
    title: str
    date: str | None
    language: str
    passages: int
    characters: int


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of one revision, and those that were skipped."""

    revision: int
    files: tuple[SourceSummary, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Warned, ...] = ()
    """The files that somebody should look at, and why."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A passage that a search found."""

    rank: int
    file: str
    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a file with its surroundings."""

    file: str
    before: str
    text: str
    after: str
    line: int
    page: int | None = None
    """None where the format has no pages."""


def sources_of(ledger: Ledger, snapshot: Snapshot) -> Sources:
    """The files of a revision."""
    return Sources(
        snapshot.revision,
        tuple(
            SourceSummary(one.path, one.title, one.date, one.language, one.passages, one.characters)
            for one in ledger.files()
        ),
        tuple(Skipped(one.path, one.reason) for one in ledger.skipped()),
        tuple(Warned(path, reason) for path, reason in ledger.warnings().items()),
    )


def place_in(
    folder: Path, file: str, indexed: str | None, start: int, end: int, around: int
) -> Place:
    """The span `start` to `end` of a file as it is now, with `around` characters on each side.

    Where it cannot be read any more, it is the text as it was indexed. UsageError where it was
    not, and where the span does not lie in it.
    """
    if indexed is None:
        raise UsageError(f"There is no file {file} in the index.", "`rag sources` lists them.")
    text, pages = indexed, tuple[int, ...]()
    with suppress(UnreadableFile):
        now = read(folder, file)
        text, pages = now.text, now.pages
    if not 0 <= start < end <= len(text):
        raise UsageError(f"{file} has {len(text)} characters; {start} to {end} is not in it.")
    return Place(
        file,
        text[max(0, start - around) : start],
        text[start:end],
        text[end : end + around],
        text.count("\n", 0, start) + 1,
        page_of(pages, start),
    )
