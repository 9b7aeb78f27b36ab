"""One process as one of several replicas, which share a folder, a Chroma server and PostgreSQL."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Final

from rag.errors import DatabaseUnavailable, IndexBusy, IndexUnavailable, IsnadError
from rag.index.chroma import ChromaServer
from rag.index.embedding import Embedder
from rag.index.lease import PostgreSQLLease
from rag.index.report import SyncReport
from rag.index.shared_building import Task, in_child
from rag.index.shared_embedding import SharedEmbedder
from rag.index.shared_serving import SharedGeneration
from rag.index.shared_vectors import SharedVectors
from rag.settings import Settings

_log = logging.getLogger(__name__)

_LOOK_EVERY: Final = 0.5
_WHEN_BUSY: Final = 1.0
_WHEN_AWAY: Final = 10.0
"""Seconds until what could not be brought up to date is tried again."""


class Replica:
    """Keeps this process's index level with the others'.

    `embedder` and `generation` take the place of those of a process that is alone.
    """

    def __init__(
        self,
        data: Path,
        server: ChromaServer,
        lease: PostgreSQLLease,
        embedder: Embedder,
        run: Task = in_child,
    ) -> None:
        self._lease = lease
        self.generation = SharedGeneration(data, server, lease, run)
        self._vectors: SharedVectors | None = None
        self._shared: SharedEmbedder | None = None
        if embedder.is_paid:
            self._vectors = SharedVectors(server, lambda: lease.community, embedder.name)
            self._shared = SharedEmbedder(embedder, self._vectors, lease)
        self.embedder: Embedder = self._shared or embedder
        self._at_work = Lock()
        self._heard, self._looked_at = "", ""
        self._to_tell, self._try_at = "", float("inf")

    @classmethod
    def of(cls, settings: Settings, embedder: Embedder) -> "Replica | None":
        """What the settings say; None for a process that is alone with its index."""
        server = ChromaServer.of(settings)
        if not server or not settings.database_url:
            return None
        return cls(settings.data_dir, server, PostgreSQLLease(settings.database_url), embedder)

    @property
    def community(self) -> str:
        """The name that the replicas have in common."""
        return self._lease.community

    def index(self, work: Callable[[], SyncReport], wait: float) -> SyncReport:
        """Has the indexer do its work: the others hear of what it changed. Its report.

        `wait`: seconds to wait for another replica that is embedding. IndexBusy where it, or this
        one, is still at work then.
        """
        if not self._at_work.acquire(timeout=wait):
            raise IndexBusy("The index is being brought up to date.", "Wait until it is.")
        try:
            return self._told(work, wait)
        finally:
            self._at_work.release()

    def _told(self, work: Callable[[], SyncReport], wait: float) -> SyncReport:
        """Has the indexer do its work, and tells the others what it changed."""
        heard, before = self._heard, self._contents()
        try:
            report = self._indexed(work, wait)
        except (IndexUnavailable, DatabaseUnavailable) as error:
            pause = _WHEN_BUSY if isinstance(error, IndexBusy) else _WHEN_AWAY
            self._try_at = time.monotonic() + pause
            raise
        self._try_at, self._looked_at = float("inf"), heard
        after = self._contents()
        if after not in (before, heard):
            self._to_tell = after
            self._tell()
        return report

    def _indexed(self, work: Callable[[], SyncReport], wait: float) -> SyncReport:
        if self._shared is None:
            return work()
        before = self._shared.bought
        with self._shared.indexing(wait):
            report = work()
        # The indexer counts what was not on this machine; others may have paid for that.
        return replace(report, embedded=self._shared.bought - before)

    def is_behind(self) -> bool:
        """Whether the index should be brought up to date, because another replica's is newer.

        Also where it could not be done before. DatabaseUnavailable where nobody can be asked.
        """
        self._tell()
        self._heard = self._lease.announced()
        if time.monotonic() >= self._try_at:
            return True
        known = ("", self._looked_at, self._contents())
        return self._heard not in known

    async def follow(self, sync: Callable[[], Awaitable[object]]) -> None:
        """Has the index brought up to date where another replica's is newer, until cancelled."""
        while True:
            try:
                if await asyncio.to_thread(self.is_behind):
                    await sync()
            except IsnadError as error:
                _log.warning("not level with the other replicas: %s", error)
            except Exception:  # noqa: BLE001 (the generation is served on)
                _log.exception("not level with the other replicas")
            await asyncio.sleep(_LOOK_EVERY)

    def _contents(self) -> str:
        """What this replica's index holds; nothing where it is damaged and has to be made again."""
        try:
            return self.generation.contents
        except IndexUnavailable:
            return ""

    def _tell(self) -> None:
        """Announces what has not been announced yet."""
        if not self._to_tell:
            return
        try:
            self._lease.announce(self._to_tell)
        except DatabaseUnavailable as error:
            _log.warning("the other replicas hear of the change later: %s", error)
        else:
            self._to_tell = ""

    def close(self) -> None:
        """Lets go of what is shared."""
        self.generation.close()
        if self._vectors:
            self._vectors.close()
        self._lease.close()
