"""Ingestion: bringing the index up to date with the folder, and keeping it so."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from rag.documents.watching import changes
from rag.errors import IsnadError, UsageError
from rag.index.embedding import Embedder, Vector
from rag.index.indexer import Indexer
from rag.index.ledger import Ledger
from rag.index.paid_vectors import PaidVectors
from rag.index.purchase import OtherWidth, buy
from rag.index.reader import IndexReader
from rag.index.replica import Replica
from rag.index.report import Progress, SyncReport
from rag.index.serving import ServedGeneration
from rag.index.shared_serving import SharedGeneration
from rag.index.snapshot import Snapshot
from rag.retrieval.certainty import FEWEST_FILES, Calibration
from rag.retrieval.self_test import SelfQuestion, calibrated, self_questions
from rag.settings import Settings

_log = logging.getLogger(__name__)

_FOLLOWER_WAITS: Final = 30.0
_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
"""Seconds before what failed is tried again."""


class Ingestion:
    """Takes the documents of one folder into its index."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        reader: IndexReader,
        generation: ServedGeneration | SharedGeneration,
        replica: Replica | None,
    ) -> None:
        """`replica`: this process as one of several that share the index."""
        self._documents, self._data = settings.documents_dir, settings.data_dir
        self._embedder, self._reader = embedder, reader
        self._generation, self._replica = generation, replica
        self._indexer = Indexer(self._documents, self._data, embedder)

    async def sync(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        rebuild: bool = False,
        lift: bool = False,
        build: bool = False,
        wait: float = 0.0,
    ) -> SyncReport:
        """As `KnowledgeBase.sync` says."""
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
        """As `KnowledgeBase.roll_back` says. UsageError where there are other replicas."""
        if self._replica:
            # What one of them held back the others would take in from the folder.
            raise UsageError(
                "--rollback takes back one index, and this one is shared by replicas "
                "(CHROMA_URL with DATABASE_URL).",
                "Put the former files back into the documents folder: all replicas follow it, "
                "and no vector is paid for again.",
            )
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
            with Ledger(self._data) as ledger, ledger.writing():
                if ledger.revision == revision:
                    ledger.set_state(calibration=found.to_json())
        except (IsnadError, sqlite3.DatabaseError) as error:
            _log.warning("the self-test is put off: %s", error)

    def _vectors_of(self, texts: Sequence[str]) -> list[Vector] | None:
        """A model's vectors of texts, bought once; None where the embedding is local."""
        if not self._embedder.is_paid:
            return None
        with (
            PaidVectors(self._data) as kept,
            Ledger(self._data) as ledger,
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
        """As `KnowledgeBase.serve_vectors` says."""
        try:
            async with asyncio.TaskGroup() as works:
                works.create_task(self._generation.keep(self._key))
                if self._replica:
                    sync = partial(self.sync, wait=_FOLLOWER_WAITS)
                    works.create_task(self._replica.follow(sync))
        except ExceptionGroup as group:
            # Whoever begins this anew must not find the other of the two still at work.
            raise group.exceptions[0] from None

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        """As `KnowledgeBase.follow` says."""
        async for _ in changes(self._documents):
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
        return self._reader.read(lambda ledger, _: ledger.key) if self._reader.ready else ""
