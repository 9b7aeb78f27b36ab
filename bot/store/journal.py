"""The journal of what admins have done: never changed, only deleted with age. Every call blocks."""

import json
from dataclasses import dataclass, field
from enum import StrEnum

from bot.store.database import Database


class Action(StrEnum):
    """What an admin can do."""

    REINDEX = "reindex"
    CANCEL = "cancel"
    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    ALLOW = "allow"
    BLOCK = "block"
    DROP = "drop"
    INVITE = "invite"
    WITHDRAW = "withdraw"
    JOIN = "join"
    """Somebody has followed an admin's invitation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    at: float
    """Seconds since 1970."""
    admin: int
    action: Action
    details: dict[str, str | int] = field(default_factory=dict)
    """What it was done to, and with what outcome."""


class Journal:
    """The journal in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, entry: Entry) -> None:
        """Adds an entry."""
        details = json.dumps(entry.details, ensure_ascii=False)
        with self._database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO journal (at, admin, action, details) VALUES (?, ?, ?, ?)",
                (entry.at, entry.admin, entry.action.value, details),
            )

    def latest(self, most: int) -> list[Entry]:
        """The last entries, the latest first."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT at, admin, action, details FROM journal ORDER BY id DESC LIMIT ?", (most,)
            ).fetchall()
        return [
            Entry(float(at), int(admin), Action(action), json.loads(details))
            for at, admin, action, details in rows
        ]

    def expire(self, before: float) -> int:
        """Deletes what was done before a time; how many entries."""
        with self._database.transaction() as cursor:
            return cursor.execute("DELETE FROM journal WHERE at < ?", (before,)).rowcount
