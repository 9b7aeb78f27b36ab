"""The inbox: what Telegram has sent, until it has been dealt with. Every call blocks.

An update is written here before it is confirmed to Telegram, and stays for a while when it is
done, so that a second copy of it is known as one. A reply is written beside its update when it
begins to be sent: after a kill it is sent on from there.

Several processes may share it. Each update is held by one of them, which says again and again that
it lives; what a dead one held is claimed by another. What comes to a place where something is not
done yet goes to who holds that, so that the order holds there.
"""

import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.store.conversations import DAY, Place
from bot.store.database import Cursor, Database

KEPT: Final = 2 * DAY
"""Seconds for which what is done is known; Telegram itself keeps updates for a day."""

LEASE: Final = 30.0
"""Seconds after which a process that has not said that it lives is dead."""
RENEWED_EVERY: Final = 5.0

_WAITING, _SENDING, _DONE = "waiting", "sending", "done"


@dataclass(frozen=True, slots=True)
class Received:
    """An update of Telegram's."""

    update_id: int
    place: Place
    update: dict[str, Any]
    """As Telegram has sent it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An update that was not dealt with before the bot stopped."""

    update: dict[str, Any]
    reply: dict[str, Any] | None
    """The reply that was being sent, if that was begun."""
    arrived: int
    """How many messages of the reply have certainly arrived."""
    on_its_way: bool
    """Whether one more may have."""
    shown: int | None = None
    """The message that showed how far the answer had come, where there is one."""
    is_new: bool = False
    """Whether nobody has begun with it: another process has put it here for this one."""

    @property
    def repeats(self) -> int:
        """How many of the messages that are sent next may have arrived already.

        A reply that is kept is sent on from where it was cut off, another from its beginning.
        """
        return self.on_its_way + (0 if self.reply else self.arrived)


class Inbox:
    """The inbox in the database, as one process has it."""

    def __init__(self, database: Database, *, alone: bool = True) -> None:
        """`alone`: no other process shares it, so whatever is not done was left by the last one."""
        self._database, self.alone = database, alone
        self._holder = secrets.token_hex(8)

    def put(self, received: Iterable[Received]) -> set[int]:
        """Keeps updates, all or none; the ids of those that are new, and for this process."""
        ours = set[int]()
        with self._database.transaction() as cursor:
            now = self._now(cursor)
            for one in received:
                other = None if self.alone else self._holder_of(cursor, one.place, now)
                # Behind what was left here for this process and is not claimed yet: claimed too.
                later = other or (not self.alone and self._is_left(cursor, one.place))
                cursor.execute(
                    "INSERT INTO inbox (update_id, chat, topic, payload, received, state, attempts,"
                    " holder, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (update_id) DO NOTHING",
                    (
                        one.update_id,
                        *one.place,
                        json.dumps(one.update, ensure_ascii=False),
                        now,
                        _WAITING,
                        0 if later else 1,
                        other or self._holder,
                        now + LEASE,
                    ),
                )
                if cursor.rowcount == 1 and not later:
                    ours.add(one.update_id)
        return ours

    def _now(self, cursor: Cursor) -> float:
        """Seconds since 1970, by the clock that all processes share."""
        if self.alone:
            return time.time()
        return float(cursor.execute(f"SELECT {self._database.clock}").fetchone()[0])

    def _holder_of(self, cursor: Cursor, place: Place, now: float) -> str | None:
        """Which other process, that lives, deals with what came to this place before."""
        row = cursor.execute(
            "SELECT holder FROM inbox WHERE chat = ? AND topic = ? AND state <> ? AND chat <> 0"
            " AND holder <> ? AND until > ? ORDER BY update_id DESC LIMIT 1",
            (*place, _DONE, self._holder, now),
        ).fetchone()
        return str(row[0]) if row else None

    def _is_left(self, cursor: Cursor, place: Place) -> bool:
        """Whether something waits at this place that this process is still to claim."""
        row = cursor.execute(
            "SELECT 1 FROM inbox WHERE chat = ? AND topic = ? AND state <> ? AND chat <> 0"
            " AND holder = ? AND attempts = 0 LIMIT 1",
            (*place, _DONE, self._holder),
        ).fetchone()
        return row is not None

    def claim(self, *, first: bool = False) -> list[Unfinished]:
        """What this process is to deal with besides, in the order in which it came.

        That is what others have put here for it and what dead ones have left; and after a start
        (`first`) all there is, if it is `alone`.
        """
        everything = first and self.alone
        with self._database.transaction() as cursor:
            now = self._now(cursor)
            rows = cursor.execute(
                "SELECT update_id, payload, reply, arrived, state, message, attempts FROM inbox"
                " WHERE state <> ?"
                " AND (? = 1 OR until IS NULL OR until < ? OR (holder = ? AND attempts = 0))"
                " ORDER BY update_id",
                (_DONE, int(everything), now, self._holder),
            ).fetchall()
            for update_id, *_ in rows:
                cursor.execute(
                    "UPDATE inbox SET attempts = attempts + 1, holder = ?, until = ?"
                    " WHERE update_id = ?",
                    (self._holder, now + LEASE, update_id),
                )
        return [
            Unfinished(
                update=json.loads(payload),
                reply=json.loads(reply) if reply else None,
                arrived=arrived,
                on_its_way=state == _SENDING,
                shown=shown,
                is_new=not attempts,
            )
            for _, payload, reply, arrived, state, shown, attempts in rows
        ]

    def renew(self) -> None:
        """Says that this process lives."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "UPDATE inbox SET until = ? WHERE holder = ? AND state <> ?",
                (self._now(cursor) + LEASE, self._holder, _DONE),
            )

    def release(self) -> None:
        """Says that this process ends: others may claim at once what it has not done."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "UPDATE inbox SET until = 0 WHERE holder = ? AND state <> ?",
                (self._holder, _DONE),
            )

    def sending(self, update_id: int, arrived: int, reply: dict[str, Any] | None) -> None:
        """A message of the reply is about to be sent, after `arrived` others.

        `reply` is the whole of it, where it is known; None leaves what was written.
        """
        text = json.dumps(reply, ensure_ascii=False) if reply else None
        with self._database.transaction(together=True) as cursor:
            cursor.execute(
                "UPDATE inbox SET state = ?, arrived = ?, reply = COALESCE(?, reply)"
                " WHERE update_id = ? AND state <> ?",
                (_SENDING, arrived, text, update_id, _DONE),
            )

    def shows(self, update_id: int, message: int) -> None:
        """Notes the message that shows how far the answer to an update has come."""
        with self._database.transaction(together=True) as cursor:
            cursor.execute("UPDATE inbox SET message = ? WHERE update_id = ?", (message, update_id))

    def refused(self, update_id: int) -> None:
        """The message on its way was not accepted: it has certainly not arrived."""
        with self._database.transaction(together=True) as cursor:
            cursor.execute(
                "UPDATE inbox SET state = ? WHERE update_id = ? AND state = ?",
                (_WAITING, update_id, _SENDING),
            )

    def finish(self, update_ids: Iterable[int]) -> None:
        """These are dealt with; what they said is no longer kept here."""
        with self._database.transaction(together=True) as cursor:
            for update_id in update_ids:
                cursor.execute(
                    "UPDATE inbox SET state = ?, payload = '', reply = NULL WHERE update_id = ?",
                    (_DONE, update_id),
                )

    def expire(self) -> None:
        """Forgets what has been done long ago."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "DELETE FROM inbox WHERE state = ? AND received < ?", (_DONE, time.time() - KEPT)
            )
