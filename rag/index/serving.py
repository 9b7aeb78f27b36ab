"""The served generation: the open Chroma collection of a long-running process."""

import asyncio
import logging
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from rag.errors import IndexUnavailable
from rag.index.chroma import REST, ChromaServer, is_lost, within
from rag.index.embedding import Vector
from rag.index.generation import (
    Generation,
    VectorIndex,
    build_in_child,
    call_unsound,
    current,
    is_current,
    is_sound,
)
from rag.index.ledger import Ledger

_log = logging.getLogger(__name__)

_QUIET: Final = 2.0
"""Seconds without a change before the next generation is built, at least."""
_LONGEST_PATIENCE: Final = 300.0
_LOOK_EVERY: Final = 1.0
_OPEN_WITHIN: Final = 60.0
"""Seconds, of one that was tried out just before."""


class ServedGeneration:
    """Holds the newest sound generation open, until its successor takes its place."""

    def __init__(self, data: Path, server: ChromaServer | None = None) -> None:
        self._data = data
        self._server = server
        self._open: VectorIndex | None = None
        self._rests_until = 0.0
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def refresh(self) -> None:
        """Opens the generation that the pointer names, if it is another one and sound.

        It is tried out in another process first, because a damaged one can crash its opener. What
        does not stand that is called unsound, so that another is built. Blocks for seconds.
        """
        newest = current(self._data, self._server)
        if newest is None or newest == (self._open and self._open.generation):
            return
        if self._server:
            try:
                self._server.make_sure_of_life()
            except IndexUnavailable as error:
                # Nothing can be said of the generation; questions are searched exactly.
                _log.info("%s", error)
                return
        if not is_sound(self._data, newest, self._watch):
            if self._stopped:
                return
            _log.warning("generation %s is unsound; searching exactly until the next", newest.name)
            with suppress(OSError):  # a folder that may only be read has nothing built in it
                call_unsound(self._data, newest)
            return
        # One at a time is held in memory; until the next is open, vectors are searched exactly.
        self.close()
        try:
            opened = within(_OPEN_WITHIN, lambda: VectorIndex(self._data, newest, self._server))
        except (IndexUnavailable, TimeoutError) as error:
            _log.warning("Chroma does not answer (%s); searching exactly", error)
            return
        with self._lock:
            self._open = opened

    async def keep(self, key: Callable[[], str]) -> None:
        """Keeps the generation of the revision that `key` names built and open, until cancelled.

        The next one is built once the key has stayed the same for a while: the longer the last
        one took, or the oftener it failed, the longer.
        """
        self._stopped = False
        try:
            await self._keep(key)
        finally:
            # Whoever stops does not wait for a process that works for minutes.
            self._stopped = True
            if self._child:
                self._child.kill()

    def _watch(self, child: "subprocess.Popen[bytes]") -> None:
        """Remembers the process that works just now; kills it where nobody waits for it."""
        self._child = child
        if self._stopped:
            child.kill()

    async def _keep(self, key: Callable[[], str]) -> None:
        seen, quiet_since, patience = "", time.monotonic(), _QUIET
        while True:
            await asyncio.to_thread(self.refresh)
            newest = await asyncio.to_thread(key)
            quiet = time.monotonic() - quiet_since
            if newest != seen:
                seen, quiet_since = newest, time.monotonic()
            elif newest not in ("", self.key) and quiet >= patience:
                began = time.monotonic()
                if await asyncio.to_thread(self.build):
                    patience = max(_QUIET, (time.monotonic() - began) / 2)
                else:
                    patience = min(2 * patience, _LONGEST_PATIENCE)
                quiet_since = time.monotonic()
            await asyncio.sleep(_LOOK_EVERY)

    def build(self) -> bool:
        """Builds the generation of the newest revision, unless it is there; whether it is now."""
        with Ledger(self._data) as ledger:
            key, embedding = ledger.key, ledger.embedding
        return is_current(self._data, self._server, key, embedding) or build_in_child(
            self._data, self._watch
        )

    def nearest(self, key: str, vector: Vector, count: int) -> list[int] | None:
        """The ids of the passages nearest to `vector`, in the revision of this key.

        None where no generation of that revision is open, or the server does not answer in time;
        then they have to be searched exactly.
        """
        served = self._open
        try:
            if self._server:
                return self._asked(self._server, key, vector, count)
            # What is embedded must not be closed while it is searched.
            with self._lock:
                if self._open is None or self._open.generation.key != key:
                    return None
                return self._open.nearest(vector, count)
        except Exception as error:  # noqa: BLE001 (whatever ails Chroma, exact search answers)
            _log.warning("Chroma failed (%s); searching exactly", type(error).__name__)
            self._rests_until = time.monotonic() + REST
            if served and is_lost(error):
                self._give_up(served.generation)
            return None

    def _give_up(self, lost: Generation) -> None:
        """Lets go of a generation that Chroma has lost, so that another is built in its place."""
        _log.warning("generation %s is gone; searching exactly until the next", lost.name)
        with self._lock:
            if self._open is None or self._open.generation != lost:
                return
            self._open.close()
            self._open = None
        with suppress(OSError):  # a folder that may only be read has nothing built in it
            call_unsound(self._data, lost)

    def _asked(
        self, server: ChromaServer, key: str, vector: Vector, count: int
    ) -> list[int] | None:
        """As `nearest`, of a server, which may say nothing at all."""
        served = self._open
        if served is None or served.generation.key != key or time.monotonic() < self._rests_until:
            return None
        return within(server.patience, lambda: served.nearest(vector, count))

    @property
    def key(self) -> str | None:
        """The key of the revision whose generation is open."""
        with self._lock:
            return self._open.generation.key if self._open else None

    def close(self) -> None:
        """Lets go of the open generation."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None
