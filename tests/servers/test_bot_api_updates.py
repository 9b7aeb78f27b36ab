"""Updates reach a bot as documented: long polls, offsets, conflicts."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from tests.waiting import until

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


async def until_asked(server: BotApiServer) -> None:
    """Waits for the first poll."""
    await until(lambda: any(one.method == "getUpdates" for one in server.requests))


async def test_a_long_poll_waits_for_news(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await until_asked(server)
    assert not poll.done()
    started = time.monotonic()
    await asyncio.to_thread(chat.say, sara, "ما المدى؟")
    updates = await poll
    assert time.monotonic() - started < 30
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
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await until_asked(server)
    async with new_bot(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await first
        assert await second == ()


async def test_polling_is_a_conflict_while_a_webhook_is_set(server: BotApiServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await until_asked(server)
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


async def test_updates_may_come_twice_and_out_of_order(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    server.repeat_updates()
    chat.say(sara, "a")
    server.swap_updates()
    chat.say(sara, "b")
    assert len(await bot.get_updates()) == 2
    chat.say(sara, "c")
    updates = [(u.update_id, u.message.text) for u in await bot.get_updates() if u.message]
    first = updates[0][0]
    assert updates == [(first, "a"), (first, "a"), (first + 2, "c"), (first + 1, "b")]


class Hook:
    """A bot's own web server: it notes what comes, and answers what it is told to."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str | None]] = []
        self.answers: list[web.Response] = []
        self.open, self.arrived = asyncio.Event(), asyncio.Event()
        self.open.set()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.append((update["message"]["text"], secret))
        self.arrived.set()
        await self.open.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait_for(self, count: int) -> list[str]:
        """The texts that came, as soon as they are so many."""
        async with asyncio.timeout(60):
            while len(self.got) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return [text for text, _ in self.got]


@pytest.fixture
async def hook(server: BotApiServer) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.webhook.route("https://isnad.example", f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield hook
    hook.open.set()
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat, hook: Hook
) -> None:
    chat.say(sara, "a")
    await bot.set_webhook("https://isnad.example/hook", secret_token="s3cret")
    await asyncio.to_thread(chat.say, sara, "b")
    await hook.wait_for(2)
    assert hook.got == [("a", "s3cret"), ("b", "s3cret")]


async def test_a_webhook_keeps_the_order_of_a_chat_only(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat, hook: Hook
) -> None:
    hook.open.clear()
    await bot.set_webhook("https://isnad.example/hook")
    chat.say(sara, "a")
    chat.say(sara, "b")
    ali = server.user(8)
    ali.chat().say(ali, "c")
    assert sorted(await hook.wait_for(2)) == ["a", "c"]
    assert (await bot.get_webhook_info()).pending_update_count == 3
    hook.open.set()
    assert (await hook.wait_for(3))[2] == "b"


async def test_what_a_webhook_does_not_accept_comes_again(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat, hook: Hook
) -> None:
    server.webhook.retry_after = 0.01
    hook.answers = [web.Response(status=503), web.Response()]
    await bot.set_webhook("https://isnad.example/hook")
    chat.say(sara, "a")
    assert await hook.wait_for(2) == ["a", "a"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503"


async def test_an_answer_to_a_webhook_may_call_a_method(
    bot: Bot, sara: Person, chat: Chat, hook: Hook
) -> None:
    method = {"method": "sendMessage", "chat_id": 7, "text": "b"}
    hook.answers = [web.json_response(method)]
    await bot.set_webhook("https://isnad.example/hook")
    chat.say(sara, "a")
    assert (await asyncio.to_thread(chat.wait_for)).text == "b"
