"""Updates reach a bot as documented: long polls, offsets, conflicts."""

import asyncio
import time

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from .bot_api import BotApiServer, Chat, Person
from .telegram_client import call, new_bot


def test_an_offset_confirms_what_is_below_it(
    server: BotApiServer, sara: Person, chat: Chat
) -> None:
    for text in "abc":
        chat.say(sara, text)

    def texts(**parameters: int) -> list[str]:
        result = call(server, "getUpdates", **parameters)["result"]
        return [update["message"]["text"] for update in result]

    first = call(server, "getUpdates")["result"][0]["update_id"]
    assert texts() == texts(limit=100) == ["a", "b", "c"]
    assert texts(limit=1) == ["a"]
    assert texts(offset=first + 1) == ["b", "c"]
    assert texts() == ["b", "c"]  # "a" is forgotten
    assert texts(offset=-1) == ["c"]
    assert texts() == ["c"]
    assert texts(offset=first + 3) == texts() == []


async def test_a_long_poll_waits_for_news(bot: Bot, sara: Person, chat: Chat) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    started = time.monotonic()
    await asyncio.to_thread(chat.say, sara, "ما المدى؟")
    updates = await poll
    assert time.monotonic() - started < 1
    assert updates[0].message and updates[0].message.text == "ما المدى؟"
    await bot.get_updates(offset=updates[0].update_id + 1)
    started = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - started > 0.9


async def test_allowed_updates_are_remembered(bot: Bot, sara: Person, chat: Chat) -> None:
    await bot.get_updates(allowed_updates=["edited_message", "stopped_message_generation"])
    message_id = chat.say(sara, "first")
    chat.edit(sara, message_id, "second")
    (update,) = await bot.get_updates()
    assert update.edited_message and update.edited_message.text == "second"
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])  # the default kinds
    chat.say(sara, "third")
    assert len(await bot.get_updates()) == 1


async def test_a_second_poller_ends_the_first(server: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    async with new_bot(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await first
        assert await second == ()


async def test_polling_is_a_conflict_while_a_webhook_is_set(server: BotApiServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    await bot.set_webhook("https://isnad.example/hook", secret_token="s3cret")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    server.user(7).chat().say(server.user(7), "hello")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://isnad.example/hook", 1)
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://isnad.example")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://isnad.example", secret_token="no spaces")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
