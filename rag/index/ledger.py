"""The ledger: files, passages, revisions and paid-for vectors in SQLite. It is the truth.

Everything else in the index is derived from it. A change is one transaction that ends in a new
revision; a reader's transaction sees one revision from its first query to its last.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from rag.documents.document import Document
from rag.documents.evidence import Evidence, Sentence, Source
from rag.errors import IndexBusy, IndexUnavailable
from rag.text.sentences import Span

Vector = npt.NDArray[np.float32]

_NAME: Final = "ledger.sqlite3"
_LOCK_TIMEOUT: Final = 10.0
_PAUSE: Final = 0.02
_BATCH: Final = 500


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


_MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (
    _first_schema,
    _with_warnings,
    _with_texts_apart,
)
"""Migration number n brings a ledger of version n to version n + 1."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the ledger knows of a file without its text."""

    id: int
    path: str
    size: int
    modified: int
    sha256: str
    title: str
    date: str | None
    language: str
    attribution: str
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """A file that was skipped, and as which it was seen."""

    path: str
    size: int | None
    modified: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of the current revision and its rows that are gone."""

    name: str
    rows: int
    dead: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it goes into a derived index."""

    id: int
    path: str
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """An id that depends on nothing but the passage: its file, its span and its text."""
        whole = f"{self.path}\n{self.start}\n{self.end}\n{self.text}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


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
    for suffix in ("", "-wal", "-shm"):
        path = folder / f"{_NAME}{suffix}"
        if path.exists():
            path.replace(path.with_name(f"damaged-{path.name}"))


def unavailable(folder: Path, error: sqlite3.Error) -> IndexUnavailable:
    """What is said where SQLite cannot work with a ledger."""
    return IndexUnavailable(
        f"The index in {folder} cannot be opened ({error}).",
        "If it is damaged, `rag index --rebuild` makes it again from the documents.",
    )


