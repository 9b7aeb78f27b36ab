"""Conversations, and how much was asked. Every call blocks, and may come from any thread."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from bot.store.database import Cursor, Database
from rag.knowledge_base import Turn

HOUR: Final = 3_600.0
DAY: Final = 86_400.0


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
    """What the bot remembers. Times are seconds since 1970.

    Every method raises DatabaseUnavailable where the database is lost.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store in an SQLite file, made or brought to its newest form. IsnadError if unusable.

        Where the settings may name PostgreSQL: `Store(Database.open(path, url))`.
        """
        return cls(Database.open(path))

    def close(self) -> None:
        """Closes the database."""
        self.database.close()

    def thread(self, place: Place, length: int) -> Thread:
        """The last `length` exchanges at a place, oldest first."""
        with self.database.reading() as cursor:
            rows = cursor.execute(
                "SELECT question, answer, files FROM turns WHERE chat = ? AND topic = ?"
                " ORDER BY id DESC LIMIT ?",
                (*place, length),
            ).fetchall()
            beginning = _beginning(cursor, place)
        turns = [Turn(asked, said, tuple(json.loads(files))) for asked, said, files in rows]
        return Thread(place, beginning, tuple(reversed(turns)))

    def remember(self, thread: Thread, asker: int, turn: Turn, now: float) -> None:
        """Adds an exchange to a thread, unless another was begun there after it was read."""
        with self.database.transaction() as cursor:
            if _beginning(cursor, thread.place) != thread.beginning:
                return
            cursor.execute(
                "INSERT INTO turns (chat, topic, asker, at, question, answer, files)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*thread.place, asker, now, turn.question, turn.answer, json.dumps(turn.files)),
            )

    def forget(self, place: Place) -> None:
        """Begins a new thread: the exchanges at this place are deleted."""
        with self.database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO threads VALUES (?, ?, 1)"
                " ON CONFLICT (chat, topic) DO UPDATE SET beginning = threads.beginning + 1",
                place,
            )
            cursor.execute("DELETE FROM turns WHERE chat = ? AND topic = ?", place)

    def expire(self, days: int, now: float) -> int:
        """Deletes exchanges older than `days`, and counts that have served; how many exchanges."""
        with self.database.transaction() as cursor:
            cursor.execute("DELETE FROM questions WHERE at <= ?", (now - HOUR,))
            cursor.execute("DELETE FROM tokens WHERE day < ?", (now // DAY - 1,))
            return cursor.execute("DELETE FROM turns WHERE at < ?", (now - days * DAY,)).rowcount

    def take_question(self, asker: int, limit: int, now: float) -> float:
        """Counts a question of this hour; or, where `limit` are used up, the seconds to wait."""
        with self.database.transaction() as cursor:
            times = [
                at
                for (at,) in cursor.execute(
                    "SELECT at FROM questions WHERE asker = ? AND at > ? ORDER BY at",
                    (asker, now - HOUR),
                )
            ]
            if len(times) >= limit:
                return float(times[-limit]) + HOUR - now
            cursor.execute("INSERT INTO questions VALUES (?, ?)", (asker, now))
            return 0.0

    def spend_tokens(self, tokens: int, now: float) -> None:
        """Counts tokens of the model towards this day (UTC)."""
        with self.database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO tokens VALUES (?, ?)"
                " ON CONFLICT (day) DO UPDATE SET spent = tokens.spent + excluded.spent",
                (int(now // DAY), tokens),
            )

    def tokens_spent(self, now: float) -> int:
        """The tokens that were spent this day (UTC)."""
        with self.database.reading() as cursor:
            row = cursor.execute(
                "SELECT spent FROM tokens WHERE day = ?", (int(now // DAY),)
            ).fetchone()
        return int(row[0]) if row else 0


def _beginning(cursor: Cursor, place: Place) -> int:
    row = cursor.execute(
        "SELECT beginning FROM threads WHERE chat = ? AND topic = ?", place
    ).fetchone()
    return int(row[0]) if row else 0
