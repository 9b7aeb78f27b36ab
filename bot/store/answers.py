"""Answers as they were given, whole, so that their citations can be opened months later.

Every call blocks, and may come from any thread.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.store.conversations import DAY, Place
from bot.store.database import Cursor, Database

_COLUMNS: Final = "id, chat, topic, asker, at, earlier, answer"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer with where, when and to whom it was given."""

    id: str
    place: Place
    asker: int
    at: float
    """Seconds since 1970."""
    earlier: tuple[str, ...]
    """The questions before it that it was understood with."""
    answer: Mapping[str, Any]
    """As `rag ask --json` prints it."""


class Answers:
    """The answers in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, kept: KeptAnswer) -> None:
        """Keeps an answer; one of the same id stays as it was."""
        with self._database.transaction(together=True) as cursor:
            cursor.execute(
                f"INSERT INTO answers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
                " ON CONFLICT (id) DO NOTHING",
                (
                    kept.id,
                    *kept.place,
                    kept.asker,
                    kept.at,
                    json.dumps(kept.earlier, ensure_ascii=False),
                    json.dumps(kept.answer, ensure_ascii=False),
                ),
            )

    def find(self, answer_id: str) -> KeptAnswer | None:
        """The answer of this id; None where there is none, or none any more."""
        with self._database.reading() as cursor:
            cursor.execute(f"SELECT {_COLUMNS} FROM answers WHERE id = ?", (answer_id,))  # noqa: S608
            return _kept(cursor.fetchone())

    def last(self, place: Place) -> KeptAnswer | None:
        """The last answer that was given at a place."""
        with self._database.reading() as cursor:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM answers WHERE chat = ? AND topic = ?"  # noqa: S608
                " ORDER BY at DESC LIMIT 1",
                place,
            )
            return _kept(cursor.fetchone())

    def forget_asker(self, asker: int) -> int:
        """Deletes what somebody was answered, and what they or others thought of it; how many.

        Others' answers at a place where they asked, too, may have been understood with what they
        asked: these forget with what. To be called while it is known where that was.
        """
        with self._database.transaction() as cursor:
            cursor.execute(
                "UPDATE answers SET earlier = '[]' WHERE asker <> ? AND (EXISTS ("
                "SELECT 1 FROM turns WHERE turns.asker = ?"
                " AND turns.chat = answers.chat AND turns.topic = answers.topic) OR EXISTS ("
                "SELECT 1 FROM answers AS own WHERE own.asker = ?"
                " AND own.chat = answers.chat AND own.topic = answers.topic))",
                (asker, asker, asker),
            )
            cursor.execute("DELETE FROM feedback WHERE asker = ?", (asker,))
            return _delete(cursor, "asker = ?", asker)

    def forget(self, answer_id: str) -> None:
        """Deletes an answer, and what was thought of it."""
        with self._database.transaction() as cursor:
            _delete(cursor, "id = ?", answer_id)

    def forget_earlier(self, answer_id: str) -> None:
        """Forgets the questions that an answer was understood with."""
        with self._database.transaction() as cursor:
            cursor.execute("UPDATE answers SET earlier = '[]' WHERE id = ?", (answer_id,))

    def expire(self, days: int, now: float) -> int:
        """Deletes answers older than `days`, and what was thought of them; how many.

        One that a clock ahead has given a later time is as old as this moment.
        """
        with self._database.transaction() as cursor:
            cursor.execute("UPDATE answers SET at = ? WHERE at > ?", (now, now))
            return _delete(cursor, "at < ?", now - days * DAY)


def _delete(cursor: Cursor, condition: str, value: float | str) -> int:
    """Deletes answers with their feedback."""
    chosen = f"(SELECT id FROM answers WHERE {condition})"  # noqa: S608
    cursor.execute(f"DELETE FROM feedback WHERE answer IN {chosen}", (value,))  # noqa: S608
    return cursor.execute(f"DELETE FROM answers WHERE {condition}", (value,)).rowcount  # noqa: S608


def _kept(row: Any) -> KeptAnswer | None:
    if row is None:
        return None
    answer_id, chat, topic, asker, at, earlier, answer = row
    return KeptAnswer(
        str(answer_id),
        Place(int(chat), int(topic)),
        int(asker),
        float(at),
        tuple(json.loads(earlier)),
        json.loads(answer),
    )
