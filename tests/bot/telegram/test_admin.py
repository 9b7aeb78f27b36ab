"""What admins do in Telegram, from message to message, against the test bench."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store.journal import Action
from rag.knowledge_base import KnowledgeBase, Progress
from tests.bot.doubles import ScriptedKnowledge
from tests.bot.telegram.admin_bot import ADMIN, AdminBot, running
from tests.library import settings_of
from tests.servers.bot_api import BotApiServer, Chat, Message

PATIENCE = 60
NEWS = "افتتاح مكتبة الحدباء\n\nافتتح الوزير مكتبة الحدباء في الموصل يوم الخميس.\n".encode()
STRANGER = 99


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def scripted() -> ScriptedKnowledge:
    return ScriptedKnowledge()


@pytest.fixture
def office(server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge) -> Iterator[AdminBot]:
    """A bot whose documents are scripted."""
    (tmp_path / "documents").mkdir()
    with running(AdminBot(tmp_path, scripted), server) as bot:
        yield bot


@pytest.fixture
def library(server: BotApiServer, tmp_path: Path) -> Iterator[AdminBot]:
    """A bot with an index of its own."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "old.txt").write_text("وصل الوفد إلى بغداد صباح السبت.\n", "utf-8")
    settings = settings_of(documents_dir=documents, data_dir=tmp_path / "data")
    with KnowledgeBase.open(settings) as knowledge:
        asyncio.run(knowledge.sync())
        with running(AdminBot(tmp_path, knowledge), server) as bot:
            yield bot


def tell(chat: Chat, text: str, words: str) -> Message:
    """The bot's next message with these words after a person has said something."""
    assert chat.owner
    chat.say(chat.owner, text)
    return chat.wait_for(lambda message: words in message.text, timeout=PATIENCE)


def press(chat: Chat, message: Message, button: str, words: str) -> Message:
    """The message with these words that a press has led to."""
    assert chat.owner
    chat.owner.presses(message, button)
    return chat.wait_for(lambda message: words in message.text, timeout=PATIENCE)


def admin_chat(server: BotApiServer, language: str = "en") -> Chat:
    return server.user(ADMIN, language).chat()


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


# Reading the documents again


def test_reading_again_shows_its_progress_in_one_message_and_ends_with_the_report(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.progresses = [Progress("read", 1, 2), Progress("write", 2, 2)]
    chat = admin_chat(server)
    report = tell(chat, "/reindex", "revision \u20684\u2069")
    assert "Added (\u20681\u2069):\n\u200e• \u2068new.txt\u2069" in report.text
    assert len([message for message in chat.messages if message.by_bot]) == 1
    assert "Reading the documents" in report.history[0]["text"]
    assert report.buttons == []
    assert office.actions == [Action.REINDEX]


def test_whoever_reads_again_can_cancel_it(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    class Endless(ScriptedKnowledge):
        """Reads until it is told to stop."""

    def reads(number: int) -> Progress:
        return Progress("read", number + 1, 1_000)

    scripted.progresses = Endlessly(reads)
    chat = admin_chat(server)
    shown = tell(chat, "/reindex", "Reading")
    stopped = press(chat, shown, "Cancel", "Stopped.")
    assert stopped.id == shown.id
    assert stopped.buttons == []
    assert office.actions == [Action.CANCEL]


class Endlessly:
    """Steps of an indexer that never ends by itself."""

    def __init__(self, step: Callable[[int], Progress]) -> None:
        self._step = step

    def __iter__(self) -> Iterator[Progress]:
        number = 0
        while True:
            yield self._step(number)
            number += 1
