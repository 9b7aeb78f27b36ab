"""What is being written now, and stopping it when its reader wishes so.

A reader stops an answer with the draft's own button, with the button below a message, or with
`/stop`. The work is cancelled, and the connection to the model with it.
"""

from typing import Final, Protocol

from bot.store import Place

STOP: Final = "stop"
"""The prefix of the callback data of stop buttons."""


class Stoppable(Protocol):
    """An answer that is being written."""

    @property
    def place(self) -> Place:
        """Where it is written."""

    @property
    def question(self) -> int:
        """The id of the message that it answers, which is also that of its draft."""

    @property
    def asker(self) -> int:
        """Who asked."""

    @property
    def language(self) -> str:
        """Of the words that its reader is told."""

    def stop(self) -> None:
        """Ends it where it is."""

    def drop(self) -> None:
        """Ends it without a reply."""

    async def withdraw(self) -> None:
        """Takes away the message that showed the text so far, where there is one."""


class Stopped(Exception):
    """The work was stopped by its reader. `text`: what had been shown by then."""

    def __init__(self, text: str) -> None:
        super().__init__("stopped by its reader")
        self.text = text


class Running:
    """The answers that are being written."""

    def __init__(self) -> None:
        self._answers: dict[tuple[int, int], Stoppable] = {}

    def add(self, answer: Stoppable) -> None:
        """From now on it can be stopped."""
        self._answers[answer.place.chat, answer.question] = answer

    def remove(self, answer: Stoppable) -> None:
        """From now on it cannot."""
        key = (answer.place.chat, answer.question)
        if self._answers.get(key) is answer:
            del self._answers[key]

    @property
    def answers(self) -> list[Stoppable]:
        """All of them."""
        return list(self._answers.values())

    def find(self, chat: int, question: int) -> Stoppable | None:
        """The answer to this message, while it is being written."""
        return self._answers.get((chat, question))

    def stop_at(self, place: Place, asker: int) -> bool:
        """Stops what this asker has asked here; whether there was something."""
        found = [one for one in self._answers.values() if (one.place, one.asker) == (place, asker)]
        for one in found:
            one.stop()
        return bool(found)
