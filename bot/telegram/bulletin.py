"""One message that shows how far a task has come, and in the end what came of it."""

import asyncio
import logging
from contextlib import suppress
from typing import Final, Self

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.store import Place
from bot.styled import Styled, joined, parts
from bot.telegram.inbox import handling
from bot.telegram.limits import Priority
from bot.telegram.outbox import Outbox

_log = logging.getLogger(__name__)

EVERY: Final = 3.0
"""Seconds between two edits; in groups Telegram's limits make it more."""


class Bulletin:
    """A message that is edited. A context, which may be entered again: progress is shown inside."""

    def __init__(
        self,
        outbox: Outbox,
        place: Place,
        language: str,
        *,
        reply_to: int | None = None,
        message_id: int | None = None,
    ) -> None:
        """`message_id`: of a message that stands already; else one is sent, as a reply."""
        self._outbox, self._place, self._language = outbox, place, language
        self._reply_to, self._message_id = reply_to, message_id
        self._shown, self._news, self._done = Styled(""), asyncio.Event(), asyncio.Event()
        self._keyboard: InlineKeyboardMarkup | None = None
        self._showing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._done.clear()
        self._news.clear()
        self._showing = asyncio.create_task(self._show())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._done.set()
        self._news.set()
        if self._showing:
            # An edit under way is let through: arriving after the last one, it would stay.
            await asyncio.wait([self._showing])

    def show(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Shows a text, soon; what is overtaken by another is never seen."""
        self._shown, self._keyboard = Styled(text), keyboard
        self._news.set()

    async def finish(self, text: Styled, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Puts the outcome in the place of the progress; outside the context."""
        first, *others = parts(text, self._language)
        last_of_first = None if others else keyboard
        edited = self._message_id is not None and await self._outbox.edit(
            self._place.chat,
            self._message_id,
            first,
            keyboard=last_of_first,
            priority=Priority.ANSWER,
        )
        rest = joined(others if edited else [first, *others], "\n\n")
        if rest.text:
            await self._outbox.send(
                self._place.chat,
                rest,
                self._language,
                topic=self._place.topic,
                reply_to=None if edited else self._reply_to,
                keyboard=keyboard,
            )

    async def _show(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if self._done.is_set():
                return
            try:
                await self._put(parts(self._shown, self._language)[0], self._keyboard)
            except TelegramError as refusal:
                _log.info("No progress shown: %s", refusal)
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), EVERY)

    async def _put(self, text: Styled, keyboard: InlineKeyboardMarkup | None) -> None:
        chat = self._place.chat
        if self._message_id is not None:
            await self._outbox.edit(chat, self._message_id, text, keyboard=keyboard)
            return
        sent = await self._outbox.send(
            chat,
            text,
            self._language,
            topic=self._place.topic,
            reply_to=self._reply_to,
            keyboard=keyboard,
        )
        self._message_id = sent[-1].message_id
        if update := handling():
            await update.shows(self._message_id)  # begun anew after a stop, there is another
