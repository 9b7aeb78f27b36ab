"""A model's reply, as it arrives."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Final

from rag.answers.answer import Usage

MOST_REQUESTS: Final = 3
"""At a step of a question, however often it is tried."""
LONGEST_REPLY: Final = 24_000
"""Characters of a reply after which nobody listens to it any more."""


class Reply:
    """A model's reply: iterate over its pieces as they arrive; `usage` is complete after the last.

    ModelUnavailable where the server fails or the deadline passes. Close it to hang up early.
    """

    def __init__(
        self,
        pieces: Callable[["Reply"], AsyncGenerator[str, None]],
        most: int = MOST_REQUESTS,
    ) -> None:
        """`pieces` makes the text, by at most so many requests, and keeps count here."""
        self.usage = Usage()
        self.requests = 0
        """How many requests were made for it."""
        self._most = most
        self._pieces = pieces(self)

    def __aiter__(self) -> AsyncIterator[str]:
        return self._pieces

    @property
    def requests_left(self) -> int:
        """How many more may be made at the same step."""
        return self._most - self.requests

    async def aclose(self) -> None:
        """Hang up."""
        await self._pieces.aclose()

    async def text(self) -> str:
        """The whole reply; of one that does not end, the first `LONGEST_REPLY` characters."""
        text = ""
        async with aclosing(self):
            async for piece in self:
                text += piece
                if len(text) >= LONGEST_REPLY:
                    break
        return text[:LONGEST_REPLY]
