"""Everything that goes to Telegram goes through here.

So these hold for all of it: Telegram's limits are kept (`limiter`), a flood wait is waited out,
a fault of the network is overcome, a form that is refused is given up for a plainer one, and
whoever may be reading a message a second time is told so.

    sent = await outbox.send(chat, styled, "ar", topic=topic, reply_to=question, keyboard=buttons)
    await outbox.edit(chat, sent[-1].message_id, styled, keyboard=buttons)
    await outbox.answer_callback(query.id, words("thanks", "ar"))

Refusals that no patience cures are raised as python-telegram-bot's errors: `Forbidden` where the
bot was blocked, `BadRequest` where the request is wrong.
"""

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InputFile,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.store import Place
from bot.styled import Styled, parts, units
from bot.telegram.inbox import handling
from bot.telegram.letter import Letter, marked_as_repeat
from bot.telegram.limiter import Limiter, Priority
from bot.telegram.rich import RichMessages, is_rich
from bot.telegram.stopping import Running
from bot.telegram.transport import NotSent

_log = logging.getLogger(__name__)
T = TypeVar("T")
Note = tuple[int, dict[str, Any] | None]
"""What the inbox is told before a message is sent: how many of the reply have arrived, and it."""

_LIKE_AN_ADDRESS: Final = re.compile(r"\u2068([^\u2066-\u2069\n]+\.md)\u2069", re.IGNORECASE)
"""The name of a Markdown file: `.md` is a country too. In code it cannot be tapped."""
PATIENCE: Final = 3_600.0
"""Seconds for which a message is tried while Telegram cannot be reached."""
_LONGEST_PAUSE: Final = 30.0
_TYPING_SHOWN: Final = 3.5
"""Seconds for which the sign that something is written need not be given again."""
_SIGN_ATTEMPTS: Final = 2
_MOST_TYPING: Final = 1_000
_LET_THROUGH: Final = 2.0
"""Seconds for which a sign on its way is let through."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NOT_ACCEPTED = ("Internal Server Error", "Bad Gateway", "Service Unavailable")
"""Answers that say the server has not acted."""


def entities_of(text: Styled) -> list[MessageEntity]:
    """The marks as Telegram has them: in UTF-16 units.

    A name that Telegram would take for an address is shown as code, where no link can be.
    """
    marks = [(mark.style.value, mark.start, mark.end) for mark in text.marks]
    marks += [(MessageEntity.CODE, *name.span(1)) for name in _LIKE_AN_ADDRESS.finditer(text.text)]
    return [
        MessageEntity(kind, offset=units(text.text[:start]), length=units(text.text[start:end]))
        for kind, start, end in marks
    ]


def seconds_of(flood: RetryAfter) -> float:
    """How long a flood wait lasts."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether Telegram may have acted on a request that failed like this."""
    refused = isinstance(error, NotSent | InvalidToken)
    return not refused and not error.message.startswith(_NOT_ACCEPTED)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be sent."""

    name: str
    content: bytes


class Outbox:
    """Sends, edits and answers. `language` is that of the words it may have to add."""

    def __init__(self, bot: Bot, limiter: Limiter, rich: RichMessages | None = None) -> None:
        self.bot = bot
        """For reading only (`get_file`, `get_chat_member`): what is written goes through here."""
        self.limiter = limiter
        self.rich = rich or RichMessages(wanted=False)
        self.running = Running()
        """The answers that are being written."""
        self._moved: dict[int, int] = {}
        self._newest: dict[tuple[int, int], _Edit] = {}
        self._typing: dict[Place, float] = {}

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
        form = _Form(entities=True, keyboard=letter.keyboard_of(number), topic=letter.place.topic)
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
                    entities=entities_of(shown) if form.entities else None,
                    message_thread_id=form.topic or None,
                    reply_parameters=_reply_to(letter.question_of(number)),
                    reply_markup=form.keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            self._typing.pop(letter.place, None)  # the sign goes when a message comes
            if receipts is not None:
                receipts.append(message)
            return message

        return await self._in_some_form(
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
            stands = await self._edit(key, edit, priority)
        except BaseException as error:
            edit.fail(error)
            raise
        finally:
            if self._newest.get(key) is edit:
                del self._newest[key]
        edit.outcome.set_result(stands)
        return stands

    async def _edit(self, key: tuple[int, int], edit: "_Edit", priority: Priority) -> bool:
        chat, message_id = key
        form = _Form(entities=True, keyboard=None, topic=0)

        async def request(chat: int, again: bool) -> object:
            self._newest.pop(key, None)  # from here on a newer one is another edit
            return await self.bot.edit_message_text(
                edit.text.text,
                chat_id=chat,
                message_id=message_id,
                entities=entities_of(edit.text) if form.entities else None,
                reply_markup=edit.keyboard,
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await self._in_some_form(
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

    async def edit_keyboard(
        self, chat: int, message_id: int, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Puts other buttons below a message; whether they are there."""

        async def request(chat: int, again: bool) -> object:
            return await self.bot.edit_message_reply_markup(
                chat_id=chat, message_id=message_id, reply_markup=keyboard
            )

        try:
            await self._patiently(chat, Priority.EDIT, request)
        except BadRequest as refusal:
            return "not modified" in refusal.message.lower()
        return True

    async def delete(self, chat: int, message_id: int) -> bool:
        """Deletes a message; whether it is gone."""
        try:
            await patiently(lambda: self.bot.delete_message(self._now(chat), message_id))
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
        keyboard: InlineKeyboardMarkup | None = None,
        as_photo: bool = False,
    ) -> Message:
        """Sends a file, or one that Telegram has already, by its id. The caption is short."""
        form = _Form(entities=True, keyboard=keyboard, topic=topic)
        plain = caption or Styled("")

        async def request(chat: int, again: bool) -> Message:
            shown = marked_as_repeat(plain, language) if again else plain
            content = (
                InputFile(file.content, filename=file.name)
                if isinstance(file, Attachment)
                else file
            )
            options: dict[str, Any] = {
                "caption": shown.text or None,
                "caption_entities": entities_of(shown) if form.entities else None,
                "message_thread_id": form.topic or None,
                "reply_parameters": _reply_to(reply_to),
                "reply_markup": form.keyboard,
            }
            if as_photo:
                return await self.bot.send_photo(chat, content, **options)
            return await self.bot.send_document(chat, content, **options)

        return await self._in_some_form(chat, Priority.ANSWER, request, form, note=(0, None))

    # Signs: they never wait long, and nothing depends on them

    async def typing(self, chat: int, topic: int = 0) -> None:
        """Shows for five seconds that something is being written, unless that is shown already."""
        key = Place(self._now(chat), topic)
        if self._typing.get(key, 0.0) > asyncio.get_running_loop().time():
            return
        self.typing_was_shown(key)
        async with self.limiter.turn(key.chat, Priority.SIGN):
            await self._sign(
                chat,
                Priority.SIGN,
                lambda: self.bot.send_chat_action(
                    key.chat, ChatAction.TYPING, message_thread_id=topic or None
                ),
            )

    def typing_was_shown(self, place: Place) -> None:
        """Somebody else has shown the sign there."""
        now = asyncio.get_running_loop().time()
        if len(self._typing) > _MOST_TYPING:
            self._typing = {one: until for one, until in self._typing.items() if until > now}
        self._typing[place] = now + _TYPING_SHOWN

    async def draft(
        self, chat: int, draft_id: int, text: str, *, topic: int = 0, can_stop: bool = True
    ) -> None:
        """Shows an answer's text so far in a private chat, for 30 s; empty: "Thinking…"."""
        async with self.limiter.turn(self._now(chat), Priority.DRAFT):
            await self._sign(
                chat,
                Priority.DRAFT,
                lambda: self.bot.send_message_draft(
                    self._now(chat),
                    draft_id,
                    text,
                    message_thread_id=topic or None,
                    api_kwargs={"can_stop": True} if can_stop else None,
                ),
            )

    async def react(self, chat: int, message_id: int, emoji: str | None) -> None:
        """Puts a reaction on a message, or takes it away."""
        async with self.limiter.turn(self._now(chat), Priority.SIGN):
            await self._sign(
                chat,
                Priority.SIGN,
                lambda: self.bot.set_message_reaction(self._now(chat), message_id, emoji),
            )

    async def _sign(
        self, chat: int, priority: Priority, request: Callable[[], Awaitable[object]]
    ) -> None:
        for _ in range(_SIGN_ATTEMPTS):
            try:
                await _let_through(request())
            except RetryAfter as flood:
                self.limiter.hold(self._now(chat), seconds_of(flood), priority)
                return
            except BadRequest:
                raise
            except NetworkError as error:
                _log.debug("A sign was not shown: %s", error)
            else:
                return

    # Queries: answered once, soon, and outside the limits on messages

    async def answer_callback(
        self, query_id: str, text: str | None = None, *, alert: bool = False
    ) -> None:
        """Answers the press of a button. One that is too old is let be."""
        await self._answer(
            lambda: self.bot.answer_callback_query(query_id, text, show_alert=alert or None)
        )

    async def answer_inline(
        self, query_id: str, results: Sequence[InlineQueryResult], **options: Any
    ) -> None:
        """Answers an inline query; the options are those of `answerInlineQuery`."""
        await self._answer(lambda: self.bot.answer_inline_query(query_id, results, **options))

    async def answer_guest(self, query_id: str, result: InlineQueryResult) -> None:
        """Answers a mention in a chat that the bot is no member of."""
        await self._answer(lambda: self.bot.answer_guest_query(query_id, result))

    async def _answer(self, request: Callable[[], Awaitable[object]]) -> None:
        try:
            await patiently(request, attempts=3)
        except BadRequest as refusal:
            _log.info("A query was not answered: %s", refusal)

    async def call(self, method: str, **parameters: Any) -> Any:
        """A method that python-telegram-bot does not know yet, outside the limits: its result."""
        return await patiently(
            lambda: self.bot.do_api_request(method, api_kwargs=parameters), attempts=3
        )

    # What these have in common

    def _now(self, chat: int) -> int:
        """The id that a chat has now: a group that becomes a supergroup gets another."""
        return self._moved.get(chat, chat)

    async def _in_some_form(
        self,
        chat: int,
        priority: Priority,
        request: "Callable[[int, bool], Awaitable[T]]",
        form: "_Form",
        *,
        waits_out: bool = True,
        note: Note | None = None,
    ) -> T:
        """The result of a request that gives up what Telegram refuses of its form."""
        while True:
            try:
                return await self._patiently(
                    chat, priority, request, waits_out=waits_out, note=note
                )
            except BadRequest as refusal:
                if not form.gives_up(refusal.message):
                    raise
                _log.warning("Telegram refused the form of a message: %s", refusal)

    async def _patiently(
        self,
        chat: int,
        priority: Priority,
        request: "Callable[[int, bool], Awaitable[T]]",
        *,
        waits_out: bool = True,
        note: Note | None = None,
    ) -> T:
        """The result of a request to a chat, which is made until Telegram takes it.

        The request gets the chat's id, and whether it may be a repeat. Where it does not wait
        out a flood (`waits_out`), RetryAfter is raised.
        """
        update = handling() if note else None
        again = bool(update and update.repeats)
        until, failures = asyncio.get_running_loop().time() + PATIENCE, 0
        while True:
            try:
                async with self.limiter.turn(self._now(chat), priority):
                    if update and note:
                        await update.sends(*note)
                        result = await request(self._now(chat), again)
                        update.repeats = False
                        return result
                    return await _let_through(request(self._now(chat), again))
            except ChatMigrated as moved:
                self._moved[chat] = moved.new_chat_id
            except RetryAfter as flood:
                _log.info("Telegram asks for patience: %.0f s.", seconds_of(flood))
                self.limiter.hold(self._now(chat), seconds_of(flood), priority)
                if not waits_out:
                    raise
            except (NetworkError, InvalidToken) as error:
                failures += 1
                if isinstance(error, BadRequest) or asyncio.get_running_loop().time() > until:
                    raise
                again = again or may_have_arrived(error)
                _log.info("Telegram could not be reached (%s); trying again.", error)
                await asyncio.sleep(pause(failures))
            if update and not again:
                await update.was_refused()


