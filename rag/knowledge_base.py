"""The one object a front end needs: ask, search, bring up to date, list the sources.

>>> with KnowledgeBase.open(load_settings()) as knowledge:
...     await knowledge.sync()
...     answer = await knowledge.ask("من هي كارولين روز؟")
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Self
from uuid import uuid4

import numpy as np

from rag.answers.answer import Answer, Hit
from rag.answers.judge import Judge
from rag.answers.model import Model
from rag.answers.responder import Responder, Response, listed
from rag.documents.evidence import Source
from rag.documents.formats.extracted import page_of
from rag.documents.reading import read as read_file
from rag.documents.watching import changes
from rag.errors import IsnadError, ModelUnavailable, UnreadableFile, UsageError
from rag.index.chroma import ChromaServer
from rag.index.embedding import Embedder, LocalEmbedder, Vector
from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from rag.index.model_embedding import ModelEmbedder
from rag.index.paid_vectors import PaidVectors
from rag.index.purchase import OtherWidth, buy
from rag.index.reader import IndexReader
from rag.index.replica import Replica
from rag.index.report import Progress, Skipped, SyncReport, Warned
from rag.index.serving import ServedGeneration
from rag.index.snapshot import Snapshot
from rag.retrieval.certainty import FEWEST_FILES, Calibration, calibration_of
from rag.retrieval.coverage import sought
from rag.retrieval.finding import Findings, VectorChannel, evidence_of, find, ranked
from rag.retrieval.follow_up import Turn
from rag.retrieval.question import analyse
from rag.retrieval.reading import DEPTH, read, reread, unread
from rag.retrieval.retriever import LOCAL_VECTOR_WEIGHT, MODEL_VECTOR_WEIGHT, Rows
from rag.retrieval.self_test import SelfQuestion, calibrated, self_questions
from rag.retrieval.spelling import corrected
from rag.settings import Settings
from rag.text.language import LANGUAGES

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
    "Warned",
]

_log = logging.getLogger(__name__)

_FOLLOWER_WAITS: Final = 30.0
_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
"""Seconds before what failed is tried again."""
_QUOTING: Final = Responder()


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


class KnowledgeBase:
    """The documents of one folder, searchable and answerable."""

    def __init__(self, settings: Settings, embedder: Embedder, model: Model | None = None) -> None:
        self._settings = settings
        judge = Judge(model) if model and settings.verify_with_model else None
        self._responder = Responder(model, judge)
        self._replica = Replica.of(settings, embedder)
        self._embedder = self._replica.embedder if self._replica else embedder
        self._indexer = Indexer(settings.documents_dir, settings.data_dir, self._embedder)
        self._reader = IndexReader(settings.data_dir)
        alone = ServedGeneration(settings.data_dir, ChromaServer.of(settings))
        self._generation = self._replica.generation if self._replica else alone

    @classmethod
    def open(cls, settings: Settings) -> "KnowledgeBase":
        """The knowledge base of the settings. UsageError where its folder cannot be made."""
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"DATA_DIR: {settings.data_dir} cannot be made ({error.strerror})."
            ) from None
        model = Model.from_settings(settings) if settings.model_enabled else None
        return cls(settings, embedder_of(settings), model)

    def close(self) -> None:
        """Lets go of everything that is open."""
        self._generation.close()
        if self._replica:
            self._replica.close()
        self._reader.close()

    def __enter__(self) -> Self:
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
        lift: bool = False,
        build: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date with the folder, in a worker thread.

        `lift` takes in what `roll_back` holds back. With `build` the vectors' generation is built
        too, where it is behind. `on_progress` is called from the thread. IndexBusy where another
        process is still at it after `wait` seconds.
        """
        show = on_progress or (lambda _: None)
        report = await asyncio.to_thread(
            self._index,
            lambda: self._indexer.sync(show, rebuild=rebuild, lift=lift, wait=wait),
            wait,
        )
        await self._follow_up(report, show, build=build)
        return report

    async def roll_back(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        build: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """Has the revision before the last one serve again, as `sync` has the folder.

        What the folder has now is held back until it changes again, or `sync` lifts it.
        IndexUnavailable where there is no such revision.
        """
        show = on_progress or (lambda _: None)
        report = await asyncio.to_thread(
            self._index, lambda: self._indexer.roll_back(show, wait=wait), wait
        )
        await self._follow_up(report, show, build=build)
        return report

    def _index(self, work: Callable[[], SyncReport], wait: float) -> SyncReport:
        """What the indexer reports; where there are other replicas, they hear of it."""
        return self._replica.index(work, wait) if self._replica else work()

    async def _follow_up(
        self, report: SyncReport, show: Callable[[Progress], None], *, build: bool
    ) -> None:
        """What is done once a revision can be seen."""
        if report.passages:
            await asyncio.to_thread(self._calibrate)
        if build and report.passages:
            await asyncio.to_thread(self._build, show)

    def _calibrate(self) -> None:
        """Has the collection asked about itself, where it has changed much since it last was."""

        def questions(ledger: Ledger, snapshot: Snapshot) -> tuple[int, list[SelfQuestion]]:
            files, known = ledger.file_count(), Calibration.from_json(ledger.calibration)
            if files < FEWEST_FILES or (known and known.fits(files, snapshot.embedding)):
                return snapshot.revision, []
            return snapshot.revision, self_questions(ledger)

        revision, asked = self._reader.read(questions)
        if not asked:
            return
        try:
            vectors = self._vectors_of([one.text for one in asked])
            found = self._reader.read(
                lambda ledger, snapshot: calibrated(ledger, snapshot, asked, vectors)
            )
            with Ledger(self._settings.data_dir) as ledger, ledger.writing():
                if ledger.revision == revision:
                    ledger.set_state(calibration=found.to_json())
        except IsnadError as error:
            _log.warning("the self-test is put off: %s", error)

    def _vectors_of(self, texts: Sequence[str]) -> list[Vector] | None:
        """A model's vectors of texts, bought once; None where the embedding is local."""
        if not self._embedder.is_paid:
            return None
        with (
            PaidVectors(self._settings.data_dir) as kept,
            Ledger(self._settings.data_dir) as ledger,
        ):
            try:
                bought = buy(self._embedder, kept, lambda: texts, ledger.width)
            except OtherWidth:
                return None
            return list(bought.vectors(texts))

    def _build(self, show: Callable[[Progress], None]) -> None:
        show(Progress("build", 0, 1))
        if not self._generation.build():
            _log.warning("Chroma's generation could not be built; vectors are searched exactly.")
        show(Progress("build", 1, 1))

    def plan(self, *, rebuild: bool = False) -> SyncReport:
        """What `sync` would do, without doing it."""
        return self._indexer.sync(rebuild=rebuild, dry_run=True)

    async def serve_vectors(self) -> None:
        """Keeps the vectors' generation built and open, until cancelled.

        Where the index has been quiet for a moment and its generation is behind, the next one is
        built in another process. Questions do not wait for it: they are searched exactly until
        it is there. What other replicas bring in is taken over.
        """
        works = [self._generation.keep(self._key)]
        if self._replica:
            works.append(self._replica.follow(lambda: self.sync(wait=_FOLLOWER_WAITS)))
        await asyncio.gather(*works)

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        """Follows the documents folder and brings the index up to date, until cancelled.

        What fails is tried again, after longer and longer.
        """
        async for _ in changes(self._settings.documents_dir):
            pause = _PAUSE
            while (report := await self._followed()) is None:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            if report.added or report.changed or report.removed:
                on_change(report)

    async def _followed(self) -> SyncReport | None:
        try:
            return await self.sync(wait=_FOLLOWER_WAITS)
        except IsnadError as error:
            _log.warning("the documents changed, but: %s", error)
            return None

    def _key(self) -> str:
        """The newest revision's key; empty where there is none."""
        return self._reader.read(lambda ledger, _: ledger.key) if self.ready else ""

    # Reading

    def sources(self) -> Sources:
        """The files of the newest revision."""
        return self._reader.read(_sources)

    def search(self, question: str, k: int = 10) -> list[SearchResult]:
        """The best passages for a question, best first."""

        def work(ledger: Ledger, snapshot: Snapshot) -> list[SearchResult]:
            asked = corrected(analyse(question), snapshot.lexical)
            rows = ranked(snapshot, asked, max(2 * k, DEPTH), self._channel(ledger, snapshot))
            words = sought(asked, snapshot.lexical)
            found = evidence_of(ledger, rows)
            first = reread([read(asked, words, one) for one in found[:DEPTH]])
            passages = [*(one.passage for one in first), *map(unread, found[DEPTH:])][:k]
            return [
                SearchResult(
                    number,
                    one.source.path,
                    one.span.start,
                    one.span.end,
                    round(one.score, 4),
                    one.text,
                )
                for number, one in enumerate(passages, start=1)
            ]

        return self._reader.read(work)

    def show(self, file: str, start: int, end: int, around: int = 300) -> Place:
        """The span `start` to `end` of an indexed file, with `around` characters on each side.

        It is the file as it is now, or as it was indexed where it cannot be read any more.
        """
        text = self._reader.read(lambda ledger, _: ledger.text_of(file))
        if text is None:
            raise UsageError(f"There is no file {file} in the index.", "`rag sources` lists them.")
        pages: tuple[int, ...] = ()
        with suppress(UnreadableFile):
            now = read_file(self._settings.documents_dir, file)
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

    # Asking

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
        *,
        with_model: bool = True,
    ) -> Answer:
        """The answer to a message. `history`: the exchanges before it, oldest first.

        `on_text` is given the verified text so far each time it grows. Without `with_model` it
        is made of quotations even where there is a model.
        """
        started = time.monotonic()
        responder = self._responder if with_model else _QUOTING
        responder.prepare(question)
        seconds = self._settings.openai_timeout
        alone, usage = await responder.standing_alone(
            question, history, await asyncio.to_thread(self._main_language), seconds
        )
        findings, titles = await asyncio.to_thread(self._find, question, tuple(history), alone)
        retrieved = time.monotonic()
        response = await responder.respond(findings, titles, started + seconds, on_text)
        response = replace(response, usage=response.usage + usage)
        return _answer(findings, response, started, retrieved)

    def _main_language(self) -> str:
        """The language of most passages."""

        def work(_: Ledger, snapshot: Snapshot) -> str:
            counts = np.bincount(snapshot.languages, minlength=len(LANGUAGES))
            return LANGUAGES[int(counts.argmax())]

        return self._reader.read(work)

    def _find(
        self, text: str, history: Sequence[Turn], alone: str | None
    ) -> tuple[Findings, list[Source]]:
        def work(ledger: Ledger, snapshot: Snapshot) -> tuple[Findings, list[Source]]:
            channel = self._channel(ledger, snapshot)
            findings = find(ledger, snapshot, text, history, channel, alone=alone)
            return findings, [ledger.source(file) for file in listed(findings)]

        return self._reader.read(work)

    def _channel(self, ledger: Ledger, snapshot: Snapshot) -> VectorChannel | None:
        """The vector channel of a revision; None where its vectors are of another embedding."""
        if snapshot.embedding != self._embedder.name:
            return None
        weight = LOCAL_VECTOR_WEIGHT
        if self._embedder.is_paid:
            files = len(snapshot.lexical.file_ids)
            known = calibration_of(ledger, files, snapshot.embedding)
            weight = known.vector_weight if known else MODEL_VECTOR_WEIGHT

        def embed(text: str) -> Vector | None:
            try:
                return self._embedder.embed_question(text)
            except ModelUnavailable as error:
                _log.warning("the question is searched without vectors: %s", error)
                return None

        def nearest(vector: Vector, count: int) -> Rows | None:
            ids = self._generation.nearest(snapshot.key, vector, count)
            return None if ids is None else snapshot.lexical.rows_of(ids)

        # The local embedding is made of what the lexical channels look at.
        return VectorChannel(embed, weight, nearest, proposes=self._embedder.is_paid)


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings ask for."""
    name = settings.embedding_model
    return ModelEmbedder(name, settings) if name else LocalEmbedder()


def _sources(ledger: Ledger, snapshot: Snapshot) -> Sources:
    return Sources(
        snapshot.revision,
        tuple(
            SourceSummary(one.path, one.title, one.date, one.language, one.passages, one.characters)
            for one in ledger.files()
        ),
        tuple(Skipped(one.path, one.reason) for one in ledger.skipped()),
        tuple(Warned(path, reason) for path, reason in ledger.warnings().items()),
    )


def _answer(findings: Findings, response: Response, started: float, retrieved: float) -> Answer:
    ended = time.monotonic()
    kind = findings.request.kind
    return Answer(
        question=findings.text,
        language=findings.language,
        kind="talk" if kind.is_talk else kind.value,
        mode=response.mode,
        text=response.text,
        claims=response.claims,
        citations=response.citations,
        passages=tuple(
            Hit(one.source.path, one.span.start, one.span.end, round(one.score, 4))
            for one in findings.evidence
        ),
        revision=findings.revision,
        id=uuid4().hex[:16],
        understood=findings.understood,
        notice=response.notice,
        missing=response.missing,
        withheld=response.withheld,
        model=response.model,
        disagreements=response.disagreements,
        judged=response.judged,
        usage=response.usage,
        milliseconds={
            "retrieve": round(1000 * (retrieved - started)),
            "generate": round(1000 * (ended - retrieved)),
            "total": round(1000 * (ended - started)),
        },
    )
