"""From Telegram's updates to the conversation's messages, and back."""

import logging
import re
import secrets
from collections import deque
from typing import Final

from telegram import Bot, CallbackQuery, Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot import conversation as talk
from bot.commands import FOR_ADMINS
from bot.rendering import Renderer
from bot.reply import Said
from bot.styled import Styled
from bot.telegram.delivery import Delivery
from bot.telegram.outbox import Outbox
from bot.telegram.routes import Heard, Notice, Press, Routes
from bot.telegram.stopping import Stopped
from bot.telegram.updates import topic_of

_log = logging.getLogger(__name__)

LONGEST_NOTICE: Final = 200
"""Characters at the top of the screen after a button was pressed."""


def heard(message: Message, bot: Bot) -> talk.Message | None:
    """What a Telegram message says to the bot; None where it does not speak to it."""
    text = message.text or message.caption or ""
    if message.from_user is None or not (text or message.effective_attachment):
        return None  # "Sara joined the group"
    if message.chat.type != ChatType.PRIVATE:
        if not _addresses(message, bot):
            return None
        text = _without_mention(text, bot)
    return talk.Message(
        chat=message.chat_id,
        topic=topic_of(message),
        asker=message.from_user.id,
        text=text.strip(),
        attachment=bool(message.effective_attachment),
        language=message.from_user.language_code,
    )


def _addresses(message: Message, bot: Bot) -> bool:
    """Whether a message in a group is meant for the bot: a command, a mention or a reply."""
    marked = message.parse_entities() | message.parse_caption_entities()
    for entity, text in marked.items():
        name = text.rpartition("@")[2].lower() if "@" in text else None
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return name in (None, bot.username.lower())
        if entity.type == MessageEntity.MENTION and name == bot.username.lower():
            return True
        if entity.type == MessageEntity.TEXT_MENTION and entity.user == bot.bot:
            return True
    replied = message.reply_to_message
    return bool(replied and replied.from_user == bot.bot and not replied.forum_topic_created)


def _without_mention(text: str, bot: Bot) -> str:
    """A question without the bot's name in it, which would only disturb the search."""
    return re.sub(rf"(?i)\s*@{bot.username}\b[,:،]?", "", text)


class Handlers:
    """What is done with updates."""

    def __init__(
        self, conversation: talk.Conversation, outbox: Outbox, routes: Routes | None = None
    ) -> None:
        """`routes`: what is handled in Telegram alone."""
        self._conversation, self._outbox = conversation, outbox
        self._routes = routes or Routes()
        self._renderer = Renderer(quotes=True)
        self._albums: deque[str] = deque(maxlen=100)

    async def on_message(self, update: Update) -> None:
        """Answers a message, if it is meant for the bot."""
        told = update.message
        message = heard(told, self._outbox.bot) if told else None
        if told is None or message is None or self._is_more_of_an_album(told):
            return
        language = talk.language_for(message)
        if await self._is_routed(told, message, language):
            return
        async with Delivery(self._outbox, told, language) as delivery:
            writing = self._conversation.reply(
                message,
                on_text=delivery.draft,
                on_progress=lambda progress: delivery.progress(
                    self._renderer.progress(progress, language)
                ),
            )
            try:
                reply = await delivery.work(writing)
            except Stopped as stopped:
                words = self._renderer.words("stopped", language)
                reply = Said("\n\n".join(filter(None, [stopped.text, words])), language)
        await delivery.send(self._renderer.reply(reply), reply.language)

    async def _is_routed(self, told: Message, message: talk.Message, language: str) -> bool:
        """Has a message handled by whoever registered for it; whether somebody did."""
        command, argument = talk.command_of(message.text)
        on_start, parameter = self._routes.link_of(argument)
        if command == "start" and on_start:
            await on_start(Heard(told, message, parameter, language))
            return True
        on_command = self._routes.commands.get(command)
        is_document = told.document is not None and self._routes.on_document is not None
        if on_command is None and not is_document:
            return False
        heard = Heard(told, message, argument, language)
        admin = command in FOR_ADMINS
        if refusal := self._conversation.refusal(message, language, admin=admin):
            await Delivery(self._outbox, told, language).send(Styled(refusal.text), language)
            return True
        if on_command:
            await on_command(heard)
            return True
        if self._conversation.refusal(message, language, admin=True):
            return False  # who is no admin is told what the bot can read
        return self._routes.on_document is not None and await self._routes.on_document(heard)

    async def on_callback_query(self, update: Update) -> None:
        """Has the press of a button handled, and tells Telegram that it was."""
        query = update.callback_query
        if query is None:
            return
        notice = None
        try:
            notice = await self._pressed(query)
        finally:
            told = notice or Notice()
            await self._outbox.answer_callback(
                query.id, told.text[:LONGEST_NOTICE] or None, alert=told.alert
            )

    async def _pressed(self, query: CallbackQuery) -> Notice | None:
        asker, chat = query.from_user, query.message.chat.id if query.message else 0
        message = talk.Message(chat, 0, asker.id, "/press", language=asker.language_code)
        language = talk.language_for(message)
        route, data = self._routes.route_of(query.data or "")
        if route is None:
            return None
        if refusal := self._conversation.refusal(message, language, admin=route.for_admins):
            return Notice(refusal.text, alert=True)
        return await route.on_press(Press(query, data, asker.id, language))

    def _is_more_of_an_album(self, told: Message) -> bool:
        """Whether it is one of several pictures sent at once, of which the first was answered."""
        album = told.media_group_id
        if album is None or told.caption:
            return False
        is_more = album in self._albums
        self._albums.append(album)
        return is_more

    async def on_error(self, update: Update, error: Exception) -> None:
        """Tells the reader that something went wrong, and the log what it was."""
        if isinstance(error, Forbidden):
            _log.info("A reply could not be delivered: %s", error)
            return
        reference = secrets.token_hex(4)
        _log.error("%s: an update was not handled: %s", reference, error, exc_info=error)
        told = update.message
        message = heard(told, self._outbox.bot) if told else None
        lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if told is None or message is None or lost:
            return
        language = talk.language_for(message)
        text = self._renderer.words("failed", language, reference=reference)
        try:
            await Delivery(self._outbox, told, language).send(Styled(text), language)
        except TelegramError as failure:
            _log.error("%s: nor could that be said: %s", reference, failure)
