"""In which order updates are handled."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Chat, Message, Update

from bot.store import Place
from bot.telegram.updates import Turns, kind_of, place_of, waits_its_turn

BOT: Any = SimpleNamespace(username="isnad_test_bot")
Handle = Callable[[int], Coroutine[Any, Any, None]]


def update(number: int, chat: int = 1, topic: int = 0, text: str = "سؤال") -> Update:
    message = Message(
        number,
        datetime.now(UTC),
        Chat(chat, "supergroup"),
        text=text,
        message_thread_id=topic or None,
        is_topic_message=bool(topic),
    )
    return Update(number, message)


async def handle_all(updates: list[Update], handle: Handle) -> None:
    """Hands the updates over in their order, and waits until all are handled."""
    turns = Turns(BOT)
    for one in updates:
        turns.begin(one, partial(handle, one.update_id))
    await turns.finish(60)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), max_size=30))
async def test_each_topic_is_answered_in_order_one_at_a_time(
    places: list[tuple[int, int]],
) -> None:
    done: list[int] = []
    busy: set[tuple[int, int]] = set()

    async def handle(number: int) -> None:
        assert places[number] not in busy
        busy.add(places[number])
        for _ in range(number % 4):
            await asyncio.sleep(0)
        busy.remove(places[number])
        done.append(number)

    await handle_all([update(n, *place) for n, place in enumerate(places)], handle)
    for place in set(places):
        ours = [number for number in done if places[number] == place]
        assert ours == sorted(ours)
    assert len(done) == len(places)


async def test_chats_are_answered_side_by_side() -> None:
    last = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 99:
            last.set()
        await last.wait()

    await asyncio.wait_for(handle_all([update(n, chat=n) for n in range(100)], handle), 60)


async def test_a_busy_chat_holds_up_no_other() -> None:
    first_of_other = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 999:
            first_of_other.set()
        else:
            await first_of_other.wait()

    crowd = [update(n, chat=1) for n in range(200)]
    await asyncio.wait_for(handle_all([*crowd, update(999, chat=2)], handle), 60)


@pytest.mark.parametrize(
    "command",
    ["/new", "/stop", "/reindex", "/new@isnad_bot", "/sources", "/show 1", "/bad 2", "/start"],
)
async def test_commands_wait_for_no_answer(command: str) -> None:
    overtaken = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 2:
            overtaken.set()
        await overtaken.wait()

    updates = [update(0), update(1), update(2, text=command)]
    await asyncio.wait_for(handle_all(updates, handle), 60)


async def test_commands_are_handled_in_their_order_and_some_at_once() -> None:
    stopped, done = asyncio.Event(), list[int]()

    async def handle(number: int) -> None:
        if number == 0:
            await stopped.wait()
        if number == 2:
            stopped.set()
        done.append(number)

    texts = ("/sources", "/show 1", "/stop", "/show 1 +1", "/ask من؟")
    await asyncio.wait_for(
        handle_all([update(n, text=text) for n, text in enumerate(texts)], handle), 60
    )
    assert [number for number in done if number not in (2, 4)] == [0, 1, 3]


def test_a_question_that_is_asked_by_a_command_waits_its_turn() -> None:
    assert waits_its_turn(update(1, text="/ask من؟"), BOT)
    assert not waits_its_turn(update(1, text="/sources"), BOT)


@pytest.mark.parametrize("text", ["@isnad_test_bot /stop", "/new @Isnad_Test_Bot"])
def test_a_command_after_the_bots_name_is_one_too(text: str) -> None:
    assert not waits_its_turn(update(1, text=text), BOT)
    assert waits_its_turn(update(1, text="@isnad_test_bot من هي؟"), BOT)
    assert waits_its_turn(update(1, text="@isnad_other_bot /stop"), BOT)


async def test_a_failure_does_not_hold_up_the_chat() -> None:
    done: list[int] = []

    async def handle(number: int) -> None:
        if number == 0:
            raise asyncio.CancelledError
        done.append(number)

    await handle_all([update(n) for n in range(3)], handle)
    assert done == [1, 2]


async def test_what_has_not_ended_in_time_can_be_ended() -> None:
    ended: list[int] = []

    async def handle(number: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(number)

    turns = Turns(BOT)
    for number in range(3):
        turns.begin(update(number, chat=number), partial(handle, number))
    await turns.finish(0.01)
    assert not ended
    await turns.cancel()
    assert sorted(ended) == [0, 1, 2]


def raw(number: int, **content: Any) -> Update:
    return Update.de_json({"update_id": number, **content})


SARA: Final = {"id": 7, "is_bot": False, "first_name": "Sara"}
CHAT: Final = {"id": 7, "type": "private", "first_name": "Sara"}
STOPPED: Final = {"chat": CHAT, "draft_id": 3}


def test_each_kind_is_told_apart_even_one_that_the_library_does_not_know() -> None:
    assert kind_of(update(1)) == "message"
    stopped = raw(2, stopped_message_generation=STOPPED)
    assert kind_of(stopped) == "stopped_message_generation"
    assert kind_of(raw(3, poll_that_nobody_knows={})) is None
    query = raw(4, inline_query={"id": "1", "from": SARA, "query": "x", "offset": ""})
    assert kind_of(query) == "inline_query"


def test_what_is_no_message_is_handled_at_once() -> None:
    pressed = {"id": "1", "from": SARA, "chat_instance": "1", "data": "x"}
    assert not waits_its_turn(raw(1, callback_query=pressed), BOT)
    assert not waits_its_turn(raw(2, stopped_message_generation=STOPPED), BOT)
    assert waits_its_turn(update(3), BOT)


def test_every_update_has_a_place() -> None:
    assert place_of(update(1, chat=-5, topic=3)) == Place(-5, 3)
    assert place_of(raw(2, stopped_message_generation=STOPPED)) == Place(7, 0)
    query = raw(4, inline_query={"id": "1", "from": SARA, "query": "x", "offset": ""})
    assert place_of(query) == Place(0, 0)
    old = {"chat": CHAT, "message_id": 3, "date": 0}
    pressed = {"id": "1", "from": SARA, "chat_instance": "1", "data": "x", "message": old}
    assert place_of(raw(5, callback_query=pressed)) == Place(7, 0)
