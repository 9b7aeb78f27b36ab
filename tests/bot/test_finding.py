"""Instant search: what it finds, and what it does not cost."""

from pathlib import Path

from bot.finding import Finder
from rag.knowledge_base import KnowledgeBase
from tests.library import settings_of
from tests.servers.openai_api import OpenAIServer

NEWS = "زيارة باقري\n\nوصل باقري إلى موسكو في 17 أكتوبر 2021 بدعوة من الوزير.\n"


async def test_no_keystroke_asks_the_embedding_model(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text(NEWS, encoding="utf-8")
    with OpenAIServer() as server:
        settings = settings_of(
            documents_dir=documents,
            data_dir=tmp_path / "data",
            openai_api_key=server.key,
            openai_base_url=server.url,
            openai_model="writes",
            openai_embedding_model="embeds",
        )
        with KnowledgeBase.open(settings) as knowledge:
            await knowledge.sync()
            finder, before = Finder(knowledge), len(server.requests)
            assert before
            for typed in ("با", "باق", "باقر", "باقري"):
                found = finder.find(typed)
            assert [one.file for one in found] == ["a.txt", "a.txt"]
            assert "وصل باقري" in found[-1].text
            assert len(server.requests) == before
            knowledge.search("باقري")
            assert len(server.requests) == before + 1
