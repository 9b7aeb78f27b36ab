"""SQLite: the database of a bot that runs on one machine."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bot.store.database import Cursor, Database
from bot.store.migrations import MIGRATIONS, check_form, statements_of
from rag.errors import DatabaseUnavailable, IsnadError

_PATIENCE: Final = 5_000
"""Milliseconds to wait for another process that writes."""


class SQLiteDatabase(Database):
    """A database in a file, over one connection behind a lock."""

    clock = "((julianday('now') - 2440587.5) * 86400.0)"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise self._unavailable(error) from None
        try:
            self._connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            # What is deleted is overwritten, however SQLite was built.
            self._connection.execute("PRAGMA secure_delete = ON")
            self._migrate()
        except sqlite3.Error as error:
            self._connection.close()
            raise self._unavailable(error) from None
        except IsnadError:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self, *, together: bool = False) -> Iterator[Cursor]:
        """A transaction that may write; a file has one writer in any case."""
        with self._run("BEGIN IMMEDIATE") as cursor:
            yield cursor

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """A transaction that only reads."""
        with self._run("BEGIN") as cursor:
            yield cursor

    @contextmanager
    def _run(self, begin: str) -> Iterator[Cursor]:
        with self._lock:
            try:
                with closing(self._connection.cursor()) as cursor:
                    cursor.execute(begin)
                    try:
                        yield cursor
                        cursor.execute("COMMIT")
                    finally:
                        if self._connection.in_transaction:
                            self._connection.rollback()
            except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
                if isinstance(error, sqlite3.IntegrityError):
                    raise
                raise DatabaseUnavailable(
                    f"The conversations in {self._path} cannot be read or written ({error}).",
                    "Check the disk, and that no other program has that file open.",
                ) from error

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    def _migrate(self) -> None:
        """Runs the migrations that the database has not seen, each whole or not at all."""
        for number in range(self._form(), len(MIGRATIONS)):
            # Another process may have migrated meanwhile; its lock is waited for.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                if self._form() == number:
                    for statement in statements_of(MIGRATIONS[number]):
                        self._connection.execute(statement)
                    self._connection.execute(f"PRAGMA user_version = {number + 1}")
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                self._connection.rollback()
                raise

    def _form(self) -> int:
        form = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        check_form(form)
        return form

    def _unavailable(self, error: Exception) -> DatabaseUnavailable:
        return DatabaseUnavailable(
            f"The conversations in {self._path} cannot be opened ({error}).",
            "Check DATA_DIR, or move that file away to begin anew.",
        )
