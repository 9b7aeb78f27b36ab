"""Invitations: each lets one person in, once, until it expires. Every call blocks.

The database holds a hash of what the invitation says, so whoever reads it is not invited.
"""

from enum import StrEnum

from bot.access import Standing
from bot.store.database import Database
from bot.store.members import Member, put_member


class Redeemed(StrEnum):
    """What became of an invitation that somebody followed."""

    WELCOME = "welcome"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"


class Invitations:
    """The invitations in the database. Times are seconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, hash_: str, admin: int, expires: float, language: str) -> None:
        """Keeps a new invitation, which an admin has given who is spoken to in this language."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO invitations (hash, admin, expires, language) VALUES (?, ?, ?, ?)",
                (hash_, admin, expires, language),
            )

    def redeem(self, hash_: str, guest: int, name: str, now: float) -> Redeemed:
        """Uses an invitation up and lets the guest in, both or neither.

        Whoever was blocked stays so, and the invitation is left. Followed twice by the same
        guest, it is as welcome the second time.
        """
        with self._database.transaction() as cursor:
            row = cursor.execute(
                "SELECT admin, expires, used_by FROM invitations WHERE hash = ?", (hash_,)
            ).fetchone()
            if row is None:
                return Redeemed.UNKNOWN
            admin, expires, used_by = row
            state = cursor.execute(
                "SELECT state FROM members WHERE member = ?", (guest,)
            ).fetchone()
            if state and state[0] == Standing.BLOCKED:
                return Redeemed.BLOCKED
            if used_by is not None:
                still_in = used_by == guest and state is not None
                return Redeemed.WELCOME if still_in else Redeemed.USED
            if expires <= now:
                return Redeemed.EXPIRED
            cursor.execute(
                "UPDATE invitations SET used_by = ?, used_at = ? WHERE hash = ?",
                (guest, now, hash_),
            )
            put_member(cursor, Member(guest, name, Standing.ALLOWED, int(admin), now))
            return Redeemed.WELCOME

    def language(self, hash_: str) -> str | None:
        """The language of the admin who gave an invitation; None where it is not known."""
        with self._database.reading() as cursor:
            row = cursor.execute(
                "SELECT language FROM invitations WHERE hash = ?", (hash_,)
            ).fetchone()
        return row[0] if row else None

    def open(self, now: float) -> int:
        """How many can still be used."""
        with self._database.reading() as cursor:
            row = cursor.execute(
                "SELECT COUNT(*) FROM invitations WHERE used_by IS NULL AND expires > ?", (now,)
            ).fetchone()
        return int(row[0])

    def withdraw(self) -> int:
        """Makes all that were not used useless; how many."""
        with self._database.transaction() as cursor:
            return cursor.execute("DELETE FROM invitations WHERE used_by IS NULL").rowcount

    def expire(self, before: float) -> None:
        """Deletes those that expired before a time."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM invitations WHERE expires < ?", (before,))
