"""Signs that something is being done: they never wait long, and nothing depends on them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.store import Place
from bot.telegram.courier import Courier
from bot.telegram.limits import SIGN_SHOWN, Priority
from bot.telegram.patience import let_through, seconds_of

_log = logging.getLogger(__name__)

_ATTEMPTS: Final = 2
"""Of a sign. A draft is not sent again: another one, with more in it, comes soon."""
_MOST_TYPING: Final = 1_000


class Signs:
    """Shows that something is written, and what."""

    def __init__(self, bot: Bot, courier: Courier) -> None:
        self._bot, self._courier = bot, courier
        self._typing: dict[Place, float] = {}

    async def typing(self, chat: int, topic: int = 0) -> None:
        """Shows for five seconds that something is being written, unless that is shown already."""
        place = Place(self._courier.now(chat), topic)
        if self._typing.get(place, 0.0) > asyncio.get_running_loop().time():
            return
        self._note(place)
        await self._show(
            place.chat,
            Priority.SIGN,
            lambda: self._bot.send_chat_action(
                place.chat, ChatAction.TYPING, message_thread_id=topic or None
            ),
        )

    def were_shown(self, place: Place) -> None:
        """Somebody else has shown there that something is being written."""
        self._courier.limiter.was_shown()
        self._note(place)

    def _note(self, place: Place) -> None:
        now = asyncio.get_running_loop().time()
        if len(self._typing) > _MOST_TYPING:
            self._typing = {one: until for one, until in self._typing.items() if until > now}
        self._typing[place] = now + SIGN_SHOWN

    def are_gone(self, place: Place) -> None:
        """A message has come there, which takes the sign away."""
        self._typing.pop(place, None)

    async def draft(self, chat: int, draft_id: int, text: str, *, topic: int = 0) -> None:
        """Shows an answer's text so far in a private chat, for 30 s; empty: "Thinking…".

        Telegram puts a button beside it that stops the answer.
        """
        await self._show(
            self._courier.now(chat),
            Priority.DRAFT,
            lambda: self._bot.send_message_draft(
                self._courier.now(chat),
                draft_id,
                text,
                message_thread_id=topic or None,
                api_kwargs={"can_stop": True},
            ),
        )

    async def _show(
        self, chat: int, priority: Priority, request: Callable[[], Awaitable[object]]
    ) -> None:
        limiter = self._courier.limiter
        async with limiter.turn(chat, priority):
            for _ in range(1 if priority is Priority.DRAFT else _ATTEMPTS):
                try:
                    await let_through(request())
                except RetryAfter as flood:
                    limiter.hold(chat, seconds_of(flood), priority)
                    return
                except BadRequest:
                    raise
                except NetworkError as error:
                    _log.debug("A sign was not shown: %s", error)
                else:
                    return
