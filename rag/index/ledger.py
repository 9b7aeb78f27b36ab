"""The ledger: files, passages and revisions in SQLite. It is the truth.

Everything else in the index is derived from it. A change is one transaction that ends in a new
revision; a reader's transaction sees one revision from its first query to its last.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Self

from rag.documents.document import Document
from rag.index import database
from rag.index.contents import Contents
from rag.index.database import Database, unavailable
from rag.index.entries import FileEntry, SegmentEntry, SkippedEntry, StoredPassage, stored
from rag.index.former import FormerRevision
from rag.index.schema import FILE_TABLES, MIGRATIONS, TABLES
from rag.text.sentences import Span

__all__ = [
    "FileEntry",
    "Ledger",
    "SegmentEntry",
    "SkippedEntry",
    "StoredPassage",
    "exists",
    "identity",
    "put_aside",
    "unavailable",
]

_NAME: Final = "ledger.sqlite3"


def exists(folder: Path) -> bool:
    """Whether there is a ledger in `folder`."""
    return (folder / _NAME).is_file()


def identity(folder: Path) -> int | None:
    """Which file the ledger in `folder` is: another one where it has been replaced."""
    try:
        return (folder / _NAME).stat().st_ino
    except OSError:
        return None


def put_aside(folder: Path) -> None:
    """Renames a damaged ledger, so that a new one can be made; what was in it can be looked at."""
    database.put_aside(folder / _NAME)


class Ledger(Contents):
    """One connection to the ledger in a folder. Not for use by two threads at once."""

    def __init__(self, folder: Path) -> None:
        """Opens the ledger, creating or migrating it. IndexUnavailable where that fails."""
        self._database = Database(folder / _NAME, MIGRATIONS, TABLES)
        super().__init__(self._database.connection)
        self.former = FormerRevision(self._connection)

    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reading(self) -> AbstractContextManager[None]:
        """A transaction in which every read sees the same revision."""
        return self._database.reading()

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that is committed as a whole, or not at all.

        IndexBusy where another process has been writing for longer than one waits.
        """
        return self._database.writing()

    # What is there

    @property
    def revision(self) -> int:
        """The current revision; 0 before the first."""
        return int(self._state("revision") or 0)

    @property
    def key(self) -> str:
        """The revision's own name, which no revision of another ledger has; empty before one."""
        return self._state("key") or ""

    @property
    def embedding(self) -> str:
        """The name of the embedding of the segments' vectors; empty before the first."""
        return self._state("embedding") or ""

    @property
    def terms(self) -> str:
        """Which rules the segments' terms and spans were made by; empty before the first."""
        return self._state("terms") or ""

    @property
    def calibration(self) -> str:
        """What the collection's self-test found, as it was stored; empty before the first."""
        return self._state("calibration") or ""

    def _state(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    @property
    def width(self) -> int | None:
        """The dimensions of a model's vectors in the segments; None where there are none."""
        return int(self._state("width") or 0) or None

    @property
    def former_revision(self) -> int:
        """The revision that can be gone back to; 0 where there is none."""
        return int(self._state("former_revision") or 0)

    @property
    def former_key(self) -> str:
        """The name of that revision, where it would be the same in everything; else empty."""
        return self._state("former_key") or ""

    def set_state(self, **values: str) -> None:
        """Sets any of the properties above."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO state VALUES (?, ?)",
            list(values.items()),
        )

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage. Reads everything: seconds in a large collection."""
        return self._database.is_sound()

    # What changes it; within `writing`

    def remove_file(self, file: int) -> None:
        """Takes a file and its passages out. Their rows in the segments have to be marked dead."""
        for table, column in reversed(FILE_TABLES.items()):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))  # noqa: S608

    def add_file(self, document: Document, size: int, modified: int) -> int:
        """Adds a file without its passages; gives its id."""
        date, title = document.date, document.title_span
        cursor = self._connection.execute(
            """INSERT INTO files (path, size, modified, sha256, encoding, language, title,
                   title_start, title_end, date, date_start, date_end, attribution, warning,
                   characters, passages, pages)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                document.file.path,
                size,
                modified,
                document.file.sha256,
                document.file.encoding,
                document.language,
                document.title,
                title.start if title else None,
                title.end if title else None,
                date.value if date else None,
                date.span.start if date and date.span else None,
                date.span.end if date and date.span else None,
                document.attribution,
                document.warning,
                len(document.file.text),
                len(document.passages),
                " ".join(map(str, document.file.pages)),
            ),
        )
        file = int(cursor.lastrowid or 0)
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (file, document.file.text))
        self._connection.executemany(
            "INSERT INTO phrases VALUES (?, ?)", [(file, key) for key in sorted(document.phrases)]
        )
        self._connection.executemany(
            "INSERT INTO lines VALUES (?, ?)", [(file, key) for key in sorted(document.short_lines)]
        )
        return file

    def add_passage(self, file: int, sentences: Sequence[Span]) -> int:
        """Adds a passage; gives its id."""
        cursor = self._connection.execute(
            "INSERT INTO passages (file, sentences) VALUES (?, ?)", (file, stored(sentences))
        )
        return int(cursor.lastrowid or 0)

    def touch_file(self, file: int, size: int, modified: int) -> None:
        """Notes that an unchanged file was seen with another size or time."""
        self._connection.execute(
            "UPDATE files SET size = ?, modified = ? WHERE id = ?", (size, modified, file)
        )

    def set_skipped(self, entries: Iterable[SkippedEntry]) -> None:
        """Replaces the list of skipped files."""
        self._connection.execute("DELETE FROM skipped")
        self._connection.executemany(
            "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?)",
            [(entry.path, entry.size, entry.modified, entry.reason) for entry in entries],
        )

    def add_segment(self, name: str, rows: int) -> None:
        """Adds a segment as the youngest."""
        self._connection.execute(
            "INSERT INTO segments VALUES (?, ?, (SELECT coalesce(max(age), 0) + 1 FROM segments))",
            (name, rows),
        )

    def remove_segments(self, names: Iterable[str]) -> None:
        """Takes segments out; their passages have to be in others."""
        for name in names:
            self._connection.execute("DELETE FROM segments WHERE name = ?", (name,))
            self._connection.execute("DELETE FROM dead WHERE segment = ?", (name,))

    def mark_dead(self, segment: str, slots: Iterable[int]) -> None:
        """Notes that rows of a segment hold passages that are gone."""
        self._connection.executemany(
            "INSERT INTO dead VALUES (?, ?)", [(segment, slot) for slot in slots]
        )

    # Of earlier versions, which kept vectors that were paid for here

    def vectors(self) -> Iterator[tuple[str, str, bytes]]:
        """Their models, the hashes of their texts, and the vectors."""
        yield from self._connection.execute("SELECT model, hash, vector FROM vectors")

    def forget_vectors(self) -> None:
        """Deletes them: they are kept elsewhere."""
        with self.writing():
            self._connection.execute("DELETE FROM vectors")
