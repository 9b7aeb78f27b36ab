"""The inbox, of one process and of several that share it, in SQLite and in PostgreSQL."""

import time

import pytest

from bot.store import Database, Place
from bot.store.inbox import LEASE, Inbox, Received


def received(number: int, chat: int = 7) -> Received:
    return Received(number, Place(chat, 0), {"update_id": number, "text": "سؤال"})


def ids(inbox: Inbox, *, first: bool = False) -> list[int]:
    return [one.update["update_id"] for one in inbox.claim(first=first)]


def age(database: Database, seconds: float) -> None:
    """Lets time pass for every lease."""
    with database.transaction() as cursor:
        cursor.execute("UPDATE inbox SET until = until - ?", (seconds,))


@pytest.fixture
def one(database: Database) -> Inbox:
    return Inbox(database, alone=False)


@pytest.fixture
def other(database: Database) -> Inbox:
    return Inbox(database, alone=False)


def test_a_second_copy_is_known_also_when_the_first_is_done(one: Inbox) -> None:
    assert one.put([received(1), received(2), received(1)]) == {1, 2}
    one.finish([1])
    assert one.put([received(1), received(3)]) == {3}


def test_after_a_start_whoever_is_alone_takes_all_that_is_not_done(database: Database) -> None:
    before = Inbox(database)
    before.put([received(number) for number in (3, 1, 2)])
    before.finish([2])
    assert ids(Inbox(database), first=True) == [1, 3]


def test_a_reply_goes_on_from_where_it_was(database: Database) -> None:
    before, reply = Inbox(database), {"parts": ["أ", "ب"]}
    before.put([received(1), received(2), received(3)])
    before.sending(1, 0, reply)
    before.sending(1, 1, None)
    before.sending(2, 0, reply)
    before.refused(2)
    first, second, third = Inbox(database).claim(first=True)
    assert (first.reply, first.arrived, first.on_its_way) == (reply, 1, True)
    assert (second.reply, second.arrived, second.on_its_way) == (reply, 0, False)
    assert (third.reply, third.on_its_way) == (None, False)


def test_what_is_done_begins_no_more(one: Inbox) -> None:
    one.put([received(1)])
    one.finish([1])
    one.sending(1, 0, {"parts": []})
    one.refused(1)
    assert ids(one, first=True) == []


def test_nobody_takes_what_somebody_is_at(one: Inbox, other: Inbox) -> None:
    one.put([received(1)])
    assert ids(other, first=True) == []
    assert ids(one) == []


def test_what_comes_to_a_place_goes_to_who_is_at_it_there(one: Inbox, other: Inbox) -> None:
    assert one.put([received(1, chat=7)]) == {1}
    assert other.put([received(2, chat=7), received(3, chat=8)]) == {3}
    assert ids(other) == []
    assert ids(one) == [2]
    assert ids(one) == []
    one.finish([1, 2])
    assert other.put([received(4, chat=7)]) == {4}


def test_what_comes_behind_something_that_is_not_claimed_yet_comes_after_it(
    one: Inbox, other: Inbox
) -> None:
    assert one.put([received(1)]) == {1}
    assert other.put([received(2)]) == set()  # left to the first
    assert one.put([received(3), received(4, chat=8)]) == {4}
    assert ids(one) == [2, 3]
    assert one.put([received(5)]) == {5}


def test_what_shows_how_far_an_answer_has_come_is_known_after_a_kill(database: Database) -> None:
    before = Inbox(database)
    before.put([received(1), received(2)])
    before.shows(1, 44)
    assert [one.shown for one in Inbox(database).claim(first=True)] == [44, None]


def test_what_a_dead_process_held_is_taken_over_once(
    database: Database, one: Inbox, other: Inbox
) -> None:
    one.put([received(1), received(2)])
    one.finish([1])
    age(database, LEASE + 1)
    assert ids(other) == [2]
    assert ids(one) == []


def test_who_says_that_it_lives_keeps_what_it_holds(
    database: Database, one: Inbox, other: Inbox
) -> None:
    one.put([received(1)])
    age(database, LEASE - 1)
    one.renew()
    age(database, LEASE - 1)
    assert ids(other) == []


def test_who_ends_leaves_the_rest_at_once(one: Inbox, other: Inbox) -> None:
    one.put([received(1)])
    one.release()
    assert ids(other) == [1]


def test_what_was_done_long_ago_is_forgotten(database: Database, one: Inbox) -> None:
    one.put([received(1), received(2)])
    one.finish([1])
    with database.transaction() as cursor:
        cursor.execute("UPDATE inbox SET received = ?", (time.time() - 3 * 86_400,))
    one.expire()
    assert one.put([received(1), received(2)]) == {1}
