"""The conversation, free of any front end: a message comes in, a reply goes out."""

import asyncio
import logging
import math
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

from bot.access import TERMINAL, Access
from bot.admin.catalogue import asked_page, page_of
from bot.admin.office import Office
from bot.admin.rendering import AdminRenderer
from bot.allowance import Allowance
from bot.commands import COMMANDS, FOR_ADMINS, ONLY_IN_TELEGRAM
from bot.evidence import CitedFiles
from bot.finding import Finder
from bot.memory import Memory
from bot.message import QUESTIONS, Message, command_of, language_for
from bot.proof import COMMANDS as PROOF
from bot.proof import Proof
from bot.reply import Answered, Choice, Listed, Reindexed, Reply, Said, Shown
from bot.store import DatabaseUnavailable, Store, Thread
from bot.styled import isolated
from bot.upkeep import Knowledge, OnProgress
from rag.answers.answer import Answer
from rag.answers.stopping import Stop
from rag.errors import IndexBusy, IsnadError
from rag.knowledge_base import Progress
from rag.text.language import LANGUAGES
from rag.tracing import asking
from rag.wording import Wording

_log = logging.getLogger(__name__)

LONGEST_QUESTION: Final = 2_000
"""Characters; what is longer is not a question."""
LANGUAGE_NAMES: Final = {"ar": "العربية", "fa": "فارسی", "en": "English"}
"""Each in itself, as whoever looks for it reads it."""


@dataclass(frozen=True, slots=True)
class _Asker:
    """Whoever waits for a reply: what they are shown meanwhile, and their wish to end it."""

    on_text: Callable[[str], None] | None
    on_progress: OnProgress | None
    stop: Stop


