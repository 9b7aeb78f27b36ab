"""The way to the Bot API, and what is said of it when it is blocked."""

import asyncio

import pytest
from telegram import InputFile
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.telegram.patience import may_have_arrived
from bot.telegram.transport import Client, Lost, NotSent, Wire, proxy_for
from tests.servers.bot_api import BotApiServer, Chat

TOKEN = "123456789:AA" + "w" * 33


async def test_nothing_arrives_where_nobody_listens() -> None:
    with BotApiServer() as gone:
        url = gone.url
    bot = Client(TOKEN, base_url=f"{url}/bot", request=Wire())
    with pytest.raises(NotSent) as failure:
        await bot.initialize()
    await bot.shutdown()
    assert not may_have_arrived(failure.value)
    assert "w" * 10 not in str(failure.value)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (409, Conflict), (429, RetryAfter)],
)
async def test_refusals_have_the_librarys_names(
    server: BotApiServer, bot: Client, chat: Chat, code: int, kind: type[Exception]
) -> None:
    server.fail("sendMessage", code)
    with pytest.raises(kind):
        await bot.send_message(chat.id, "نص")


async def test_what_a_server_answers_with_an_error_has_not_arrived(
    server: BotApiServer, bot: Client, chat: Chat
) -> None:
    for code in (500, 502, 503):
        server.fail("sendMessage", code)
        with pytest.raises(NetworkError) as failure:
            await bot.send_message(chat.id, "نص")
        assert not may_have_arrived(failure.value)


async def test_a_broken_connection_leaves_it_open(
    server: BotApiServer, bot: Client, chat: Chat
) -> None:
    server.reset("sendMessage")
    with pytest.raises(Lost) as failure:
        await bot.send_message(chat.id, "نص")
    assert may_have_arrived(failure.value)
    assert failure.value.__cause__ is None  # it would show the address, which holds the token


async def test_an_answer_that_does_not_come_is_given_up(
    server: BotApiServer, bot: Client, chat: Chat
) -> None:
    server.stall("sendMessage", 3)
    with pytest.raises(TimedOut) as failure:
        await bot.send_message(chat.id, "نص", read_timeout=0.2)
    assert may_have_arrived(failure.value)
    assert server.token not in str(failure.value)


async def test_it_can_be_begun_anew(server: BotApiServer, bot: Client, chat: Chat) -> None:
    wire = Wire()
    async with Client(server.token, base_url=f"{server.url}/bot", request=wire) as other:
        await wire.renew()
        await other.send_message(chat.id, "نص")
    assert chat.messages[-1].text == "نص"


async def test_files_and_what_goes_with_them_arrive(
    server: BotApiServer, bot: Client, chat: Chat
) -> None:
    content = "محتوى".encode() * 200_000
    sent = await bot.send_document(chat.id, InputFile(content, "ملف.txt"), caption="شرح")
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert file.file_size == len(content)


async def test_a_bot_does_not_show_its_token(bot: Client, server: BotApiServer) -> None:
    secret = server.token.partition(":")[2]
    assert secret not in f"{bot!r} {bot!s} {asyncio.current_task()!r}"


def test_proxies_of_the_environment_are_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "bot-api.local")
    assert proxy_for("https://api.telegram.example") == "http://proxy.example:3128"
    assert proxy_for("https://bot-api.local") is None
    assert proxy_for("http://127.0.0.1:8081") is None
