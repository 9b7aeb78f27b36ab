"""When something may be sent: Telegram's limits, kept before Telegram has to remind us.

Where several wait, answers go before edits, edits before signs. A flood wait holds its own chat
only.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from bot.telegram.limits import (
    ALL_DRAFTS,
    EVERYTHING,
    KEPT_FOR_SIGNS,
    LEFT_TO_MESSAGES,
    SIGNS,
    WITH_FIRST_SIGNS,
    ChatLimits,
    Priority,
    Window,
)

_FEW: Final = 100
"""Chats that are remembered, of some 6 KB each, before any without news is forgotten."""

Admit = Callable[[int, Priority], Awaitable[float]]
"""Counts what is about to be sent to a chat; gives the seconds to wait where there is no room."""


class _Ticket(NamedTuple):
    """Somebody who waits to send something."""

    chat: int
    turn: asyncio.Future[None]


class Limiter:
    """Lets each request through when it is its turn. Belongs to one event loop."""

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._everything, self._seen = Window(*EVERYTHING), Window(*WITH_FIRST_SIGNS)
        self._signs = {Priority.SIGN: Window(*SIGNS), Priority.DRAFT: Window(*ALL_DRAFTS)}
        self._chats: dict[int, ChatLimits] = {}
        self._many = _FEW
        self._waiting: dict[Priority, list[_Ticket]] = {priority: [] for priority in Priority}
        """Who waits, in the order in which they came."""
        self._wake: asyncio.TimerHandle | None = None
        self._waits = 0
        self.admit: Admit | None = None
        """Asked about each message and edit, where other processes may send to the same chat."""

    @asynccontextmanager
    async def turn(self, chat: int, priority: Priority) -> AsyncIterator[None]:
        """The time in which one request of this kind is made to this chat."""
        while True:
            await self._turn(chat, priority)
            wait = await self._wait_for_others(chat, priority)
            if not wait:
                break
            await asyncio.sleep(wait)
        try:
            yield
        finally:
            self._end(chat, priority)

    async def _wait_for_others(self, chat: int, priority: Priority) -> float:
        """Seconds to wait because of what others have sent; the turn is given back for so long."""
        if self.admit is None or priority > Priority.EDIT:
            return 0.0
        wait = math.inf  # where whoever waits is cancelled
        try:
            wait = await self.admit(chat, priority)
        finally:
            if wait:
                for window in self._windows(priority):
                    window.undo()
                self._limits(chat).undo(priority)
                self._advance()
        return wait

    def hold(self, chat: int, seconds: float, priority: Priority) -> None:
        """Sends nothing of this kind to this chat for a while: Telegram has said so."""
        self._waits += 1
        self._limits(chat).hold(self._clock() + seconds, priority)

    def allow(self, messages: int) -> None:
        """From now on so many requests in a second, in all: other processes have the rest."""
        self._everything.limit = messages
        self._advance()

    def was_shown(self) -> None:
        """Somebody else has shown a first sign: other signs and drafts have so much less room."""
        self._seen.begin()
        self._seen.end(self._clock())

    def used(self) -> int:
        """Requests that count now."""
        return self._everything.count(self._clock())

    def wanted(self) -> int:
        """Those, and the messages and edits that wait for their turn."""
        messages = (self._waiting[one] for one in Priority if one <= Priority.EDIT)
        return self.used() + sum(map(len, messages))

    def waits(self) -> int:
        """How often Telegram has asked for patience."""
        return self._waits

    def queue(self) -> int:
        """Requests that wait for their turn."""
        return sum(map(len, self._waiting.values()))

    @property
    def remembered(self) -> int:
        """Chats of which something is remembered."""
        return len(self._chats)

    async def _turn(self, chat: int, priority: Priority) -> None:
        turn = asyncio.get_running_loop().create_future()
        ticket = _Ticket(chat, turn)
        self._waiting[priority].append(ticket)
        self._advance()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # let through and cancelled at once
                self._end(chat, priority)
            else:
                self._waiting[priority].remove(ticket)
            raise

    def _advance(self) -> None:
        """Lets through whose turn it is, and comes back when it is somebody's."""
        now = self._clock()
        soonest = min(self._let_through(now, priority) for priority in Priority)
        if self._wake:
            self._wake.cancel()
            self._wake = None
        if soonest < math.inf:
            self._wake = asyncio.get_running_loop().call_later(soonest, self._advance)

    def _let_through(self, now: float, priority: Priority) -> float:
        """Lets through who may send something of this kind; seconds until the next one may."""
        waiting, left, soonest = self._waiting[priority], list[_Ticket](), math.inf
        for place, ticket in enumerate(waiting):
            if ticket.turn.done():  # cancelled, about to be taken away
                left.append(ticket)
                continue
            if wait := self._wait(now, priority):  # for all of them: many may wait
                left += waiting[place:]
                soonest = min(soonest, wait)
                break
            limits = self._limits(ticket.chat)
            if wait := limits.wait(now, priority):
                left.append(ticket)
                soonest = min(soonest, wait)
                continue
            for window in self._windows(priority):
                window.begin()
            limits.begin(priority)
            ticket.turn.set_result(None)
        self._waiting[priority] = left
        return soonest

    def _end(self, chat: int, priority: Priority) -> None:
        now = self._clock()
        for window in self._windows(priority):
            window.end(now)
        self._limits(chat).end(now, priority)
        if any(self._waiting.values()):
            self._advance()

    def _wait(self, now: float, priority: Priority) -> float:
        """Seconds until there is room for one more, whichever chat it is for; else 0."""
        kept = min(KEPT_FOR_SIGNS, self._everything.limit // 3)
        if priority <= Priority.EDIT:
            return self._everything.wait(now, kept if self._waiting[Priority.SIGN] else 0)
        if priority is Priority.SIGN and self._signs[priority].count(now) < kept:
            return self._everything.wait(now)
        left = min(LEFT_TO_MESSAGES, self._everything.limit // 3)
        return max(
            self._everything.wait(now, left),
            self._seen.wait(now),
            self._signs[priority].wait(now),
        )

    def _windows(self, priority: Priority) -> tuple[Window, ...]:
        """Where one more of this kind counts."""
        if priority <= Priority.EDIT:
            return self._everything, self._seen
        return self._everything, self._seen, self._signs[priority]

    def _limits(self, chat: int) -> ChatLimits:
        limits = self._chats.get(chat)
        if limits is None:
            if len(self._chats) >= self._many:
                now = self._clock()
                self._chats = {c: one for c, one in self._chats.items() if not one.is_idle(now)}
                self._many = max(_FEW, 2 * len(self._chats))
            limits = self._chats[chat] = ChatLimits(chat)
        return limits
