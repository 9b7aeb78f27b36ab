"""The reader: runs work on exactly one revision, always the newest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar
from weakref import finalize

from rag.errors import IndexUnavailable
from rag.index.ledger import Ledger, exists, identity
from rag.index.snapshot import Snapshot, open_snapshot

T = TypeVar("T")

_TRIES: Final = 5


def _no_index() -> IndexUnavailable:
    return IndexUnavailable("There is no index yet.", "Run `rag index` to make one.")


class IndexReader:
    """Reads the index in a data folder; several threads may use it at once."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._snapshot: Snapshot | None = None
        self._lock = Lock()
        self._idle: list[tuple[int, Ledger]] = []
        """Open connections that nobody uses just now, each with the file that it is to."""
        finalize(self, _close_all, self._idle)

    @property
    def ready(self) -> bool:
        """Whether there is a revision to read. IndexUnavailable where the index is damaged."""
        if not exists(self._data):
            return False
        with Ledger(self._data) as ledger, ledger.reading():
            return ledger.revision > 0

    def read(self, work: Callable[[Ledger, Snapshot], T]) -> T:
        """What `work` makes of the newest revision: its ledger and its snapshot agree.

        IndexUnavailable where there is none, or where it is damaged.
        """
        with self._open() as ledger:
            for attempt in range(_TRIES):
                with ledger.reading():
                    if ledger.revision == 0:
                        raise _no_index()
                    try:
                        snapshot = self._current(ledger)
                    except IndexUnavailable:
                        # A writer has merged segments away since the transaction began to read.
                        if attempt == _TRIES - 1:
                            raise
                        continue
                    return work(ledger, snapshot)
        raise AssertionError("unreachable")

    @contextmanager
    def _open(self) -> Iterator[Ledger]:
        """A connection; an idle one where the ledger is still the same file."""
        file = identity(self._data)
        if file is None:
            raise _no_index()
        ledger = self._taken(file) or Ledger(self._data)
        try:
            yield ledger
        except BaseException:
            ledger.close()
            raise
        self._idle.append((file, ledger))

    def _taken(self, file: int) -> Ledger | None:
        """An idle connection to `file`; those to others are closed."""
        # Another thread may take the last one at any moment: `pop` alone decides.
        with suppress(IndexError):
            while True:
                of, idle = self._idle.pop()
                if of == file:
                    return idle
                idle.close()
        return None

    def close(self) -> None:
        """Closes the connections that are kept open."""
        _close_all(self._idle)

    def _current(self, ledger: Ledger) -> Snapshot:
        with self._lock:
            self._snapshot = open_snapshot(self._data, ledger, self._snapshot)
            return self._snapshot


def _close_all(idle: list[tuple[int, Ledger]]) -> None:
    while idle:
        idle.pop()[1].close()
