"""What the conversation tells admins without Telegram, and how the books are kept."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.access import TERMINAL, Access
from bot.admin.books import Books
from bot.admin.counting import Counting
from bot.admin.office import Office
from bot.admin.recorder import Recorder
from bot.conversation import Conversation
from bot.evidence import CitedFiles
from bot.message import Message
from bot.rendering import WORDS, Renderer
from bot.store import DAY, Database, DatabaseUnavailable, Store
from bot.store.figures import FigureStore
from bot.store.journal import Action, Journal
from bot.styled import Styled
from rag.knowledge_base import Sources, SourceSummary, Warned
from tests.bot.doubles import REPORT, ScriptedKnowledge, answered
from tests.library import settings_of


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "conversations.sqlite3")
    yield database
    database.close()


@pytest.fixture
def knowledge() -> ScriptedKnowledge:
    files = [SourceSummary(f"{n:03}.txt", f"عنوان {n}", None, "ar", 2, 10) for n in range(25)]
    return ScriptedKnowledge(listing=Sources(3, tuple(files), ()))


@pytest.fixture
def terminal(tmp_path: Path, database: Database, knowledge: ScriptedKnowledge) -> Conversation:
    """A conversation in the terminal, with an office behind it."""
    settings: Any = settings_of(documents_dir=tmp_path, data_dir=tmp_path)
    access, store, counting = Access.for_terminal(settings), Store(database), Counting()
    office = Office.open(settings, knowledge, store, access, counting)
    return Conversation(
        knowledge,
        store,
        access,
        office,
        CitedFiles(tmp_path, lambda *_: []),
        WORDS,
        counting.count,
    )


async def told(conversation: Conversation, text: str) -> tuple[str, dict[str, Any]]:
    """What is shown to a person, and what to a program."""
    reply = await conversation.reply(Message(TERMINAL, 1, TERMINAL, text, language="en"))
    shown = Renderer(quotes=False).reply(reply)
    assert isinstance(shown, Styled)
    return shown.text, reply.as_json()


async def test_the_figures_are_told_in_the_terminal(terminal: Conversation) -> None:
    await told(terminal, "Who is Caroline Rose?")
    text, content = await told(terminal, "/status")
    assert "Documents: \u206825\u2069, passages: \u206850\u2069" in text
    assert "Questions: \u20681\u2069 today" in text
    assert (content["revision"], content["today"]["questions"]) == (3, 1)
    assert len(content["bars"]) == 14


async def test_documents_are_searched_and_paged_in_the_terminal(terminal: Conversation) -> None:
    text, content = await told(terminal, "/sources عنوان 1")
    assert "\u206812\u2069 documents have “\u2068عنوان 1\u2069”" in text
    assert "/sources عنوان 1 #2" in text
    assert (content["pages"], content["found"], len(content["files"])) == (2, 12, 10)
    text, content = await told(terminal, "/sources عنوان 1 #2")
    assert content["number"] == 2
    assert "#3" not in text
    _, content = await told(terminal, "/sources")
    assert len(content["files"]) == 25


async def test_a_report_says_which_files_somebody_should_look_at() -> None:
    report = replace(REPORT, warnings=(Warned("odd.txt", "hidden text"),))
    shown = Renderer(quotes=False).report(report, "en").text
    assert (
        "look at these (\u20681\u2069):\n\u200e• \u2068odd.txt\u2069: \u2068hidden text\u2069"
        in shown
    )


async def test_what_was_counted_is_written_once_and_never_lost(database: Database) -> None:
    now = [5 * DAY]
    counting = Counting(lambda: now[0])
    figures = FigureStore(database)
    books = Books(counting, figures)
    counting.count(answered())
    with counting.errors():
        logging.getLogger("bot.test").error("out of order")
        logging.getLogger("bot.test").warning("odd")
    logging.getLogger("bot.test").error("not counted any more")
    assert figures.since(0) == {}
    taken = counting.take()
    counting.put_back(taken)
    now[0] += DAY
    counting.count(answered())
    days = await books.days(2)
    assert {day: (counts["questions"], counts["errors"]) for day, counts in days.items()} == {
        5: (1, 1),
        6: (1, 0),
    }
    await books.write()
    assert figures.since(0) == days


async def test_what_cannot_be_written_down_is_counted_again(database: Database) -> None:
    counting = Counting()
    books = Books(counting, FigureStore(database))
    counting.count(answered())
    database.close()
    with pytest.raises(DatabaseUnavailable):
        await books.write()
    assert counting.take()[counting.today]["questions"] == 1


async def test_what_admins_do_is_in_the_journal_and_in_the_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(Journal(database))
    with caplog.at_level(logging.INFO):
        await recorder.record(1, Action.ADD, file="خبر\n2026 ERROR forged.txt", bytes=3)
    assert "Admin 1: add" in caplog.text
    assert len(caplog.text.strip().splitlines()) == 1
    (entry,) = recorder.journal.latest(5)
    assert entry.details == {"file": "خبر\n2026 ERROR forged.txt", "bytes": 3}


async def test_a_journal_that_cannot_be_written_stops_nobody(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder(Journal(database))
    database.close()
    await recorder.record(1, Action.REINDEX)
    assert "journal" in caplog.text


async def test_what_is_done_in_the_terminal_is_in_the_journal_too(terminal: Conversation) -> None:
    await told(terminal, "/reindex")
    text, content = await told(terminal, "/status")
    assert "the terminal: the documents were read again" in text
    assert content["journal"][0]["admin"] == TERMINAL
