"""The inbox for an event loop, and what is being dealt with of it.

A handler need not know of it: while an update is being handled, `handling()` is its place in the
inbox, and the outbox notes there what is about to be sent because of it.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, Final, TypeVar

from bot.store import DatabaseUnavailable
from bot.store import inbox as stored
from bot.store.inbox import RENEWED_EVERY, Received, Unfinished
from rag.tracing import begin_question

CLAIMS_EVERY: Final = 0.4
"""Seconds between two looks for what other processes have left to this one."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Inbox:
    """Keeps updates until they are dealt with, in a thread of its own."""

    def __init__(self, store: stored.Inbox) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._finished: list[int] = []
        self._finishing: asyncio.Task[None] | None = None

    async def put(self, received: Iterable[Received]) -> set[int]:
        """Keeps updates, all or none; the ids of those that were not known yet."""
        return await self._run(lambda: self._store.put(received))

    async def unfinished(self) -> list[Unfinished]:
        """What an earlier run has left."""
        return await self._run(partial(self._store.claim, first=True))

    async def follow(self, begin: Callable[[Unfinished], None]) -> None:
        """Begins what other processes leave to this one, until it is cancelled."""
        if self._store.alone:
            return
        renewed = 0.0
        while True:
            await asyncio.sleep(CLAIMS_EVERY)
            try:
                if time.monotonic() - renewed > RENEWED_EVERY:
                    await self._run(self._store.renew)
                    renewed = time.monotonic()
                for one in await self._run(self._store.claim):
                    begin(one)
            except DatabaseUnavailable as error:
                _log.warning("What others have left could not be looked for: %s", error)

    async def expire(self) -> None:
        """Forgets what has been done long ago."""
        await self._run(self._store.expire)

    def finish(self, update_id: int) -> None:
        """An update is dealt with. Written soon, with others: see `close`."""
        self._finished.append(update_id)
        if self._finishing is None or self._finishing.done():
            self._finishing = asyncio.create_task(self._finish())

    async def close(self) -> None:
        """Writes what is still to be written, for a few seconds at most."""
        if self._finishing:
            await asyncio.wait([self._finishing], timeout=5)
        with suppress(DatabaseUnavailable):
            await self._run(self._store.release)
        self._thread.shutdown()

    async def _finish(self) -> None:
        while self._finished:
            batch, self._finished = self._finished, []
            try:
                await self._run(partial(self._store.finish, batch))
            except DatabaseUnavailable as error:
                _log.warning("What is done could not be noted; trying again: %s", error)
                self._finished = batch + self._finished
                await asyncio.sleep(1)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # What the outbox notes

    async def sending(self, update_id: int, arrived: int, reply: dict[str, Any] | None) -> None:
        """A message is about to be sent because of this update."""
        await self._run(lambda: self._store.sending(update_id, arrived, reply))

    async def shows(self, update_id: int, message_id: int) -> None:
        """A message shows how far the answer has come."""
        await self._run(lambda: self._store.shows(update_id, message_id))

    async def refused(self, update_id: int) -> None:
        """It was not accepted."""
        await self._run(lambda: self._store.refused(update_id))


class Handling:
    """An update that is being dealt with."""

    def __init__(self, inbox: Inbox, update_id: int, *, repeats: int = 0) -> None:
        """`repeats`: so many of the next messages may be ones that an earlier run has sent."""
        self._inbox, self._update_id = inbox, update_id
        self._noted = self._finished = False
        self._sent, self._repeats = 0, repeats

    @property
    def repeats(self) -> bool:
        """Whether the next message may be one that an earlier run has sent."""
        return self._sent < self._repeats

    async def sends(self, arrived: int = 0, reply: dict[str, Any] | None = None) -> None:
        """A message is about to be sent: of `reply`, or one that is not kept.

        After a kill the handler of one that is not kept begins anew, so it is noted how many of
        its messages there have been, in whichever run.
        """
        if reply is None and not arrived:
            arrived = max(self._sent, self._repeats - 1)
        if reply is not None or arrived or not self._noted:
            self._noted = True
            await self._note(self._inbox.sending(self._update_id, arrived, reply))

    async def shows(self, message_id: int) -> None:
        """A message shows how far the answer has come: after a kill it is taken away."""
        await self._note(self._inbox.shows(self._update_id, message_id))

    def was_sent(self) -> None:
        """The message has arrived."""
        self._sent += 1

    async def put_off(self, *, again: bool) -> None:
        """Its reply was given up for now: it stays in the inbox, for the next start.

        `again`: the message may have arrived all the same.
        """
        self._finished = True
        if not again:
            await self.was_refused()

    def finish(self) -> None:
        """All of its reply has arrived, or it is dealt with in another way."""
        if not self._finished:
            self._finished = True
            self._inbox.finish(self._update_id)

    async def was_refused(self) -> None:
        """The message was not accepted: sent after a kill, it is no repeat."""
        self._noted = False
        await self._note(self._inbox.refused(self._update_id))

    async def _note(self, noting: Awaitable[None]) -> None:
        """An answer is worth more than a note about it: it is sent without, if need be."""
        try:
            await noting
        except DatabaseUnavailable as error:
            _log.warning("What is being sent could not be noted: %s", error)


_handling: ContextVar[Handling | None] = ContextVar("handling", default=None)


def handling() -> Handling | None:
    """The update that this task is dealing with."""
    return _handling.get()


def begin_handling(one: Handling | None) -> None:
    """From now on this task deals with that update, and with what it asks."""
    _handling.set(one)
    begin_question()
