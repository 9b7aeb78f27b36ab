"""A reply as it is sent: the messages it takes, in order, and to what they answer. Pure."""

from dataclasses import dataclass
from typing import Any, Self

from telegram import InlineKeyboardMarkup

from bot.rendering import WORDS
from bot.store import Place
from bot.styled import Mark, Style, Styled, joined


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply in as many messages as it takes; the last one has the buttons."""

    place: Place
    question: int | None
    """The id of the message that it answers."""
    language: str
    parts: tuple[Styled, ...]
    keyboard: InlineKeyboardMarkup | None = None
    rich: str | None = None
    """All of it in the HTML of one rich message, where it may be sent so."""

    def keyboard_of(self, number: int) -> InlineKeyboardMarkup | None:
        """The buttons of its message `number`, from 0."""
        return self.keyboard if number == len(self.parts) - 1 else None

    def question_of(self, number: int) -> int | None:
        """What its message `number` answers."""
        return None if number else self.question

    def as_json(self) -> dict[str, Any]:
        """What `from_json` makes the same letter of."""
        return {
            "place": list(self.place),
            "question": self.question,
            "language": self.language,
            "parts": [
                [part.text, [[mark.style.value, mark.start, mark.end] for mark in part.marks]]
                for part in self.parts
            ],
            "keyboard": self.keyboard.to_dict() if self.keyboard else None,
            "rich": self.rich,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The letter that was kept."""
        return cls(
            place=Place(*kept["place"]),
            question=kept["question"],
            language=kept["language"],
            parts=tuple(
                Styled(text, tuple(Mark(Style(style), start, end) for style, start, end in marks))
                for text, marks in kept["parts"]
            ),
            keyboard=InlineKeyboardMarkup.de_json(kept["keyboard"]) if kept["keyboard"] else None,
            rich=kept.get("rich"),
        )


def marked_as_repeat(text: Styled, language: str) -> Styled:
    """The text of a message that its reader may have got already, with words that say so."""
    return joined([WORDS("sent-again", language), text], "\n\n")
