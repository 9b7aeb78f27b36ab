"""Guest mode: whoever mentions the bot in a chat that it is no member of gets one answer there.

There is one message to answer with, and nothing of the chat is known but what was said to the bot.
"""

from dataclasses import replace
from typing import Final

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)

from bot.conversation import Conversation
from bot.rendering import WORDS, Renderer
from bot.reply import Answered, Reply
from bot.styled import LONGEST, Styled, parts, split, units
from bot.telegram.buttons import below_guest_answer
from bot.telegram.form import entities_of
from bot.telegram.hearing import heard_as_guest
from bot.telegram.outbox import Outbox
from rag.answers.answer import Answer

_STEP: Final = 100
"""UTF-16 units by which an answer is shortened until it fits with its sources."""


class Guests:
    """Answers guests."""

    def __init__(self, conversation: Conversation, outbox: Outbox) -> None:
        self._conversation, self._outbox = conversation, outbox
        self._full, self._short = Renderer(quotes=True, buttons=True), Renderer(quotes=False)

    async def answer(self, update_id: int, told: Message) -> None:
        """Answers a guest's message, which this update has told."""
        message = heard_as_guest(told, self._outbox.bot)
        if message is None or told.guest_query_id is None:
            return
        reply = await self._conversation.reply(replace(message, update=update_id))
        text = self._in_one_message(reply)
        result = InlineQueryResultArticle(
            id="answer",
            title=WORDS("inline-ask", reply.language),
            input_message_content=InputTextMessageContent(
                text.text,
                entities=entities_of(text),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=self._links(reply),
        )
        await self._outbox.answer_guest(told.guest_query_id, result)

    def _in_one_message(self, reply: Reply) -> Styled:
        """As much of a reply as fits into the one message: without quotations, where it is long."""
        text = parts(self._full.reply(reply), reply.language)
        if len(text) == 1 or not isinstance(reply, Answered):
            return text[0]
        bare = tuple(replace(one, quote="", translation=None) for one in reply.answer.citations)
        answer, room = replace(reply.answer, citations=bare), LONGEST
        text = parts(self._short.answer(answer), reply.language)
        while len(text) > 1 and room > 0:
            beginning = split(Styled(answer.text), room)[0].text
            text = parts(self._short.answer(_cut(answer, beginning)), reply.language)
            room = min(room, units(beginning)) - _STEP
        return text[0]

    def _links(self, reply: Reply) -> InlineKeyboardMarkup | None:
        if isinstance(reply, Answered) and reply.is_kept:
            username = self._outbox.bot.username
            return below_guest_answer(reply.answer, reply.language, username)
        return None


def _cut(answer: Answer, beginning: str) -> Answer:
    """The beginning of an answer, with the sources it names; it says that there is more."""
    cited = tuple(one for one in answer.citations if f"[{one.n}]" in beginning)
    told = filter(None, (answer.notice, WORDS("guest-cut", answer.language)))
    return replace(answer, text=beginning, citations=cited, notice="\n".join(told))
