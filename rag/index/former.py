"""The former revision: what the last one took out and brought in, so that it can be taken back.

Only the last is kept. What taking it back leaves behind in the documents folder is held back: it
stays as it is in the index until it changes again in the folder.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.index.entries import spans_of
from rag.index.schema import FILE_TABLES
from rag.text.sentences import Span

Rows = dict[str, tuple[str, Sequence[Sequence[object]]]]
"""Rows by table: the names of the columns, and the values."""


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A file of the former revision that is not in this one."""

    id: int
    path: str
    size: int
    modified: int
    title: str
    headline: Span | None
    text: str
    passages: dict[int, list[Span]]
    """The sentences of each passage, by its id."""


@dataclass(frozen=True, slots=True)
class Held:
    """How a file stood in the folder when it was held back; no size: there was none."""

    size: int | None
    modified: int | None


class FormerRevision:
    """The record of the former revision in an open ledger. Changes are made within `writing`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self) -> list[FormerFile]:
        """The files of the former revision that are not in this one."""
        passages: dict[int, dict[int, list[Span]]] = {}
        for id_, file, sentences in self._connection.execute(
            "SELECT id, file, sentences FROM former_passages ORDER BY id"
        ):
            passages.setdefault(file, {})[id_] = spans_of(sentences)
        return [
            FormerFile(
                id_,
                path,
                size,
                modified,
                title,
                None if start is None else Span(start, end),
                text,
                passages.get(id_, {}),
            )
            for id_, path, size, modified, title, start, end, text in self._connection.execute(
                """SELECT id, path, size, modified, title, title_start, title_end, text
                   FROM former_files JOIN former_texts ON former_texts.file = id ORDER BY id"""
            )
        ]

    def arrived(self) -> set[str]:
        """The paths of the files that the last revision brought in and the former had not."""
        return {path for (path,) in self._connection.execute("SELECT path FROM arrived")}

    def record(self, gone: Iterable[int], arrived: Iterable[str]) -> None:
        """Keeps the files of these ids, which are about to go; forgets what was kept before."""
        ids = [(file,) for file in gone]
        for table, column in FILE_TABLES.items():
            former = f"former_{table}"
            self._connection.execute(f"DELETE FROM {former}")  # noqa: S608
            columns = self._columns(table, former)
            self._connection.executemany(
                f"INSERT INTO {former} ({columns}) "  # noqa: S608
                f"SELECT {columns} FROM {table} WHERE {column} = ?",
                ids,
            )
        self._connection.execute("DELETE FROM arrived")
        self._connection.executemany(
            "INSERT INTO arrived VALUES (?)", [(path,) for path in arrived]
        )

    def _columns(self, table: str, former: str) -> str:
        """The columns of a table, which its former twin has from now on too."""
        own, twins = (
            [row[1] for row in self._connection.execute(f"PRAGMA table_info({name})")]
            for name in (table, former)
        )
        for name in own:
            if name not in twins:
                self._connection.execute(f"ALTER TABLE {former} ADD COLUMN {name}")
        return ", ".join(own)

    def taken_out(self) -> Rows:
        """Everything that is kept of the files of the former revision."""
        found: Rows = {}
        for table in FILE_TABLES:
            columns = self._columns(table, f"former_{table}")
            rows = self._connection.execute(f"SELECT {columns} FROM former_{table}")  # noqa: S608
            found[table] = (columns, rows.fetchall())
        return found

    def bring_back(self, rows: Rows) -> None:
        """Puts files into the collection again, under the ids that they had."""
        for table, (columns, values) in rows.items():
            marks = ", ".join("?" * len(columns.split(", ")))
            self._connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                values,
            )

    # What is held back

    def held(self) -> dict[str, Held]:
        """The files that are held back, by path."""
        rows = self._connection.execute("SELECT path, size, modified FROM held")
        return {path: Held(size, modified) for path, size, modified in rows}

    def hold(self, files: dict[str, Held]) -> None:
        """Holds files back; a file that was held before is held as it is said now."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO held VALUES (?, ?, ?)",
            [(path, one.size, one.modified) for path, one in files.items()],
        )

    def release(self, paths: Iterable[str]) -> None:
        """Holds files back no more."""
        self._connection.executemany("DELETE FROM held WHERE path = ?", [(one,) for one in paths])
