"""Getting updates by webhook, over HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from bot.telegram.webhook import LARGEST, SECRET, serving, webhook_app
from rag.errors import IsnadError, UsageError
from tests.servers.ports import free_port

RIGHT = {SECRET: "of-the-webhook-01"}
UPDATE = {"update_id": 5, "message": {"text": "سؤال"}}


class Bot:
    """What stands behind the webhook."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.is_full = False
        self.is_ready = True
        self.kept = asyncio.Event()
        self.kept.set()

    async def accept(self, batch: list[dict[str, Any]]) -> None:
        await self.kept.wait()
        if self.is_full:
            raise IsnadError("the disk is full")
        self.taken += batch


class Caller:
    """Telegram, and a supervisor."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session, self._address = session, address

    async def post(self, path: str = "/hook", headers: Any = RIGHT, **body: Any) -> int:
        body = body or {"json": UPDATE}
        async with self._session.post(self._address + path, headers=headers, **body) as answer:
            return answer.status

    async def get(self, path: str) -> tuple[int, str]:
        async with self._session.get(self._address + path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def bot() -> Bot:
    return Bot()


@pytest.fixture
async def caller(bot: Bot) -> AsyncIterator[Caller]:
    port = free_port()
    app = webhook_app("hook", "of-the-webhook-01", bot.accept, lambda: bot.is_ready)
    async with serving(app, port), aiohttp.ClientSession() as session:
        yield Caller(session, f"http://127.0.0.1:{port}")


async def test_an_update_is_taken_over(caller: Caller, bot: Bot) -> None:
    assert await caller.post() == 200
    assert bot.taken == [UPDATE]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET: ""}, {SECRET: "of-the-webhook-0"}, {SECRET: "كلمة".encode().decode()}]
)
async def test_who_does_not_know_the_secret_is_refused(
    caller: Caller, bot: Bot, headers: dict[str, str]
) -> None:
    assert await caller.post(headers=headers) == 403
    assert not bot.taken


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"{}", b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_refused(caller: Caller, bot: Bot, body: bytes) -> None:
    assert await caller.post(data=body) == 400
    assert not bot.taken


async def test_what_is_too_large_is_refused(caller: Caller, bot: Bot) -> None:
    assert await caller.post(data=BytesIO(b" " * (LARGEST + 1))) == 413
    assert not bot.taken


async def test_telegram_is_told_only_when_it_is_kept(caller: Caller, bot: Bot) -> None:
    bot.kept.clear()
    posting = asyncio.create_task(caller.post())
    assert await caller.get("/healthz") == (200, "alive\n")  # it answers others meanwhile
    assert not posting.done()
    bot.kept.set()
    assert await posting == 200


async def test_what_cannot_be_kept_is_sent_again(caller: Caller, bot: Bot) -> None:
    bot.is_full = True
    assert await caller.post() == 503
    bot.is_full = False
    assert await caller.post() == 200


async def test_health_stands_beside(caller: Caller, bot: Bot) -> None:
    assert await caller.get("/readyz") == (200, "ready\n")
    bot.is_ready = False
    assert await caller.get("/readyz") == (503, "no index yet\n")
    assert (await caller.get("/elsewhere"))[0] == 404


async def test_a_port_that_is_taken_is_one_clear_line(bot: Bot) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        app = webhook_app("hook", "s", bot.accept, lambda: True)
        with pytest.raises(UsageError, match="WEBHOOK_PORT"):
            async with serving(app, other.getsockname()[1]):
                pass


async def test_a_secret_that_is_no_text_is_wrong_and_nothing_else(bot: Bot) -> None:
    port = free_port()
    app = webhook_app("hook", "of-the-webhook-01", bot.accept, lambda: bot.is_ready)
    async with serving(app, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{SECRET}: "
        writer.write(head.encode() + b"\xff\xfe\r\n\r\n{}")
        assert b" 403 " in await asyncio.wait_for(reader.readline(), 60)
        writer.close()
    assert bot.taken == []
