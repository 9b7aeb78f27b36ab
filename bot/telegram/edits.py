"""Edits of messages that stand already: of those that wait, the newest is made."""

import asyncio
import logging

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, RetryAfter

from bot.styled import Styled
from bot.telegram.courier import Courier
from bot.telegram.form import NO_PREVIEW, Form
from bot.telegram.limits import Priority

_log = logging.getLogger(__name__)

_Key = tuple[int, int]
"""A chat and the id of a message in it."""


class Edits:
    """Puts other texts in the place of messages."""

    def __init__(self, bot: Bot, courier: Courier) -> None:
        self._bot, self._courier = bot, courier
        self._newest: dict[_Key, _Edit] = {}

    async def put(
        self,
        chat: int,
        message_id: int,
        text: Styled,
        keyboard: InlineKeyboardMarkup | None,
        priority: Priority,
    ) -> bool:
        """Puts a text (that fits into one message) in the place of another; whether it stands.

        While an edit waits for its turn, a newer one of the same message takes its place, and
        both have its outcome. False where Telegram does not let it be edited (any more, or for
        now), so that it has to be sent anew where it matters.
        """
        key = (chat, message_id)
        waiting = self._newest.get(key)
        if waiting:
            waiting.text, waiting.keyboard = text, keyboard
            return await asyncio.shield(waiting.outcome)
        edit = self._newest[key] = _Edit(text, keyboard)
        try:
            stands = await self._make(key, edit, priority)
        except BaseException as error:
            edit.fail(error)
            raise
        finally:
            if self._newest.get(key) is edit:
                del self._newest[key]
        edit.outcome.set_result(stands)
        return stands

    async def _make(self, key: _Key, edit: "_Edit", priority: Priority) -> bool:
        chat, message_id = key
        form = Form()

        async def request(chat: int, again: bool) -> object:
            self._newest.pop(key, None)  # from here on a newer one is another edit
            return await self._bot.edit_message_text(
                edit.text.text,
                chat_id=chat,
                message_id=message_id,
                entities=form.entities_of(edit.text),
                reply_markup=edit.keyboard,
                link_preview_options=NO_PREVIEW,
            )

        try:
            await self._courier.carry(
                chat, priority, request, form, waits_out=priority is Priority.ANSWER
            )
        except BadRequest as refusal:
            if "not modified" in refusal.message.lower():
                return True
            _log.info("Telegram refused an edit: %s", refusal)
            return False
        except RetryAfter:
            return False
        return True


class _Edit:
    """The newest text that a message is to have, and whether it got it."""

    def __init__(self, text: Styled, keyboard: InlineKeyboardMarkup | None) -> None:
        self.text, self.keyboard = text, keyboard
        self.outcome: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def fail(self, error: BaseException) -> None:
        """Whoever waits for the same edit has the same failure."""
        if isinstance(error, Exception):
            self.outcome.set_exception(error)
            self.outcome.exception()  # it may be that nobody waits
        else:
            self.outcome.set_result(False)
