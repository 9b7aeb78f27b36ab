"""Where updates come in: in a thread of its own, with a sign at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import Database
from bot.styled import Styled
from bot.telegram.delivery import Delivery
from bot.telegram.door import Door, elsewhere
from bot.telegram.outbox import Outbox
from tests.bot.telegram.test_dispatch import Run, replies, updates_of
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until, wait_until


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "bot.sqlite3")
    yield database
    database.close()


@pytest.fixture
async def run(outbox: Outbox, database: Database) -> AsyncIterator[Run]:
    run = Run(outbox, database)
    yield run
    await run.end()


async def test_what_comes_in_is_answered_once_after_one_sign(
    server: BotApiServer, chat: Chat, run: Run, outbox: Outbox
) -> None:
    batch = updates_of(server, chat, "أ", "ب")
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        await there.run(door.accept(batch))
        await there.run(door.accept(batch))
        await until(lambda: len(replies(chat)) == 2)
        await until(lambda: chat.actions)
    assert replies(chat) == ["جواب أ", "جواب ب"]


async def test_many_messages_forwarded_at_once_get_one_sign(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    batch = updates_of(server, chat, *(f"م{number}" for number in range(6)))
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        await there.run(door.accept(batch))
        await until(lambda: len(replies(chat)) > 1)
    signs = [one for one in server.requests if one.method == "sendChatAction"]
    assert len(signs) == 1
    assert server.floods == []


async def test_a_sign_is_shown_while_the_bots_loop_is_busy(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    batch = updates_of(server, chat, "أ")
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        accepting = there.run(door.accept(batch))
        task = asyncio.create_task(accepting)
        await asyncio.sleep(0)
        end = time.monotonic() + 60
        while not chat.actions and time.monotonic() < end:
            time.sleep(0.01)  # noqa: ASYNC251  # an answer that is computed does not give way
        assert chat.actions == ["typing"]
        assert not run.handlers.handled
        await task
        await until(lambda: replies(chat))


async def test_twenty_questions_a_second_have_a_sign_each_while_the_bots_loop_is_busy(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    people = [server.user(number) for number in range(100, 124)]  # of a second, and of its ends
    for one in people:
        one.chat().say(one, "أ")
    batch = list(server.updates)
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        task = asyncio.create_task(there.run(door.accept(batch)))
        await asyncio.sleep(0)
        wait_until(lambda: all(one.chat().actions for one in people))  # with this it is busy
        await task
        await until(lambda: all(replies(one.chat()) for one in people))


async def test_where_the_first_sign_is_refused_the_answer_comes_all_the_same(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    server.fail("sendChatAction", 429, retry_after=1)
    server.reset("sendChatAction")
    batch = updates_of(server, chat, "أ", "ب")
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        await there.run(door.accept(batch[:1]))
        await until(lambda: len(replies(chat)) == 1)
        await there.run(door.accept(batch[1:]))
        await until(lambda: len(replies(chat)) == 2)


async def test_where_one_chat_has_to_wait_for_its_signs_another_gets_them(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    server.fail("sendChatAction", 429, retry_after=30)
    ali = server.user(8)
    batch = updates_of(server, chat, "أ")
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        await there.run(door.accept(batch))
        await until(lambda: server.refusals and replies(chat))
        ali.chat().say(ali, "ب")
        task = asyncio.create_task(there.run(door.accept(list(server.updates)[-1:])))
        await asyncio.sleep(0)
        wait_until(lambda: ali.chat().actions)  # while the bot's own loop is busy: with this
        await task
        await until(lambda: replies(ali.chat()))


async def test_only_who_asks_the_bot_gets_a_sign_at_the_door(
    server: BotApiServer, chat: Chat, run: Run
) -> None:
    async def nothing(delivery: Delivery, _: str) -> None:
        await delivery.send(Styled("."), "ar")

    run.handlers.handle = nothing
    group = server.group(-1001234567890, "مجموعة")
    spoken_to = server.group(-1001234567891, "أخرى")
    updates_of(server, chat, "/new")
    updates_of(server, group, "كلام")
    batch = updates_of(server, spoken_to, "/ask من؟")
    door = Door(run.dispatch, f"{server.url}/bot{server.token}")
    async with elsewhere() as there, there.inside(door):
        fresh = run.dispatch.read(batch)
        assert [run.dispatch.calls_for_sign(update) for update, _ in fresh] == [False, False, True]
        await there.run(door.accept(batch))
        await until(lambda: all(map(replies, (chat, group, spoken_to))))
        await until(lambda: spoken_to.actions)


async def test_what_is_going_on_elsewhere_ends_with_it() -> None:
    began, ended = list[bool](), list[bool]()

    async def work() -> None:
        began.append(True)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async with elsewhere() as there:
        task = asyncio.create_task(there.run(work()))
        await until(lambda: began)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


async def test_a_failure_elsewhere_is_a_failure_here() -> None:
    async def work() -> None:
        raise ValueError("there")

    async with elsewhere() as there:
        with pytest.raises(ValueError, match="there"):
            await there.run(work())
