"""A server with one person, and a bot at it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from .bot_api import BotApiServer, Chat, Person
from .telegram_client import new_bot


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
        print(server.transcript())  # pytest shows it where a test failed


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with new_bot(server) as bot:
        yield bot


@pytest.fixture
def sara(server: BotApiServer) -> Person:
    return server.user(7, first_name="Sara")


@pytest.fixture
def chat(sara: Person) -> Chat:
    return sara.chat()
