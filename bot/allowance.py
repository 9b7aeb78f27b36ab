"""How much may be asked: by one person and by all, so that nobody lives at another's expense.

The questions of an hour and the model's tokens of a day are counted in the store, over all
processes; what is answered at the same time is bounded in this one.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.access import Access
from bot.store import DatabaseUnavailable, Store, Wait
from rag.answers.answer import Answer

_log = logging.getLogger(__name__)

AT_ONCE_EACH: Final = 3
"""Questions of one asker that are answered at the same time; the next waits for one to end."""
AT_ONCE: Final = 32
"""Questions of all; more wait, and show that they do."""


class Allowance:
    """What askers may still ask. Belongs to one event loop."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store, self._access = store, access
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rooms: dict[int, asyncio.Semaphore] = {}
        self._inside: Counter[int] = Counter()

    async def take_question(self, asker: int, update: int | None = None) -> Wait:
        """How long the asker has to wait; where that is no time, the question is counted.

        That of an `update` which is dealt with again, after a stop, was.
        """
        access = self._access
        if not access.questions_per_hour and not access.questions_per_hour_in_all:
            return Wait()
        try:
            return await asyncio.to_thread(
                self._store.take_question,
                asker,
                access.questions_per_hour,
                time.time(),
                in_all=access.questions_per_hour_in_all,
                update=update,
            )
        except DatabaseUnavailable as error:
            _log.error("A question is not counted: %s", error)
            return Wait()

    @asynccontextmanager
    async def turn(self, asker: int) -> AsyncIterator[None]:
        """The time in which a question of somebody is answered, once there is room for it."""
        self._inside[asker] += 1
        own = self._rooms.setdefault(asker, asyncio.Semaphore(AT_ONCE_EACH))
        try:
            # The asker's own turn first: who waits for that takes no room from the others.
            async with own, self._room:
                yield
        finally:
            self._inside[asker] -= 1
            if not self._inside[asker]:
                del self._inside[asker], self._rooms[asker]

    async def may_use_model(self, asker: int) -> bool:
        """Whether the model may write for somebody today; else answers are made of quotations.

        Where nobody knows what was spent, they are.
        """
        access = self._access
        if not access.tokens_per_day:
            return True
        try:
            spent = await asyncio.to_thread(self._store.tokens_spent, time.time(), asker)
        except DatabaseUnavailable:
            return False
        share = access.tokens_per_day_each
        return spent.in_all < access.tokens_per_day and (not share or spent.own < share)

    async def spend(self, asker: int, answer: Answer) -> None:
        """Counts the tokens that an answer took. DatabaseUnavailable where they cannot be."""
        tokens = answer.usage.prompt_tokens + answer.usage.completion_tokens
        if tokens:
            await asyncio.to_thread(self._store.spend_tokens, tokens, time.time(), asker)
