"""PostgreSQL ends while an answer is being written, and comes back."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from bot.conversation import Conversation
from bot.message import Message
from bot.reply import Answered
from bot.store import Database, Store
from tests.bot.doubles import ScriptedKnowledge
from tests.servers.postgresql import PostgreSQL

QUESTION = Message(7, 0, 7, text="who?", language="en")


@pytest.fixture
def address(postgresql: PostgreSQL) -> str:
    return postgresql.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """In place of the store in a file, for the conversation of these tests."""
    store = Store(Database.open(Path("/nowhere"), SecretStr(address)))
    yield store
    store.close()


def let_in(postgresql: PostgreSQL, address: str, *, way: bool) -> None:
    """Has the server take connections to a database, or cut those there are and take none."""
    name = address.rpartition("/")[2]
    with psycopg.connect(postgresql.url("postgres"), autocommit=True) as own:
        own.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {way}".encode())
        if not way:
            own.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )


async def test_a_database_that_ends_while_an_answer_is_written_costs_only_the_memory_of_it(
    postgresql: PostgreSQL,
    address: str,
    talk: Callable[..., Conversation],
    knowledge: ScriptedKnowledge,
) -> None:
    conversation, knowledge.gate = talk(), asyncio.Event()
    answering = asyncio.create_task(conversation.reply(QUESTION))
    await knowledge.waits.wait()
    let_in(postgresql, address, way=False)
    knowledge.gate.set()
    reply = await answering
    assert isinstance(reply, Answered) and not reply.is_kept
    reply = await conversation.reply(QUESTION)  # it is not waited for a second time
    assert isinstance(reply, Answered) and not reply.is_kept
    let_in(postgresql, address, way=True)
    reply = await conversation.reply(QUESTION)
    assert isinstance(reply, Answered) and reply.is_kept
