"""The form of a message: what of it Telegram may refuse, and how it is said without that."""

import re
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters

from bot.styled import Styled, units

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
"""What is cited grows no cards of its own."""

_LIKE_AN_ADDRESS: Final = re.compile(r"\u2068([^\u2066-\u2069\n]+\.md)\u2069", re.IGNORECASE)
"""The name of a Markdown file: `.md` is a country too. In code it cannot be tapped."""


@dataclass(slots=True)
class Form:
    """What of a message's form is kept."""

    entities: bool = True
    keyboard: InlineKeyboardMarkup | None = None
    topic: int = 0
    rich: bool = False

    def entities_of(self, text: Styled) -> list[MessageEntity] | None:
        """The marks of a text, as long as they are kept."""
        return entities_of(text) if self.entities else None

    def gives_up(self, refusal: str) -> bool:
        """Gives up what the refusal is about; whether there was something to give up."""
        words = refusal.lower()
        if self.rich:
            self.rich = False
        elif "thread not found" in words and self.topic:
            self.topic = 0
        elif self.keyboard and any(one in words for one in ("button", "markup", "keyboard")):
            self.keyboard = None
        elif self.entities and "not modified" not in words and "not found" not in words:
            self.entities = False
        else:
            return False
        return True


def entities_of(text: Styled) -> list[MessageEntity]:
    """The marks as Telegram has them: in UTF-16 units.

    A name that Telegram would take for an address is shown as code, where no link can be.
    """
    marks = [(mark.style.value, mark.start, mark.end) for mark in text.marks]
    marks += [(MessageEntity.CODE, *name.span(1)) for name in _LIKE_AN_ADDRESS.finditer(text.text)]
    return [
        MessageEntity(kind, offset=units(text.text[:start]), length=units(text.text[start:end]))
        for kind, start, end in marks
    ]


def replying_to(question: int | None) -> ReplyParameters | None:
    """Whoever deletes the question still gets the answer."""
    return ReplyParameters(question, allow_sending_without_reply=True) if question else None