class Conversation:
    """Answers messages. Nothing in it knows whether they come from a terminal or from Telegram."""

    def __init__(
        self,
        knowledge: Knowledge,
        store: Store,
        access: Access,
        office: Office,
        documents: CitedFiles,
        words: Wording,
        on_answer: Callable[[Answer], None] = lambda _: None,
    ) -> None:
        """`on_answer` hears of every answer."""
        self._knowledge, self._access = knowledge, access
        self._office, self._words = office, words
        self._memory, self._allowance = Memory(store), Allowance(store, access)
        self.proof = Proof(self._memory, documents, words)
        self.finder = Finder(knowledge)
        self._on_answer = on_answer

    async def language_of(self, message: Message) -> str:
        """The language of the interface's words for whoever wrote a message."""
        try:
            return await asyncio.to_thread(self._memory.language, message)
        except DatabaseUnavailable as error:
            _log.warning("Nobody's language is known: %s", error)
            return language_for(message)

    async def reply(
        self,
        message: Message,
        on_text: Callable[[str], None] | None = None,
        on_progress: OnProgress | None = None,
        stop: Stop | None = None,
        *,
        language: str | None = None,
    ) -> Reply:
        """What to say to a message; a failure is said as well, never raised.

        `language` is what `language_of` gives, where that was asked before.
        `on_text` gets the verified text of an answer so far, each time it grows; `on_progress`
        the indexer's. Both are called in the event loop. Once a `stop` is wished, what was verified
        by then is the answer.
        """
        with asking():
            return await self._reply_or_failure(
                message, language, _Asker(on_text, on_progress, stop or Stop())
            )

    async def _reply_or_failure(
        self, message: Message, known: str | None, asker: "_Asker"
    ) -> Reply:
        language = known or language_for(message)
        try:
            language = known or await self.language_of(message)
            return await self._reply(message, language, asker)
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
            if message.chat < 0:  # a group
                said = self._words("private-group", language, id=str(message.chat))
            else:
                said = self._words("private", language, id=str(message.asker))
            return Said(said, language)
        if admin and not self._access.is_admin(message.asker):
            return Said(self._words("for-admins", language), language)
        return None

    async def has_begun(self, message: Message) -> bool:
        """Whether something that was asked at a message's place before is remembered."""
        return bool((await self._thread(message)).turns)

    async def is_answered(self, message: Message) -> bool:
        """Whether a message that was edited asks what it asked when it was answered."""
        _, question = command_of(message.text)
        return await asyncio.to_thread(self._memory.is_answered, message, question)

    async def _reply(self, message: Message, language: str, asker: "_Asker") -> Reply:
        if refusal := self.refusal(message, language):
            return refusal
        command, text = command_of(message.text)
        if command in QUESTIONS:
            self._memory.note_language(message)
            return await self._answer(message, text, language, asker)
        if command == "sources":
            return await self._list(text, language)
        if command in FOR_ADMINS:
            return await self._administer(command, message, language, asker.on_progress)
        if command in PROOF:
            return await self.proof.command(command, text, message, language)
        return await self._say(command, text, message, language)

    async def _list(self, text: str, language: str) -> Reply:
        sources = await asyncio.to_thread(self._knowledge.sources)
        if not text:
            return Listed(sources, language)
        page = page_of(sources.files, *asked_page(text))
        return Shown(
            AdminRenderer(language, self._words).page(page, buttons=False), language, asdict(page)
        )

    async def _administer(
        self, command: str, message: Message, language: str, on_progress: OnProgress | None
    ) -> Reply:
        if refusal := self.refusal(message, language, admin=True):
            return refusal
        if command == "reindex":
            if on_progress:
                on_progress(Progress("read", 0, 0))
            documents = self._office.documents
            report = await documents.reindex(message.asker, on_progress, lift=True)
            return Reindexed(report, language)
        if command == "status":
            status = await self._office.status.status()
            text = AdminRenderer(language, self._words).status(status)
            return Shown(text, language, status.as_json())
        return Said(self._unknown(command, message, language), language)

    def _unknown(self, command: str, message: Message, language: str) -> str:
        """What whoever uses a command is told that does not work where they are."""
        is_elsewhere = command in ONLY_IN_TELEGRAM and message.chat == TERMINAL
        return self._words("only-in-telegram" if is_elsewhere else "unknown-command", language)

    async def _say(self, command: str, text: str, message: Message, language: str) -> Said:
        """What a command is answered with in words."""
        match command:
            case "start":
                said = self._words("start", language)
            case "help":
                said = self._help(message, language)
            case "new":
                await asyncio.to_thread(self._memory.begin_anew, message.place)
                said = self._words("forgotten", language)
            case "forget":
                count = await asyncio.to_thread(self._memory.forget, message.asker)
                said = self._words("forgotten-asker", language, count=count)
            case "language":
                return await self._choose_language(message, text, language)
            case _:
                said = self._unknown(command, message, language)
        return Said(said, language)

    def _help(self, message: Message, language: str) -> str:
        is_admin, is_here = self._access.is_admin(message.asker), message.chat == TERMINAL
        lines = [
            f"{isolated(f'/{command.name}')} — {self._words(f'command-{command.name}', language)}"
            for command in COMMANDS
            if (is_admin or not command.for_admins)
            and command.name not in QUESTIONS
            and (not command.only_in_telegram if is_here else command.in_menus)
        ]
        return "\n".join([self._words("help", language), "", *lines])

    async def _choose_language(self, message: Message, text: str, language: str) -> Said:
        wanted = text.strip().lower()
        chosen = next(
            (tag for tag in LANGUAGES if wanted in (tag, LANGUAGE_NAMES[tag].lower())), None
        )
        if chosen is None:
            choices = tuple(Choice(LANGUAGE_NAMES[tag], f"/language {tag}") for tag in LANGUAGES)
            return Said(self._words("language-offer", language), language, choices)
        await asyncio.to_thread(self._memory.choose_language, message.asker, chosen)
        return Said(self._words("language-chosen", chosen), chosen)

    async def _answer(
        self, message: Message, question: str, language: str, asker: "_Asker"
    ) -> Reply:
        quoted = message.quoted
        if not question and quoted and not quoted.answer_id:
            # Whoever only names the bot below a question wants that one answered.
            question, message = quoted.text.strip(), replace(message, quoted=None)
        if not question:
            key = "needs-text" if message.attachment else "needs-question"
            return Said(self._words(key, language), language)
        if len(question) > LONGEST_QUESTION:
            text = self._words("too-long", language, limit=LONGEST_QUESTION)
            return Said(text, language)
        if (wait := await self._allowance.take_question(message.asker, message.update)).seconds:
            key = "too-many-in-all" if wait.for_all else "too-many"
            minutes = math.ceil(wait.seconds / 60)
            return Said(self._words(key, language, minutes=minutes), language)
        async with self._allowance.turn(message.asker):
            return await self._answer_now(message, question, asker)

    async def _answer_now(self, message: Message, question: str, asker: "_Asker") -> Reply:
        thread = await self._thread(message)
        with_model = await self._allowance.may_use_model(message.asker)
        answer = await self._knowledge.ask(
            question, thread.turns, asker.on_text, with_model=with_model, stop=asker.stop
        )
        if asker.stop.is_wished:
            words = self._words("stopped", answer.language)
            answer = replace(answer, notice="\n".join(filter(None, (answer.notice, words))))
        self._on_answer(answer)
        is_kept = False
        try:
            await self._allowance.spend(message.asker, answer)
            if answer.kind != "talk":
                is_kept = await asyncio.to_thread(self._memory.keep, message, thread, answer)
        except DatabaseUnavailable as error:
            _log.error("The exchange could not be kept: %s", error)
        return Answered(answer, is_kept)

    async def _thread(self, message: Message) -> Thread:
        """What was said before; nothing where the database is away: the question is answered."""
        try:
            return await asyncio.to_thread(self._memory.thread, message)
        except DatabaseUnavailable as error:
            _log.error("A question is answered without those before it: %s", error)
            return Thread(message.place, 0, ())
