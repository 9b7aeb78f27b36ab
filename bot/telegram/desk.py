"""Where those who handle commands and buttons of their own get what they all need."""

import logging
import secrets
from collections.abc import Coroutine, Iterable, Sequence
from functools import partial
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.rendering import WORDS
from bot.store import Place
from bot.styled import RIGHT_TO_LEFT, Styled, parts, units
from bot.telegram.bulletin import Bulletin
from bot.telegram.outbox import Outbox
from bot.telegram.routes import Heard, Notice, Press
from bot.telegram.updates import topic_of
from rag.errors import IsnadError

_log = logging.getLogger(__name__)

LONGEST_LABEL: Final = 48
"""UTF-16 units of a button's label, so that the end of it is seen."""

Button = tuple[str, str]
"""A button's label and its callback data."""


def keyboard_of(rows: Iterable[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The buttons, row by row; None where there are none."""
    keyboard = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row]
        for row in rows
        if row
    ]
    return InlineKeyboardMarkup(keyboard) if keyboard else None


def page_row(language: str, previous: str | None, following: str | None) -> list[Button]:
    """Arrows to the pages beside this one, by their callback data; they point as one reads."""
    if language in RIGHT_TO_LEFT:
        left, right = following, previous
    else:
        left, right = previous, following
    return [(arrow, data) for arrow, data in (("◀", left), ("▶", right)) if data]


def label_of(text: str) -> str:
    """As much of a text as a button shows; of one that is too long, its end."""
    if units(text) <= LONGEST_LABEL:
        return text
    kept = text[-LONGEST_LABEL:]
    while units(kept) >= LONGEST_LABEL:
        kept = kept[1:]
    return f"…{kept}"


def is_private(heard: Heard) -> bool:
    """Whether a message was written in a private chat."""
    return heard.told.chat.type == ChatType.PRIVATE


def place_of(message: Message) -> Place:
    """Where a message stands."""
    return Place(message.chat_id, topic_of(message))


def pressed_message(press: Press) -> Message | None:
    """The message whose button was pressed; None where Telegram does not show it any more."""
    message = press.query.message
    return message if isinstance(message, Message) else None


class Desk:
    """Answers to commands and presses, and work that goes on after a press was answered."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self._busy: set[tuple[int, int]] = set()

    async def reply(
        self, heard: Heard, text: Styled | str, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Answers a message."""
        place = place_of(heard.told)
        await self.outbox.send(
            place.chat,
            Styled(text) if isinstance(text, str) else text,
            heard.language,
            topic=place.topic,
            reply_to=heard.told.message_id,
            keyboard=keyboard,
        )

    def replace(
        self,
        press: Press,
        text: Styled | str,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        notice: str = "",
    ) -> Notice:
        """Puts a text, as much of it as fits, in the place of the message with the button.

        That is done once the press is answered, with the `notice`.
        """
        message = pressed_message(press)
        if message is None:
            return Notice(notice)
        shown = parts(Styled(text) if isinstance(text, str) else text, press.language)[0]
        return Notice(notice, then=partial(self._put, message, shown, press.language, keyboard))

    async def _put(
        self,
        message: Message,
        text: Styled,
        language: str,
        keyboard: InlineKeyboardMarkup | None,
    ) -> None:
        place = place_of(message)
        await self.outbox.replace(place, message.message_id, text, language, keyboard)

    def bulletin(self, heard: Heard) -> Bulletin:
        """A new message that shows how far a task has come."""
        place, number = place_of(heard.told), heard.told.message_id
        return Bulletin(self.outbox, place, heard.language, reply_to=number)

    def job(self, message: Message, language: str, job: Coroutine[Any, Any, None]) -> Notice:
        """Work that a press begins, and that is the end of it: what a stop ends is done anew.

        It ends by editing the message, also if it fails. One job a message: a second press while
        the first is being worked on does nothing.
        """
        key = (message.chat_id, message.message_id)
        if key in self._busy:
            job.close()
            return Notice()
        self._busy.add(key)

        async def work() -> None:
            try:
                await self._do(message, language, job)
            finally:
                self._busy.discard(key)

        return Notice(then=work)

    async def _do(self, message: Message, language: str, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except Exception as error:  # noqa: BLE001  # whoever pressed is to be told, whatever it is
            reference = secrets.token_hex(4)
            expected = isinstance(error, IsnadError | TelegramError)
            _log.error("%s: not done: %s", reference, error, exc_info=not expected)
            text = Styled(WORDS("failed", language, reference=reference))
            bulletin = Bulletin(
                self.outbox, place_of(message), language, message_id=message.message_id
            )
            try:
                await bulletin.finish(text)
            except TelegramError as failure:
                _log.error("%s: nor could that be said: %s", reference, failure)
