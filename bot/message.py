"""What is said to the bot, wherever it is said."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.access import TERMINAL
from bot.store import Place
from rag.text.language import DEFAULT, LANGUAGES, language_of

QUESTIONS: Final = ("", "ask")
"""The commands, and the lack of one, that a question may follow."""

_DIRECTION: Final = "\u200e\u200f\u2066\u2067\u2068\u2069"
"""What a command may be copied with from where it is shown among words of another direction."""
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a message replies to."""

    text: str
    """All of it, or the part that the asker has marked."""
    is_part: bool = False
    answer_id: str | None = None
    """Of the answer that it is, where it is one of the bot's."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something said to the bot in a chat; `topic` is 0 where the chat has none."""

    chat: int
    topic: int
    asker: int
    text: str = ""
    attachment: bool = False
    """Whether something else than text came with it: a voice, a picture, a file."""
    language: str | None = None
    """The asker's, as a BCP 47 tag."""
    number: int | None = None
    """Its id in the chat, where it may be edited later."""
    quoted: Quoted | None = None
    update: int | None = None
    """In the inbox, where it is dealt with again after a stop: it is counted once."""

    @property
    def place(self) -> Place:
        """The conversation it belongs to."""
        return Place(self.chat, self.topic)


def command_of(text: str) -> tuple[str, str]:
    """The command that a text is, without its slash, and what follows it; else "" and the text."""
    match = _COMMAND.fullmatch(text.strip().strip(_DIRECTION))
    if match is None:
        return "", text.strip()
    return match.group(1).lower(), (match.group(2) or "").strip()


def language_for(
    message: Message, chosen: str | None = None, spoken: Callable[[], str | None] = lambda: None
) -> str:
    """The language of the interface's words.

    The one that the asker has chosen; else that of the question, that of the asker, that in which
    was asked last there (`spoken`), Arabic. Here, in the terminal, what was asked last comes before
    the language of the system.
    """
    if chosen:
        return chosen
    command, text = command_of(message.text)
    question = text if command in QUESTIONS else ""
    if asked := language_of(question, ""):
        return asked
    tag = (message.language or "").split("-")[0].lower()
    asker = tag if tag in LANGUAGES else None
    if message.chat == TERMINAL:
        return spoken() or asker or DEFAULT
    return asker or spoken() or DEFAULT
