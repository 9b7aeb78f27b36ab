"""Carrying a request to a chat until Telegram takes it: in its turn, and in whatever form."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter

from bot.telegram.form import Form
from bot.telegram.inbox import Handling, handling
from bot.telegram.limiter import Limiter
from bot.telegram.limits import Priority
from bot.telegram.patience import let_through, may_have_arrived, pause, seconds_of

_log = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE: Final = 3_600.0
"""Seconds for which a message is tried while Telegram cannot be reached; then it is left to the
next start."""

Note = tuple[int, dict[str, Any] | None]
"""What the inbox is told before a message is sent: how many of the reply have arrived, and it."""
Request = Callable[[int, bool], Awaitable[T]]
"""Gets the chat's id, and whether it may be a repeat."""


class Courier:
    """Makes requests to chats. It knows where chats have moved, and keeps to the limits."""

    def __init__(self, limiter: Limiter, patience: float = PATIENCE) -> None:
        self.limiter, self._patience = limiter, patience
        self._moved: dict[int, int] = {}

    def now(self, chat: int) -> int:
        """The id that a chat has now: a group that becomes a supergroup gets another."""
        return self._moved.get(chat, chat)

    async def carry(
        self,
        chat: int,
        priority: Priority,
        request: Request[T],
        form: Form,
        *,
        waits_out: bool = True,
        note: Note | None = None,
    ) -> T:
        """The result of a request, which gives up what Telegram refuses of its form.

        Where it does not wait out a flood (`waits_out`), RetryAfter is raised. With a `note` it
        sends a part of the reply to the update that is being handled.
        """
        while True:
            try:
                return await self._patiently(
                    chat, priority, request, waits_out=waits_out, note=note
                )
            except BadRequest as refusal:
                if not form.gives_up(refusal.message):
                    raise
                _log.warning("Telegram refused the form of a message: %s", refusal)

    async def _patiently(
        self,
        chat: int,
        priority: Priority,
        request: Request[T],
        *,
        waits_out: bool,
        note: Note | None,
    ) -> T:
        update = handling() if note else None
        again = bool(update and update.repeats)
        until, failures = asyncio.get_running_loop().time() + self._patience, 0
        while True:
            try:
                async with self.limiter.turn(self.now(chat), priority):
                    if update and note:
                        await update.sends(*note)
                        result = await request(self.now(chat), again)
                        update.was_sent()
                        return result
                    return await let_through(request(self.now(chat), again))
            except ChatMigrated as moved:
                self._moved[chat] = moved.new_chat_id
            except RetryAfter as flood:
                _log.info("Telegram asks for patience: %.0f s.", seconds_of(flood))
                self.limiter.hold(self.now(chat), seconds_of(flood), priority)
                if not waits_out:
                    raise
            except (NetworkError, InvalidToken) as error:
                failures += 1
                if isinstance(error, BadRequest):
                    raise
                again = again or may_have_arrived(error)
                if asyncio.get_running_loop().time() > until:
                    await _put_off(update, again=again)
                    raise
                _log.info("Telegram could not be reached (%s); trying again.", error)
                await asyncio.sleep(pause(failures))
            if update and not again:
                await update.was_refused()


async def _put_off(update: Handling | None, *, again: bool) -> None:
    """Leaves an update, if there is one, in the inbox. `again`: its reply may have arrived."""
    if update:
        await update.put_off(again=again)
