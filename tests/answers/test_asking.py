"""A whole question to a knowledge base with a model: the judge, and what is prepared for it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from rag.answers.model import Model
from rag.answers.responder import Responder
from rag.cli.asking import sources
from rag.knowledge_base import KnowledgeBase
from tests.bot.doubles import answered, cited
from tests.library import settings_of
from tests.servers.openai_api import ChatRequest, OpenAIServer, text_of

QUESTION = "كم دامت زيارة حداد إلى عمّان؟"
REPORT = "زيارة حداد إلى عمّان\n\nاستمرت زيارة كريم حداد إلى عمّان ثلاثة أيام.\n"


def wrote(request: ChatRequest) -> str:
    """The model as a writer and as a judge, as it is asked."""
    if "verdicts" in text_of(request.messages[0]):
        return '{"verdicts": {"1": "supports"}}'
    return "استمرت زيارة حداد إلى عمّان ثلاثة أيام [1.1]."


@pytest.mark.parametrize("verify", [True, False])
async def test_claims_are_judged_where_the_settings_say_so(tmp_path: Path, *, verify: bool) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "visit.txt").write_text(REPORT, encoding="utf-8")
    with OpenAIServer() as server:
        server.default = wrote
        settings: dict[str, Any] = {"openai_base_url": server.url, "openai_model": "m"}
        settings |= {"openai_api_key": server.key, "openai_embedding_model": ""}
        settings |= {"documents_dir": documents, "data_dir": tmp_path / "data"}
        made = settings_of(**settings, verify_with_model=verify)
        with KnowledgeBase.open(made) as knowledge:
            await knowledge.sync()
            answer = await knowledge.ask(QUESTION)
        assert answer.judged is verify
        assert answer.text == "استمرت زيارة حداد إلى عمّان ثلاثة أيام. [1]"
        assert len(server.requests) == 1 + verify
        assert answer.usage.completion_tokens > 0


class Preparing(Model):
    """A model that notes that it was asked to prepare."""

    def __init__(self) -> None:
        super().__init__(None, "preparing")
        self.prepared = 0

    async def prepare(self) -> None:
        self.prepared += 1
        raise ValueError("nothing to open")


async def test_the_model_is_prepared_while_the_documents_are_searched() -> None:
    model = Preparing()
    Responder(model).prepare(QUESTION)
    await asyncio.sleep(0)
    assert model.prepared == 1


async def test_nothing_is_prepared_for_talk_or_without_a_model() -> None:
    model = Preparing()
    Responder(model).prepare("شكرا جزيلا")
    Responder(model).prepare("What documents do you have?")
    Responder().prepare(QUESTION)
    await asyncio.sleep(0)
    assert model.prepared == 0


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            ["Understood as: متى؟", "Translation by the model: He came.", "undated", "a; b"],
        ),
        ("ar", ["فهمتُ السؤال هكذا: متى؟", "ترجمة من النموذج: He came.", "بلا تاريخ", "a؛ b"]),
        ("fa", ["پرسش را چنین فهمیدم: متى؟", "ترجمهٔ مدل: He came.", "بی‌تاریخ", "a؛ b"]),
    ],
)
def test_below_an_answer_stands_what_was_understood_and_what_is_a_translation(
    language: str, lines: list[str]
) -> None:
    answer = answered(
        language=language,
        understood="متى؟",
        missing=("a", "b"),
        citations=(cited(translation="He came."), cited(n=2, file="b.pdf", date="--09-11", page=7)),
    )
    shown = sources(answer).translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert {"en": "page 7", "ar": "الصفحة 7", "fa": "صفحهٔ 7"}[language] in shown
    for line in lines:
        assert shown.count(line) == 1
    assert "— 09-11\n" in shown
    assert lines[0] not in sources(answered(language=language))
