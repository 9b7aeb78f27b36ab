"""The inbox: what Telegram has sent, until it has been dealt with. Every call blocks.

An update is written here before it is confirmed to Telegram, and stays for a while when it is
done, so that a second copy of it is known as one. A reply is written beside its update when it
begins to be sent: after a kill it is sent on from there.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.store.conversations import DAY, Place
from bot.store.database import Database

KEPT: Final = 2 * DAY
"""Seconds for which what is done is known; Telegram itself keeps updates for a day."""

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


class Inbox:
    """The inbox in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, received: Iterable[Received]) -> set[int]:
        """Keeps updates, all or none; the ids of those that were not known yet."""
        new, now = set[int](), time.time()
        with self._database.transaction(together=True) as cursor:
            for one in received:
                cursor.execute(
                    "INSERT INTO inbox (update_id, chat, topic, payload, received, state, attempts)"
                    " VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (update_id) DO NOTHING",
                    (
                        one.update_id,
                        *one.place,
                        json.dumps(one.update, ensure_ascii=False),
                        now,
                        _WAITING,
                    ),
                )
                if cursor.rowcount == 1:
                    new.add(one.update_id)
        return new

    def unfinished(self) -> list[Unfinished]:
        """What is to be dealt with after a start, in the order in which it came."""
        with self._database.transaction() as cursor:
            cursor.execute("UPDATE inbox SET attempts = attempts + 1 WHERE state <> ?", (_DONE,))
            rows = cursor.execute(
                "SELECT payload, reply, arrived, state FROM inbox WHERE state <> ?"
                " ORDER BY update_id",
                (_DONE,),
            ).fetchall()
        return [
            Unfinished(
                json.loads(payload),
                json.loads(reply) if reply else None,
                arrived,
                state == _SENDING,
            )
            for payload, reply, arrived, state in rows
        ]

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
