"""The served generation: the open Chroma collection of a long-running process."""

import logging
from pathlib import Path
from threading import Lock

from rag.index.chroma import ChromaServer
from rag.index.embedding import Vector
from rag.index.generation import Generation, VectorIndex, current, is_sound

_log = logging.getLogger(__name__)


class ServedGeneration:
    """Holds the newest sound generation open and swaps it for its successor between two queries."""

    def __init__(self, data: Path, server: ChromaServer | None = None) -> None:
        self._data = data
        self._server = server
        self._open: VectorIndex | None = None
        self._unsound: Generation | None = None
        self._lock = Lock()

    def refresh(self) -> None:
        """Opens the generation that the pointer names, if it is another one and sound.

        It is tried out in another process first, because a damaged one can crash its opener.
        Blocks for seconds.
        """
        newest = current(self._data, self._server)
        if newest is None or newest in (self._unsound, self._open and self._open.generation):
            return
        if not is_sound(self._data, newest):
            _log.warning("generation %s is unsound; searching exactly until the next", newest.name)
            self._unsound = newest
            return
        opened = VectorIndex(self._data, newest, self._server)
        with self._lock:
            before, self._open = self._open, opened
        if before:
            before.close()

    def nearest(self, revision: int, vector: Vector, count: int) -> list[int] | None:
        """The ids of the passages nearest to `vector`.

        None where no generation of that revision is open; then they have to be searched exactly.
        """
        with self._lock:
            if self._open is None or self._open.generation.revision != revision:
                return None
            try:
                return self._open.nearest(vector, count)
            except Exception as error:  # noqa: BLE001 (whatever ails Chroma, exact search answers)
                _log.warning("Chroma failed (%s); searching exactly", type(error).__name__)
                return None

    @property
    def revision(self) -> int | None:
        """The revision of the open generation."""
        with self._lock:
            return self._open.generation.revision if self._open else None

    def close(self) -> None:
        """Lets go of the open generation."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None
