"""The bot's database: transactions for the modules of this room, whatever keeps the tables.

`Database.open` gives SQLite in a file, or PostgreSQL where a URL names it. Both run transactions
that write one after the other, over all threads and processes, so that a row that was read in one
is still so when it is written. Every call blocks: from the event loop, `asyncio.to_thread`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from pydantic import SecretStr

Value = str | int | float | bytes | None
"""What a column holds. A truth value is kept as 0 or 1."""


class Cursor(Protocol):
    """Runs the statements of one transaction."""

    def execute(self, sql: str, parameters: Sequence[Value] = (), /) -> "Cursor":
        """Runs one statement; `?` stands for a parameter in every dialect."""

    def fetchone(self) -> Any:
        """The next row, None where there is none."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """The rows that are left, one by one."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement wrote."""


class Database(ABC):
    """An open database, brought to its newest form. Its methods may be called from any thread."""

    clock: str
    """The SQL expression for now, in seconds since 1970, by the clock that all processes share."""

    @staticmethod
    def open(path: Path, url: SecretStr | None = None) -> "Database":
        """The database at `url`, or else in the file `path`, which is made where it is missing.

        IsnadError where it cannot be used; the password in the URL is not in its text.
        """
        if url:
            from bot.store.postgresql import PostgreSQLDatabase

            return PostgreSQLDatabase(url)
        from bot.store.sqlite import SQLiteDatabase

        return SQLiteDatabase(path)

    @abstractmethod
    def transaction(self, *, together: bool = False) -> AbstractContextManager[Cursor]:
        """A transaction that may write: whole when the block ends, undone when it raises.

        Others that write wait meanwhile, so nothing slow belongs into the block. Those that run
        `together` need not wait for each other: what they write must not depend on what they have
        read of each other's. DatabaseUnavailable where the database fails.
        """

    @abstractmethod
    def reading(self) -> AbstractContextManager[Cursor]:
        """A transaction that only reads, all of it at one moment; it waits for nobody."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the database."""
