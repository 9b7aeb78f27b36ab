"""What was sent to each chat within the last minute, by all processes. Every call blocks.

Telegram limits what is sent to a chat, and two processes may send there: in two topics of a group,
or one after the other in a private chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a chat takes. Times are in seconds."""

    messages: int
    """Edits included, within so many `seconds`."""
    seconds: float
    edits_apart: float
    kept: int
    """Of the messages, those that edits leave to others."""

    def wait(self, times: Sequence[float], edits: Sequence[float], *, is_edit: bool) -> float:
        """Seconds until there is room for one more; 0 where there is.

        `times` is how long ago each was sent, edits included, `edits` how long ago these were; the
        latest last.
        """
        times = [time for time in times if time <= self.seconds]
        room = self.messages - (self.kept if is_edit else 0)
        waits = [self.seconds - times[-room]] if len(times) >= room else []
        if is_edit and edits:
            waits.append(self.edits_apart - edits[-1])
        return max([0.0, *waits])


class RecentMessages:
    """The messages in the database."""

    def __init__(self, database: Database, group: Limits, private: Limits) -> None:
        self._database, self._group, self._private = database, group, private
        self._seconds = max(group.seconds, private.seconds)

    def admit(self, chat: int, *, is_edit: bool) -> float:
        """Counts a message to a chat; or, where there is no room, the seconds until there may be.

        DatabaseUnavailable where nobody knows.
        """
        limits = self._group if chat < 0 else self._private
        # In a private chat one process answers at a time: none has to wait for the others here.
        with self._database.transaction(together=chat > 0) as cursor:
            # The table has the name of what it was made for first.
            now = float(cursor.execute(f"SELECT {self._database.clock}").fetchone()[0])
            cursor.execute("DELETE FROM group_messages WHERE at < ?", (now - self._seconds,))
            rows = cursor.execute(
                "SELECT at, is_edit FROM group_messages WHERE chat = ? ORDER BY at", (chat,)
            ).fetchall()
            times = [now - float(at) for at, _ in rows]
            edits = [now - float(at) for at, edit in rows if edit]
            wait = limits.wait(times, edits, is_edit=is_edit)
            if not wait:
                cursor.execute(
                    "INSERT INTO group_messages (chat, at, is_edit) VALUES (?, ?, ?)",
                    (chat, now, int(is_edit)),
                )
        return wait
