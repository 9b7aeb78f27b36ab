"""Telegram's limits on how much may be sent, in all and to one chat. Pure: times are given.

30 requests a second in all, whatever they are; one message a second in a private chat, with a
burst of three; 20 a minute in a group. Of the 30, signs (typing, drafts) have a small part, and
leave room for messages. The first sign of a question alone has a budget beside the 30, as Telegram
counts messages there and no signs: with 20 questions a second, signs and answers are 40.
"""

import math
from collections import deque
from enum import IntEnum
from typing import Final

EVERYTHING: Final = (29, 1.0)
"""Messages, edits, signs and drafts: how many in how many seconds. A little below Telegram's 30."""
FIRST_SIGNS: Final = (25, 1.0)
"""Signs that a message has come in, in all: one for each that begins to wait. Each counts while it
is on its way and a second more, so that a steady 20 a second take 21 to 24."""
SIGNS: Final = (10, 1.0)
"""Other signs that something is done, of everything."""
ALL_DRAFTS: Final = (10, 1.0)
"""Drafts, of everything. They never hold up a sign: who has none needs one more than who has."""
KEPT_FOR_SIGNS: Final = 3
"""Of everything, what messages leave to signs that wait: whoever waits long sees that they do."""
LEFT_TO_MESSAGES: Final = 5
"""Of everything, what signs and drafts leave, so that an answer need not wait for them."""
WITH_FIRST_SIGNS: Final = (29, 1.0)
"""Everything and the first signs, from which on other signs and drafts wait."""
DRAFTS: Final = ((19, 5.1), (39, 30.2))
"""Drafts in one chat."""
CHAT_SIGNS: Final = ((15, 5.1), (25, 30.2))
"""Signs in one chat, besides the first ones."""
SIGN_SHOWN: Final = 3.5
"""Seconds for which a sign need not be given again: Telegram shows it for five."""
PRIVATE: Final = (1.02, 3)
"""Seconds that a message to a private chat costs, and how many may be sent at once."""
GROUP: Final = (20, 60.5)
"""Messages and edits in one group."""
GROUP_EDITS: Final = 6.0
"""Seconds between two edits in a group, over all its topics."""
KEPT_FOR_ANSWERS: Final = 5
"""Of a group's messages in a minute, those that edits leave to answers."""


class Priority(IntEnum):
    """What goes first where several wait."""

    ANSWER = 0
    """A message somebody waits for."""
    EDIT = 1
    """A newer text of a message that stands already."""
    SIGN = 2
    """That something is being done."""
    DRAFT = 3
    """An answer's text so far."""


class Window:
    """At most so many in any stretch of so many seconds.

    Each is counted by Telegram somewhere between its beginning and its end here: whenever that is,
    the limit holds.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        """May be changed at any time."""
        self._seconds = seconds
        self._under_way = 0
        self._ends: deque[float] = deque()

    def wait(self, now: float, kept: int = 0) -> float:
        """Seconds until there is room for one more, and for `kept` others besides.

        Endless where one under way has to end first.
        """
        over = self.count(now) + 1 + kept - self.limit
        if over <= 0:
            return 0.0
        return self._ends[over - 1] + self._seconds - now if over <= len(self._ends) else math.inf

    def count(self, now: float) -> int:
        """How many count now."""
        while self._ends and self._ends[0] <= now - self._seconds:
            self._ends.popleft()
        return self._under_way + len(self._ends)

    def begin(self) -> None:
        """One is under way."""
        self._under_way += 1

    def undo(self) -> None:
        """One that was under way was not made after all."""
        self._under_way -= 1

    def end(self, now: float) -> None:
        """One has ended."""
        self._under_way -= 1
        self._ends.append(now)
        self.count(now)  # those that count no more are forgotten, also where nobody asks

    def is_idle(self, now: float) -> bool:
        """Whether none of them counts any more."""
        return not self._under_way and (not self._ends or self._ends[-1] + self._seconds <= now)


class ChatLimits:
    """What may be sent to one chat. Times are seconds of one clock."""

    def __init__(self, chat: int) -> None:
        self._private = chat > 0
        self._paid = -math.inf
        self._messages = [] if self._private else [Window(*GROUP)]
        self._edits = [] if self._private else [Window(1, GROUP_EDITS)]
        self._drafts = [Window(*one) for one in DRAFTS]
        self._signs = [Window(*one) for one in CHAT_SIGNS]
        self._held = {False: -math.inf, True: -math.inf}
        self._busy = False

    def wait(self, now: float, priority: Priority) -> float:
        """Seconds until something of this kind may be sent; endless while a message is on its way.

        So messages to a chat arrive in their order.
        """
        if self._busy and priority <= Priority.EDIT:
            return math.inf
        is_edit = priority is Priority.EDIT
        waits = [self._held[priority >= Priority.SIGN] - now, 0.0]
        if self._private and priority <= Priority.EDIT:
            cost, burst = PRIVATE
            room = burst - is_edit  # the answer must not wait for an edit
            waits.append(max(self._paid, now) - now - (room - 1) * cost)
        kept = KEPT_FOR_ANSWERS if is_edit else 0
        waits += [
            window.wait(now, kept if window in self._messages else 0)
            for window in self._windows(priority)
        ]
        return max(waits)

    def begin(self, priority: Priority) -> None:
        """Something of this kind is on its way."""
        self._busy = self._busy or priority <= Priority.EDIT
        for window in self._windows(priority):
            window.begin()

    def end(self, now: float, priority: Priority) -> None:
        """It was answered, so it has arrived by now."""
        if priority <= Priority.EDIT:
            self._busy = False
            self._paid = max(self._paid, now) + PRIVATE[0]
        for window in self._windows(priority):
            window.end(now)

    def undo(self, priority: Priority) -> None:
        """It was not sent after all."""
        self._busy = self._busy and priority > Priority.EDIT
        for window in self._windows(priority):
            window.undo()

    def hold(self, until: float, priority: Priority) -> None:
        """Telegram asked for patience: with messages, or with signs."""
        signs = priority >= Priority.SIGN
        self._held[signs] = max(self._held[signs], until)

    def is_idle(self, now: float) -> bool:
        """Whether nothing of it need be remembered."""
        windows = (*self._messages, *self._edits, *self._drafts, *self._signs)
        waits = max(self._paid, *self._held.values()) > now
        return not (self._busy or waits) and all(window.is_idle(now) for window in windows)

    def _windows(self, priority: Priority) -> list[Window]:
        match priority:
            case Priority.ANSWER:
                return self._messages
            case Priority.EDIT:
                return self._messages + self._edits
            case Priority.DRAFT:
                return self._drafts
            case Priority.SIGN:
                return self._signs
