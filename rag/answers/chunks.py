"""Chunks: a model's reply as its server streams it, until its end or until nobody listens."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rag.answers.model_failure import CUT_SHORT, broken_off
from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from anyio import CancelScope
    from llama_index.core.base.llms.types import ChatResponse

_LONGEST_PIECE: Final = 4_096
"""Characters given out at a time, so that nobody has to read more of a wall than they want."""


async def heard(
    chunks: "Awaitable[AsyncGenerator[ChatResponse, None]]", deadline: float
) -> "AsyncGenerator[ChatResponse, None]":
    """The chunks as they come; TimeoutError past `deadline`, a time of `time.monotonic()`.

    The connection is closed as soon as the generator is.
    """
    # Not at the top: a command that asks no model needs none of it.
    from anyio import CancelScope

    arrived: asyncio.Queue[ChatResponse | Exception | None] = asyncio.Queue()
    # A task of its own, which waits for the network and nothing else: cancelling it hangs up at
    # once, where closing the library's generators waits for the garbage collector.
    hearing = CancelScope()
    listening = asyncio.create_task(_listen(chunks, arrived, hearing))
    try:
        while True:
            async with asyncio.timeout(deadline - time.monotonic()):
                chunk = await arrived.get()
            if chunk is None:
                return
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk
    finally:
        # Its scope, and not the task: httpx closes a connection behind a shield that only a scope
        # respects, and one whose closing is cut off stays open and in its pool for ever.
        hearing.cancel()
        await asyncio.wait([listening])


async def _listen(
    chunks: "Awaitable[AsyncGenerator[ChatResponse, None]]",
    arrived: "asyncio.Queue[ChatResponse | Exception | None]",
    hearing: "CancelScope",
) -> None:
    """Put the chunks of a reply into a queue as they come; last an exception, or None."""
    with hearing:
        try:
            async for chunk in await chunks:
                arrived.put_nowait(chunk)
        except Exception as error:  # noqa: BLE001  (raised again where the queue is read)
            arrived.put_nowait(error)
        else:
            arrived.put_nowait(None)


@dataclass(slots=True)
class Told:
    """What the chunks of one reply have told so far."""

    begun: bool = False
    """Whether anything came."""
    finish: str | None = None
    """Why the model stopped, in the server's word."""
    counted: bool = False
    """Whether the tokens were counted, which is done last."""

    def text(self, chunk: "ChatResponse") -> Iterator[str]:
        """The text of a chunk, in pieces; of several answers, which nobody asked for, the first."""
        self.begun = True
        self.counted = self.counted or bool(getattr(chunk.raw, "usage", None))
        choice = next(iter(getattr(chunk.raw, "choices", None) or ()), None)
        if getattr(choice, "index", 0):
            return
        self.finish = getattr(choice, "finish_reason", None) or self.finish
        text = chunk.delta or ""
        for start in range(0, len(text), _LONGEST_PIECE):
            yield text[start : start + _LONGEST_PIECE]

    @property
    def failure(self) -> ModelUnavailable | None:
        """Why the reply, now that no more comes, is not whole; None where it is."""
        if self.finish in CUT_SHORT or not (self.finish or self.counted):
            return broken_off(self.finish, begun=self.begun)
        return None
