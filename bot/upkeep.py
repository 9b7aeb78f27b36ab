"""What goes on behind the conversation: the index kept up to date, old exchanges deleted."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from bot.store import DAY, Store
from rag.answers.answer import Answer
from rag.errors import IsnadError
from rag.knowledge_base import Progress, Sources, SyncReport, Turn
from rag.settings import Settings

_log = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]


class Knowledge(Protocol):
    """What the bot needs of a knowledge base."""

    @property
    def ready(self) -> bool:
        """Whether there is something to answer from."""

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_text: Callable[[str], None] | None = None,
        *,
        with_model: bool = True,
    ) -> Answer:
        """The answer to a question; without `with_model` it is made of quotations."""

    async def sync(self, on_progress: OnProgress | None = None) -> SyncReport:
        """Brings the index up to date; `on_progress` is called from another thread."""

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        """Follows the documents until it is cancelled."""

    async def serve_vectors(self) -> None:
        """Keeps the vector index built and open until it is cancelled."""

    def sources(self) -> Sources:
        """The files in the index. Blocks."""


class Upkeep:
    """Keeps the index and the store in order, one run of the indexer at a time."""

    def __init__(self, knowledge: Knowledge, store: Store, settings: Settings) -> None:
        self._knowledge, self._store = knowledge, store
        self._days, self._follows = settings.retention_days, settings.watch_documents
        self._indexing = asyncio.Lock()
        self._synced, self._settled = False, asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether there is something to answer from."""
        return self._knowledge.ready

    async def sync(self, on_progress: OnProgress | None = None) -> SyncReport:
        """Brings the index up to date. `on_progress` is called in this event loop.

        IndexBusy where another process is at work on it.
        """
        loop = asyncio.get_running_loop()

        def forward(progress: Progress) -> None:
            if on_progress:
                loop.call_soon_threadsafe(on_progress, progress)

        async with self._indexing:
            report = await self._knowledge.sync(forward)
        self._synced = True
        _log_report(report)
        return report

    async def settled(self) -> None:
        """Waits until `run` has looked at the documents once."""
        await self._settled.wait()

    async def run(self, *, for_long: bool) -> None:
        """Goes on until it is cancelled; the vector index is worth opening only `for_long`."""
        works = [self._expire_daily(), self._keep_current()]
        if for_long:
            works.append(self._knowledge.serve_vectors())
        await asyncio.gather(*(_survived(work) for work in works))

    async def _keep_current(self) -> None:
        try:
            if not self._synced:
                await self.sync()
        except IsnadError as error:
            _log.warning("The index was not brought up to date: %s", error)
        finally:
            self._settled.set()
        if self._follows:
            await self._knowledge.follow(_log_report)

    async def _expire_daily(self) -> None:
        while True:
            expired = await asyncio.to_thread(self._store.expire, self._days, time.time())
            if expired:
                _log.info("%d old exchanges were deleted.", expired)
            await asyncio.sleep(DAY)


async def _survived(work: Coroutine[Any, Any, None]) -> None:
    """Does some work; when it fails, the bot answers on without it."""
    try:
        await work
    except Exception:  # noqa: BLE001  # none of it is worth stopping for
        _log.exception("A part of the upkeep has stopped.")


def _log_report(report: SyncReport) -> None:
    news = report.added or report.changed or report.removed
    _log.log(
        logging.INFO if news else logging.DEBUG,
        "Revision %d: %d files added, %d changed, %d removed, %d skipped.",
        report.revision,
        len(report.added),
        len(report.changed),
        len(report.removed),
        len(report.skipped),
    )
