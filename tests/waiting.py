"""Waiting for what another thread, process or task does: for long on a busy machine, if need be."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 240.0
"""Seconds that anything may take which takes a moment where nothing else goes on."""
_PAUSE: Final = 0.01


async def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Returns when the condition holds. TimeoutError where it does not come to that."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # nobody tells when it holds
            await asyncio.sleep(_PAUSE)


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """The same for a test without an event loop."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(_PAUSE)
