"""Getting a reply to its reader: signs while it is being worked on, then the whole of it."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, Self, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.rendering import WORDS
from bot.store import Place
from bot.styled import Styled, parts, with_ranges_isolated
from bot.telegram.inbox import handling
from bot.telegram.letter import Letter
from bot.telegram.limits import Priority
from bot.telegram.outbox import Outbox
from bot.telegram.stopping import STOP, Stopped
from bot.telegram.updates import topic_of
from rag.answers.stopping import Stop

_log = logging.getLogger(__name__)
T = TypeVar("T")

TYPING_EVERY: Final = 4.0
"""Seconds; the sign lasts for five."""
DRAFT_NOT_BEFORE: Final = 0.3
"""Seconds of work before a draft may be shown; quicker answers need none."""
DRAFT_AFTER: Final = 0.3
"""Seconds after that in which a first text is waited for; then a draft says that it goes on."""
DRAFT_EVERY: Final = 0.76
"""Seconds; Telegram takes 40 drafts in 30 s."""
DRAFT_LASTS: Final = 20.0
"""Seconds after which a draft is shown anew; Telegram takes it away after 30."""
INTERIM_AFTER: Final = 3.0
"""Seconds of work before a message shows it, where there are no drafts."""
INTERIM_EDITS: Final = 3
"""How often that message is edited, at most."""
STOPPED_WITHIN: Final = 5.0
"""Seconds in which work that is stopped has to give what there is of an answer."""
EDIT_EVERY: Final = 3.0
"""Seconds between two edits of a message; in groups, where 20 a minute are allowed, 6."""


class Delivery:
    """Everything that is sent because of one message. A context: signs are shown inside it."""

    def __init__(self, outbox: Outbox, message: Message, language: str) -> None:
        """`message` is the one that is answered, `language` that of the interface's words."""
        self._outbox, self.language = outbox, language
        self.place = Place(message.chat_id, topic_of(message))
        self.question = message.message_id
        self.asker = message.from_user.id if message.from_user else 0
        self._private = message.chat.type == ChatType.PRIVATE
        self._text, self._news = "", asyncio.Event()
        self._done = asyncio.Event()
        self._signs: list[asyncio.Task[None]] = []
        self._interim: list[Message] = []
        self._work: asyncio.Task[Any] | None = None
        self._stopped = False
        self.wish = Stop()
        """Of whoever waits for the reply, that it ends where it is."""

    def draft(self, text: str) -> None:
        """Shows the verified text so far, while the answer is being written."""
        if text:
            self._text = with_ranges_isolated(text)
            self._news.set()

    async def work(self, writing: Coroutine[Any, Any, T]) -> T:
        """The result of the work that the signs are about. Stopped where its reader wishes so."""
        work = asyncio.create_task(writing)
        self._work = work
        self._outbox.running.add(self)
        try:
            return await work
        except asyncio.CancelledError:
            if not self._stopped:
                work.cancel()
                raise
            raise Stopped(self._text) from None
        finally:
            self._outbox.running.remove(self)

    def stop(self) -> None:
        """Ends the work. What was shown of the answer is the reply, with its sources."""
        if not self._text:
            self.drop()
        elif self._work and not self._work.done():
            self.wish.wish()
            asyncio.get_running_loop().call_later(STOPPED_WITHIN, self.drop)

    def drop(self) -> None:
        """Ends the work without a reply."""
        if self._work and not self._work.done():
            self._stopped = True
            self._work.cancel()

    async def __aenter__(self) -> Self:
        signs = (self._type(), self._show_text())
        self._signs = [asyncio.create_task(sign) for sign in signs]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._done.set()
        self._news.set()
        # A sign under way is let through: arriving after the reply, it would stay for a while.
        for sign in self._signs:
            sign.cancel()
        await asyncio.gather(*self._signs, return_exceptions=True)

    async def send(
        self,
        text: Styled,
        language: str,
        keyboard: InlineKeyboardMarkup | None = None,
        rich: str | None = None,
    ) -> None:
        """Sends a reply in as many messages as it takes.

        The first one answers the question, the last one has the keyboard.
        """
        pieces = tuple(parts(text, language))
        letter = Letter(self.place, self.question, language, pieces, keyboard, rich)
        await self._outbox.deliver(letter)
        await self.withdraw()

    async def withdraw(self) -> None:
        """Takes away the message that showed the text so far, where there is one."""
        if self._interim:
            await self._outbox.delete(self.place.chat, self._interim[0].message_id)

    # Signs

    async def _type(self) -> None:
        with suppress(TelegramError):  # a sign only; the reply itself will say what is wrong
            while not self._done.is_set():
                await self._outbox.signs.typing(*self.place)
                await self._pause(TYPING_EVERY)

    async def _show_text(self) -> None:
        """Shows the text as it grows: in drafts, else in a message of which it is edited."""
        if not self._private or not await self._show_drafts():
            try:
                await self._show_interim()
            except TelegramError as refusal:
                _log.info("No text is shown while it is written: %s", refusal)

    async def _show_drafts(self) -> bool:
        """Shows drafts until the work is done; False where Telegram takes none."""
        await self._pause(DRAFT_NOT_BEFORE)
        await self._for_news(DRAFT_AFTER)
        while not self._done.is_set():
            self._news.clear()
            # It grows at its end; what would be too long for a draft has been read by then.
            shown = self._letter(self._text).parts[0].text if self._text else ""
            try:
                await self._outbox.signs.draft(
                    self.place.chat, self.question, shown, topic=self.place.topic
                )
            except TelegramError as refusal:
                _log.info("No drafts here: %s", refusal)
                return False
            await self._pause(DRAFT_EVERY)
            await self._for_news(DRAFT_LASTS)
        return True

    async def _show_interim(self) -> None:
        await self._pause(INTERIM_AFTER)
        if self._done.is_set():
            return
        stop = InlineKeyboardButton(
            WORDS("stop-button", self.language), callback_data=f"{STOP}:{self.question}"
        )
        keyboard = InlineKeyboardMarkup.from_button(stop)
        self._news.clear()
        text = self._text or WORDS("looking", self.language)
        await self._outbox.send_part(
            self._letter(text, keyboard), 0, priority=Priority.EDIT, receipts=self._interim
        )
        if update := handling():
            await update.shows(self._interim[0].message_id)
        for _ in range(INTERIM_EDITS):
            await self._pause(self._edit_every)
            await self._for_news(None)
            if self._done.is_set():
                return
            self._news.clear()
            (message,) = self._interim
            shown = self._letter(self._text, keyboard).parts[0]
            if not await self._outbox.edit(
                self.place.chat, message.message_id, shown, keyboard=keyboard
            ):
                return

    def _letter(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> Letter:
        """The end of a growing text, in one message that answers the question."""
        newest = parts(Styled(text), self.language)[-1:]
        return Letter(self.place, self.question, self.language, tuple(newest), keyboard)

    @property
    def _edit_every(self) -> float:
        return EDIT_EVERY if self._private else 2 * EDIT_EVERY

    async def _pause(self, seconds: float) -> None:
        """Waits, but not beyond the end of the work."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), seconds)

    async def _for_news(self, seconds: float | None) -> None:
        """Waits for more text, for so long at most, and not beyond the end of the work."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