def _reply_to(question: int | None) -> ReplyParameters | None:
    """Whoever deletes the question still gets the answer."""
    return ReplyParameters(question, allow_sending_without_reply=True) if question else None


async def _let_through(request: Awaitable[T]) -> T:
    """The result of a request that, once begun, is not cut off when its caller is cancelled.

    A sign that were cut off might arrive after the reply, and stay.
    """
    task = asyncio.ensure_future(request)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=_LET_THROUGH)
        task.cancel()
        raise


async def patiently(request: Callable[[], Awaitable[T]], attempts: int = 5) -> T:
    """The result of a request that is repeated after a flood wait or a fault of the network."""
    failures = 0
    while True:
        try:
            return await request()
        except RetryAfter as flood:
            failures += 1
            if failures >= attempts:
                raise
            await asyncio.sleep(seconds_of(flood))
        except BadRequest:
            raise
        except NetworkError:
            failures += 1
            if failures >= attempts:
                raise
            await asyncio.sleep(pause(failures))


def pause(failures: int) -> float:
    """Seconds to wait after so many failures in a row: longer each time, and never in step."""
    seconds = min(_LONGEST_PAUSE, 0.25 * 2.0 ** min(failures, 10))
    return seconds * random.uniform(0.75, 1.25)  # noqa: S311  # no secret


@dataclass(slots=True)
class _Form:
    """What of a message's form is kept."""

    entities: bool
    keyboard: InlineKeyboardMarkup | None
    topic: int
    rich: bool = False

    def gives_up(self, refusal: str) -> bool:
        """Gives up what the refusal is about; whether there was something to give up."""
        words = refusal.lower()
        if self.rich:
            self.rich = False
        elif "thread not found" in words and self.topic:
            self.topic = 0
        elif self.keyboard and any(one in words for one in ("button", "markup", "keyboard")):
            self.keyboard = None
        elif self.entities and "not modified" not in words and "not found" not in words:
            self.entities = False
        else:
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
