"""Getting a reply to its reader: signs while it is being worked on, then the whole of it.

Telegram may refuse a message for a while (a flood wait), for its form or for good. The first is
waited out, the second sent in a plainer form, the third leaves to whoever calls.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final, Self, TypeVar

from telegram import Bot, LinkPreviewOptions, Message, MessageEntity, ReplyParameters
from telegram.constants import ChatAction, ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.styled import Styled, parts, units
from bot.telegram.updates import topic_of

_log = logging.getLogger(__name__)
T = TypeVar("T")

TYPING_EVERY: Final = 4.0
"""Seconds; the sign lasts for five."""
DRAFT_EVERY: Final = 0.75
"""Seconds; Telegram takes 40 drafts in 30 s."""
EDIT_EVERY: Final = 3.0
"""Seconds between two edits of a progress message; in groups, where 20 a minute are allowed, 6."""
_ATTEMPTS = 5
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def entities_of(text: Styled) -> list[MessageEntity]:
    """The marks as Telegram has them: in UTF-16 units."""
    return [
        MessageEntity(
            mark.style.value,
            offset=units(text.text[: mark.start]),
            length=units(text.text[mark.start : mark.end]),
        )
        for mark in text.marks
    ]


def seconds_of(flood: RetryAfter) -> float:
    """How long a flood wait lasts."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def patiently(request: Callable[[], Awaitable[T]]) -> T:
    """The result of a request that is repeated after a flood wait or a fault of the network."""
    failures = 0
    while True:
        try:
            return await request()
        except RetryAfter as flood:
            _log.info("Telegram asks for patience: %.0f s.", seconds_of(flood))
            await asyncio.sleep(seconds_of(flood))
        except BadRequest:
            raise
        except NetworkError as error:
            failures += 1
            if failures == _ATTEMPTS:
                raise
            _log.info("Telegram could not be reached (%s); trying again.", error)
            await asyncio.sleep(0.5 * 2**failures)


class Delivery:
    """Everything that is sent because of one message. A context: signs are shown inside it."""

    def __init__(self, bot: Bot, message: Message, language: str) -> None:
        """`message` is the one that is answered, `language` that of the interface's words."""
        self._bot, self._language = bot, language
        self._chat, self._topic = message.chat_id, topic_of(message) or None
        self._question = message.message_id
        self._private = message.chat.type == ChatType.PRIVATE
        self._done = asyncio.Event()
        self._signs: list[asyncio.Task[None]] = []
        self._draft, self._bulletin = _Latest(), _Latest()
        self._bulletin_id: int | None = None

    def draft(self, text: str) -> None:
        """Shows the text so far while the answer is being written; in private chats only."""
        if self._private and text:
            self._draft.put(text)

    def progress(self, text: str) -> None:
        """Shows how far a task has come, in one message that is edited."""
        self._bulletin.put(text)

    async def __aenter__(self) -> Self:
        signs = (self._type(), self._show_drafts(), self._show_bulletin())
        self._signs = [asyncio.create_task(sign) for sign in signs]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._done.set()
        self._draft.close()
        self._bulletin.close()
        # A sign under way is let through: arriving after the reply, it would stay for a while.
        await asyncio.wait(self._signs, timeout=2)
        for sign in self._signs:
            sign.cancel()

    async def send(self, text: Styled, language: str) -> None:
        """Sends a text, in as many messages as it takes; the first replies to the question."""
        first, *others = parts(text, language)
        if self._bulletin_id is None or not await self._edit(self._bulletin_id, first):
            await self._send(first, reply=True)
        for part in others:
            await self._send(part, reply=False)

    async def _send(self, text: Styled, *, reply: bool) -> Message:
        # Whoever deletes the question still gets the answer.
        question = ReplyParameters(self._question, allow_sending_without_reply=True)
        entities = entities_of(text)

        def request() -> Awaitable[Message]:
            return self._bot.send_message(
                self._chat,
                text.text,
                entities=entities,
                message_thread_id=self._topic,
                reply_parameters=question if reply else None,
                link_preview_options=_NO_PREVIEW,
            )

        while True:
            try:
                return await patiently(request)
            except ChatMigrated as moved:
                self._chat = moved.new_chat_id
            except BadRequest as refusal:
                if not entities:
                    raise
                _log.warning("Telegram refused the form of a message: %s", refusal)
                entities = []

    async def _edit(self, message_id: int, text: Styled) -> bool:
        """Puts a text in the place of the bulletin's; whether that could be done."""
        try:
            await patiently(lambda: self._edit_once(message_id, text.text, entities_of(text)))
        except BadRequest as refusal:
            if "not modified" in refusal.message.lower():
                return True  # the edit before had arrived, only its receipt had not
            _log.warning("Telegram refused an edit: %s", refusal)
            return False
        return True

    async def _edit_once(
        self, message_id: int, text: str, entities: Sequence[MessageEntity]
    ) -> None:
        await self._bot.edit_message_text(
            text,
            chat_id=self._chat,
            message_id=message_id,
            entities=entities,
            link_preview_options=_NO_PREVIEW,
        )

    async def _type(self) -> None:
        with suppress(TelegramError):  # a sign only; the reply itself will say what is wrong
            while not self._done.is_set():
                await self._bot.send_chat_action(
                    self._chat, ChatAction.TYPING, message_thread_id=self._topic
                )
                await self._pause(TYPING_EVERY)

    async def _show_drafts(self) -> None:
        async for text in self._draft:
            pause = DRAFT_EVERY
            # It grows at its end; what would be too long for a draft has been read by then.
            shown = parts(Styled(text), self._language)[-1].text
            try:
                await self._bot.send_message_draft(
                    self._chat, self._question, shown, message_thread_id=self._topic
                )
            except RetryAfter as flood:
                pause = max(pause, seconds_of(flood))
            except TelegramError as refusal:
                _log.info("No drafts here: %s", refusal)
                return
            await self._pause(pause)

    async def _show_bulletin(self) -> None:
        async for text in self._bulletin:
            pause = EDIT_EVERY if self._private else 2 * EDIT_EVERY
            try:
                if self._bulletin_id is None:
                    self._bulletin_id = (await self._send(Styled(text), reply=True)).message_id
                else:
                    await self._edit_once(self._bulletin_id, text, ())
            except RetryAfter as flood:
                pause = max(pause, seconds_of(flood))
            except TelegramError as refusal:
                _log.info("No progress shown: %s", refusal)
                return
            await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        """Waits, but not beyond the end of the work."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), seconds)


class _Latest:
    """The latest of the texts put into it, each once; what is overtaken is never seen."""

    def __init__(self) -> None:
        self._text, self._closed, self._news = "", False, asyncio.Event()

    def put(self, text: str) -> None:
        self._text = text
        self._news.set()

    def close(self) -> None:
        self._closed = True
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        await self._news.wait()
        self._news.clear()
        if self._closed:
            raise StopAsyncIteration
        return self._text
