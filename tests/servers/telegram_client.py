"""A bot of python-telegram-bot at the server, and requests below it."""

from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import UpdateType

from .bot_api import SCHEMA, BotApiServer

needs_schema = pytest.mark.skipif(not SCHEMA.present, reason="the published schema is not here")
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("👍", callback_data="good")]])


def new_bot(server: BotApiServer, token: str = "") -> Bot:
    """A bot that is to be initialized; with another token than the server's, to be refused."""
    base, files = f"{server.url}/bot", f"{server.url}/file/bot"
    return Bot(token or server.token, base_url=base, base_file_url=files)


def call(server: BotApiServer, method: str, **parameters: Any) -> dict[str, Any]:
    """One request with a JSON body; the whole answer."""
    url = f"{server.url}/bot{server.token}/{method}"
    # Nothing here is encrypted, and loading the certificates would take longer than the request.
    answer: dict[str, Any] = httpx.post(url, json=parameters, verify=False).json()
    return answer


async def news(bot: Bot) -> list[Update]:
    """The updates since the last call."""
    updates = await bot.get_updates(allowed_updates=list(UpdateType))
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)
