"""Stopping: a reader's wish that an answer ends where it is.

What is verified by then is the answer; what is still under way for it is cut off.

    stop = Stop()
    answer = await knowledge.ask(question, stop=stop)    # elsewhere, meanwhile: stop.wish()
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Stop:
    """The wish. It belongs to one answer and to one event loop."""

    def __init__(self) -> None:
        self.is_wished = False
        self._under_way: asyncio.Timeout | None = None

    def wish(self) -> None:
        """Ends what is under way; what would come after it is not begun."""
        if self.is_wished:
            return
        self.is_wished = True
        if self._under_way:
            self._under_way.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def cutting(self) -> AsyncIterator[None]:
        """The work inside is cut off, without an error, once the wish is there."""
        try:
            async with asyncio.timeout(0 if self.is_wished else None) as under_way:
                self._under_way = under_way
                yield
        except TimeoutError:
            if not under_way.expired():
                raise
        finally:
            self._under_way = None
