"""The clock goes ahead and comes back: nobody is locked out, and nothing is kept or lost for it."""

import os
import re
from pathlib import Path

import pytest

from bot.store import DAY, HOUR, Database, Place, Store, Wait
from bot.store.answers import Answers, KeptAnswer
from rag.knowledge_base import Turn
from tests.bot.doubles import ANSWER
from tests.library import Library

NOW = 1_800_000_000.0
HERE = Place(7, 0)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database.open(tmp_path / "conversations.sqlite3")


@pytest.mark.parametrize("ahead", [HOUR / 2, DAY, 1000 * DAY])
def test_who_asked_while_the_clock_was_ahead_waits_no_longer_than_an_hour(
    database: Database, ahead: float
) -> None:
    store = Store(database)
    for number in range(2):
        assert store.take_question(7, 2, NOW + ahead + number) == Wait()
    assert 0 < store.take_question(7, 2, NOW).seconds <= HOUR
    assert store.take_question(7, 2, NOW + HOUR + 1) == Wait()
    store.close()


def test_what_was_said_while_the_clock_was_ahead_is_kept_no_longer_than_all_else(
    database: Database,
) -> None:
    store, answers = Store(database), Answers(database)
    ahead = NOW + 1000 * DAY
    store.remember(store.thread(HERE, 6), 7, Turn("سؤال", "جواب", ()), ahead)
    answers.keep(KeptAnswer("a1", HERE, 7, ahead, (), ANSWER.as_json()))
    for now, kept in ((NOW, 1), (NOW + 29 * DAY, 1), (NOW + 31 * DAY, 0)):
        store.expire(30, now)
        answers.expire(30, now)
        assert len(store.thread(HERE, 6).turns) == kept
        assert bool(answers.find("a1")) == bool(kept)
    store.close()


def test_a_file_of_a_day_that_is_still_to_come_is_indexed_and_its_changes_seen(
    library: Library,
) -> None:
    path = library.documents / "a.txt"
    library.fill(b="غادر السفير المدينة.")
    for year, text in ((2100, "وصل الوزير إلى الموصل."), (1990, "وصل الوزير إلى بغداد.")):
        path.write_text(text, encoding="utf-8")
        moment = int((year - 1970) * 365 * DAY * 1e9)
        os.utime(path, ns=(moment, moment))
        library.sync()
        assert library.search("إلى أين وصل الوزير؟")[0].text == text
    assert library.sync().changed == ()


def test_nothing_in_telegram_waits_by_a_clock_that_can_jump() -> None:
    folder = Path(__file__).parents[2] / "bot" / "telegram"
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    by_the_clock = re.compile(r"\btime\.time\b|\btime_ns\b|datetime\.now|\bdate\.today\b")
    assert {name for name, source in sources.items() if by_the_clock.search(source)} == set()
    assert any("time.monotonic()" in source for source in sources.values())
