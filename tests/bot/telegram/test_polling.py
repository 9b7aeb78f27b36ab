"""Getting updates by long polling, through every fault, over HTTP."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.telegram.polling import Polling
from bot.telegram.transport import Wire
from bot.telegram.updates import KINDS
from rag.errors import IsnadError
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until

Batch = list[dict[str, Any]]
Accept = Callable[[Batch], Awaitable[None]]


class Taken:
    """The texts that were taken over; `failures` batches are refused first."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.failures = 0

    async def accept(self, batch: Batch) -> None:
        if self.failures:
            self.failures -= 1
            raise IsnadError("the disk is full")
        self.texts += [update["message"]["text"] for update in batch]


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
async def polling(server: BotApiServer, taken: Taken) -> AsyncIterator[Polling]:
    async with Wire() as wire:
        polling = Polling(
            wire,
            f"{server.url}/bot{server.token}",
            KINDS,
            taken.accept,
            poll=1,
            grace=0.3,
            revoked_after=1,
        )
        task = asyncio.create_task(polling.run())
        yield polling
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def heard(chat: Chat, taken: Taken, text: str) -> None:
    chat.say(chat.server.user(7), text)
    await until(lambda: text in taken.texts)


async def test_updates_come_in_once_and_in_order(
    polling: Polling, chat: Chat, taken: Taken
) -> None:
    for number in range(120):
        chat.say(chat.server.user(7), str(number))
    await heard(chat, taken, "آخر")
    assert taken.texts == [*map(str, range(120)), "آخر"]
    assert polling.is_alive


@pytest.mark.parametrize("code", [401, 409, 429, 500, 502])
async def test_it_recovers_from_what_telegram_says(
    polling: Polling, server: BotApiServer, chat: Chat, taken: Taken, code: int
) -> None:
    await heard(chat, taken, "قبل")
    server.fail("getUpdates", code, retry_after=1)
    await heard(chat, taken, "بعد")
    await heard(chat, taken, "أيضاً")


async def test_it_recovers_from_a_connection_that_breaks(
    polling: Polling, server: BotApiServer, chat: Chat, taken: Taken
) -> None:
    server.reset("getUpdates", times=2, after=True)
    await heard(chat, taken, "أول")
    await heard(chat, taken, "ثان")
    assert taken.texts == ["أول", "ثان"]


async def test_a_poll_that_never_ends_is_begun_anew(
    polling: Polling, server: BotApiServer, chat: Chat, taken: Taken
) -> None:
    server.stall("getUpdates", 600)
    await heard(chat, taken, "أول")
    await heard(chat, taken, "ثان")


async def test_what_could_not_be_kept_is_not_confirmed(
    polling: Polling, chat: Chat, taken: Taken
) -> None:
    taken.failures = 2
    await heard(chat, taken, "أول")
    assert taken.texts == ["أول"]


async def test_a_disk_that_is_full_is_told_once_and_the_question_taken_when_there_is_room(
    polling: Polling, chat: Chat, taken: Taken, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    taken.failures = 3
    await heard(chat, taken, "أول")
    await until(lambda: "come in again" in caplog.text)
    assert caplog.text.count("updates cannot be kept: the disk is full") == 1
    assert caplog.text.count("come in again") == 1


async def test_another_program_with_the_same_token_is_named_once(
    polling: Polling,
    server: BotApiServer,
    chat: Chat,
    taken: Taken,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    server.fail("getUpdates", 409, times=3)
    await heard(chat, taken, "سؤال")
    said = [
        record.message for record in caplog.records if "same TELEGRAM_BOT_TOKEN" in record.message
    ]
    assert len(said) == 1
    await until(lambda: "come in again" in caplog.text)
    assert server.token.partition(":")[2] not in caplog.text


async def test_a_webhook_that_is_left_over_is_taken_away(
    server: BotApiServer, bot: Any, polling: Polling, chat: Chat, taken: Taken
) -> None:
    await bot.set_webhook("https://isnad.example/x", secret_token="s")
    server.reset("deleteWebhook")
    await heard(chat, taken, "سؤال")


async def test_a_revoked_token_ends_it_in_one_clear_line(server: BotApiServer) -> None:
    async def nothing(_: Batch) -> None:
        raise AssertionError

    async with Wire() as wire:
        polling = Polling(
            wire, f"{server.url}/bot1:{'x' * 35}", KINDS, nothing, poll=1, revoked_after=0.5
        )
        with pytest.raises(IsnadError, match="TELEGRAM_BOT_TOKEN") as failure:
            await asyncio.wait_for(polling.run(), 60)
    assert "xxx" not in str(failure.value)


async def test_a_token_that_is_refused_once_after_a_long_trouble_is_tried_on(
    polling: Polling, server: BotApiServer, chat: Chat, taken: Taken
) -> None:
    # Telegram was away for longer than a token may be refused.
    server.fail("getUpdates", 502, times=2)
    server.fail("getUpdates", 401)
    await heard(chat, taken, "سؤال")


async def test_silence_is_noticed() -> None:
    class Mute(Wire):
        async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
            raise NetworkError("gone")

    async with Mute() as wire:
        polling = Polling(wire, "http://nowhere", KINDS, Taken().accept, poll=0.4, grace=0.1)
        task = asyncio.create_task(polling.run())
        assert polling.is_alive
        await until(lambda: not polling.is_alive)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_fault_of_our_own_is_survived_too(server: BotApiServer, chat: Chat) -> None:
    taken, faults = Taken(), [KeyError("x"), ValueError("y")]

    async def accept(batch: Batch) -> None:
        if faults:
            raise faults.pop()
        await taken.accept(batch)

    async with Wire() as wire:
        address = f"{server.url}/bot{server.token}"
        task = asyncio.create_task(Polling(wire, address, KINDS, accept, poll=1).run())
        await heard(chat, taken, "سؤال")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert taken.texts == ["سؤال"]
