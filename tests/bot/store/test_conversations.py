"""Conversations and quotas."""

import threading

import pytest

from bot.store import DAY, HOUR, Database, Place, Spent, Store, Wait
from rag.knowledge_base import Turn
from tests.bot.store.conftest import Opener

HERE, THERE = Place(-100, 7), Place(-100, 8)
NOW = 1_800_000_000.0


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


def say(store: Store, place: Place, question: str, at: float = NOW) -> None:
    store.remember(store.thread(place, 6), 5, Turn(question, "جواب", ("a.txt", "b.txt")), at)


def questions(store: Store, place: Place, length: int = 6) -> list[str]:
    return [turn.question for turn in store.thread(place, length).turns]


def test_the_last_exchanges_of_a_place_come_back_oldest_first(store: Store) -> None:
    for number in range(8):
        say(store, HERE, f"سؤال {number}")
    say(store, THERE, "غيره")
    assert questions(store, HERE, 3) == ["سؤال 5", "سؤال 6", "سؤال 7"]
    assert store.thread(THERE, 6).turns == (Turn("غيره", "جواب", ("a.txt", "b.txt")),)


def test_a_restart_forgets_nothing(opener: Opener) -> None:
    first = Store(opener())
    say(first, HERE, "سؤال")
    first.close()
    assert questions(Store(opener()), HERE) == ["سؤال"]


def test_forgetting_concerns_one_place(store: Store) -> None:
    say(store, HERE, "هنا")
    say(store, THERE, "هناك")
    store.forget(HERE)
    assert questions(store, HERE) == []
    assert questions(store, THERE) == ["هناك"]


def test_an_answer_that_comes_after_the_forgetting_is_not_kept(store: Store) -> None:
    thread = store.thread(HERE, 6)
    store.forget(HERE)
    store.remember(thread, 5, Turn("قديم", "جواب", ()), NOW)
    assert questions(store, HERE) == []
    say(store, HERE, "جديد")
    assert questions(store, HERE) == ["جديد"]


def test_old_exchanges_expire(store: Store) -> None:
    say(store, HERE, "قديم", NOW - 31 * DAY)
    say(store, HERE, "جديد", NOW - 29 * DAY)
    assert store.expire(30, NOW) == 1
    assert questions(store, HERE) == ["جديد"]


def test_an_hour_has_so_many_questions(store: Store) -> None:
    assert [store.take_question(5, 3, NOW + n) for n in (0, 60, 120)] == [Wait()] * 3
    assert store.take_question(5, 3, NOW + 180) == Wait(HOUR - 180)
    assert store.take_question(6, 3, NOW + 180) == Wait()  # another asker
    assert store.take_question(5, 3, NOW + HOUR) == Wait()  # the first has grown old
    assert store.take_question(5, 3, NOW + HOUR + 1).seconds > 0


def test_an_hour_has_so_many_questions_of_all(store: Store) -> None:
    assert [store.take_question(n, 9, NOW + n, in_all=3) for n in (1, 2, 3)] == [Wait()] * 3
    wait = store.take_question(4, 9, NOW + 4, in_all=3)
    assert wait == Wait(HOUR - 3, for_all=True)
    assert store.take_question(4, 0, NOW + HOUR + 2, in_all=3) == Wait()  # the first are old
    own = store.take_question(4, 1, NOW + HOUR + 2, in_all=2)
    assert not own.for_all  # what one has asked comes before what all have


def test_a_question_that_is_dealt_with_again_is_not_counted_again(store: Store) -> None:
    assert store.take_question(5, 1, NOW, update=80) == Wait()
    assert store.take_question(5, 1, NOW + 9, update=80) == Wait()
    assert store.take_question(5, 1, NOW + 9, update=81).seconds > 0
    assert store.take_question(5, 1, NOW + 9, update=81).seconds > 0  # it was not counted
    assert store.take_question(5, 2, NOW + 9, in_all=2) == Wait()  # one was counted so far


def test_tokens_are_counted_by_the_day_for_all_and_for_each(store: Store) -> None:
    day = NOW // DAY * DAY
    store.spend_tokens(100, day + 1, 5)
    store.spend_tokens(50, day + DAY - 1, 6)
    assert store.tokens_spent(day + 5, 5) == Spent(in_all=150, own=100)
    assert store.tokens_spent(day + 5, 7) == Spent(in_all=150, own=0)
    assert store.tokens_spent(day + DAY, 5) == Spent(in_all=0, own=0)
    store.expire(30, day + 3 * DAY)
    assert store.tokens_spent(day, 5) == Spent(in_all=0, own=0)


@pytest.mark.parametrize(
    "text", ["'); DROP TABLE turns; --", '" OR 1=1', "%s ? :name $1", "\\'; SELECT 1", "نص\u202e"]
)
def test_what_is_said_is_never_a_statement(store: Store, text: str) -> None:
    say(store, HERE, text)
    say(store, HERE, "بعده")
    assert questions(store, HERE) == [text, "بعده"]


def test_threads_share_the_store(store: Store) -> None:
    workers = [threading.Thread(target=say, args=(store, HERE, f"{n}")) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(questions(store, HERE, 20)) == [str(n) for n in range(8)]


def test_processes_share_the_store(opener: Opener) -> None:
    first, second = Store(opener()), Store(opener())
    say(first, HERE, "سؤال")
    assert questions(second, HERE) == ["سؤال"]
    assert [one.take_question(5, 2, NOW) for one in (first, second)] == [Wait()] * 2
    assert first.take_question(5, 2, NOW).seconds > 0
