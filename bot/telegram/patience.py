"""What is done where Telegram does not take a request at once: floods, faults, lost receipts."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeVar

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.transport import NotSent

_log = logging.getLogger(__name__)
T = TypeVar("T")

_LONGEST_PAUSE: Final = 30.0
_LET_THROUGH: Final = 2.0
"""Seconds for which a sign on its way is let through."""
_NOT_ACCEPTED: Final = ("Internal Server Error", "Bad Gateway", "Service Unavailable")
"""Answers that say the server has not acted."""


def seconds_of(flood: RetryAfter) -> float:
    """How long a flood wait lasts."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether Telegram may have acted on a request that failed like this."""
    refused = isinstance(error, NotSent | InvalidToken)
    return not refused and not error.message.startswith(_NOT_ACCEPTED)


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row: longer each time, and never in step."""
    seconds = min(_LONGEST_PAUSE, 0.25 * 2.0 ** min(failures, 10))
    return seconds * random.uniform(0.75, 1.25)  # noqa: S311  # no secret


async def patiently(request: Callable[[], Awaitable[T]], attempts: int = 5) -> T:
    """The result of a request that is repeated after a flood wait or a fault of the network."""
    failures = 0
    while True:
        try:
            return await request()
        except RetryAfter as flood:
            failures += 1
            if failures >= attempts:
                raise
            _log.info("Telegram asks for patience: %.0f s.", seconds_of(flood))
            await asyncio.sleep(seconds_of(flood))
        except BadRequest:
            raise
        except NetworkError as error:
            failures += 1
            if failures >= attempts:
                raise
            _log.info("Telegram could not be reached (%s); trying again.", error)
            await asyncio.sleep(pause(failures))


async def let_through(request: Awaitable[T]) -> T:
    """The result of a request that, once begun, is not cut off when its caller is cancelled.

    A sign that were cut off might arrive after the reply, and stay.
    """
    task = asyncio.ensure_future(request)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=_LET_THROUGH)
        task.cancel()
        raise
