"""The shared generation as one replica serves it: looked up by what its own revision holds."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from rag.errors import IndexUnavailable, IsnadError
from rag.index.chroma import REST, ChromaServer, Shelf, is_lost, within
from rag.index.embedding import Vector
from rag.index.lease import Lease
from rag.index.reader import IndexReader
from rag.index.shared_building import (
    Places,
    Task,
    contents_of,
    generation_name,
    in_child,
    is_sealed,
    places_of,
)

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_log = logging.getLogger(__name__)

_QUIET: Final = 2.0
"""Seconds without a change before the next generation is built."""
_LOOK_EVERY: Final = 1.0
_AGAIN: Final = 30.0
"""Seconds until a generation that was not whole is looked at again."""


@dataclass(frozen=True, slots=True)
class _Revision:
    key: str
    contents: str
    passages: int


@dataclass(frozen=True, slots=True)
class _Open:
    """A generation that is served."""

    revision: _Revision
    collection: "Collection"
    places: Places


class SharedGeneration:
    """Finds the sealed generation of the newest revision on the server, and has it built."""

    def __init__(
        self, data: Path, server: ChromaServer, lease: Lease, run: Task = in_child
    ) -> None:
        self._data, self._server, self._lease = data, server, lease
        self._run = run
        self._reader = IndexReader(data)
        self._client: ClientAPI | None = None
        self._open: _Open | None = None
        self._seen: _Revision | None = None
        self._unsound: tuple[str, float] = ("", 0.0)
        self._rests_until = 0.0
        self._lock = Lock()

    @property
    def key(self) -> str | None:
        """The key of the revision whose generation is open."""
        served = self._open
        return served.revision.key if served else None

    @property
    def contents(self) -> str:
        """What this replica's revision holds, as a word; empty where there is none yet."""
        revision = self._newest()
        return revision.contents if revision else ""

    def refresh(self) -> None:
        """Opens the generation of the newest revision, if it is sealed and sound.

        It is checked in another process first. Blocks for seconds.
        """
        newest = self._newest()
        if newest is None or (self._open and self._open.revision == newest):
            return
        unsound, until = self._unsound
        if unsound == newest.key and time.monotonic() < until:
            return
        try:
            opened = self._opened(newest)
        except Exception as error:  # noqa: BLE001 (whatever ails Chroma, exact search answers)
            _log.info("no generation on the Chroma server (%s)", type(error).__name__)
            self._unsound = (newest.key, time.monotonic() + _AGAIN)
            return
        if opened:
            self._open = opened

    def _opened(self, newest: _Revision) -> _Open | None:
        """The generation of a revision; None where it is not there yet."""
        name = generation_name(self._lease.community, newest.contents)
        client = self._connected()
        if not is_sealed(client, name):
            return None
        if not self._run("adopt", self._data, self._lease.community):
            raise IndexUnavailable("The generation on the Chroma server is not whole.")
        collection = Shelf(Path(name), self._server).get_collection(client)
        return _Open(newest, collection, places_of(self._data, newest.key))

    async def keep(self, key: Callable[[], str]) -> None:
        """Keeps the generation of the revision that `key` names built and open, until cancelled.

        It is built once the key has stayed the same for a moment, unless another replica has.
        """
        seen, quiet_since = "", time.monotonic()
        while True:
            await asyncio.to_thread(self.refresh)
            newest = await asyncio.to_thread(key)
            if newest != seen:
                seen, quiet_since = newest, time.monotonic()
            elif newest not in ("", self.key) and time.monotonic() - quiet_since >= _QUIET:
                await asyncio.to_thread(self.build)
                quiet_since = time.monotonic()
            await asyncio.sleep(_LOOK_EVERY)

    def build(self) -> bool:
        """Builds the generation of the newest revision in another process, for all replicas.

        False where another replica has the lease, or where it failed.
        """
        try:
            with self._lease.held() as ours:
                if not ours or not self._run("build", self._data, self._lease.community):
                    return False
        except IsnadError as error:
            _log.warning("the generation is not built: %s", error)
            return False
        self._unsound = ("", 0.0)
        return True

    def nearest(self, key: str, vector: Vector, count: int) -> list[int] | None:
        """The ids of the passages nearest to `vector`, in the revision of this key.

        None where no generation of that revision is open, or the server does not answer in time;
        then they have to be searched exactly.
        """
        served = self._open
        if served is None or served.revision.key != key:
            return None
        if time.monotonic() < self._rests_until:
            return None

        def ask() -> Any:
            return served.collection.query(
                query_embeddings=[vector.tolist()],
                n_results=min(count, served.revision.passages),
                include=[],
            )

        try:
            return served.places.of(within(self._server.patience, ask)["ids"][0])
        except Exception as error:  # noqa: BLE001 (whatever ails Chroma, exact search answers)
            _log.warning("Chroma failed (%s); searching exactly", type(error).__name__)
            self._rests_until = time.monotonic() + REST
            if is_lost(error):
                self._give_up(served)
            return None

    def _give_up(self, lost: _Open) -> None:
        """Lets go of a generation that the server has lost, so that one is looked for, or built."""
        with self._lock:
            if self._open is lost:
                self._open = None

    def close(self) -> None:
        """Lets go of the server."""
        self._reader.close()
        with self._lock:
            self._open = None
            if self._client:
                self._client.close()
                self._client = None

    def _connected(self) -> "ClientAPI":
        with self._lock:
            if self._client is None:
                self._client = Shelf(Path("generations"), self._server).open()
            return self._client

    def _newest(self) -> _Revision | None:
        """The ledger's revision; None where there is nothing to search in."""
        if not self._reader.ready:
            return None
        seen = self._seen
        self._seen = self._reader.read(
            lambda ledger, snapshot: (
                seen
                if seen and seen.key == snapshot.key
                else _Revision(
                    snapshot.key,
                    contents_of(ledger, snapshot),
                    snapshot.lexical.size,
                )
            )
        )
        return self._seen if self._seen.passages else None
