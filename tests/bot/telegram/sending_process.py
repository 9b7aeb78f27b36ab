"""A process of the bot that only sends: to so many chats, so many messages to each."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.store import Database
from bot.styled import Styled
from bot.telegram.budget import shared
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Client, Wire


async def work(address: str, token: str, url: str, first: int, count: int, times: int) -> None:
    """Sends the messages, and says when it begins."""
    database = Database.open(Path("/nowhere"), SecretStr(url))
    async with Client(token, base_url=f"{address}/bot", request=Wire()) as bot:
        limiter = Limiter()
        outbox = Outbox(bot, limiter)
        async with shared(limiter, database), asyncio.TaskGroup() as tasks:
            for chat in range(first, first + count):
                for _ in range(times):
                    tasks.create_task(outbox.send(chat, Styled("جواب"), "ar"))
    database.close()


if __name__ == "__main__":
    address, token, url, first, count, times = sys.argv[1:]
    asyncio.run(work(address, token, url, int(first), int(count), int(times)))
