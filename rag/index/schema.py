"""The ledger's schema, and how a ledger of an earlier version is brought to it."""

import sqlite3
from collections.abc import Callable
from typing import Final


def _first_schema(connection: sqlite3.Connection) -> None:
    for statement in (
        "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL, modified INTEGER NOT NULL,
            sha256 TEXT NOT NULL, encoding TEXT NOT NULL, language TEXT NOT NULL,
            title TEXT NOT NULL, title_start INTEGER, title_end INTEGER,
            date TEXT, date_start INTEGER, date_end INTEGER,
            attribution TEXT NOT NULL, text TEXT NOT NULL)""",
        "CREATE INDEX files_by_content ON files (sha256)",
        """CREATE TABLE skipped (
            path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, reason TEXT NOT NULL
            ) WITHOUT ROWID""",
        """CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES files (id),
            sentences BLOB NOT NULL)""",
        "CREATE INDEX passages_by_file ON passages (file)",
        """CREATE TABLE segments (
            name TEXT PRIMARY KEY, rows INTEGER NOT NULL, age INTEGER NOT NULL)""",
        "CREATE TABLE dead (segment TEXT NOT NULL, slot INTEGER NOT NULL)",
        """CREATE TABLE vectors (
            model TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL,
            PRIMARY KEY (model, hash)) WITHOUT ROWID""",
        "INSERT INTO state VALUES ('revision', '0')",
    ):
        connection.execute(statement)


def _with_warnings(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE files ADD COLUMN warning TEXT NOT NULL DEFAULT ''")


def _with_texts_apart(connection: sqlite3.Connection) -> None:
    """Texts in a table of their own: what else is known of a file is then read without them."""
    for statement in (
        "CREATE TABLE texts (file INTEGER PRIMARY KEY REFERENCES files (id), text TEXT NOT NULL)",
        "INSERT INTO texts SELECT id, text FROM files",
        "ALTER TABLE files ADD COLUMN characters INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE files ADD COLUMN passages INTEGER NOT NULL DEFAULT 0",
        """UPDATE files SET characters = length(text),
               passages = (SELECT count(*) FROM passages WHERE file = files.id)""",
        "ALTER TABLE files DROP COLUMN text",
    ):
        connection.execute(statement)


def _with_the_former_revision(connection: sqlite3.Connection) -> None:
    """What the last revision took out, so that it can be taken back, and what is held back."""
    for statement in (
        *(
            f"CREATE TABLE former_{one} AS SELECT * FROM {one} WHERE 0"  # noqa: S608
            for one in ("files", "texts", "passages")
        ),
        "CREATE TABLE arrived (path TEXT PRIMARY KEY) WITHOUT ROWID",
        """CREATE TABLE held (
            path TEXT PRIMARY KEY, size INTEGER, modified INTEGER) WITHOUT ROWID""",
        "CREATE INDEX dead_by_segment ON dead (segment, slot)",
    ):
        connection.execute(statement)


def _with_pages(connection: sqlite3.Connection) -> None:
    """Where each page of a file begins, as its offsets with spaces between them."""
    connection.execute("ALTER TABLE files ADD COLUMN pages TEXT NOT NULL DEFAULT ''")


def _with_phrases(connection: sqlite3.Connection) -> None:
    """The keys of each file's sentences, by which the same report in two files is recognised."""
    for statement in (
        """CREATE TABLE phrases (
            file INTEGER NOT NULL REFERENCES files (id), key INTEGER NOT NULL,
            PRIMARY KEY (file, key)) WITHOUT ROWID""",
        "CREATE INDEX phrases_by_key ON phrases (key)",
        "CREATE TABLE former_phrases AS SELECT * FROM phrases WHERE 0",
    ):
        connection.execute(statement)


def _with_lines(connection: sqlite3.Connection) -> None:
    """The keys of each file's short lines, by which a line of many reports is recognised."""
    for statement in (
        """CREATE TABLE lines (
            file INTEGER NOT NULL REFERENCES files (id), key INTEGER NOT NULL,
            PRIMARY KEY (file, key)) WITHOUT ROWID""",
        "CREATE INDEX lines_by_key ON lines (key)",
        "CREATE TABLE former_lines AS SELECT * FROM lines WHERE 0",
    ):
        connection.execute(statement)


FILE_TABLES: Final = {
    "files": "id",
    "texts": "file",
    "passages": "file",
    "phrases": "file",
    "lines": "file",
}
"""The tables that hold what is known of a file, and which column of each has the file's id."""

MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (
    _first_schema,
    _with_warnings,
    _with_texts_apart,
    _with_the_former_revision,
    _with_pages,
    _with_phrases,
    _with_lines,
)
"""Migration number n brings a ledger of version n to version n + 1."""

TABLES: Final = (
    *FILE_TABLES,
    *(f"former_{one}" for one in FILE_TABLES),
    *("state", "skipped", "segments", "dead", "arrived", "held"),
)
"""Every table of a ledger of this version."""
