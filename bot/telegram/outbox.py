"""Everything that goes to Telegram goes through here.

So these hold for all of it: Telegram's limits are kept (`limiter`), a flood wait is waited out and
a fault of the network overcome (`courier`), a form that is refused is given up for a plainer one
(`form`), and whoever may be reading a message a second time is told so (`letter`).

    sent = await outbox.send(chat, styled, "ar", topic=topic, reply_to=question, keyboard=buttons)
    await outbox.edit(chat, sent[-1].message_id, styled, keyboard=buttons)
    await outbox.signs.typing(chat)
    await outbox.answer_callback(query.id, words("thanks", "ar"))

Refusals that no patience cures are raised as python-telegram-bot's errors: `Forbidden` where the
bot was blocked, `BadRequest` where the request is wrong.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot, InlineKeyboardMarkup, InlineQueryResult, InputFile, Message
from telegram.error import BadRequest, TelegramError

from bot.store import Place
from bot.styled import Styled, parts
from bot.telegram.courier import PATIENCE, Courier, Note
from bot.telegram.edits import Edits
from bot.telegram.form import NO_PREVIEW, Form, replying_to
from bot.telegram.inbox import handling
from bot.telegram.letter import Letter, marked_as_repeat
from bot.telegram.limiter import Limiter
from bot.telegram.limits import Priority
from bot.telegram.patience import patiently
from bot.telegram.rich import RichMessages, is_rich
from bot.telegram.signs import Signs
from bot.telegram.stopping import Running

_log = logging.getLogger(__name__)

_FOR_A_GUEST: Final = 9
"""Attempts at the one message that a guest gets; they take some 90 s."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be sent."""

    name: str
    content: bytes


