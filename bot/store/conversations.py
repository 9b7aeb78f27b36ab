"""Conversations, and how much was asked. Every call blocks, and may come from any thread."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from bot.store.database import Cursor, Database
from rag.knowledge_base import Turn

HOUR: Final = 3_600.0
DAY: Final = 86_400.0
_NEVER: Final = 2**62


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

    def thread(
        self,
        place: Place,
        length: int,
        *,
        before: int | None = None,
        until: str | None = None,
    ) -> Thread:
        """The last `length` exchanges at a place, oldest first.

        With `before`, those before the question that this message asked; with `until`, those up
        to the answer of this id. Where there is none of these, the last ones of all.
        """
        with self.database.reading() as cursor:
            last = cursor.execute(
                "SELECT MIN(id) - 1 FROM turns WHERE chat = ? AND topic = ? AND message = ?"
                " UNION ALL"
                " SELECT MAX(id) FROM turns WHERE chat = ? AND topic = ? AND answer_id = ?",
                (*place, before, *place, until),
            ).fetchall()
            end = next((row[0] for row in last if row[0] is not None), _NEVER)
            rows = cursor.execute(
                "SELECT question, answer, files FROM turns"
                " WHERE chat = ? AND topic = ? AND id <= ? ORDER BY id DESC LIMIT ?",
                (*place, end, length),
            ).fetchall()
            beginning = _beginning(cursor, place)
        turns = [Turn(asked, said, tuple(json.loads(files))) for asked, said, files in rows]
        return Thread(place, beginning, tuple(reversed(turns)))

    def question(self, place: Place, message: int) -> str | None:
        """The question that a message asked, as it was when it was answered; None if forgotten."""
        with self.database.reading() as cursor:
            row = cursor.execute(
                "SELECT question FROM turns WHERE chat = ? AND topic = ? AND message = ?",
                (*place, message),
            ).fetchone()
        return str(row[0]) if row else None

    def remember(
        self,
        thread: Thread,
        asker: int,
        turn: Turn,
        now: float,
        *,
        message: int | None = None,
        answer_id: str | None = None,
    ) -> bool:
        """Adds an exchange to a thread, unless another was begun there after it was read.

        `message` asked the question; what it asked before it was edited is replaced. Gives
        whether the exchange is remembered.
        """
        # Forgetting waits for this: no thread is begun anew between the look and the writing.
        with self.database.transaction(together=True) as cursor:
            if _beginning(cursor, thread.place) != thread.beginning:
                return False
            told = (turn.question, turn.answer, json.dumps(turn.files), answer_id)
            if message is not None:
                again = cursor.execute(
                    "UPDATE turns SET question = ?, answer = ?, files = ?, answer_id = ?"
                    " WHERE chat = ? AND topic = ? AND message = ?",
                    (*told, *thread.place, message),
                )
                if again.rowcount:
                    return True
            cursor.execute(
                "INSERT INTO turns"
                " (question, answer, files, answer_id, chat, topic, message, asker, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*told, *thread.place, message, asker, now),
            )
            return True

    def forget(self, place: Place) -> None:
        """Begins a new thread: the exchanges at this place are deleted."""
        with self.database.transaction() as cursor:
            _begin_anew(cursor, place)
            cursor.execute("DELETE FROM turns WHERE chat = ? AND topic = ?", place)

    def forget_asker(self, asker: int) -> int:
        """Deletes what somebody asked, at every place, and begins new threads there; how much.

        How many questions they asked within this hour is known until it is over.
        """
        with self.database.transaction() as cursor:
            places = cursor.execute(
                "SELECT DISTINCT chat, topic FROM turns WHERE asker = ?", (asker,)
            ).fetchall()
            for place in places:
                _begin_anew(cursor, place)
            return cursor.execute("DELETE FROM turns WHERE asker = ?", (asker,)).rowcount

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
        with self.database.transaction(together=True) as cursor:
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


def _begin_anew(cursor: Cursor, place: tuple[int, int]) -> None:
    cursor.execute(
        "INSERT INTO threads VALUES (?, ?, 1)"
        " ON CONFLICT (chat, topic) DO UPDATE SET beginning = threads.beginning + 1",
        place,
    )


def _beginning(cursor: Cursor, place: Place) -> int:
    row = cursor.execute(
        "SELECT beginning FROM threads WHERE chat = ? AND topic = ?", place
    ).fetchone()
    return int(row[0]) if row else 0