class Ledger:
    """One connection to the ledger in a folder. Not for use by two threads at once."""

    def __init__(self, folder: Path) -> None:
        """Opens the ledger, creating or migrating it. IndexUnavailable where that fails."""
        self._path = folder / _NAME
        try:
            self._connection = sqlite3.connect(
                self._path, timeout=_LOCK_TIMEOUT, isolation_level=None, check_same_thread=False
            )
            self._use_write_ahead_log()
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except sqlite3.DatabaseError as error:
            raise unavailable(folder, error) from error

    def _use_write_ahead_log(self) -> None:
        """Readers and the writer do not wait for each other then.

        While another process makes the change, SQLite refuses it at once, without its timeout.
        """
        until = time.monotonic() + _LOCK_TIMEOUT
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _migrate(self) -> None:
        version = self._version()
        if version > len(_MIGRATIONS):
            raise IndexUnavailable(
                f"The index in {self._path.parent} was made by a newer version of Isnad.",
                "Update Isnad, or set DATA_DIR to another folder.",
            )
        while version < len(_MIGRATIONS):
            with self.writing():
                # Another process may have migrated it while this one waited for the lock.
                version = self._version()
                if version < len(_MIGRATIONS):
                    _MIGRATIONS[version](self._connection)
                    self._connection.execute(f"PRAGMA user_version = {version + 1}")
                    version += 1

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction in which every read sees the same revision."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            raise unavailable(self._path.parent, error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that is committed as a whole, or not at all.

        IndexBusy where another process has been writing for longer than one waits.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise IndexBusy(
                "Another process is writing to the index.", "Wait until it has finished."
            ) from error
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

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

    def set_state(self, **values: str) -> None:
        """Sets `revision`, `key`, `embedding`, `terms` or `calibration`."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO state VALUES (?, ?)",
            list(values.items()),
        )

    def files(self) -> list[FileEntry]:
        """Every file, in order of its path."""
        rows = self._connection.execute(
            """SELECT id, path, size, modified, sha256, title, date, language, attribution,
                      characters, passages
               FROM files ORDER BY path"""
        )
        return [FileEntry(*row) for row in rows]

    def file_states(self) -> dict[str, tuple[int, int, int, str]]:
        """Id, size, time of change and hash of every file, by path."""
        rows = self._connection.execute("SELECT path, id, size, modified, sha256 FROM files")
        return {path: (id_, size, modified, sha) for path, id_, size, modified, sha in rows}

    def languages(self) -> dict[int, str]:
        """The language of every file, by its id."""
        return dict(self._connection.execute("SELECT id, language FROM files").fetchall())

    def path_order(self) -> dict[int, int]:
        """The place of every file, by its id, in the order of paths."""
        rows = self._connection.execute("SELECT id FROM files ORDER BY path")
        return {id_: place for place, (id_,) in enumerate(rows)}

    def skipped(self) -> list[SkippedEntry]:
        """The files that were skipped, in order of their paths."""
        rows = self._connection.execute(
            "SELECT path, size, modified, reason FROM skipped ORDER BY path"
        )
        return [SkippedEntry(*row) for row in rows]

    def warnings(self) -> dict[str, str]:
        """Why files should be looked at, by path, in order of their paths."""
        rows = self._connection.execute(
            "SELECT path, warning FROM files WHERE warning != '' ORDER BY path"
        )
        return dict(rows.fetchall())

    def file_count(self) -> int:
        """How many files there are."""
        return int(self._connection.execute("SELECT count(*) FROM files").fetchone()[0])

    def passage_count(self) -> int:
        """How many passages there are."""
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def segments(self) -> list[SegmentEntry]:
        """The segments of the current revision, oldest first."""
        rows = self._connection.execute("SELECT name, rows FROM segments ORDER BY age").fetchall()
        return [
            SegmentEntry(
                name,
                count,
                tuple(
                    slot
                    for (slot,) in self._connection.execute(
                        "SELECT slot FROM dead WHERE segment = ?", (name,)
                    )
                ),
            )
            for name, count in rows
        ]

    def evidence(self, passages: Sequence[int]) -> dict[int, Evidence]:
        """The passages of the given ids, with their files and sentences; the scores are 0."""
        found: dict[int, Evidence] = {}
        sources: dict[int, Source] = {}
        for id_, file, sentences in self._passage_rows(passages):
            if file not in sources:
                sources[file] = self.source(file)
            source = sources[file]
            spans = _spans(sentences)
            found[id_] = Evidence(source, tuple(Sentence(source, span) for span in spans), 0.0)
        return found

    def _passage_rows(self, passages: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
        for begin in range(0, len(passages), _BATCH):
            batch = passages[begin : begin + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(
                f"SELECT id, file, sentences FROM passages WHERE id IN ({marks})",  # noqa: S608
                tuple(batch),
            )

    def source(self, file: int) -> Source:
        """A file, with its text."""
        row = self._connection.execute(
            """SELECT path, title, title_start, title_end, date, date_start, date_end, language,
                      sha256, encoding, text
               FROM files JOIN texts ON texts.file = id WHERE id = ?""",
            (file,),
        ).fetchone()
        path, title, title_start, title_end, date, date_start, date_end, *rest = row
        return Source(
            path,
            title,
            None if title_start is None else Span(title_start, title_end),
            date,
            None if date_start is None else Span(date_start, date_end),
            *rest,
        )

    def text_of(self, path: str) -> str | None:
        """The text of the file at `path`, or None where it is not in the index."""
        row = self._connection.execute(
            "SELECT text FROM files JOIN texts ON texts.file = id WHERE path = ?", (path,)
        ).fetchone()
        return row[0] if row else None

    def passages_of(self, file: int) -> list[int]:
        """The passage ids of a file, in their order in the text."""
        rows = self._connection.execute(
            "SELECT id FROM passages WHERE file = ? ORDER BY id", (file,)
        )
        return [id_ for (id_,) in rows]

    def same_content(self) -> dict[str, tuple[str, ...]]:
        """For each file whose content others share: the paths of those others."""
        groups: dict[str, list[str]] = {}
        for sha, path in self._connection.execute(
            """SELECT sha256, path FROM files WHERE sha256 IN
               (SELECT sha256 FROM files GROUP BY sha256 HAVING count(*) > 1) ORDER BY path"""
        ):
            groups.setdefault(sha, []).append(path)
        return {
            path: tuple(other for other in group if other != path)
            for group in groups.values()
            for path in group
        }

    def stored_passages(self) -> Iterator[StoredPassage]:
        """Every passage with its place and text, file by file."""
        for id_, path, sentences, text in self._connection.execute(
            """SELECT passages.id, path, sentences, text FROM passages
               JOIN files ON files.id = passages.file JOIN texts ON texts.file = passages.file
               ORDER BY passages.id"""
        ):
            spans = _spans(sentences)
            start, end = spans[0].start, spans[-1].end
            yield StoredPassage(id_, path, start, end, text[start:end])

    # What changes it; within `writing`

    def remove_file(self, file: int) -> None:
        """Takes a file and its passages out. Their rows in the segments have to be marked dead."""
        self._connection.execute("DELETE FROM passages WHERE file = ?", (file,))
        self._connection.execute("DELETE FROM texts WHERE file = ?", (file,))
        self._connection.execute("DELETE FROM files WHERE id = ?", (file,))

    def add_file(self, document: Document, size: int, modified: int) -> int:
        """Adds a file without its passages; gives its id."""
        date, title = document.date, document.title_span
        cursor = self._connection.execute(
            """INSERT INTO files (path, size, modified, sha256, encoding, language, title,
                   title_start, title_end, date, date_start, date_end, attribution, warning,
                   characters, passages)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
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
            ),
        )
        file = int(cursor.lastrowid or 0)
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (file, document.file.text))
        return file

    def add_passage(self, file: int, sentences: Sequence[Span]) -> int:
        """Adds a passage; gives its id."""
        spans = np.array([(span.start, span.end) for span in sentences], dtype=np.uint32)
        cursor = self._connection.execute(
            "INSERT INTO passages (file, sentences) VALUES (?, ?)", (file, spans.tobytes())
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

    # Vectors that were paid for

    def known_vectors(self, model: str, hashes: Sequence[str]) -> dict[str, Vector]:
        """The kept vectors among those of `hashes` (of texts), by hash."""
        found: dict[str, Vector] = {}
        for begin in range(0, len(hashes), _BATCH):
            batch = hashes[begin : begin + _BATCH]
            marks = ",".join("?" * len(batch))
            for key, blob in self._connection.execute(
                f"SELECT hash, vector FROM vectors WHERE model = ? AND hash IN ({marks})",  # noqa: S608
                (model, *batch),
            ):
                found[key] = np.frombuffer(blob, dtype=np.float32)
        return found

    def keep_vectors(self, model: str, vectors: dict[str, Vector]) -> None:
        """Keeps vectors for good, at once: what was paid for is not lost with the revision."""
        with self.writing():
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(model, key, vector.tobytes()) for key, vector in vectors.items()],
            )


def _spans(blob: bytes) -> list[Span]:
    return [
        Span(int(start), int(end)) for start, end in np.frombuffer(blob, np.uint32).reshape(-1, 2)
    ]
