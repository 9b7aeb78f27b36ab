"""What admins do to the documents, over a real index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.access import TERMINAL, Access
from bot.admin.counting import Counting
from bot.admin.office import Office
from bot.conversation import Conversation
from bot.evidence import CitedFiles
from bot.message import Message
from bot.rendering import WORDS, Renderer
from bot.store import Store
from rag.knowledge_base import KnowledgeBase
from rag.settings import Settings
from tests.library import settings_of

FIRST = "وصل اللواء محمد باقري إلى موسكو في 17 أكتوبر.\n"
SECOND = "افتتح وزير الثقافة مكتبة الحدباء في الموصل يوم الخميس.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "visit.txt").write_text(FIRST, encoding="utf-8")
    return settings_of(documents_dir=folder, data_dir=tmp_path / "data")


@pytest.fixture
def knowledge(settings: Settings) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(settings) as knowledge:
        yield knowledge


@pytest.fixture
def office(settings: Settings, knowledge: KnowledgeBase, store: Store) -> Office:
    return Office.open(settings, knowledge, store, Access.for_terminal(settings), Counting())


async def files_of(knowledge: KnowledgeBase) -> list[str]:
    return [file.path for file in knowledge.sources().files]


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
async def test_what_was_taken_back_stays_out_until_an_admin_reads_the_documents_again(
    settings: Settings, knowledge: KnowledgeBase, office: Office, store: Store, language: str
) -> None:
    await knowledge.sync()
    (settings.documents_dir / "library.txt").write_text(SECOND, encoding="utf-8")
    await knowledge.sync()
    await knowledge.roll_back()
    await office.upkeep.sync()
    assert await files_of(knowledge) == ["visit.txt"]

    access = Access.for_terminal(settings)
    cited = CitedFiles(settings.documents_dir, knowledge.search)
    conversation = Conversation(knowledge, store, access, office, cited, WORDS)
    said = Message(TERMINAL, 0, TERMINAL, "/sources", language=language)
    told = Renderer(quotes=False).reply(await conversation.reply(said)).text
    assert "rollback" not in told
    assert "/reindex" in told
    said = Message(TERMINAL, 0, TERMINAL, "/reindex", language=language)
    assert "library.txt" in Renderer(quotes=False).reply(await conversation.reply(said)).text
    assert await files_of(knowledge) == ["library.txt", "visit.txt"]
