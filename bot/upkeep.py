"""What goes on behind the conversation: the index kept up to date, books kept, old data deleted."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol

from bot.heap import GIVEN_BACK_EVERY, give_back, set_apart
from bot.store import DAY, HOUR, Store
from bot.store.answers import Answers
from bot.store.figures import FigureStore
from bot.store.invitations import Invitations
from bot.store.journal import Journal
from rag.answers.answer import Answer
from rag.answers.stopping import Stop
from rag.errors import IndexBusy, IsnadError
from rag.knowledge_base import Progress, SearchResult, Sources, SyncReport, Turn
from rag.settings import Settings

_log = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]
Chore = Callable[[], Awaitable[None]]

CHORES_EVERY: Final = 5.0
"""Seconds."""
_TRY_AGAIN: Final = 0.5
"""Seconds between two tries while another process is at work on the index."""
_RESUMED_AFTER: Final = 10.0
_RESUMED_AFTER_AT_MOST: Final = 600.0
"""Seconds after which a part of the upkeep that failed is begun anew: longer each time."""
_CLOCK_MAY_STRAY: Final = HOUR
"""Seconds that the clock may differ in a day from the time that has passed."""
_FIGURES_KEPT: Final = 400
"""Days; they are about nobody."""
_INVITATIONS_KEPT: Final = 30 * DAY
"""Seconds for which one that has expired is known as such."""


class SyncStopped(IsnadError):
    """Somebody has stopped the indexer; the index is as it was."""


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
        stop: Stop | None = None,
    ) -> Answer:
        """The answer to a question; without `with_model` it is made of quotations.

        Once a `stop` is wished, what was verified by then is the answer.
        """

    async def prepare(self) -> None:
        """Does beforehand what the first question would wait for."""

    async def sync(
        self, on_progress: OnProgress | None = None, *, lift: bool = False
    ) -> SyncReport:
        """Brings the index up to date, with `lift` also with what is held back.

        `on_progress` is called from another thread.
        """

    async def follow(self, on_change: Callable[[SyncReport], None]) -> None:
        """Follows the documents until it is cancelled."""

    async def serve_vectors(self) -> None:
        """Keeps the vector index built and open until it is cancelled."""

    def sources(self) -> Sources:
        """The files in the index. Blocks."""

    def search(
        self, question: str, k: int = 10, *, with_model: bool = True
    ) -> Sequence[SearchResult]:
        """The best passages for a question, best first; without `with_model` at no cost. Blocks."""


class Upkeep:
    """Keeps the index and the store in order, one run of the indexer at a time."""

    def __init__(
        self,
        knowledge: Knowledge,
        store: Store,
        settings: Settings,
        chores: Sequence[Chore] = (),
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`chores` are done every few seconds, and once more at the end.

        `clock` tells the seconds since 1970.
        """
        self._knowledge, self._store, self._chores = knowledge, store, chores
        self._days, self._follows = settings.retention_days, settings.watch_documents
        self._clock = clock
        self._indexing = asyncio.Lock()
        self._synced, self._settled = False, asyncio.Event()
        self._prepared = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether there is something to answer from."""
        return self._knowledge.ready

    async def sync(
        self,
        on_progress: OnProgress | None = None,
        stop: asyncio.Event | None = None,
        *,
        lift: bool = False,
        patience: float = 0.0,
    ) -> SyncReport:
        """Brings the index up to date. `on_progress` is called in this event loop.

        `lift` takes in what was held back when a revision was taken back. SyncStopped, at the
        indexer's next step, once `stop` is set. IndexBusy where another process is still at work on
        the index after so many seconds of patience.
        """
        until = asyncio.get_running_loop().time() + patience
        while True:
            try:
                return await self._sync(on_progress, stop or asyncio.Event(), lift=lift)
            except IndexBusy:
                if asyncio.get_running_loop().time() >= until:
                    raise
            await asyncio.sleep(_TRY_AGAIN)

    async def _sync(
        self, on_progress: OnProgress | None, stopped: asyncio.Event, *, lift: bool
    ) -> SyncReport:
        loop = asyncio.get_running_loop()
        left = False

        def forward(progress: Progress) -> None:
            if left or stopped.is_set():
                raise SyncStopped("The indexer was stopped.")
            if on_progress:
                loop.call_soon_threadsafe(on_progress, progress)

        async with self._turn(stopped):
            try:
                report = await self._knowledge.sync(forward, lift=lift)
            finally:
                left = True  # where this was cancelled, the indexer's thread goes on for a step
        self._synced = True
        _log_report(report)
        return report

    @asynccontextmanager
    async def _turn(self, stopped: asyncio.Event) -> AsyncIterator[None]:
        """The right to run the indexer. SyncStopped where that is not wished any more."""
        turn = asyncio.ensure_future(self._indexing.acquire())
        stop = asyncio.ensure_future(stopped.wait())
        try:
            await asyncio.wait([turn, stop], return_when=asyncio.FIRST_COMPLETED)
            if stopped.is_set():
                raise SyncStopped("The indexer was stopped.")
            yield
        finally:
            stop.cancel()
            if not turn.cancel() and not turn.cancelled():
                self._indexing.release()

    async def settled(self) -> None:
        """Waits until `run` has looked at the documents once."""
        await self._settled.wait()

    async def run(self, *, for_long: bool) -> None:
        """Goes on until it is cancelled; what quickens questions is worth it only `for_long`."""
        works = [self._expire_daily, self._keep_current, self._do_chores, _give_back_memory]
        if for_long:
            works += [self._prepare, self._serve_vectors]
        await asyncio.gather(*(_survived(work) for work in works))

    async def _prepare(self) -> None:
        try:
            await self._knowledge.prepare()
            await asyncio.to_thread(set_apart)
        finally:
            self._prepared.set()

    async def _serve_vectors(self) -> None:
        # What is set apart stays for ever, and a generation of Chroma's has to go with the next.
        await self._prepared.wait()
        await self._knowledge.serve_vectors()

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
        """Deletes what is old, but not on a day on which the clock went ahead of the time."""
        loop, ahead = asyncio.get_running_loop(), False
        while True:
            now, began = self._clock(), loop.time()
            if ahead:
                _log.warning("The clock went ahead: what looks old now is kept for another day.")
            elif expired := await asyncio.to_thread(self._expire, now):
                _log.info("%d old exchanges were deleted.", expired)
            await asyncio.sleep(DAY)
            ahead = self._clock() - now > loop.time() - began + _CLOCK_MAY_STRAY

    def _expire(self, now: float) -> int:
        database = self._store.database
        Journal(database).expire(now - self._days * DAY)
        Invitations(database).expire(now - _INVITATIONS_KEPT)
        Answers(database).expire(self._days, now)
        FigureStore(database).expire(int(now // DAY) - _FIGURES_KEPT)
        return self._store.expire(self._days, now)

    async def _do_chores(self) -> None:
        try:
            while True:
                await self._do_each_chore()
                await asyncio.sleep(CHORES_EVERY)
        finally:
            await self._do_each_chore()

    async def _do_each_chore(self) -> None:
        for chore in self._chores:
            try:
                await chore()
            except IsnadError as error:
                _log.warning("Put off: %s", error)


async def _give_back_memory() -> None:
    while True:
        await asyncio.sleep(GIVEN_BACK_EVERY)
        await asyncio.to_thread(give_back)


async def _survived(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Does some work; when it fails the bot answers on, and it is begun anew after a while."""
    loop, pause = asyncio.get_running_loop(), _RESUMED_AFTER
    while True:
        began = loop.time()
        try:
            return await work()
        except IsnadError as error:
            _log.warning("A part of the upkeep is begun anew after a while: %s", error)
        except Exception:  # noqa: BLE001  # none of it is worth stopping for
            _log.exception("A part of the upkeep is begun anew after a while.")
        if loop.time() - began > _RESUMED_AFTER_AT_MOST:
            pause = _RESUMED_AFTER
        await asyncio.sleep(pause)
        pause = min(2 * pause, _RESUMED_AFTER_AT_MOST)


def _log_report(report: SyncReport) -> None:
    if not report.passages:
        _log.warning("There are no documents to answer from; `rag doctor` says more.")
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
