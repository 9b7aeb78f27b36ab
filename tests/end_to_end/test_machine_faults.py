"""The bot on a machine that has no room, no files or no lock to give, and then has them again."""

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.rendering import WORDS
from tests.end_to_end.telegram_bot import ADMIN, FILE, SEEDS, WHO, Serving
from tests.waiting import PATIENCE, wait_until

MANY = 4096


@contextmanager
def limited(bot: Serving, kind: int, most: int) -> Iterator[None]:
    """The process of the bot with so much of something and no more."""
    process = bot.bot.process.pid
    _, hardest = resource.prlimit(process, kind)
    before = resource.prlimit(process, kind, (most, hardest))
    try:
        yield
    finally:
        resource.prlimit(process, kind, before)


def place_of(serving: Serving) -> Path:
    """The working directory of the bot."""
    return Path(f"/proc/{serving.bot.process.pid}/cwd").resolve()


def test_without_another_file_to_open_nothing_is_lost_and_all_works_again_with_them(
    serving: Serving,
) -> None:
    server, bot = serving
    bot.may_fail = True
    sara, admin = server.user(21), server.user(ADMIN)
    failed, _, _ = WORDS("failed", "ar", reference="|").partition("|")
    sara.chat().say(sara, WHO)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    shutil.copy(SEEDS / FILE, place_of(serving) / "seeds" / "copy.txt")
    with limited(serving, resource.RLIMIT_NOFILE, 10):  # all of these numbers are taken
        sara.chat().say(sara, WHO)
        admin.chat().say(admin, "/reindex")
        wait_until(lambda: "Too many open files" in bot.output)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    wait_until(lambda: any(failed in one.text for one in admin.chat().messages))
    admin.chat().say(admin, "/reindex")
    wait_until(lambda: any("copy.txt" in one.text for one in admin.chat().messages))


def test_on_a_full_disk_a_question_waits_and_is_answered_once_there_is_room(
    serving: Serving,
) -> None:
    server, _ = serving
    sara = server.user(22)

    def polls() -> int:
        return sum(one.method == "getUpdates" for one in server.requests)

    with limited(serving, resource.RLIMIT_FSIZE, 0):
        sara.chat().say(sara, WHO)
        before = polls()
        wait_until(lambda: polls() >= before + 3)
        assert server.updates  # Telegram keeps what was not taken
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    assert len([one for one in sara.chat().messages if one.by_bot]) == 1


def test_a_question_waits_for_a_database_that_another_program_keeps_locked(
    serving: Serving,
) -> None:
    server, bot = serving
    sara = server.user(23)
    other = sqlite3.connect(place_of(serving) / ".isnad" / "conversations.sqlite3")
    other.execute("BEGIN IMMEDIATE")
    try:
        sara.chat().say(sara, WHO)
        bot.wait_for("database is locked")
    finally:
        other.close()
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    assert len([one for one in sara.chat().messages if one.by_bot]) == 1
