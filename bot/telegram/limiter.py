"""When something may be sent: Telegram's limits, kept before Telegram has to remind us.

30 messages a second in all; one a second in a private chat, with a burst of three; 20 a minute
in a group. Signs (typing, drafts) cost Telegram less and have budgets of their own, so that they
never hold up an answer. Where several wait, answers go before edits, edits before signs. A flood
wait holds its own chat only.
"""

import asyncio
import itertools
import math
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import Final, NamedTuple

MESSAGES: Final = (29, 1.0)
"""Messages and edits in all: how many in how many seconds. A little below Telegram's 30."""
SIGNS: Final = (30, 1.0)
"""Signs that something is done, in all."""
ALL_DRAFTS: Final = (20, 1.0)
"""Drafts in all. They never hold up a sign: who has none yet needs one more than who has."""
DRAFTS: Final = ((19, 5.1), (39, 30.2))
"""Drafts in one chat."""
PRIVATE: Final = (1.02, 3)
"""Seconds that a message to a private chat costs, and how many may be sent at once."""
GROUP: Final = (20, 60.5)
"""Messages and edits in one group."""
GROUP_EDITS: Final = 6.0
"""Seconds between two edits in a group, over all its topics."""
KEPT_FOR_ANSWERS: Final = 5
"""Of a group's messages in a minute, those that edits leave to answers."""
_MOST_CHATS = 5_000
"""Chats that are remembered until those without news are forgotten."""


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

    def end(self, now: float) -> None:
        """One has ended."""
        self._under_way -= 1
        self._ends.append(now)

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

    def hold(self, until: float, priority: Priority) -> None:
        """Telegram asked for patience: with messages, or with signs."""
        signs = priority >= Priority.SIGN
        self._held[signs] = max(self._held[signs], until)

    def is_idle(self, now: float) -> bool:
        """Whether nothing of it need be remembered."""
        windows = (*self._messages, *self._edits, *self._drafts)
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
        return []


class _Ticket(NamedTuple):
    """Somebody who waits to send something; sorted as they are served."""

    priority: Priority
    number: int
    chat: int
    turn: asyncio.Future[None]


class Limiter:
    """Lets each request through when it is its turn. Belongs to one event loop."""

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._messages, self._signs = Window(*MESSAGES), Window(*SIGNS)
        self._drafts = Window(*ALL_DRAFTS)
        self._chats: dict[int, ChatLimits] = {}
        self._waiting: list[_Ticket] = []
        self._numbers = itertools.count()
        self._wake: asyncio.TimerHandle | None = None
        self._waits = 0

    @asynccontextmanager
    async def turn(self, chat: int, priority: Priority) -> AsyncIterator[None]:
        """The time in which one request of this kind is made to this chat."""
        await self._turn(chat, priority)
        try:
            yield
        finally:
            self._end(chat, priority)

    def hold(self, chat: int, seconds: float, priority: Priority) -> None:
        """Sends nothing of this kind to this chat for a while: Telegram has said so."""
        self._waits += 1
        self._limits(chat).hold(self._clock() + seconds, priority)

    def allow(self, messages: int) -> None:
        """From now on so many messages and edits in a second, in all: others have the rest."""
        self._messages.limit = messages
        self._advance()

    def used(self) -> int:
        """Messages and edits that count now."""
        return self._messages.count(self._clock())

    def wanted(self) -> int:
        """Those, and the ones that wait for their turn."""
        return self.used() + sum(one.priority <= Priority.EDIT for one in self._waiting)

    def waits(self) -> int:
        """How often Telegram has asked for patience."""
        return self._waits

    def queue(self) -> int:
        """Requests that wait for their turn."""
        return len(self._waiting)

    @property
    def remembered(self) -> int:
        """Chats of which something is remembered."""
        return len(self._chats)

    async def _turn(self, chat: int, priority: Priority) -> None:
        turn = asyncio.get_running_loop().create_future()
        ticket = _Ticket(priority, next(self._numbers), chat, turn)
        insort(self._waiting, ticket)
        self._advance()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let through and cancelled at once
                self._end(chat, priority)
            else:
                self._waiting.remove(ticket)
            raise

    def _advance(self) -> None:
        """Lets through whose turn it is, and comes back when it is somebody's."""
        now, soonest, left = self._clock(), math.inf, list[_Ticket]()
        for ticket in self._waiting:
            limits, total = self._limits(ticket.chat), self._total(ticket.priority)
            wait = max(total.wait(now), limits.wait(now, ticket.priority))
            if wait > 0 or ticket.turn.done():  # done: cancelled, about to be taken away
                soonest = min(soonest, wait or math.inf)
                left.append(ticket)
                continue
            total.begin()
            limits.begin(ticket.priority)
            ticket.turn.set_result(None)
        self._waiting = left
        if self._wake:
            self._wake.cancel()
            self._wake = None
        if soonest < math.inf:
            self._wake = asyncio.get_running_loop().call_later(soonest, self._advance)

    def _end(self, chat: int, priority: Priority) -> None:
        now = self._clock()
        self._total(priority).end(now)
        self._limits(chat).end(now, priority)
        if self._waiting:
            self._advance()

    def _total(self, priority: Priority) -> Window:
        if priority is Priority.DRAFT:
            return self._drafts
        return self._signs if priority is Priority.SIGN else self._messages

    def _limits(self, chat: int) -> ChatLimits:
        limits = self._chats.get(chat)
        if limits is None:
            if len(self._chats) >= _MOST_CHATS:
                now = self._clock()
                self._chats = {c: one for c, one in self._chats.items() if not one.is_idle(now)}
            limits = self._chats[chat] = ChatLimits(chat)
        return limits
