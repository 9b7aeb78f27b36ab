"""Understanding files: reading many of them, with other processes where they are very many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final, TypeAlias

from rag.documents.document import Document, understand
from rag.documents.extraction import Extractor
from rag.documents.reading import place_of, read
from rag.errors import UnreadableFile
from rag.index.workers import Workers, processors, shared_out

_BATCH: Final = 32
"""Files that a process is given at a time."""
_WORTH_SHARING: Final = 300
"""From so many files on, starting processes takes less time than it saves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be read; `sha256` is that of the bytes that are known, or empty."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The file has the bytes that are known."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be indexed; `may_pass` as in `UnreadableFile`."""

    reason: str
    may_pass: bool


Outcome: TypeAlias = Document | AsKnown | Refused


def understood(
    documents: Path, wanted: Iterable[Wanted], extractor: Extractor | None = None
) -> list[Outcome]:
    """What becomes of each of the files below `documents`."""
    extractor, place = extractor or _extractor(), place_of(documents)
    return [_outcome(documents, one, extractor, place) for one in wanted]


@cache
def _extractor() -> Extractor:
    """That of a process which reads for another; its own processes end when it is gone."""
    return Extractor()


def _outcome(documents: Path, wanted: Wanted, extractor: Extractor, place: str) -> Outcome:
    try:
        text = read(documents, wanted.path, extractor, place)
        if text.sha256 == wanted.sha256:
            return AsKnown()
        document = understand(text)
    except UnreadableFile as problem:
        return Refused(problem.message, problem.may_pass)
    if not document.passages:
        return Refused("it holds no text besides page furniture", may_pass=False)
    return document


def every_outcome(documents: Path, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
    """What becomes of each of the files, in their order."""
    with Extractor() as extractor:
        if len(wanted) < _WORTH_SHARING or processors() == 1:
            place = place_of(documents)
            for one in wanted:
                yield _outcome(documents, one, extractor, place)
            return
        with Workers(processors() - 1) as workers:
            batches = (wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH))
            work = partial(understood, documents)
            here = partial(understood, documents, extractor=extractor)
            yield from shared_out(batches, work, here, workers)
