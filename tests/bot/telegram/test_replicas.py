"""Two processes behind one webhook: what comes to one of them concerns what the other is at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.store import Database, Store
from bot.store.inbox import Inbox as StoredInbox
from bot.telegram.dispatch import Dispatch
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Client
from bot.telegram.waiting import Line
from tests.bot.conftest import Talk
from tests.bot.doubles import CITATION, ScriptedKnowledge
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until


def replies(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages if message.by_bot]


@asynccontextmanager
async def replica(
    bot: Client, database: Database, talk: Talk, line: Line | None = None
) -> AsyncIterator[Dispatch]:
    """A process that answers over a database that it shares."""
    outbox, inbox = Outbox(bot, Limiter()), Inbox(StoredInbox(database, alone=False))
    dispatch = Dispatch(bot, inbox, outbox, Handlers(talk(), outbox, line=line))
    following = asyncio.create_task(dispatch.follow())
    try:
        yield dispatch
    finally:
        following.cancel()
        await dispatch.end(60)
        await inbox.close()


@pytest.fixture
def database(store: Store) -> Database:
    return store.database


def news(server: BotApiServer) -> list[dict[str, Any]]:
    """What has come in since the last time."""
    found = list(server.updates)
    server.updates.clear()
    return found


async def test_an_edit_that_comes_to_another_process_ends_the_answer_to_what_was_asked(
    server: BotApiServer,
    chat: Chat,
    bot: Client,
    database: Database,
    talk: Talk,
    knowledge: ScriptedKnowledge,
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    async with replica(bot, database, talk) as one, replica(bot, database, talk) as two:
        asked = chat.say(sara, "من هو؟")
        await one.accept(news(server))
        await until(lambda: len(knowledge.asked) == 1)
        chat.edit(sara, asked, "من هي؟")
        await two.accept(news(server))
        await until(lambda: len(knowledge.asked) == 2)
        knowledge.gate.set()
        await until(lambda: replies(chat))
        chat.say(sara, "ومتى؟")
        await two.accept(news(server))
        await until(lambda: len(replies(chat)) == 2)
    assert [question for question, _ in knowledge.asked] == ["من هو؟", "من هي؟", "ومتى؟"]
    assert [turn.question for turn in knowledge.asked[-1][1]] == ["من هي؟"]
    assert all(CITATION.file in text for text in replies(chat))


async def test_the_line_has_an_end_whichever_process_the_questions_come_to(
    server: BotApiServer,
    chat: Chat,
    bot: Client,
    database: Database,
    talk: Talk,
    knowledge: ScriptedKnowledge,
) -> None:
    knowledge.gate = asyncio.Event()
    sara = server.user(7)
    async with (
        replica(bot, database, talk, Line(at_a_place=2)) as one,
        replica(bot, database, talk, Line(at_a_place=2)) as two,
    ):
        chat.say(sara, "من هو؟")
        await one.accept(news(server))
        await until(lambda: len(knowledge.asked) == 1)
        for question in ("من هي؟", "متى؟"):
            chat.say(sara, question)
            await two.accept(news(server))
        await until(lambda: replies(chat))
        assert "تنتظر" in replies(chat)[0]
        knowledge.gate.set()
        await until(lambda: len(replies(chat)) == 3)
    assert [question for question, _ in knowledge.asked] == ["من هو؟", "من هي؟"]
