"""Inline mode: whoever types the bot's name and some words in any chat sees what is found.

Nothing of it takes a model, so that results come while the query is still being typed.
"""

import asyncio
import hashlib
import logging
from typing import Final

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.conversation import Conversation
from bot.finding import Found
from bot.message import Message
from bot.rendering import WORDS, Renderer
from bot.styled import directed
from bot.telegram.form import entities_of
from bot.telegram.outbox import Outbox
from rag.errors import IsnadError

_log = logging.getLogger(__name__)

ON_A_PAGE: Final = 20
"""Results at once; more come when the list is scrolled."""
CACHED: Final = 10
"""Seconds for which Telegram may answer the same query by itself."""
_LONGEST_PREVIEW: Final = 120
_ASK: Final = "ask"
_PAST: Final = "past-"
"""Before the number of results that a page follows."""


class Inline:
    """Answers inline queries."""

    def __init__(self, conversation: Conversation, outbox: Outbox) -> None:
        self._conversation, self._outbox = conversation, outbox
        self._renderer = Renderer(quotes=True, buttons=True)
        self._newest: dict[int, int] = {}

    async def answer(self, update_id: int, query: InlineQuery) -> None:
        """Answers a query; one that its asker has typed on from meanwhile, without a search."""
        asker = query.from_user.id
        # Before anything is waited for, and by Telegram's order: what comes late is no news.
        self._newest[asker] = max(update_id, self._newest.get(asker, 0))
        try:
            await self._answer(update_id, query)
        finally:
            if self._newest.get(asker) == update_id:
                del self._newest[asker]

    async def _answer(self, update_id: int, query: InlineQuery) -> None:
        asker = query.from_user
        message = Message(asker.id, 0, asker.id, language=asker.language_code)
        language = await self._conversation.language_of(message)
        if self._conversation.refusal(message, language):
            await self._say(query, [], WORDS("inline-closed", language))
            return
        found = await self._found(update_id, query)
        if found is None:
            await self._say(query, [], WORDS("inline-ask", language), cached=0)
            return
        offset = query.offset.removeprefix(_PAST)
        first = int(offset) if offset.isdecimal() else 0
        page = found[first : first + ON_A_PAGE]
        more = f"{_PAST}{first + ON_A_PAGE}" if len(found) > first + ON_A_PAGE else ""
        key = "inline-ask" if found or not query.query.strip() else "inline-nothing"
        results = [self._result(one) for one in page]
        await self._say(query, results, WORDS(key, language), more)

    async def _found(self, update_id: int, query: InlineQuery) -> list[Found] | None:
        """What there is; None where it was not looked for, or could not be."""
        # Keys are struck faster than answers are wanted: only the last query of a burst counts.
        await asyncio.sleep(0)
        if self._newest.get(query.from_user.id) != update_id:
            return None
        try:
            return await asyncio.to_thread(self._conversation.finder.find, query.query)
        except IsnadError as error:
            _log.info("Nothing can be found inline: %s", error)
            return None

    async def _say(
        self,
        query: InlineQuery,
        results: list[InlineQueryResultArticle],
        button: str,
        next_offset: str = "",
        cached: int = CACHED,
    ) -> None:
        await self._outbox.answer_inline(
            query.id,
            results,
            cache_time=cached,
            is_personal=True,
            next_offset=next_offset,
            button=InlineQueryResultsButton(button, start_parameter=_ASK),
        )

    def _result(self, found: Found) -> InlineQueryResultArticle:
        text = directed(self._renderer.found(found), found.language)
        preview = " ".join(found.text.split())[:_LONGEST_PREVIEW]
        return InlineQueryResultArticle(
            id=hashlib.sha256(f"{found.file}\0{found.start}\0{found.text}".encode()).hexdigest(),
            title=found.title,
            description=preview or found.file,
            input_message_content=InputTextMessageContent(
                text.text,
                entities=entities_of(text),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )
