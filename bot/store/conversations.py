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
    read_at: float = 0.0
    """When it was read, by the clock of the database; 0 where that is not known."""


class Wait(NamedTuple):
    """How long to wait before the next question; no time at all where it may be asked now."""

    seconds: float = 0.0
    for_all: bool = False
    """Whether everybody has to, because of what all have asked."""


class Spent(NamedTuple):
    """Tokens of a day."""

    in_all: int
    own: int
    """Those of one asker."""


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
            (read_at,) = cursor.execute(f"SELECT {self.database.clock}").fetchone()
        turns = [Turn(asked, said, tuple(json.loads(files))) for asked, said, files in rows]
        return Thread(place, beginning, tuple(reversed(turns)), float(read_at))

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

        How much they asked within this hour and this day is known until these are over.
        """
        with self.database.transaction() as cursor:
            places = cursor.execute(
                "SELECT DISTINCT chat, topic FROM turns WHERE asker = ?", (asker,)
            ).fetchall()
            for place in places:
                _begin_anew(cursor, place)
            return cursor.execute("DELETE FROM turns WHERE asker = ?", (asker,)).rowcount

    def forget_answer(self, answer_id: str) -> None:
        """Deletes the exchange that this answer belongs to."""
        with self.database.transaction() as cursor:
            cursor.execute("DELETE FROM turns WHERE answer_id = ?", (answer_id,))

    def expire(self, days: int, now: float) -> int:
        """Deletes exchanges older than `days`, and counts that have served; how many exchanges.

        One that a clock ahead has given a later time is as old as this moment.
        """
        with self.database.transaction() as cursor:
            cursor.execute("UPDATE turns SET at = ? WHERE at > ?", (now, now))
            cursor.execute("DELETE FROM questions WHERE at <= ?", (now - HOUR,))
            cursor.execute("DELETE FROM forgettings WHERE at <= ?", (now - HOUR,))
            for table in ("tokens", "asker_tokens"):
                cursor.execute(f"DELETE FROM {table} WHERE day < ?", (now // DAY - 1,))  # noqa: S608
            return cursor.execute("DELETE FROM turns WHERE at < ?", (now - days * DAY,)).rowcount

    def take_question(
        self,
        asker: int,
        limit: int,
        now: float,
        *,
        in_all: int = 0,
        update: int | None = None,
    ) -> Wait:
        """Counts a question of this hour, unless `limit` of theirs or `in_all` are used up.

        A limit of 0 is none. What was counted of an `update` in the inbox is not counted again
        when that is dealt with once more, after a stop.
        """
        with self.database.transaction() as cursor:
            if update is not None and _is_counted(cursor, asker, update):
                return Wait()
            # A clock that was ahead would else have its askers wait until then.
            cursor.execute("UPDATE questions SET at = ? WHERE at > ?", (now, now))
            own = _wait(cursor, limit, now, "asker = ? AND", asker)
            wait = Wait(own) if own else Wait(every := _wait(cursor, in_all, now), every > 0)
            if not wait.seconds:
                cursor.execute(
                    "INSERT INTO questions (asker, at, update_id) VALUES (?, ?, ?)",
                    (asker, now, update),
                )
            return wait

    def spend_tokens(self, tokens: int, now: float, asker: int) -> None:
        """Counts tokens of the model towards this day (UTC), as all askers' and as this one's."""
        with self.database.transaction(together=True) as cursor:
            day = int(now // DAY)
            cursor.execute(
                "INSERT INTO tokens VALUES (?, ?)"
                " ON CONFLICT (day) DO UPDATE SET spent = tokens.spent + excluded.spent",
                (day, tokens),
            )
            cursor.execute(
                "INSERT INTO asker_tokens VALUES (?, ?, ?)"
                " ON CONFLICT (day, asker) DO UPDATE SET"
                " spent = asker_tokens.spent + excluded.spent",
                (day, asker, tokens),
            )

    def tokens_spent(self, now: float, asker: int) -> Spent:
        """The tokens that were spent this day (UTC)."""
        day = int(now // DAY)
        with self.database.reading() as cursor:
            every = cursor.execute("SELECT spent FROM tokens WHERE day = ?", (day,)).fetchone()
            own = cursor.execute(
                "SELECT spent FROM asker_tokens WHERE day = ? AND asker = ?", (day, asker)
            ).fetchone()
        return Spent(int(every[0]) if every else 0, int(own[0]) if own else 0)


def _is_counted(cursor: Cursor, asker: int, update: int) -> bool:
    found = cursor.execute(
        "SELECT 1 FROM questions WHERE asker = ? AND update_id = ?", (asker, update)
    )
    return found.fetchone() is not None


def _wait(cursor: Cursor, limit: int, now: float, whose: str = "", *asker: int) -> float:
    """Seconds until there are fewer than `limit` questions of an hour; 0 where there are."""
    if not limit:
        return 0.0
    row = cursor.execute(
        f"SELECT at FROM questions WHERE {whose} at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",  # noqa: S608
        (*asker, now - HOUR, limit - 1),
    ).fetchone()
    return float(row[0]) + HOUR - now if row else 0.0


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
