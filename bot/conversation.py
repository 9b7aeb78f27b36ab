"""The conversation, free of any front end: a message comes in, a reply goes out."""

import asyncio
import logging
import math
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.access import Access
from bot.commands import FOR_ADMINS, FOR_EVERYONE
from bot.reply import Answered, Listed, Reindexed, Reply, Said
from bot.store import Place, Store, Thread
from bot.upkeep import Knowledge, OnProgress, Upkeep
from rag.answers.answer import Answer
from rag.errors import DatabaseUnavailable, IndexBusy, IsnadError
from rag.knowledge_base import Progress, Turn
from rag.text.language import DEFAULT, LANGUAGES, language_of
from rag.wording import Wording

_log = logging.getLogger(__name__)

LONGEST_QUESTION: Final = 2_000
"""Characters; what is longer is not a question."""
REMEMBERED_TURNS: Final = 6
"""Earlier exchanges that a question is understood with."""
QUESTIONS: Final = ("", "ask")

__all__ = ["FOR_ADMINS", "FOR_EVERYONE", "Conversation", "Message", "command_of", "language_for"]

_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """Something said to the bot in a chat; `topic` is 0 where the chat has none."""

    chat: int
    topic: int
    asker: int
    text: str = ""
    attachment: bool = False
    """Whether something else than text came with it: a voice, a picture, a file."""
    language: str | None = None
    """The asker's, as a BCP 47 tag."""

    @property
    def place(self) -> Place:
        """The conversation it belongs to."""
        return Place(self.chat, self.topic)


def command_of(text: str) -> tuple[str, str]:
    """The command that a text is, without its slash, and what follows it; else "" and the text."""
    match = _COMMAND.fullmatch(text.strip())
    if match is None:
        return "", text.strip()
    return match.group(1).lower(), (match.group(2) or "").strip()


def language_for(message: Message) -> str:
    """The language of the interface's words: that of the text, else the asker's, else Arabic."""
    asker = (message.language or "").split("-")[0].lower()
    default = asker if asker in LANGUAGES else DEFAULT
    command, text = command_of(message.text)
    return language_of(text, default) if command in QUESTIONS else default


class Conversation:
    """Answers messages. Nothing in it knows whether they come from a terminal or from Telegram."""

    def __init__(
        self,
        knowledge: Knowledge,
        store: Store,
        access: Access,
        upkeep: Upkeep,
        words: Wording,
        on_answer: Callable[[Answer], None] = lambda _: None,
    ) -> None:
        """`on_answer` hears of every answer."""
        self._knowledge, self._store, self._access = knowledge, store, access
        self._upkeep, self._words = upkeep, words
        self._on_answer = on_answer

    async def reply(
        self,
        message: Message,
        on_text: Callable[[str], None] | None = None,
        on_progress: OnProgress | None = None,
    ) -> Reply:
        """What to say to a message; a failure is said as well, never raised.

        `on_text` gets the verified text of an answer so far, each time it grows; `on_progress`
        the indexer's. Both are called in the event loop.
        """
        language = language_for(message)
        try:
            return await self._reply(message, language, on_text, on_progress)
        except IndexBusy:
            return Said(self._words("index-busy", language), language)
        except Exception as error:  # noqa: BLE001  # whoever asked is to be told, whatever it is
            reference = secrets.token_hex(4)
            expected = isinstance(error, IsnadError)
            _log.error("%s: no reply: %s", reference, error, exc_info=not expected)
            return Said(self._words("failed", language, reference=reference), language)

    def refusal(self, message: Message, language: str, *, admin: bool = False) -> Said | None:
        """What whoever may not ask, or with `admin` not administer, is told; None: they may."""
        if not self._access.may_ask(message.chat, message.asker):
            return Said(self._words("private", language, id=str(message.asker)), language)
        if admin and not self._access.is_admin(message.asker):
            return Said(self._words("for-admins", language), language)
        return None

    async def _reply(
        self,
        message: Message,
        language: str,
        on_text: Callable[[str], None] | None,
        on_progress: OnProgress | None,
    ) -> Reply:
        if refusal := self.refusal(message, language):
            return refusal
        command, text = command_of(message.text)
        if command in QUESTIONS:
            return await self._answer(message, text, language, on_text)
        if command == "reindex":
            return await self._reindex(message, language, on_progress)
        if command == "sources":
            return Listed(await asyncio.to_thread(self._knowledge.sources), language)
        return Said(await self._say(command, message, language), language)

    async def _say(self, command: str, message: Message, language: str) -> str:
        """The words that a command is answered with."""
        match command:
            case "start":
                return self._words("start", language)
            case "help":
                return self._help(message, language)
            case "new":
                await asyncio.to_thread(self._store.forget, message.place)
                return self._words("forgotten", language)
        return self._words("unknown-command", language)

    def _help(self, message: Message, language: str) -> str:
        commands = FOR_EVERYONE + FOR_ADMINS * self._access.is_admin(message.asker)
        lines = [f"/{name} — {self._words(f'command-{name}', language)}" for name in commands]
        return "\n".join([self._words("help", language), "", *lines])

    async def _reindex(
        self, message: Message, language: str, on_progress: OnProgress | None
    ) -> Reply:
        if refusal := self.refusal(message, language, admin=True):
            return refusal
        if on_progress:
            on_progress(Progress("read", 0, 0))
        return Reindexed(await self._upkeep.sync(on_progress), language)

    async def _answer(
        self,
        message: Message,
        question: str,
        language: str,
        on_text: Callable[[str], None] | None,
    ) -> Reply:
        if not question:
            key = "needs-text" if message.attachment else "needs-question"
            return Said(self._words(key, language), language)
        if len(question) > LONGEST_QUESTION:
            text = self._words("too-long", language, limit=LONGEST_QUESTION)
            return Said(text, language)
        if wait := await self._wait_for_turn(message.asker):
            return Said(self._words("too-many", language, minutes=math.ceil(wait / 60)), language)
        thread = await asyncio.to_thread(self._store.thread, message.place, REMEMBERED_TURNS)
        answer = await self._knowledge.ask(
            question, thread.turns, on_text, with_model=await self._has_tokens_left()
        )
        self._on_answer(answer)
        try:
            await asyncio.to_thread(self._keep, thread, message.asker, answer)
        except DatabaseUnavailable as error:
            _log.error("The exchange could not be kept: %s", error)
        return Answered(answer)

    async def _wait_for_turn(self, asker: int) -> float:
        """Seconds until the asker may ask again; 0 where that is now, and then it is counted."""
        limit = self._access.questions_per_hour
        if not limit:
            return 0
        return await asyncio.to_thread(self._store.take_question, asker, limit, time.time())

    async def _has_tokens_left(self) -> bool:
        """Whether the model may write today; else answers are made of quotations."""
        budget = self._access.tokens_per_day
        return not budget or await asyncio.to_thread(self._store.tokens_spent, time.time()) < budget

    def _keep(self, thread: Thread, asker: int, answer: Answer) -> None:
        now = time.time()
        tokens = answer.usage.prompt_tokens + answer.usage.completion_tokens
        if tokens:
            self._store.spend_tokens(tokens, now)
        if answer.kind != "talk":
            files = tuple(dict.fromkeys(one.file for one in answer.citations))
            turn = Turn(answer.question, answer.text, files)
            self._store.remember(thread, asker, turn, now)
