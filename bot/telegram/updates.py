"""In which order updates are handled."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Message, Update
from telegram.ext import BaseUpdateProcessor

from bot.conversation import FOR_ADMINS, command_of
from bot.store import Place

AT_ONCE: Final = 16
"""Messages that are answered at the same time."""
_WAITING: Final = 10_000
_OVERTAKING: Final = frozenset({"new", *FOR_ADMINS})


def topic_of(message: Message) -> int:
    """The forum topic of a message; 0 where there is none."""
    # A plain reply has a thread id too, but is no topic.
    return (message.message_thread_id or 0) if message.is_topic_message else 0


class OrderedUpdates(BaseUpdateProcessor):
    """One message at a time and in order in each topic of a chat; topics side by side.

    `/new` and admin commands overtake: they need not wait for the answers before them.
    """

    def __init__(self) -> None:
        # The base class would let waiting updates of one chat take the places of the others.
        super().__init__(_WAITING)
        self._places: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handles one update when it is its turn."""
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or command_of(message.text or "")[0] in _OVERTAKING:
            await coroutine
            return
        place = Place(message.chat_id, topic_of(message))
        turn = self._places.get(place)
        if turn is None:
            turn = self._places[place] = asyncio.Lock()
        # Those who wait for the lock come in the order in which they asked for it.
        async with turn, self._at_once:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
