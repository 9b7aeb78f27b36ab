"""The documents folder followed by a knowledge base, as `WATCH_DOCUMENTS=true` does it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import pytest

from rag.errors import ModelUnavailable
from rag.index.embedding import LocalEmbedder, Vector
from rag.knowledge_base import KnowledgeBase, SyncReport
from tests.library import Library, settings_of
from tests.waiting import until

LIBRARY = "افتتح السفير مكتبة الحدباء."
WHO = "من افتتح مكتبة الحدباء؟"


class Followed:
    """A library that a knowledge base follows."""

    def __init__(self, library: Library, knowledge: KnowledgeBase) -> None:
        self.library, self.knowledge = library, knowledge
        self.reports: list[SyncReport] = []

    def answers_from(self) -> set[str]:
        """The files that are found for the question."""
        return {one.file for one in self.knowledge.search(WHO)}

    def files(self) -> set[str]:
        """The files that are in the index."""
        return {one.path for one in self.knowledge.sources().files}


@pytest.fixture
async def followed(library: Library) -> AsyncIterator[Followed]:
    library.fill(a="وصل الوزير إلى المدينة.")
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)
    with KnowledgeBase.open(settings) as knowledge:
        one = Followed(library, knowledge)
        following = asyncio.create_task(knowledge.follow(one.reports.append))
        yield one
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def test_what_changed_before_the_watch_began_is_not_missed(followed: Followed) -> None:
    followed.library.write("b.txt", LIBRARY)
    await until(lambda: "b.txt" in followed.answers_from())


async def test_an_editor_that_writes_by_renaming_is_followed(followed: Followed) -> None:
    await until(lambda: bool(followed.answers_from()))
    draft = followed.library.documents / ".a.txt.swp"
    draft.write_text(LIBRARY, encoding="utf-8")
    draft.rename(followed.library.documents / "a.txt")
    await until(lambda: bool(followed.reports))
    assert followed.reports[-1].changed == ("a.txt",)
    assert followed.knowledge.search(WHO)[0].text == LIBRARY


async def test_many_changes_at_once_are_followed(followed: Followed) -> None:
    for number in range(200):
        followed.library.write(f"many/{number}.txt", f"تقرير رقم {number}.")
    (followed.library.documents / "a.txt").unlink()
    followed.library.write("b.txt", LIBRARY)
    await until(lambda: len(followed.knowledge.sources().files) == 201)
    assert "b.txt" in followed.answers_from()


async def test_a_folder_that_is_deleted_and_comes_back_is_followed(
    followed: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    await until(lambda: bool(followed.answers_from()))
    documents = followed.library.documents
    shutil.rmtree(documents)
    await until(lambda: "the documents changed, but" in caplog.text)
    assert followed.files() == {"a.txt"}
    followed.library.write("b.txt", LIBRARY)
    await until(lambda: followed.files() == {"b.txt"})
    followed.library.write("c.txt", f"{LIBRARY} وعاد.")
    await until(lambda: followed.files() == {"b.txt", "c.txt"})


class FailingTwice:
    """An embedder whose server is down at first."""

    name, is_paid = "failing", True

    def __init__(self) -> None:
        self.left = 2

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.left -= 1
        if self.left >= 0:
            raise ModelUnavailable("The embedding model failed.")
        return LocalEmbedder().embed(texts)

    def embed_question(self, question: str) -> Vector:
        return LocalEmbedder().embed_question(question)


async def test_what_failed_is_tried_again_without_another_change(library: Library) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة.")
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)
    with KnowledgeBase(settings, FailingTwice()) as knowledge:
        one = Followed(library, knowledge)
        following = asyncio.create_task(knowledge.follow(one.reports.append))
        await until(lambda: bool(one.reports))
        assert one.reports[0].added == ("a.txt",)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
