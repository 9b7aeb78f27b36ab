"""Whom admins have let in or shut out, and who has been asking. Every call blocks."""

from dataclasses import dataclass

from bot.access import TERMINAL, Standing
from bot.store.database import Cursor, Database


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody about whom an admin has decided: a user or a chat."""

    id: int
    name: str
    """As Telegram had it then; empty where it was not known."""
    standing: Standing
    admin: int
    """Who decided it."""
    at: float
    """When, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who has asked something that is still kept."""

    id: int
    exchanges: int
    last: float
    """When the last of them was, in seconds since 1970."""


class Members:
    """The members in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Member]:
        """Everybody about whom something was decided, the latest decision first."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT member, name, state, admin, at FROM members ORDER BY at DESC, member"
            ).fetchall()
        return [_member(row) for row in rows]

    def standings(self) -> dict[int, Standing]:
        """What was decided about whom."""
        with self._database.reading() as cursor:
            rows = cursor.execute("SELECT member, state FROM members").fetchall()
        return {int(id_): Standing(state) for id_, state in rows}

    def find(self, id_: int) -> Member | None:
        """What was decided about a user or a chat; None where nothing was."""
        with self._database.reading() as cursor:
            row = cursor.execute(
                "SELECT member, name, state, admin, at FROM members WHERE member = ?", (id_,)
            ).fetchone()
        return _member(row) if row else None

    def put(self, member: Member) -> None:
        """Keeps a decision in the place of an earlier one; a name that is known stays known."""
        with self._database.transaction() as cursor:
            put_member(cursor, member)

    def drop(self, id_: int) -> bool:
        """Takes a decision back; whether there was one."""
        with self._database.transaction() as cursor:
            return cursor.execute("DELETE FROM members WHERE member = ?", (id_,)).rowcount > 0

    def asker(self, id_: int) -> Asker | None:
        """How much somebody has asked of what is still kept; None where nothing was."""
        with self._database.reading() as cursor:
            count, last = cursor.execute(
                "SELECT COUNT(*), MAX(at) FROM turns WHERE asker = ?", (id_,)
            ).fetchone()
        return Asker(id_, int(count), float(last)) if count else None

    def askers(self, most: int) -> list[Asker]:
        """Who has asked last, in Telegram."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT asker, COUNT(*), MAX(at) AS latest FROM turns WHERE asker <> ?"
                " GROUP BY asker ORDER BY latest DESC, asker LIMIT ?",
                (TERMINAL, most),
            ).fetchall()
        return [Asker(int(id_), int(count), float(last)) for id_, count, last in rows]


def put_member(cursor: Cursor, member: Member) -> None:
    """Keeps a decision, within a transaction."""
    cursor.execute(
        "INSERT INTO members VALUES (?, ?, ?, ?, ?) ON CONFLICT (member) DO UPDATE SET"
        " name = CASE excluded.name WHEN '' THEN members.name ELSE excluded.name END,"
        " state = excluded.state, admin = excluded.admin, at = excluded.at",
        (member.id, member.name, member.standing.value, member.admin, member.at),
    )


def _member(row: tuple[int, str, str, int, float]) -> Member:
    id_, name, state, admin, at = row
    return Member(int(id_), name, Standing(state), int(admin), float(at))
