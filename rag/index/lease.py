"""The lease: which of several replicas writes what they share, and what they tell each other.

Replicas have the documents folder, a Chroma server and a PostgreSQL database in common. In the
database stands who writes into Chroma, for as long as that one renews it, and what the newest
index holds, so that the others notice.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import uuid4

from pydantic import SecretStr

from rag.errors import DatabaseUnavailable
from rag.postgresql import connect, unavailable

if TYPE_CHECKING:
    from psycopg import Connection

_log = logging.getLogger(__name__)

_SECONDS: Final = 10.0
"""For which a lease is good: how long the others wait for a holder that was killed."""
_NOW: Final = "extract(epoch from clock_timestamp())"
_TABLES: Final = 7_112_012_002
"""The lock under which the tables are made."""


class Lease(Protocol):
    """What the replicas agree through. Its methods may be called from any thread, and block.

    Each raises DatabaseUnavailable where the replicas cannot be asked.
    """

    @property
    def community(self) -> str:
        """A name that the replicas have in common, and nobody else has."""

    def held(self) -> AbstractContextManager[bool]:
        """Takes the lease, renews it within the block and gives it up after it.

        False within the block where another replica has it. A holder that is killed loses it after
        some seconds; one that was frozen may find another at work.
        """

    def announce(self, contents: str) -> None:
        """Tells the others what the newest index holds."""

    def announced(self) -> str:
        """What was announced last; empty before the first."""


class PostgreSQLLease:
    """A lease in a PostgreSQL database, by that server's clock."""

    def __init__(self, url: SecretStr, seconds: float = _SECONDS) -> None:
        """Connects when it is first needed. `seconds`: how long a lease is good unrenewed."""
        self._url, self._seconds = url, seconds
        self._holder = uuid4().hex
        self._connection: Connection[tuple[Any, ...]] | None = None
        self._lock = threading.Lock()
        self._community = ""
        self._blocks, self._blocks_lock = 0, threading.Lock()

    @property
    def community(self) -> str:
        """A name that the replicas have in common, drawn by the first of them."""
        if not self._community:
            self._run(
                "INSERT INTO commons VALUES ('community', %s) ON CONFLICT (name) DO NOTHING",
                (uuid4().hex[:12],),
            )
            ((self._community,),) = self._run("SELECT value FROM commons WHERE name = 'community'")
        return self._community

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Takes the lease, renews it within the block and gives it up after it."""
        with self._blocks_lock:
            taken = self._take()
            self._blocks += taken
        if not taken:
            yield False
            return
        done = threading.Event()
        renewal = threading.Thread(target=self._renew, args=(done,), daemon=True)
        renewal.start()
        try:
            yield True
        finally:
            done.set()
            renewal.join()
            with self._blocks_lock:
                self._blocks -= 1
                if not self._blocks:
                    self._give_up()

    def announce(self, contents: str) -> None:
        """Tells the others what the newest index holds."""
        self._run(
            "INSERT INTO commons VALUES ('contents', %s)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (contents,),
        )

    def announced(self) -> str:
        """What was announced last; empty before the first."""
        rows = self._run("SELECT value FROM commons WHERE name = 'contents'")
        return rows[0][0] if rows else ""

    def close(self) -> None:
        """Closes the connection."""
        with self._lock:
            self._drop()

    def _take(self) -> bool:
        """Takes or renews the lease; whether it is this one's now."""
        rows = self._run(
            f"INSERT INTO lease VALUES ('index', %s, {_NOW} + %s) ON CONFLICT (name) DO UPDATE"  # noqa: S608
            " SET holder = excluded.holder, until = excluded.until"
            f" WHERE lease.until < {_NOW} OR lease.holder = excluded.holder RETURNING holder",
            (self._holder, self._seconds),
        )
        return bool(rows)

    def _give_up(self) -> None:
        # Where that fails it runs out by itself.
        with suppress(DatabaseUnavailable):
            self._run("DELETE FROM lease WHERE name = 'index' AND holder = %s", (self._holder,))

    def _renew(self, done: threading.Event) -> None:
        while not done.wait(self._seconds / 4):
            try:
                if not self._take():
                    _log.warning("another replica has taken over the index")
                    return
            except DatabaseUnavailable as error:
                _log.warning("the lease of the index could not be renewed: %s", error)

    def _run(self, sql: str, values: Sequence[str | float] = ()) -> list[Any]:
        """The rows of a statement that may be repeated, over a new connection if need be."""
        import psycopg

        with self._lock:
            for last in (self._connection is None, True):
                try:
                    cursor = self._connected().execute(sql.encode(), values)
                    return cursor.fetchall() if cursor.description else []
                except psycopg.Error as error:
                    self._drop()
                    if last:
                        raise unavailable(self._url, error) from None
        raise AssertionError

    def _connected(self) -> "Connection[tuple[Any, ...]]":
        if self._connection is None:
            connection = connect(self._url)
            self._connection = connection
            with connection.transaction():
                connection.execute(f"SELECT pg_advisory_xact_lock({_TABLES})".encode())
                for table in (
                    "lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL,"
                    " until DOUBLE PRECISION NOT NULL)",
                    "commons (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
                ):
                    connection.execute(f"CREATE TABLE IF NOT EXISTS {table}".encode())
        return self._connection

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None
