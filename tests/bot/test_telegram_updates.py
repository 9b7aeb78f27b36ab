"""In which order updates are handled."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Chat, Message, Update

from bot.telegram.updates import AT_ONCE, OrderedUpdates

Handle = Callable[[int], Awaitable[None]]


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
    """Hands the updates over in their order, as the application does."""
    processor = OrderedUpdates()
    await asyncio.gather(*(processor.process_update(one, handle(one.update_id)) for one in updates))


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


async def test_chats_are_answered_side_by_side_up_to_a_number() -> None:
    now = most = 0

    async def handle(_: int) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1

    await handle_all([update(n, chat=n) for n in range(3 * AT_ONCE)], handle)
    assert most == AT_ONCE


async def test_a_busy_chat_leaves_the_places_to_the_others() -> None:
    first_of_other = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 999:
            first_of_other.set()
        else:
            await first_of_other.wait()

    crowd = [update(n, chat=1) for n in range(10 * AT_ONCE)]
    await asyncio.wait_for(handle_all([*crowd, update(999, chat=2)], handle), 2)


@pytest.mark.parametrize("command", ["/new", "/reindex", "/new@isnad_bot"])
async def test_some_commands_overtake(command: str) -> None:
    overtaken = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 2:
            overtaken.set()
        await overtaken.wait()

    updates = [update(0), update(1), update(2, text=command)]
    await asyncio.wait_for(handle_all(updates, handle), 2)


async def test_a_failure_does_not_hold_up_the_chat() -> None:
    done: list[int] = []
    processor = OrderedUpdates()

    async def handle(number: int) -> None:
        if number == 0:
            raise ValueError
        done.append(number)

    results = await asyncio.gather(
        *(processor.process_update(update(n), handle(n)) for n in range(3)),
        return_exceptions=True,
    )
    assert done == [1, 2]
    assert isinstance(results[0], ValueError)
