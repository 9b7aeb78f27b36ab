"""What the bot remembers: conversations, and how much was asked. SQLite; every call blocks.

One connection behind a lock, so that the calls may come from any thread.
"""

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from rag.errors import IsnadError
from rag.knowledge_base import Turn

HOUR: Final = 3_600.0
DAY: Final = 86_400.0

# Each brings the database from its number to the next; a released one is never changed.
_MIGRATIONS: Final = (
    """
    CREATE TABLE threads (
        chat INTEGER NOT NULL, topic INTEGER NOT NULL, beginning INTEGER NOT NULL,
        PRIMARY KEY (chat, topic)
    ) WITHOUT ROWID;
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL,
        asker INTEGER NOT NULL, at REAL NOT NULL,
        question TEXT NOT NULL, answer TEXT NOT NULL, files TEXT NOT NULL
    );
    CREATE INDEX turns_of_thread ON turns (chat, topic, id);
    CREATE INDEX turns_by_age ON turns (at);
    CREATE TABLE questions (asker INTEGER NOT NULL, at REAL NOT NULL);
    CREATE INDEX questions_of_asker ON questions (asker, at);
    CREATE TABLE tokens (day INTEGER PRIMARY KEY, spent INTEGER NOT NULL);
    """,
)


class Place(NamedTuple):
    """Where a conversation is held: a chat and a topic in it (0 where it has none)."""

    chat: int
    topic: int


@dataclass(frozen=True, slots=True)
class Thread:
    """The earlier exchanges at a place. `beginning` counts how often it was begun anew there."""

    place: Place
    beginning: int
    turns: tuple[Turn, ...]


class Store:
    """The bot's database. Times are seconds since 1970."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """The database at `path`, made or brought to its newest form. IsnadError if unusable."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA busy_timeout = 5000")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            _migrate(connection)
        except (OSError, sqlite3.Error) as error:
            raise IsnadError(
                f"The conversations in {path} cannot be opened ({error}).",
                "Check DATA_DIR, or move that file away to begin anew.",
            ) from None
        return cls(connection)

    def close(self) -> None:
        """Closes the database."""
        with self._lock:
            self._connection.close()

    def thread(self, place: Place, length: int) -> Thread:
        """The last `length` exchanges at a place, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT question, answer, files FROM turns WHERE chat = ? AND topic = ?"
                " ORDER BY id DESC LIMIT ?",
                (*place, length),
            ).fetchall()
            beginning = self._beginning(place)
        turns = [Turn(asked, said, tuple(json.loads(files))) for asked, said, files in rows]
        return Thread(place, beginning, tuple(reversed(turns)))

    def remember(self, thread: Thread, asker: int, turn: Turn, now: float) -> None:
        """Adds an exchange to a thread, unless another was begun there after it was read."""
        with self._lock:
            if self._beginning(thread.place) != thread.beginning:
                return
            self._connection.execute(
                "INSERT INTO turns (chat, topic, asker, at, question, answer, files)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*thread.place, asker, now, turn.question, turn.answer, json.dumps(turn.files)),
            )

    def forget(self, place: Place) -> None:
        """Begins a new thread: the exchanges at this place are deleted."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "INSERT INTO threads VALUES (?, ?, 1)"
                " ON CONFLICT (chat, topic) DO UPDATE SET beginning = beginning + 1",
                place,
            )
            self._connection.execute("DELETE FROM turns WHERE chat = ? AND topic = ?", place)

    def expire(self, days: int, now: float) -> int:
        """Deletes exchanges older than `days`, and counts that have served; how many exchanges."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM questions WHERE at <= ?", (now - HOUR,))
            self._connection.execute("DELETE FROM tokens WHERE day < ?", (now // DAY - 1,))
            old = self._connection.execute("DELETE FROM turns WHERE at < ?", (now - days * DAY,))
            return old.rowcount

    def take_question(self, asker: int, limit: int, now: float) -> float:
        """Counts a question of this hour; or, where `limit` are used up, the seconds to wait."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            times = [
                at
                for (at,) in self._connection.execute(
                    "SELECT at FROM questions WHERE asker = ? AND at > ? ORDER BY at",
                    (asker, now - HOUR),
                )
            ]
            if len(times) >= limit:
                return float(times[-limit]) + HOUR - now
            self._connection.execute("INSERT INTO questions VALUES (?, ?)", (asker, now))
            return 0.0

    def spend_tokens(self, tokens: int, now: float) -> None:
        """Counts tokens of the model towards this day (UTC)."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO tokens VALUES (?, ?)"
                " ON CONFLICT (day) DO UPDATE SET spent = spent + ?",
                (int(now // DAY), tokens, tokens),
            )

    def tokens_spent(self, now: float) -> int:
        """The tokens that were spent this day (UTC)."""
        with self._lock:
            row = self._connection.execute(
                "SELECT spent FROM tokens WHERE day = ?", (int(now // DAY),)
            ).fetchone()
        return int(row[0]) if row else 0

    def _beginning(self, place: Place) -> int:
        row = self._connection.execute(
            "SELECT beginning FROM threads WHERE chat = ? AND topic = ?", place
        ).fetchone()
        return int(row[0]) if row else 0


def _migrate(connection: sqlite3.Connection) -> None:
    """Runs the migrations that the database has not seen, each whole or not at all."""
    with closing(connection.cursor()) as cursor:
        for number in range(cursor.execute("PRAGMA user_version").fetchone()[0], len(_MIGRATIONS)):
            # Another process may have migrated meanwhile; its lock is waited for.
            cursor.execute("BEGIN IMMEDIATE")
            try:
                if cursor.execute("PRAGMA user_version").fetchone()[0] == number:
                    for statement in filter(str.strip, _MIGRATIONS[number].split(";")):
                        cursor.execute(statement)
                    cursor.execute(f"PRAGMA user_version = {number + 1}")
                cursor.execute("COMMIT")
            except sqlite3.Error:
                cursor.execute("ROLLBACK")
                raise
