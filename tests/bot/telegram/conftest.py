"""The bot's side of Telegram, over real HTTP, against the strict server."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Client, Wire
from tests.servers import telegram_told
from tests.servers.bot_api import BotApiServer, Chat


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
        telegram_told.note(server.told)
        print(server.transcript())  # pytest shows it where a test failed, and with -rP
        assert server.violations == []
        assert server.misformed == []
        assert server.unanswered == []


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Client]:
    async with Client(server.token, base_url=f"{server.url}/bot", request=Wire()) as bot:
        yield bot


@pytest.fixture
async def outbox(bot: Client) -> Outbox:
    return Outbox(bot, Limiter())


@pytest.fixture
def chat(server: BotApiServer) -> Chat:
    return server.user(7).chat()
