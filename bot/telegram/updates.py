"""What kinds of updates there are, whom they concern, and in which order they are handled."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Bot, Message, Update
from telegram.constants import ChatType

from bot.commands import OVERTAKING
from bot.message import QUESTIONS, command_of
from bot.store import Place

STOPPED: Final = "stopped_message_generation"
KINDS: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "guest_message",
    STOPPED,
)
"""The kinds of updates that are asked for; each is handled by `on_<kind>`, but the last."""
FLEETING: Final = frozenset({"inline_query"})
"""Kinds that are worth nothing a moment later, so that they are not kept."""
_IN_ORDER: Final = ("message", "edited_message", "guest_message")


class Lane(Enum):
    """In which of a place's lines an update waits."""

    QUESTIONS = auto()
    COMMANDS = auto()
    """Of what is said in a moment: it need not wait for the answers before it."""


def topic_of(message: Message) -> int:
    """The forum topic of a message; 0 where there is none."""
    # A plain reply has a thread id too, but is no topic.
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def kind_of(update: Update) -> str | None:
    """What an update is about; None where it was not asked for."""
    for kind in KINDS:
        # What python-telegram-bot does not know yet is among its `api_kwargs`.
        if getattr(update, kind, None) is not None or kind in update.api_kwargs:
            return kind
    return None


def stop_of(update: Update) -> tuple[Place, int] | None:
    """Where the stop button of a draft was pressed, and of which draft; else None."""
    stopped = update.to_dict().get(STOPPED) if kind_of(update) == STOPPED else None
    if not stopped:
        return None
    return Place(stopped["chat"]["id"], stopped.get("message_thread_id", 0)), stopped["draft_id"]


def place_of(update: Update) -> Place:
    """The conversation that an update belongs to; 0 for what belongs to none."""
    if stop := stop_of(update):
        return stop[0]
    query = update.callback_query
    # An old message below a button is told only by its chat.
    message = query.message if query else update.effective_message
    if isinstance(message, Message):
        return Place(message.chat_id, topic_of(message))
    chat = update.effective_chat
    return Place(chat.id if chat else 0, 0)


def without_mention(text: str, bot: Bot) -> str:
    """What is said without the bot's name in it, which is neither a command nor asked about."""
    return re.sub(rf"(?i)\s*@{re.escape(bot.username)}\b[,:،]?", "", text).strip()


def lane_of(update: Update, bot: Bot) -> Lane | None:
    """The line in which an update waits for those before it; None where it is handled at once."""
    for kind in _IN_ORDER:
        message = getattr(update, kind)
        if message is not None:
            text = message.text or ""
            if message.chat.type != ChatType.PRIVATE and "@" in text:
                text = without_mention(text, bot)
            command = command_of(text)[0]
            if command in QUESTIONS:
                return Lane.QUESTIONS
            return None if command in OVERTAKING else Lane.COMMANDS
    return None


def waits_its_turn(update: Update, bot: Bot) -> bool:
    """Whether an update is handled after the answers before it."""
    return lane_of(update, bot) is Lane.QUESTIONS


Work = Callable[[], Coroutine[Any, Any, None]]


class Turns:
    """One question at a time and in order in each topic of a chat; topics side by side.

    Commands wait for none of them, only for each other; and buttons, `/new`, `/stop` and what
    admins do wait for nothing.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._lines: WeakValueDictionary[tuple[Place, Lane], asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, update: Update, work: Work, *, at_once: bool = False) -> None:
        """Has an update handled when it is its turn, or without waiting for that."""
        lane = None if at_once else lane_of(update, self._bot)
        task = asyncio.create_task(
            self._in_turn((place_of(update), lane), work) if lane else work()
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, line: tuple[Place, Lane], work: Work) -> None:
        turn = self._lines.get(line)
        if turn is None:
            turn = self._lines[line] = asyncio.Lock()
        # Those who wait for the lock come in the order in which they asked for it.
        async with turn:
            await work()

    async def finish(self, patience: float) -> None:
        """Waits until all are handled, for so many seconds at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)

    async def cancel(self) -> None:
        """Ends the rest."""
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
