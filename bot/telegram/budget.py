"""One budget of messages for all processes of the bot: Telegram's limits are the token's."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

from bot.store import Database, DatabaseUnavailable
from bot.store.recent_messages import Limits, RecentMessages
from bot.store.shares import LEASE, Shares
from bot.telegram.limiter import Limiter
from bot.telegram.limits import GROUP, GROUP_EDITS, KEPT_FOR_ANSWERS, PRIVATE, Priority

_log = logging.getLogger(__name__)

MESSAGES: Final = 28
"""A second, of all processes together; a little below Telegram's 30."""
EVERY: Final = 1.1
"""Seconds between two renewals of a share: longer than messages are counted for, so that a share
that is given back is not in use any more."""
GROUPS: Final = Limits(
    messages=GROUP[0],
    seconds=GROUP[1] + 1.5,
    edits_apart=GROUP_EDITS + 0.5,
    kept=KEPT_FOR_ANSWERS,
)
"""What one group takes. Each is counted when it is about to be sent, so there is time to spare."""
PRIVATE_CHATS: Final = Limits(
    messages=PRIVATE[1], seconds=PRIVATE[0] * PRIVATE[1] + 0.5, edits_apart=0, kept=1
)
"""What one private chat takes."""
ALONE: Final = 1
"""Messages a second of a process that cannot reach the database in time."""


@asynccontextmanager
async def shared(limiter: Limiter, database: Database) -> AsyncIterator[None]:
    """While it is open, the limiter keeps to this process's share of the messages."""
    shares, recent = Shares(database, MESSAGES), RecentMessages(database, GROUPS, PRIVATE_CHATS)

    async def admit(chat: int, priority: Priority) -> float:
        try:
            is_edit = priority is Priority.EDIT
            return await asyncio.to_thread(partial(recent.admit, chat, is_edit=is_edit))
        except DatabaseUnavailable:
            return 0.0  # what this process knows by itself has to do

    limiter.admit = admit
    limiter.allow(ALONE)
    renewing = asyncio.create_task(_renew(limiter, shares))
    try:
        yield
    finally:
        limiter.admit = None
        renewing.cancel()
        await asyncio.wait([renewing])
        with suppress(DatabaseUnavailable):
            await asyncio.to_thread(shares.release, EVERY)


async def _renew(limiter: Limiter, shares: Shares) -> None:
    clock = asyncio.get_running_loop().time
    granted, until, is_known = ALONE, clock(), True
    while True:
        began, wanted = clock(), limiter.wanted()
        # What was granted until now may have been used a moment ago.
        used = max(granted, limiter.used())
        renewal = asyncio.ensure_future(asyncio.to_thread(shares.renew, wanted, used))
        await asyncio.wait([renewal], timeout=max(0.0, until - began))
        if not renewal.done():  # the lease has ended: others may have the share now
            granted = ALONE
            limiter.allow(granted)
        try:
            granted = await renewal
            until, is_known = began + LEASE, True
        except DatabaseUnavailable as error:
            if is_known:
                _log.warning("This process's share of the messages is not known: %s", error)
            is_known = False
            granted = granted if clock() < until else ALONE
        limiter.allow(granted)
        await asyncio.sleep(EVERY)
