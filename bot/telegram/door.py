"""The door: where updates come in, in a thread with an event loop of its own.

Answers keep the interpreter busy, and the bot's event loop with it. Whoever asks is to see at once
that the question has come in, and the next poll must not wait for an answer: so updates are taken
over here, a first sign is shown from here, and only then they are handed to the bot's loop.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

from telegram import Update
from telegram.constants import ChatAction
from telegram.error import RetryAfter, TelegramError

from bot.store import Place
from bot.telegram.dispatch import Dispatch
from bot.telegram.limits import FIRST_SIGNS, SIGN_SHOWN, Window
from bot.telegram.loop import new_event_loop
from bot.telegram.patience import seconds_of
from bot.telegram.transport import Wire
from bot.telegram.updates import place_of

_log = logging.getLogger(__name__)
T = TypeVar("T")

_CONNECTIONS: Final = 32


class Elsewhere:
    """An event loop in another thread."""

    def __init__(self) -> None:
        self._loop = new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="door", daemon=True)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work that is done over there."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    @asynccontextmanager
    async def inside(self, context: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
        """A context that is entered and left over there."""
        entered = await self.run(_entered(context))
        try:
            yield entered
        finally:
            await self.run(_left(context))

    def begin(self) -> None:
        """Starts the thread."""
        self._thread.start()

    async def end(self) -> None:
        """Ends what is still going on over there, and the thread."""
        await self.run(_end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()


async def _entered(context: AbstractAsyncContextManager[T]) -> T:
    return await context.__aenter__()


async def _left(context: AbstractAsyncContextManager[Any]) -> None:
    await context.__aexit__(None, None, None)


async def _end_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def elsewhere() -> AsyncIterator[Elsewhere]:
    """An event loop in another thread, while it is needed."""
    other = Elsewhere()
    other.begin()
    try:
        yield other
    finally:
        await other.end()


class Door:
    """Takes updates over for a dispatch that lives in another loop. A context over there."""

    def __init__(self, dispatch: Dispatch, address: str) -> None:
        """To be made in the loop of the dispatch. `address` is the Bot API's, with the token."""
        self._dispatch, self._address = dispatch, address
        self._home = asyncio.get_running_loop()
        self._wire = Wire(_CONNECTIONS)
        self._signs = Window(*FIRST_SIGNS)
        self._greeted: dict[int, float] = {}
        """Until when a chat needs no sign, or may get none."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._wire.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.shutdown()

    async def accept(self, batch: list[dict[str, Any]]) -> None:
        """Takes updates over; when it returns, none of them can be lost."""
        fresh = self._dispatch.read(batch)
        greeted = {one.update_id for one, _ in fresh if self._greets(one)}
        taken = await self._dispatch.keep(fresh)
        self._home.call_soon_threadsafe(self._dispatch.begin, taken, greeted)

    def _greets(self, update: Update) -> bool:
        """Shows a first sign, where it may be shown; whether it is on its way."""
        if not self._dispatch.calls_for_sign(update):
            return False
        now, place = asyncio.get_running_loop().time(), place_of(update)
        self._greeted = {chat: until for chat, until in self._greeted.items() if until > now}
        if place.chat in self._greeted or self._signs.wait(now):
            return False
        self._greeted[place.chat] = now + SIGN_SHOWN
        self._signs.begin()
        task = asyncio.create_task(self._sign(place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _sign(self, place: Place) -> None:
        loop = asyncio.get_running_loop()
        parameters: dict[str, Any] = {"chat_id": place.chat, "action": ChatAction.TYPING.value}
        if place.topic:
            parameters["message_thread_id"] = place.topic
        try:
            await self._wire.post(f"{self._address}/sendChatAction?{urlencode(parameters)}")
        except RetryAfter as flood:
            self._greeted[place.chat] = loop.time() + seconds_of(flood)
        except TelegramError as error:
            _log.debug("A first sign was not shown: %s", error)
        finally:
            self._signs.end(loop.time())
