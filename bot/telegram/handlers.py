"""What is done with updates: each kind has its method here."""

import logging
import secrets
import time
from collections import Counter, deque
from dataclasses import replace
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot import message as said
from bot.commands import FOR_ADMINS
from bot.conversation import Conversation
from bot.rendering import Renderer
from bot.reply import Answered, Reply, Said
from bot.store import DatabaseUnavailable
from bot.styled import Styled, directed
from bot.telegram.buttons import below
from bot.telegram.callbacks import Callbacks
from bot.telegram.delivery import Delivery
from bot.telegram.guests import Guests
from bot.telegram.hearing import heard, is_anonymous, pressed_by
from bot.telegram.inline import Inline
from bot.telegram.letter import Letter
from bot.telegram.outbox import Outbox
from bot.telegram.questions import Key, Questions
from bot.telegram.rich import rich_html
from bot.telegram.routes import Heard, Notice, Press, Routes
from bot.telegram.stopping import Stopped
from bot.telegram.waiting import Line

_log = logging.getLogger(__name__)

MOST_PRESSES: Final = 5
"""Of one person, that are dealt with at the same time."""


class Handlers:
    """What is done with updates."""

    def __init__(
        self,
        conversation: Conversation,
        outbox: Outbox,
        routes: Routes | None = None,
        line: Line | None = None,
    ) -> None:
        """`routes`: what is handled in Telegram alone; `line`: of the questions that wait."""
        self._conversation, self._outbox = conversation, outbox
        self._routes = routes or Routes()
        self._renderer = Renderer(quotes=True, buttons=True)
        self._albums: deque[str] = deque(maxlen=100)
        self._line = line or Line()
        self._pressing: Counter[int] = Counter()
        self._questions = Questions()
        self._inline = Inline(conversation, outbox)
        self._guests = Guests(conversation, outbox)
        Callbacks(conversation, outbox).register(self._routes)

    # Messages

    def arrives(self, update: Update, *, was_taken: bool = False) -> bool:
        """Hears of an update as it comes in; False where it is refused instead of waiting too.

        The answer to a question that was edited meanwhile is not written on, nor begun. Only
        questions stand in line: a command is never turned away, nor what `was_taken` before.
        """
        told, message = self._asked_anew(update)
        if told and message:
            question = key_of(told)
            if self._questions.changes(update.update_id, question, message.text):
                running = self._outbox.running.find(*question)
                if running:
                    running.drop()
            return True
        told = update.message
        message = heard(told, self._outbox.bot) if told else None
        if told is None or message is None:
            return True
        # Who is refused does not keep others from asking.
        stands_in_line = (
            said.command_of(message.text)[0] in said.QUESTIONS
            and not was_taken
            and self._may_ask(message)
        )
        if stands_in_line and not self._line.enter(update.update_id, message.place, message.asker):
            return False
        self._questions.arrives(update.update_id, key_of(told), message.text)
        return True

    async def on_message(self, update: Update) -> None:
        """Answers a message, if it is meant for the bot."""
        began = time.monotonic()
        try:
            told = update.message
            message = heard(told, self._outbox.bot) if told else None
            if told is None or message is None:
                return
            question = key_of(told)
            with self._questions.dealing_with(update.update_id, question, message.text):
                if not self._questions.is_overtaken(update.update_id, question):
                    await self._on_message(update.update_id, told, message)
        finally:
            self._line.leave(update.update_id, began)

    async def _on_message(self, update_id: int, told: Message, message: said.Message) -> None:
        language = await self._conversation.language_of(message)
        if self._is_more_of_an_album(told) and not self._is_upload(told, message, language):
            return
        if minutes := self._line.minutes_of(update_id):
            await self._say(told, "queue-full", language, minutes=minutes)
        elif is_anonymous(told) and self._may_ask(message):
            await self._say(told, "anonymous", language)
        elif not await self._is_routed(told, message, language):
            await self._answer(update_id, told, message, language)

    async def on_edited_message(self, update: Update) -> None:
        """Answers a question anew that is another one now."""
        told, message = self._asked_anew(update)
        if told is None or message is None:
            return
        question = key_of(told)
        if not self._questions.is_due(update.update_id, question) and (
            self._questions.is_done(question, message.text)
            or await self._conversation.is_answered(message)
        ):
            return
        with self._questions.dealing_with(update.update_id, question, message.text):
            if self._questions.is_overtaken(update.update_id, question):
                return
            language = await self._conversation.language_of(message)
            if not await self._is_routed(told, message, language):
                await self._answer(update.update_id, told, message, language)

    def _asked_anew(self, update: Update) -> tuple[Message | None, said.Message | None]:
        """The message that was edited, where it is answered as it is now, and what it says."""
        told = update.edited_message
        message = heard(told, self._outbox.bot) if told else None
        if told is None or message is None or is_anonymous(told):
            return None, None
        # A place on the move is edited too, and has no words; a document is offered once.
        is_question = bool(message.text) and not self._is_upload(
            told, message, said.language_for(message)
        )
        return (told, message) if is_question or not message.attachment else (None, None)

    def _may_ask(self, message: said.Message) -> bool:
        return self._conversation.refusal(message, said.language_for(message)) is None

    async def on_guest_message(self, update: Update) -> None:
        """Answers a mention in a chat that the bot is no member of."""
        if update.guest_message:
            await self._guests.answer(update.update_id, update.guest_message)

    async def on_inline_query(self, update: Update) -> None:
        """Shows what an instant search finds."""
        if update.inline_query:
            await self._inline.answer(update.update_id, update.inline_query)

    async def _answer(
        self, update_id: int, told: Message, message: said.Message, language: str
    ) -> None:
        message = replace(message, update=update_id)
        async with Delivery(self._outbox, told, language) as delivery:
            writing = self._conversation.reply(
                message, on_text=delivery.draft, stop=delivery.wish, language=language
            )
            reply: Reply
            try:
                reply = await delivery.work(writing)
            except Stopped as stopped:
                words = self._renderer.words("stopped", language)
                reply = Said("\n\n".join(filter(None, [stopped.text, words])), language)
        if self._questions.is_overtaken(update_id, key_of(told)):
            await delivery.withdraw()  # the answer to what it asks now comes next
        else:
            await self._send(delivery, reply)

    async def _send(self, delivery: Delivery, reply: Reply) -> None:
        text, rich = self._renderer.reply(reply), None
        if isinstance(reply, Answered) and self._outbox.rich.is_on:
            rich = rich_html(directed(text, reply.language))
        await delivery.send(text, reply.language, below(reply), rich)

    async def _is_routed(self, told: Message, message: said.Message, language: str) -> bool:
        """Has a message handled by whoever registered for it; whether somebody did."""
        command, argument = said.command_of(message.text)
        on_start, parameter = self._routes.link_of(argument)
        if command == "start" and on_start:
            await on_start(Heard(told, message, parameter, language))
            return True
        on_command = self._routes.commands.get(command)
        is_document = told.document is not None and self._routes.on_document is not None
        if on_command is None and not is_document:
            return False
        given = Heard(told, message, argument, language)
        admin = command in FOR_ADMINS
        if refusal := self._conversation.refusal(message, language, admin=admin):
            await Delivery(self._outbox, told, language).send(Styled(refusal.text), language)
            return True
        if on_command:
            await on_command(given)
            return True
        if not self._is_upload(told, message, language):
            return False  # who is no admin is told what the bot can read
        return self._routes.on_document is not None and await self._routes.on_document(given)

    def _is_upload(self, told: Message, message: said.Message, language: str) -> bool:
        """Whether a message is a document from somebody who may add it to the documents."""
        may = self._conversation.refusal(message, language, admin=True) is None
        return told.document is not None and may

    def _is_more_of_an_album(self, told: Message) -> bool:
        """Whether it is one of several pictures sent at once, of which the first was answered."""
        album = told.media_group_id
        if album is None or told.caption:
            return False
        is_more = album in self._albums
        self._albums.append(album)
        return is_more

    async def _say(self, told: Message, key: str, language: str, **values: int) -> None:
        words = Styled(self._renderer.words(key, language, **values))
        await Delivery(self._outbox, told, language).send(words, language)

    # Buttons

    async def on_callback_query(self, update: Update) -> None:
        """Has the press of a button handled, and tells Telegram that it was."""
        query = update.callback_query
        if query is None:
            return
        asker, notice = query.from_user.id, Notice()
        impatient = self._pressing[asker] >= MOST_PRESSES
        self._pressing[asker] += 1
        try:
            try:
                notice = await self._pressed(query, impatient) or notice
            except Exception as error:  # noqa: BLE001  # whatever it is, who pressed is told
                notice = await self._failed(pressed_by(query), error) or notice
            finally:
                # At once, whatever came of it: until then the button shows that it is at work.
                await self._outbox.answer_callback(query.id, notice.shown, alert=notice.alert)
            if notice.then:
                await notice.then()
        finally:
            self._pressing[asker] -= 1
            self._pressing += Counter()  # without those who press nothing now

    async def _pressed(self, query: CallbackQuery, impatient: bool) -> Notice | None:
        route, data = self._routes.route_of(query.data or "")
        if route is None:
            return None
        message = pressed_by(query)
        language = await self._conversation.language_of(message)
        if refusal := self._conversation.refusal(message, language, admin=route.for_admins):
            return Notice(refusal.text, alert=True)
        if impatient:
            return Notice(self._renderer.words("queue-full", language, minutes=1))
        return await route.on_press(Press(query, data, message, language))

    # What goes wrong

    async def put_off(self, update: Update) -> None:
        """Tells who asked that a question which waits is answered after the next start."""
        told = update.message or update.edited_message
        message = heard(told, self._outbox.bot) if told else None
        if told is None or message is None:
            return
        if self._questions.is_overtaken(update.update_id, key_of(told)):
            return
        language = await self._conversation.language_of(message)
        words = Styled(self._renderer.words("restarting", language))
        letter = Letter(message.place, told.message_id, language, (words,))
        await self._outbox.send_part(letter, 0)

    async def on_error(self, update: Update, error: Exception) -> None:
        """Tells the reader that something went wrong, and the log what it was."""
        told = update.message or update.edited_message
        message = heard(told, self._outbox.bot) if told else None
        notice = await self._failed(message, error)
        lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if told is None or message is None or lost or notice is None:
            return
        language = await self._language_of(message)
        try:
            await Delivery(self._outbox, told, language).send(Styled(notice.text), language)
        except TelegramError as failure:
            _log.error("Nor could that be said: %s", failure)

    async def _failed(self, message: said.Message | None, error: Exception) -> Notice | None:
        """What is said of a failure, by whose number it is found in the log; None for nothing."""
        if isinstance(error, Forbidden):
            _log.info("A reply could not be delivered: %s", error)
            return None
        reference = secrets.token_hex(4)
        _log.error("%s: an update was not handled: %s", reference, error, exc_info=error)
        if message is None:
            return None
        language = await self._language_of(message)
        return Notice(self._renderer.words("failed", language, reference=reference), alert=True)

    async def _language_of(self, message: said.Message) -> str:
        """The language for whoever wrote a message, also where the database is away."""
        try:
            return await self._conversation.language_of(message)
        except DatabaseUnavailable:
            return said.language_for(message)


def key_of(told: Message) -> Key:
    """What tells a message from all others."""
    return told.chat_id, told.message_id
