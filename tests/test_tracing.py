"""One id for all that is done about a question."""

import asyncio
import logging

import pytest

from rag.knowledge_base import KnowledgeBase
from rag.tracing import asking, begin_question, question_id


async def test_the_id_goes_along_into_threads_and_tasks() -> None:
    with asking() as asked:
        with asking() as again:
            assert again == asked
        assert await asyncio.to_thread(question_id) == asked
        assert await asyncio.create_task(_id_of_a_task()) == asked
    assert question_id() == ""


async def _id_of_a_task() -> str:
    return question_id()


async def test_questions_side_by_side_have_ids_of_their_own() -> None:
    async def ask() -> str:
        begun = begin_question()
        await asyncio.sleep(0)
        assert question_id() == begun
        return begun

    assert len(set(await asyncio.gather(ask(), ask(), ask()))) == 3


async def test_every_stage_of_an_answer_is_logged_with_its_id_and_without_its_words(
    seeds_knowledge: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="rag")
    ids = set[str]()

    def note(_: logging.LogRecord) -> bool:
        ids.add(question_id())
        return True

    caplog.handler.addFilter(note)
    try:
        answer = await seeds_knowledge.ask("من هي كارولين روز؟")
    finally:
        caplog.handler.removeFilter(note)
    stages = [str(getattr(one, "fields", {}).get("stage")) for one in caplog.records]
    assert stages == ["asked", "searched", "answered"]
    assert ids == {answer.id}
    assert "كارولين" not in caplog.text
