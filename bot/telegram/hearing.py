"""What a Telegram message says to the bot, if it speaks to it at all."""

from typing import Final

from telegram import Bot, CallbackQuery, Message, MessageEntity
from telegram.constants import ChatType

from bot import message as said
from bot.commands import COMMANDS
from bot.telegram.buttons import answer_id_in
from bot.telegram.updates import topic_of, without_mention

_OURS: Final = frozenset(command.name for command in COMMANDS) | {"start"}

_SERVICE = 777000
"""Telegram's own account, which forwards a channel's posts into its group."""


def heard(told: Message, bot: Bot) -> said.Message | None:
    """What a Telegram message says to the bot; None where it does not speak to it."""
    text = told.text or told.caption or ""
    if told.from_user is None or told.from_user.id == _SERVICE or told.via_bot:
        return None  # a post of a channel, or what somebody chose from the bot's own results
    if told.from_user.is_bot and not is_anonymous(told):
        return None  # two bots would answer each other for ever; who is anonymous looks like one
    if not text and not told.effective_attachment:
        return None  # "Sara joined the group"
    if told.chat.type != ChatType.PRIVATE and not _addresses(told, bot):
        return None
    return _message(told, text, bot)


def heard_as_guest(told: Message, bot: Bot) -> said.Message | None:
    """What is said to the bot in a chat that it is no member of, where it was mentioned."""
    text = told.text or told.caption or ""
    return _message(told, text, bot) if told.from_user and told.guest_query_id else None


def is_anonymous(told: Message) -> bool:
    """Whether somebody speaks in the name of a group or a channel, so that nobody knows who."""
    return told.sender_chat is not None


def _message(told: Message, text: str, bot: Bot) -> said.Message:
    asker = told.from_user
    if told.chat.type != ChatType.PRIVATE:
        text = without_mention(text, bot)
    return said.Message(
        chat=told.chat_id,
        topic=topic_of(told),
        asker=asker.id if asker else 0,
        text=text.strip(),
        attachment=bool(told.effective_attachment),
        language=asker.language_code if asker else None,
        number=told.message_id,
        quoted=_quoted(told, bot),
    )


def _quoted(told: Message, bot: Bot) -> said.Quoted | None:
    """The message that another replies to, or the part of it that is quoted."""
    replied, part = told.reply_to_message, told.quote
    is_own = replied is not None and replied.from_user == bot.bot
    answer_id = answer_id_in(replied.reply_markup) if replied and is_own else None
    if part and part.is_manual:
        return said.Quoted(part.text, is_part=True, answer_id=answer_id)
    whole = (replied.text or replied.caption or "") if replied else ""
    if answer_id is None and is_own:
        return None  # the bot's other words are about nothing
    if not whole and part:
        whole = part.text
    return said.Quoted(whole, answer_id=answer_id) if whole or answer_id else None


def _addresses(told: Message, bot: Bot) -> bool:
    """Whether a message in a group is meant for the bot: a command, a mention or a reply."""
    marked = told.parse_entities() | told.parse_caption_entities()
    for entity, text in marked.items():
        name = text.rpartition("@")[2].lower() if "@" in text else None
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            if name or text[1:].lower() in _OURS:
                return name in (None, bot.username.lower())
            continue  # it may be meant for another bot
        if entity.type == MessageEntity.MENTION and name == bot.username.lower():
            return True
        if entity.type == MessageEntity.TEXT_MENTION and entity.user == bot.bot:
            return True
    replied = told.reply_to_message
    return bool(replied and replied.from_user == bot.bot and not replied.forum_topic_created)


def pressed_by(query: CallbackQuery) -> said.Message:
    """Who has pressed a button, and where."""
    asker, chat = query.from_user, query.message.chat.id if query.message else 0
    return said.Message(chat, 0, asker.id, language=asker.language_code)
