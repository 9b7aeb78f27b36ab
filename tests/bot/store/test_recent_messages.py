"""Two processes that send to the same chat keep its limits together."""

import pytest

from bot.store import Database
from bot.store.recent_messages import Limits, RecentMessages
from tests.bot.store.conftest import Opener

LIMITS = Limits(messages=20, seconds=60, edits_apart=6, kept=5)
PRIVATE = Limits(messages=3, seconds=4, edits_apart=0, kept=1)
GROUP, OTHER, SARA, ALI = -1001, -1002, 7, 8


def messages(database: Database) -> RecentMessages:
    return RecentMessages(database, LIMITS, PRIVATE)


def pass_time(database: Database, seconds: float) -> None:
    with database.transaction() as cursor:
        cursor.execute("UPDATE group_messages SET at = at - ?", (seconds,))


def test_a_group_takes_so_many_from_both_and_others_are_not_held_up(opener: Opener) -> None:
    one, two = (messages(opener()) for _ in range(2))
    for _ in range(10):
        assert one.admit(GROUP, is_edit=False) == 0
        assert two.admit(GROUP, is_edit=False) == 0
    for process in (one, two):
        assert process.admit(GROUP, is_edit=False) == pytest.approx(60, abs=30)
        assert process.admit(OTHER, is_edit=False) == 0


def test_what_was_sent_a_minute_ago_makes_room(opener: Opener) -> None:
    database = opener()
    one = messages(database)
    for _ in range(20):
        one.admit(GROUP, is_edit=False)
    pass_time(database, 61)
    assert one.admit(GROUP, is_edit=False) == 0


def test_edits_of_both_are_far_apart_and_leave_room_for_answers(opener: Opener) -> None:
    database = opener()
    one, two = messages(database), messages(opener())
    assert one.admit(GROUP, is_edit=True) == 0
    assert 0 < two.admit(GROUP, is_edit=True) <= 6
    assert two.admit(GROUP, is_edit=False) == 0
    pass_time(database, 7)
    assert two.admit(GROUP, is_edit=True) == 0
    pass_time(database, 7)
    for _ in range(12):
        one.admit(GROUP, is_edit=False)
    assert one.admit(GROUP, is_edit=True) > 6
    assert one.admit(GROUP, is_edit=False) == 0


def test_a_private_chat_takes_a_few_and_then_one_after_the_other(opener: Opener) -> None:
    database = opener()
    one, two = messages(database), messages(opener())
    for process in (one, two):
        assert process.admit(SARA, is_edit=True) == 0
    assert 0 < two.admit(SARA, is_edit=True) <= 4  # the answer must not wait for an edit
    assert two.admit(SARA, is_edit=False) == 0
    assert 0 < one.admit(SARA, is_edit=False) <= 4
    assert one.admit(ALI, is_edit=False) == 0
    pass_time(database, 5)
    for process in (one, two, one):
        assert process.admit(SARA, is_edit=False) == 0


def test_nothing_is_counted_where_there_is_no_room() -> None:
    assert LIMITS.wait([], [], is_edit=False) == 0
    assert LIMITS.wait([30.0] * 20, [], is_edit=False) == 30
    assert LIMITS.wait([59.0] * 10 + [1.0] * 10, [], is_edit=False) == 1
    assert LIMITS.wait([59.0] * 5 + [1.0] * 10, [4.0], is_edit=True) == 2
    assert PRIVATE.wait([59.0] * 20 + [1.0] * 2, [], is_edit=False) == 0
