"""Waiting for something to become true."""

import asyncio
import time
from collections.abc import Callable


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Returns when the condition holds. TimeoutError where it does not come to that."""
    end = time.monotonic() + seconds
    for _ in iter(condition, True):
        if condition():
            return
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.01)
