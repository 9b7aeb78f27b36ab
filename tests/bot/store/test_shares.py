"""One budget for several processes: never more than there is, and where it is wanted."""

import random

import pytest

from bot.store import Database
from bot.store.shares import LEFT, Share, Shares, due
from tests.bot.store.conftest import Opener

BUDGET = 28


class Process:
    """A process that renews its share again and again."""

    def __init__(self, database: Database) -> None:
        self.database, self.shares = database, Shares(database, BUDGET)
        self.allowed = 0

    def beat(self, wanted: int, used: int = 0) -> int:
        """Renews its share; what it may do from now on."""
        self.allowed = self.shares.renew(wanted, max(self.allowed, used))
        return self.allowed


def taken(database: Database) -> int:
    with database.reading() as cursor:
        (amount,) = cursor.execute("SELECT COALESCE(SUM(amount), 0) FROM shares").fetchone()
    return int(amount)


def test_one_alone_has_nearly_all_and_another_one_something_at_once(opener: Opener) -> None:
    first, second = Process(opener()), Process(opener())
    assert first.beat(50) == BUDGET - LEFT
    assert second.beat(50) == LEFT
    for _ in range(3):
        first.beat(50)
        second.beat(50)
    assert first.allowed == second.allowed == (BUDGET - LEFT) // 2


def test_who_wants_more_has_more_and_nobody_nothing(opener: Opener) -> None:
    busy, idle = Process(opener()), Process(opener())
    for _ in range(4):
        busy.beat(40)
        idle.beat(0)
    assert busy.allowed > 20
    assert idle.allowed >= 3
    for _ in range(4):
        busy.beat(0)
        idle.beat(40)
    assert busy.allowed >= 3
    assert idle.allowed > 20


def test_at_no_time_is_more_taken_than_there_is(opener: Opener) -> None:
    database, chance = opener(), random.Random(7)
    processes = [Process(database) for _ in range(5)]
    for _ in range(60):
        one = chance.choice(processes)
        used = one.allowed  # until now: it counts for a moment longer
        one.beat(chance.choice([0, 0, 3, 30, 300]))
        assert taken(database) <= BUDGET
        assert used <= taken(database)
        assert sum(each.allowed for each in processes) <= BUDGET
    assert all(one.allowed for one in processes)


def test_what_is_still_in_use_is_not_given_away(opener: Opener) -> None:
    first, second = Process(opener()), Process(opener())
    first.beat(50)
    second.beat(50)
    assert first.beat(50, used=BUDGET - LEFT) == (BUDGET - LEFT) // 2
    assert second.beat(50) == LEFT
    first.beat(50)
    assert second.beat(50) > LEFT


def test_who_has_died_or_ended_leaves_its_share_to_others(opener: Opener) -> None:
    first, second = Process(opener()), Process(opener())
    first.beat(50)
    second.beat(50)
    with first.database.transaction() as cursor:
        cursor.execute("UPDATE shares SET until = 0 WHERE amount > ?", (LEFT,))
    assert second.beat(50) == BUDGET - LEFT
    second.shares.release(after=60)
    assert first.beat(50) == LEFT
    second.shares.release(after=-1)
    assert first.beat(50) == BUDGET - LEFT


@pytest.mark.parametrize("count", range(1, 12))
def test_what_is_due_to_all_is_there_and_more_than_nothing(count: int) -> None:
    for wants in ([0] * count, [10] * count, [1000, *[0] * (count - 1)]):
        shares = [Share(str(number), 0, wanted) for number, wanted in enumerate(wants)]
        amounts = [due(one.wanted, [o for o in shares if o != one], BUDGET) for one in shares]
        assert sum(amounts) <= BUDGET - LEFT
        assert min(amounts) >= 1
