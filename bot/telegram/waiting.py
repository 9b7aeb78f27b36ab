"""The line of questions that wait for an answer, and its end: more are turned away politely.

Only what is said to the bot stands in it. What an earlier run has left was taken already and is
never turned away.
"""

import math
import time
from typing import Final

from bot.store import Place

MOST_AT_A_PLACE: Final = 30
"""Questions that wait in one chat or topic."""
MOST_OF_ONE: Final = 60
"""Of one asker, over all chats and topics: nobody fills the line for the others."""
MOST_IN_ALL: Final = 1_000
_FIRST_GUESS: Final = 5.0
"""Seconds that an answer takes, before any was seen."""
_WEIGHT: Final = 0.2
"""Of the newest answer in the average."""


class Line:
    """Who waits, by the update that asked. Times are those of `time.monotonic()`."""

    def __init__(
        self,
        at_a_place: int = MOST_AT_A_PLACE,
        in_all: int = MOST_IN_ALL,
        of_one: int = MOST_OF_ONE,
    ) -> None:
        self._at_a_place, self._in_all, self._of_one = at_a_place, in_all, of_one
        self._waiting: dict[int, tuple[Place, int]] = {}
        self._turned_away: dict[int, int] = {}
        self._seconds = _FIRST_GUESS

    def length(self) -> int:
        """How many questions wait, or are being answered."""
        return len(self._waiting)

    def enter(self, update_id: int, place: Place, asker: int) -> bool:
        """Takes a place at the end of the line; False where there is none."""
        here = sum(one == place for one, _ in self._waiting.values())
        theirs = sum(one == asker for _, one in self._waiting.values())
        has_room = here < self._at_a_place and theirs < self._of_one
        if has_room and len(self._waiting) < self._in_all:
            self._waiting[update_id] = (place, asker)
            return True
        self._turned_away[update_id] = max(1, math.ceil(max(1, here) * self._seconds / 60))
        return False

    def minutes_of(self, update_id: int) -> int:
        """In how many minutes to come back, for one that was turned away; else 0. Told once."""
        return self._turned_away.pop(update_id, 0)

    def leave(self, update_id: int, began: float) -> None:
        """Has been answered, which began at `began`."""
        if self._waiting.pop(update_id, None):
            took = time.monotonic() - began
            self._seconds += _WEIGHT * (took - self._seconds)
