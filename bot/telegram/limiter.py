"""When something may be sent: Telegram's limits, kept before Telegram has to remind us.

30 messages a second in all; one a second in a private chat, with a burst of three; 20 a minute
in a group. Signs (typing, drafts) cost Telegram less and have budgets of their own, so that they
never hold up an answer. Where several wait, answers go before edits, edits before signs. A flood
wait holds its own chat only.
"""

import asyncio
import itertools
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import Final, NamedTuple

MESSAGES: Final = (28, 1.0)
"""Messages and edits in all: how many in how many seconds. A little below Telegram's 30."""
SIGNS: Final = (28, 1.0)
"""Signs in all."""
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
    """At most so many in any stretch of so many seconds."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit, self._seconds = limit, seconds
        self._times: deque[float] = deque()

    def wait(self, now: float, kept: int = 0) -> float:
        """Seconds until there is room for one more, and for `kept` others besides."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        over = len(self._times) + 1 + kept - self._limit
        return self._times[over - 1] + self._seconds - now if over > 0 else 0.0

    def take(self, now: float) -> None:
        """Counts one."""
        self._times.append(now)

    def settle(self, now: float) -> None:
        """The last one counts from now on."""
        if self._times:
            self._times[-1] = now

    @property
    def until(self) -> float:
        """When none of them counts any more."""
        return self._times[-1] + self._seconds if self._times else float("-inf")


class ChatLimits:
    """What may be sent to one chat. Times are seconds of one clock."""

    def __init__(self, chat: int) -> None:
        self._private = chat > 0
        self._paid = self._before = float("-inf")
        self._group, self._edits = Window(*GROUP), Window(1, GROUP_EDITS)
        self._drafts = [Window(*one) for one in DRAFTS]
        self._held = {False: float("-inf"), True: float("-inf")}
        self.busy = False
        """Whether a message to it is on its way; the next one waits, so that their order holds."""

    def wait(self, now: float, priority: Priority) -> float:
        """Seconds until something of this kind may be sent."""
        match priority:
            case Priority.SIGN:
                wait = 0.0
            case Priority.DRAFT:
                wait = max(window.wait(now) for window in self._drafts)
            case _ if self._private:
                cost, burst = PRIVATE
                room = burst - (priority is Priority.EDIT)  # the answer must not wait for an edit
                wait = max(self._paid, now) - now - (room - 1) * cost
            case Priority.EDIT:
                wait = max(self._group.wait(now, KEPT_FOR_ANSWERS), self._edits.wait(now))
            case _:
                wait = self._group.wait(now)
        return max(self._held[priority >= Priority.SIGN] - now, wait, 0.0)

    def take(self, now: float, priority: Priority) -> None:
        """Counts something of this kind."""
        if priority is Priority.DRAFT:
            for window in self._drafts:
                window.take(now)
        elif priority <= Priority.EDIT:
            self.busy, self._before = True, self._paid
            self._paid = max(self._paid, now) + PRIVATE[0]
            self._group.take(now)
            if priority is Priority.EDIT:
                self._edits.take(now)

    def settle(self, now: float) -> None:
        """The message on its way was answered: it may have arrived as late as now."""
        self.busy = False
        self._paid = max(self._before, now) + PRIVATE[0]
        self._group.settle(now)

    def hold(self, until: float, priority: Priority) -> None:
        """Telegram asked for patience: with messages, or with signs."""
        signs = priority >= Priority.SIGN
        self._held[signs] = max(self._held[signs], until)

    def is_idle(self, now: float) -> bool:
        """Whether nothing of it need be remembered."""
        windows = (self._group, self._edits, *self._drafts)
        ends = (self._paid, *self._held.values(), *(window.until for window in windows))
        return not self.busy and max(ends) < now


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
        self._chats: dict[int, ChatLimits] = {}
        self._waiting: list[_Ticket] = []
        self._numbers = itertools.count()
        self._wake: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, chat: int, priority: Priority) -> AsyncIterator[None]:
        """The time in which one request of this kind is made to this chat."""
        await self._turn(chat, priority)
        try:
            yield
        finally:
            if priority <= Priority.EDIT:
                self._limits(chat).settle(self._clock())
                self._advance()

    def hold(self, chat: int, seconds: float, priority: Priority) -> None:
        """Sends nothing of this kind to this chat for a while: Telegram has said so."""
        self._limits(chat).hold(self._clock() + seconds, priority)

    @property
    def remembered(self) -> int:
        """Chats of which something is remembered."""
        return len(self._chats)

    async def _turn(self, chat: int, priority: Priority) -> None:
        ticket = _Ticket(
            priority, next(self._numbers), chat, asyncio.get_running_loop().create_future()
        )
        insort(self._waiting, ticket)
        self._advance()
        try:
            await ticket.turn
        except asyncio.CancelledError:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            elif ticket.turn.done() and not ticket.turn.cancelled() and priority <= Priority.EDIT:
                self._limits(chat).settle(self._clock())  # let through and cancelled at once
            self._advance()
            raise

    def _advance(self) -> None:
        """Lets through whose turn it is, and comes back when it is somebody's."""
        now, soonest = self._clock(), float("inf")
        left = []
        for ticket in self._waiting:
            wait = self._wait(ticket.chat, ticket.priority, now)
            if wait > 0:
                soonest = min(soonest, wait)
                left.append(ticket)
            elif not ticket.turn.done():
                self._take(ticket.chat, ticket.priority, now)
                ticket.turn.set_result(None)
        self._waiting = left
        if self._wake:
            self._wake.cancel()
            self._wake = None
        if soonest < float("inf"):
            loop = asyncio.get_running_loop()
            self._wake = loop.call_later(soonest, self._advance)

    def _wait(self, chat: int, priority: Priority, now: float) -> float:
        """Seconds until such a request may go; endless while another one to the chat is going."""
        limits = self._limits(chat)
        if priority >= Priority.SIGN:
            return max(self._signs.wait(now), limits.wait(now, priority))
        if limits.busy:
            return float("inf")
        return max(self._messages.wait(now), limits.wait(now, priority))

    def _take(self, chat: int, priority: Priority, now: float) -> None:
        (self._signs if priority >= Priority.SIGN else self._messages).take(now)
        self._limits(chat).take(now, priority)

    def _limits(self, chat: int) -> ChatLimits:
        limits = self._chats.get(chat)
        if limits is None:
            if len(self._chats) >= _MOST_CHATS:
                now = self._clock()
                self._chats = {c: one for c, one in self._chats.items() if not one.is_idle(now)}
            limits = self._chats[chat] = ChatLimits(chat)
        return limits
