"""A whole question to a knowledge base with a model: the judge, and what is prepared for it."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from rag.answers.model import Model
from rag.answers.responder import Responder
from rag.cli.asking import sources
from rag.knowledge_base import KnowledgeBase, Turn
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


LONG = "استقبل الوزير كريم حداد في المطار وبحث معه التعاون بين البلدين في مجالات شتى. "


def all_steps(request: ChatRequest) -> str:
    """The model as it is asked: to understand, to write in English, to judge, to translate."""
    system = text_of(request.messages[0])
    if '{"question"' in system:
        return '{"question": "كم دامت زيارة حداد إلى عمّان؟"}'
    if '"translations"' in system:
        return '{"translations": {"1": "The visit of Karim Haddad to Amman lasted three days."}}'
    return wrote(request) if "verdicts" in system else "Haddad's visit lasted three days [1.1]."


def frames_in(request: ChatRequest) -> int:
    """Characters of what stands in frames in a request."""
    whole = "\n".join(map(text_of, request.messages))
    return sum(map(len, re.findall(r'<source id="\d.*?</source>', whole, re.DOTALL)))


async def test_every_step_keeps_to_the_budget_and_its_tokens_are_counted(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "visit.txt").write_text(REPORT + 40 * LONG, encoding="utf-8")
    history = [Turn(f"من استقبل حداد؟ {n}", 20 * LONG, ()) for n in range(6)]
    asked: list[ChatRequest] = []

    def answer_and_note(request: ChatRequest) -> str:
        asked.append(request)
        return all_steps(request)

    with OpenAIServer() as server:
        server.default = answer_and_note
        settings: dict[str, Any] = {"openai_base_url": server.url, "openai_api_key": server.key}
        settings |= {"documents_dir": documents, "data_dir": tmp_path / "data"}
        made = settings_of(**settings, openai_model="m", evidence_characters=2_000)
        with KnowledgeBase.open(made) as knowledge:
            await knowledge.sync()
            answer = await knowledge.ask("How long did it last?", history)
    assert answer.understood == "كم دامت زيارة حداد إلى عمّان؟"
    assert (answer.judged, answer.citations[0].translation is not None) == (True, True)
    assert len(asked) == 4
    assert all(0 < frames_in(request) <= 2_100 for request in asked)
    words = sum(len(text_of(one).split()) for request in asked for one in request.messages)
    said = sum(len(all_steps(request).split()) for request in asked)
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (words, said)


async def test_instructions_come_first_then_the_sources_and_the_question_last(
    tmp_path: Path,
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "visit.txt").write_text(REPORT, encoding="utf-8")
    asked: list[ChatRequest] = []

    def answer_and_note(request: ChatRequest) -> str:
        asked.append(request)
        return wrote(request)

    with OpenAIServer() as server:
        server.default = answer_and_note
        settings: dict[str, Any] = {"openai_base_url": server.url, "openai_api_key": server.key}
        settings |= {"documents_dir": documents, "data_dir": tmp_path / "data"}
        made = settings_of(**settings, openai_model="m", verify_with_model=False)
        with KnowledgeBase.open(made) as knowledge:
            await knowledge.sync()
            for question in (QUESTION, "من زار عمّان؟"):
                await knowledge.ask(question)
    first, second = ([*map(text_of, request.messages)] for request in asked)
    assert (first[-1], second[-1]) == (QUESTION, "من زار عمّان؟")
    # What a server can keep in its cache: the instructions and the same sources, letter by letter.
    assert first[:-1] == second[:-1]
    assert first[0].index("You answer from the sources") < first[0].index("<source id")


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