class Outbox:
    """Sends, edits and answers. `language` is that of the words it may have to add."""

    def __init__(
        self,
        bot: Bot,
        limiter: Limiter,
        rich: RichMessages | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """`patience`: seconds for which a message is tried."""
        self.bot = bot
        """For reading only (`get_file`, `get_chat_member`): what is written goes through here."""
        self.rich = rich or RichMessages(wanted=False)
        self.running = Running()
        """The answers that are being written."""
        self._courier = Courier(limiter, patience)
        self._edits = Edits(bot, self._courier)
        self.signs = Signs(bot, self._courier)

    # Messages

    async def send(
        self,
        chat: int,
        text: Styled,
        language: str,
        *,
        topic: int = 0,
        reply_to: int | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
        priority: Priority = Priority.ANSWER,
    ) -> list[Message]:
        """Sends a text in as many messages as it takes.

        The first one replies to `reply_to`, the last one has the keyboard.
        """
        letter = Letter(
            Place(chat, topic), reply_to, language, tuple(parts(text, language)), keyboard
        )
        return [
            await self.send_part(letter, number, priority=priority)
            for number in range(len(letter.parts))
        ]

    async def deliver(self, letter: Letter, *, first: int = 0) -> list[Message]:
        """Sends the whole reply to the update that is being handled, which is done with it.

        What has arrived is kept in the inbox, so that after a kill it is sent on from there:
        from its message `first`.
        """
        update, sent = handling(), list[Message]()
        for number in range(first, len(letter.parts)):
            reply = letter.as_json() if number == first else None
            sent.append(await self.send_part(letter, number, note=(number, reply)))
            if is_rich(sent[-1]):
                break  # all of it is in this one
        if update:
            update.finish()
        return sent

    async def send_part(
        self,
        letter: Letter,
        number: int,
        *,
        priority: Priority = Priority.ANSWER,
        note: Note = (0, None),
        receipts: list[Message] | None = None,
    ) -> Message:
        """Sends one message of a letter. `note`: what the inbox is told before.

        `receipts` gets it too, even where the caller is cancelled while it is on its way.
        """
        text, language = letter.parts[number], letter.language
        form = Form(keyboard=letter.keyboard_of(number), topic=letter.place.topic)
        form.rich = self.rich.is_on and letter.rich is not None and number == 0

        async def request(chat: int, again: bool) -> Message:
            form.rich = form.rich and not again  # only the classic form says that it is a repeat
            if form.rich:
                message = await self.rich.send(self.bot, chat, letter, letter.keyboard, form.topic)
            else:
                shown = marked_as_repeat(text, language) if again else text
                message = await self.bot.send_message(
                    chat,
                    shown.text,
                    entities=form.entities_of(shown),
                    message_thread_id=form.topic or None,
                    reply_parameters=replying_to(letter.question_of(number)),
                    reply_markup=form.keyboard,
                    link_preview_options=NO_PREVIEW,
                )
            self.signs.are_gone(letter.place)
            if receipts is not None:
                receipts.append(message)
            return message

        return await self._courier.carry(
            letter.place.chat,
            priority,
            request,
            form,
            note=note if priority is Priority.ANSWER else None,
        )

    async def edit(
        self,
        chat: int,
        message_id: int,
        text: Styled,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        priority: Priority = Priority.EDIT,
    ) -> bool:
        """Puts a text in the place of a message, as `Edits.put`; whether it stands."""
        return await self._edits.put(chat, message_id, text, keyboard, priority)

    async def replace(
        self,
        place: Place,
        message_id: int,
        text: Styled,
        language: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Puts a text that somebody has asked for in the place of a message, else below it.

        It is as urgent as an answer, and a flood wait is waited out.
        """
        stands = await self.edit(
            place.chat, message_id, text, keyboard=keyboard, priority=Priority.ANSWER
        )
        if not stands:
            await self.send(place.chat, text, language, topic=place.topic, keyboard=keyboard)

    async def delete(self, chat: int, message_id: int) -> bool:
        """Deletes a message; whether it is gone."""
        try:
            await patiently(lambda: self.bot.delete_message(self._courier.now(chat), message_id))
        except TelegramError as refusal:
            _log.info("A message was not deleted: %s", refusal)
            return False
        return True

    async def send_file(
        self,
        chat: int,
        file: Attachment | str,
        language: str,
        *,
        topic: int = 0,
        reply_to: int | None = None,
        caption: Styled | None = None,
        as_photo: bool = False,
    ) -> Message:
        """Sends a file, or one that Telegram has already, by its id. The caption is short."""
        form, plain = Form(topic=topic), caption or Styled("")

        async def request(chat: int, again: bool) -> Message:
            shown = marked_as_repeat(plain, language) if again else plain
            content = (
                InputFile(file.content, filename=file.name)
                if isinstance(file, Attachment)
                else file
            )
            options: dict[str, Any] = {
                "caption": shown.text or None,
                "caption_entities": form.entities_of(shown),
                "message_thread_id": form.topic or None,
                "reply_parameters": replying_to(reply_to),
            }
            if as_photo:
                return await self.bot.send_photo(chat, content, **options)
            return await self.bot.send_document(chat, content, **options)

        return await self._courier.carry(chat, Priority.ANSWER, request, form, note=(0, None))

    # Queries: answered once, soon, and outside the limits on messages

    async def answer_callback(
        self, query_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        """Answers the press of a button. One that is too old is let be."""
        await _answer(
            lambda: self.bot.answer_callback_query(query_id, text, show_alert=alert or None)
        )

    async def answer_inline(
        self, query_id: str, results: Sequence[InlineQueryResult], **options: Any
    ) -> None:
        """Answers an inline query; the options are those of `answerInlineQuery`."""
        await _answer(lambda: self.bot.answer_inline_query(query_id, results, **options))

    async def answer_guest(self, query_id: str, result: InlineQueryResult) -> None:
        """Answers a mention in a chat that the bot is no member of."""
        await _answer(lambda: self.bot.answer_guest_query(query_id, result), attempts=_FOR_A_GUEST)


async def _answer(request: Callable[[], Awaitable[object]], attempts: int = 3) -> None:
    try:
        await patiently(request, attempts)
    except BadRequest as refusal:
        _log.info("A query was not answered: %s", refusal)
