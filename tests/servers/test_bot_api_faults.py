"""Faults come when asked for, and floods are judged."""

import asyncio
import time
from collections import Counter
from contextlib import suppress

import httpx
import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from .bot_api import BotApiServer, Chat, Person
from .telegram_floods import FloodJudge


async def test_faults_come_when_asked_for(server: BotApiServer, bot: Bot, chat: Chat) -> None:
    server.fail("sendMessage", retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as flood:
            await bot.send_message(7, "x")
        assert "0:00:03" in flood.value.message
    server.fail("sendMessage", 502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(7, "x")
    server.reset("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(7, "x")
    assert chat.messages == []
    server.reset("sendMessage", after=True)
    with pytest.raises(NetworkError):
        await bot.send_message(7, "accepted")
    assert [message.text for message in chat.messages] == ["accepted"]
    with pytest.raises(ValueError, match="sendMesage"):
        server.fail("sendMesage")
    server.stall("sendMessage", 0.3)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "late", read_timeout=0.1)
    assert await asyncio.to_thread(chat.wait_for, lambda m: m.text == "late", 60)
    await bot.send_message(7, "x")
    assert [request.method for request in server.requests].count("sendMessage") == 7


def test_a_stalled_request_does_not_keep_the_server_open() -> None:
    with BotApiServer() as server:
        server.stall("getMe", 3600)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/bot{server.token}/getMe", timeout=0.1)
        started = time.monotonic()
    assert time.monotonic() - started < 60


def floods(method: str, chat_id: int, times: list[float]) -> list[int]:
    """Which requests, by number, come too soon."""
    judge = FloodJudge()
    return [i for i, time in enumerate(times) if judge.judge(time, method, chat_id)]


@pytest.mark.parametrize(
    ("method", "chat_id", "times", "too_soon"),
    [
        ("sendMessage", 7, [0, 0, 0, 1, 2, 3], []),
        ("sendMessage", 7, [0, 0, 0, 0.5, 1], [3]),
        ("editMessageText", 7, [0, 0, 0, 0.9], [3]),
        ("sendMessage", -5, [i * 2.0 for i in range(21)] + [60], [20]),
        ("sendMessageDraft", 7, [i / 10 for i in range(21)] + [5], [20]),
        ("sendMessageDraft", 7, [i * 0.7 for i in range(42)] + [30], [40, 41]),
        ("sendChatAction", 7, [0.0] * 21, [20]),
    ],
)
def test_the_judge_knows_the_limits_of_a_chat(
    method: str, chat_id: int, times: list[float], too_soon: list[int]
) -> None:
    assert floods(method, chat_id, times) == too_soon


def test_the_judge_knows_the_limit_of_all_chats() -> None:
    judge = FloodJudge()
    judged = [judge.judge(0.5, "sendMessage", chat_id) for chat_id in range(1, 32)]
    assert judged[:30] == [None] * 30
    assert judged[30] and judged[30].rule == "30 in 1 s" and judged[30].retry_after == 1
    assert judge.judge(1.5, "sendMessage", 99) is None


async def test_floods_are_recorded_and_refused_only_if_wanted(
    server: BotApiServer, bot: Bot, chat: Chat
) -> None:
    for _ in range(4):
        await bot.send_message(7, "x")
    (flood,) = server.floods
    assert (flood.method, flood.chat_id, flood.retry_after) == ("sendMessage", 7, 1)
    server.enforce_floods = True
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "x")
    assert len(chat.messages) == 4 and len(server.floods) == 2


async def test_chance_spoils_a_share_of_all_requests(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    asked = chat.say(sara, "?")
    server.scatter(0.5, seed=3, spare=["getMe"])
    for _ in range(40):
        with suppress(NetworkError, RetryAfter):
            await bot.set_message_reaction(7, asked, "👀")
    outcomes = Counter(one.outcome for one in server.requests if one.method != "getMe")
    assert outcomes.keys() == {
        "ok",
        "cut before",
        "cut after",
        "Internal Server Error",
        "Bad Gateway",
        "Too Many Requests: retry after 1",
    }
    assert 10 < outcomes["ok"] < 30
    server.scatter(1, spare=["getMe"])
    assert await bot.get_me()


async def test_what_came_of_a_request_is_kept(server: BotApiServer, bot: Bot, chat: Chat) -> None:
    server.reset("sendMessage", after=True)
    server.fail("sendMessage", 429, retry_after=1)
    for text in "abc":
        with suppress(NetworkError, RetryAfter):
            await bot.send_message(7, text)
    lost, refused, sent = [one for one in server.requests if one.method == "sendMessage"]
    assert (lost.outcome, lost.accepted) == ("cut after", True)
    assert isinstance(lost.result, dict) and lost.result["text"] == "a"
    assert (refused.accepted, sent.accepted) == (False, True)
    (flood,) = server.floods  # "c" did not wait
    assert (flood.rule, flood.chat_id) == ("before a flood wait was over", 7)


async def test_a_network_that_is_gone_comes_back(server: BotApiServer, bot: Bot) -> None:
    server.offline = True
    with pytest.raises(NetworkError):
        await bot.get_my_commands()
    server.offline = False
    assert await bot.get_my_commands() == ()


async def test_a_token_can_be_revoked(server: BotApiServer, bot: Bot) -> None:
    server.token = "123456789:AA" + "another".ljust(33, "0")
    with pytest.raises(InvalidToken):
        await bot.get_my_commands()


async def test_every_request_can_take_its_time(server: BotApiServer, bot: Bot) -> None:
    server.latency = 0.1
    before = time.monotonic()
    await bot.get_my_commands()
    assert time.monotonic() - before >= 0.1


async def test_a_failure_of_the_server_itself_is_told(server: BotApiServer, bot: Bot) -> None:
    server.bot.methods["getMyName"] = lambda p: p["none"]
    with pytest.raises(NetworkError):
        await bot.get_my_name()
    assert server.violations == ["the server failed at getMyName: KeyError('none')"]
