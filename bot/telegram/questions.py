"""What each message asks now: it may be edited while it waits, or while it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

Key = tuple[int, int]
"""A chat, and the number of a message in it."""

_REMEMBERED: Final = 1_000
"""Messages of which it is known what they asked when they were dealt with."""


class Questions:
    """The messages that wait or are dealt with: the update that told each last, and its text."""

    def __init__(self) -> None:
        self._open: dict[Key, tuple[int, str]] = {}
        self._done: dict[Key, int] = {}

    def arrives(self, update_id: int, question: Key, text: str) -> None:
        """A message has come in."""
        self._open[question] = (update_id, text)

    def changes(self, update_id: int, question: Key, text: str) -> bool:
        """A message was edited; whether it waits or is dealt with, and asks something else now."""
        told = self._open.get(question)
        if told is None or told[1] == text:
            return False
        self._open[question] = (update_id, text)
        return True

    def is_due(self, update_id: int, question: Key) -> bool:
        """Whether this update has overtaken another that was not answered because of it."""
        told = self._open.get(question)
        return told is not None and told[0] == update_id

    def is_overtaken(self, update_id: int, question: Key) -> bool:
        """Whether the message asks something else by now than in this update."""
        told = self._open.get(question)
        return told is not None and told[0] != update_id

    def is_done(self, question: Key, text: str) -> bool:
        """Whether the message asked just this when it was dealt with, a while ago at most."""
        return self._done.get(question) == hash(text)

    @contextmanager
    def dealing_with(self, update_id: int, question: Key, text: str) -> Iterator[None]:
        """The time in which a message is dealt with, as this update tells it."""
        self._open.setdefault(question, (update_id, text))
        try:
            yield
        finally:
            if not self.is_overtaken(update_id, question):
                del self._open[question]
                self._done.pop(question, None)
                self._done[question] = hash(text)
                if len(self._done) > _REMEMBERED:
                    del self._done[next(iter(self._done))]
