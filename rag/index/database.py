"""A SQLite file of the index: opened for whatever may be done with it, and its transactions."""

import errno
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rag.errors import IndexBusy, IndexUnavailable

Migrations = Sequence[Callable[[sqlite3.Connection], None]]

_LOCK_TIMEOUT: Final = 10.0
_PAUSE: Final = 0.02
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_CLOSED_TO_US: Final = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)


_GIVE_RIGHTS: Final = "Give this user the right to write there, or set DATA_DIR to another folder."
_MAKE_ROOM: Final = "Make room on the disk, and see whether it works."
_ALLOW_FILES: Final = "Let the process open more files (ulimit -n), or start it again."
_ALLOW_MEMORY: Final = "Give the process more memory, or start it again."
_ADVICE: Final = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _GIVE_RIGHTS),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), _ALLOW_FILES),
    **dict.fromkeys((errno.ENOMEM, errno.EAGAIN), _ALLOW_MEMORY),
}


def unwritable(folder: Path, error: OSError) -> IndexUnavailable:
    """What is said where the system does not let the index in `folder` be worked on."""
    return IndexUnavailable(
        f"The index in {folder} cannot be written ({error.strerror or error}); "
        "its last revision goes on serving.",
        _ADVICE.get(error.errno or 0, _MAKE_ROOM),
    )


def is_of_the_process(error: OSError) -> bool:
    """Whether a file is not at fault for an error, but what this process may have or do."""
    return error.errno in _ADVICE


def unavailable(folder: Path, error: sqlite3.Error) -> IndexUnavailable:
    """What is said where SQLite cannot work with a file of the index in `folder`.

    IndexBusy where another process keeps it locked.
    """
    if _code(error) in _BUSY:
        return _busy()
    if _code(error) in _FULL:
        return IndexUnavailable(
            f"The index in {folder} cannot be written ({error}); "
            "its last revision goes on serving.",
            _MAKE_ROOM,
        )
    if _code(error) == sqlite3.SQLITE_READONLY:
        return IndexUnavailable(f"The index in {folder} cannot be written ({error}).", _GIVE_RIGHTS)
    if _code(error) == sqlite3.SQLITE_CANTOPEN:
        return IndexUnavailable(
            f"The index in {folder} cannot be opened ({error}).",
            f"Give this user the right to open it. {_ALLOW_FILES}",
        )
    return IndexUnavailable(
        f"The index in {folder} cannot be opened ({error}).",
        "If it is damaged, `rag index --rebuild` makes it again from the documents.",
    )


def _code(error: sqlite3.Error) -> int:
    """The kind of an error; 0 where SQLite has named none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _busy() -> IndexBusy:
    return IndexBusy("Another process is writing to the index.", "Wait until it has finished.")


def put_aside(path: Path) -> None:
    """Renames a damaged SQLite file, so that a new one can be made; it can be looked at."""
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(f"{path.name}{suffix}")
        if part.exists():
            part.replace(part.with_name(f"damaged-{part.name}"))


class Database:
    """One connection to a SQLite file. Not for use by two threads at once."""

    def __init__(self, path: Path, migrations: Migrations, tables: Sequence[str]) -> None:
        """Opens the file, creating or migrating it. IndexUnavailable where that fails.

        `tables` have to be there afterwards. A file that may only be read is opened for that.
        """
        self._path = path
        try:
            self.connection = self._opened()
        except sqlite3.DatabaseError as error:
            raise unavailable(path.parent, error) from error
        try:
            self._migrate(migrations)
            for table in tables:
                self.connection.execute(f"SELECT 1 FROM {table} LIMIT 0")  # noqa: S608
        except BaseException as error:
            self.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise unavailable(path.parent, error) from error
            raise

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._for_writing()
        except sqlite3.OperationalError as error:
            if _code(error) not in _CLOSED_TO_US or not self._path.is_file():
                raise
            return self._for_reading()

    def _for_writing(self) -> sqlite3.Connection:
        connection = self._connected(str(self._path))
        try:
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _for_reading(self) -> sqlite3.Connection:
        """Where nothing may be written, SQLite reads a log of changes only if it finds its index.

        A file without a log is whole, and can be read as it is.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        whole = not log.exists() or log.stat().st_size == 0
        options = "mode=ro&immutable=1" if whole else "mode=ro"
        connection = self._connected(f"file:{quote(str(self._path))}?{options}")
        try:
            connection.execute("PRAGMA user_version").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _connected(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(
            name,
            timeout=_LOCK_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            uri=name.startswith("file:"),
        )

    def _migrate(self, migrations: Migrations) -> None:
        version = self._version()
        if version > len(migrations):
            raise IndexUnavailable(
                f"The index in {self._path.parent} was made by a newer version of Isnad.",
                "Update Isnad, or set DATA_DIR to another folder.",
            )
        while version < len(migrations):
            with self.writing():
                # Another process may have migrated it while this one waited for the lock.
                version = self._version()
                if version < len(migrations):
                    migrations[version](self.connection)
                    self.connection.execute(f"PRAGMA user_version = {version + 1}")
                    version += 1

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""
        self.connection.close()

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage. Reads everything: seconds in a large file."""
        try:
            return bool(self.connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction in which every read sees the same state."""
        try:
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()
        except sqlite3.DatabaseError as error:
            raise unavailable(self._path.parent, error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that is committed as a whole, or not at all.

        IndexBusy where another process has been writing for longer than one waits.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY:
                raise
            raise _busy() from error
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        # After some errors, such as a full disk, SQLite has done it already.
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers and the writer do not wait for each other then.

    While another process makes the change, SQLite refuses it at once, without its timeout.
    """
    until = time.monotonic() + _LOCK_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return
