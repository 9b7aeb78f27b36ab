"""How several processes share one budget: what each may do in a second. Every call blocks.

Each says again and again that it lives, how much it wants, and how much it still uses; each takes
what is its due and no other has. So at no time have those that live more than there is, and one
that has died gives back its share when its lease ends.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.store.database import Cursor, Database

LEASE: Final = 5.0
"""Seconds after which a process that has not said that it lives is dead."""
LEFT: Final = 2
"""Of the budget, what nobody takes, so that one that comes has something at once."""
_FLOOR: Final = 3
"""What a process has that wants nothing, as long as there is enough for all."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a process has of the budget, and how much it wants."""

    holder: str
    amount: int
    wanted: int


def due(wanted: int, others: Sequence[Share], budget: int) -> int:
    """The share that a process should have: a little, and of the rest as it wants it.

    >>> due(0, [], 28), due(10, [Share("b", 26, 30)], 28)
    (26, 8)
    """
    there = budget - LEFT
    count = len(others) + 1
    floor = max(1, min(_FLOOR, there // (2 * count)))
    rest = max(0, there - count * floor)
    in_all = wanted + sum(other.wanted for other in others)
    return floor + (rest * wanted // in_all if in_all else rest // count)


class Shares:
    """The shares in the database, as one process has its own."""

    def __init__(self, database: Database, budget: int) -> None:
        self._database, self._budget = database, budget
        self._holder = secrets.token_hex(8)

    def renew(self, wanted: int, used: int) -> int:
        """Takes a share until `LEASE` seconds from now; how much it is.

        It is what is due, as far as others leave it. `used` is still counted as taken: what was
        done a moment ago under a larger share.
        """
        with self._database.transaction() as cursor:
            now = self._now(cursor)
            cursor.execute("DELETE FROM shares WHERE until < ?", (now,))
            rows = cursor.execute(
                "SELECT holder, amount, wanted FROM shares WHERE holder <> ?", (self._holder,)
            ).fetchall()
            others = [Share(str(holder), int(has), int(wants)) for holder, has, wants in rows]
            free = self._budget - sum(other.amount for other in others)
            amount = max(0, min(due(wanted, others, self._budget), free))
            cursor.execute(
                "INSERT INTO shares (holder, amount, wanted, until) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (holder) DO UPDATE SET amount = excluded.amount,"
                " wanted = excluded.wanted, until = excluded.until",
                (self._holder, max(amount, used), wanted, now + LEASE),
            )
        return amount

    def release(self, after: float) -> None:
        """Gives the share back in so many seconds, when nothing of it is in use any more."""
        with self._database.transaction() as cursor:
            until = self._now(cursor) + after
            cursor.execute("UPDATE shares SET until = ? WHERE holder = ?", (until, self._holder))

    def _now(self, cursor: Cursor) -> float:
        """Seconds since 1970, by the clock that all processes share."""
        return float(cursor.execute(f"SELECT {self._database.clock}").fetchone()[0])
