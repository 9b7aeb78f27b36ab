"""The one object a front end needs: ask, search, bring up to date, list the sources.

>>> with KnowledgeBase.open(load_settings()) as knowledge:
...     await knowledge.sync()
...     answer = await knowledge.ask("من هي كارولين روز؟")
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from rag.answers.answer import Answer, Hit
from rag.answers.quoter import Quoted
from rag.answers.responder import WORDS, listed, quoted_answer
from rag.documents.evidence import Source
from rag.errors import IndexUnavailable, UsageError
from rag.index.embedding import Embedder, LocalEmbedder
from rag.index.indexer import Indexer, Progress, Skipped, SyncReport
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
from rag.retrieval.finding import Findings, evidence_of, find, ranked
from rag.retrieval.follow_up import Turn
from rag.retrieval.question import analyse
from rag.settings import Settings

__all__ = [
    "KnowledgeBase",
    "Place",
    "Progress",
    "SearchResult",
    "Skipped",
    "SourceSummary",
    "Sources",
    "SyncReport",
    "Turn",
]


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


class KnowledgeBase:
    """The documents of one folder, searchable and answerable."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._settings = settings
        self._embedder = embedder
        self._indexer = Indexer(settings.documents_dir, settings.data_dir, embedder)
        self._reader = IndexReader(settings.data_dir)

    @classmethod
    def open(cls, settings: Settings) -> "KnowledgeBase":
        """The knowledge base of the settings. UsageError where its folder cannot be made."""
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"DATA_DIR: {settings.data_dir} cannot be made ({error.strerror})."
            ) from None
        return cls(settings, embedder_of(settings))

    def close(self) -> None:
        """Lets go of everything that is open."""

    def __enter__(self) -> "KnowledgeBase":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def ready(self) -> bool:
        """Whether there is a revision to answer from."""
        return self._reader.ready

    # Bringing up to date

    async def sync(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        rebuild: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date with the folder, in a worker thread.

        `on_progress` is called from that thread. IndexBusy where another process is still at it
        after `wait` seconds.
        """
        return await asyncio.to_thread(
            self._indexer.sync, on_progress or (lambda _: None), rebuild=rebuild, wait=wait
        )

    def plan(self) -> SyncReport:
        """What `sync` would do, without doing it."""
        return self._indexer.sync(dry_run=True)

    # Reading

    def sources(self) -> Sources:
        """The files of the newest revision."""
        return self._reader.read(_sources)

    def search(self, question: str, k: int = 10) -> list[SearchResult]:
        """The best passages for a question, best first."""

        def work(ledger: Ledger, snapshot: Snapshot) -> list[SearchResult]:
            found = evidence_of(ledger, ranked(snapshot, analyse(question), 2 * k))[:k]
            return [
                SearchResult(
                    number,
                    one.source.path,
                    one.span.start,
                    one.span.end,
                    round(one.score, 4),
                    one.text,
                )
                for number, one in enumerate(found, start=1)
            ]

        return self._reader.read(work)

    def show(self, file: str, start: int, end: int, around: int = 300) -> Place:
        """The span `start` to `end` of an indexed file, with `around` characters on each side."""
        text = self._reader.read(lambda ledger, _: ledger.text_of(file))
        if text is None:
            raise UsageError(f"There is no file {file} in the index.", "`rag sources` lists them.")
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{file} has {len(text)} characters; {start} to {end} is not in it.")
        return Place(
            file,
            text[max(0, start - around) : start],
            text[start:end],
            text[end : end + around],
            text.count("\n", 0, start) + 1,
        )

    # Asking

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        """The answer to a message. `history`: the exchanges before it, oldest first.

        `on_text` is given the verified text so far each time it grows.
        """
        started = time.monotonic()
        findings, titles = await asyncio.to_thread(self._find, question, tuple(history))
        retrieved = time.monotonic()
        quoted = quoted_answer(findings, titles)
        return _answer(findings, quoted, started, retrieved)

    def _find(self, text: str, history: Sequence[Turn]) -> tuple[Findings, list[Source]]:
        def work(ledger: Ledger, snapshot: Snapshot) -> tuple[Findings, list[Source]]:
            findings = find(ledger, snapshot, text, history)
            return findings, [ledger.source(file) for file in listed(findings)]

        return self._reader.read(work)


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings ask for."""
    return LocalEmbedder()


def _sources(ledger: Ledger, snapshot: Snapshot) -> Sources:
    return Sources(
        snapshot.revision,
        tuple(
            SourceSummary(
                one.path, one.title, one.date, one.language, one.passages, one.characters
            )
            for one in ledger.files()
        ),
        tuple(Skipped(one.path, one.reason) for one in ledger.skipped()),
    )


def _answer(findings: Findings, quoted: Quoted, started: float, retrieved: float) -> Answer:
    ended = time.monotonic()
    return Answer(
        question=findings.text,
        language=findings.question.language,
        kind="talk" if findings.request.kind.is_talk else findings.request.kind.value,
        mode=quoted.mode,
        text=quoted.text,
        claims=quoted.claims,
        citations=quoted.citations.all,
        passages=tuple(
            Hit(one.source.path, one.span.start, one.span.end, round(one.score, 4))
            for one in findings.evidence
        ),
        revision=findings.revision,
        id=uuid4().hex[:16],
        understood=findings.understood,
        milliseconds={
            "retrieve": round(1000 * (retrieved - started)),
            "generate": round(1000 * (ended - retrieved)),
            "total": round(1000 * (ended - started)),
        },
    )
