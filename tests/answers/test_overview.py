"""In what the documents disagree, as it is told without a model and with one."""

from pathlib import Path

import pytest

from rag.answers.answer import Answer, Mode
from rag.knowledge_base import KnowledgeBase, Turn
from tests.library import Library, settings_of
from tests.servers.openai_api import OpenAIServer

NORTH = """Ferry sinks off Norvik

A ferry sank off Norvik on Sunday, killing 14 people, the police said.
The rescue of the passengers lasted three days.
"""
SOUTH = """Coast guard in mourning

Nineteen people died when a ferry sank off Norvik on Sunday, the coast guard said.
"""
OTHER = """Harbour festival

The harbour festival of Sudvik drew 900 visitors and lasted two days.
"""


def check(answer: Answer, documents: Path) -> None:
    for one in answer.citations:
        text = (documents / one.file).read_text(encoding="utf-8")
        assert text[one.start : one.end] == one.quote


async def ask(library: Library, question: str, **settings: object) -> Answer:
    made = settings_of(documents_dir=library.documents, data_dir=library.data, **settings)
    with KnowledgeBase.open(made) as knowledge:
        answer = await knowledge.ask(question)
    check(answer, library.documents)
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "What do the reports disagree about?",
        "على ماذا تختلف التقارير؟",
        "گزارش‌ها درباره چه چیزی اختلاف دارند؟",
        "What do the reports disagree about regarding the ferry accident?",
    ],
)
async def test_each_value_is_told_with_its_source(library: Library, question: str) -> None:
    library.fill(north=NORTH, south=SOUTH, other=OTHER)
    answer = await ask(library, question)
    (one,) = answer.disagreements
    assert {value.value for value in one.values} == {"14 people", "Nineteen people"}
    assert {each.file for each in answer.citations} == {"north.txt", "south.txt"}
    assert answer.mode is Mode.QUOTED
    assert answer.text.count("14 people") >= 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What do the reports disagree about?", "No disagreement was found between the"),
        ("على ماذا تختلف التقارير؟", "لم يظهر اختلاف بين الوثيقتين"),
        ("گزارش‌ها درباره چه چیزی اختلاف دارند؟", "اختلافی پیدا نشد"),
    ],
)
async def test_where_none_is_known_that_is_said(
    library: Library, question: str, words: str
) -> None:
    library.fill(north=NORTH, other=OTHER)
    answer = await ask(library, question)
    assert words in answer.text
    assert (answer.mode, answer.citations, answer.disagreements) == (Mode.ABSTAINED, (), ())


async def test_no_model_is_asked_for_it(library: Library) -> None:
    library.fill(north=NORTH, south=SOUTH)
    with OpenAIServer() as server:
        answer = await ask(
            library,
            "What do the reports disagree about?",
            openai_api_key=server.key,
            openai_base_url=server.url,
        )
        assert server.requests == []
    assert len(answer.disagreements) == 1


DATED = "بغداد، 3 مايو 2020 (وكالة)\n\nافتتح الوزير الجسر الجديد في بغداد.\n"
UNDATED = "افتتح الوزير المدرسة الجديدة في الموصل يوم الأحد.\n"


@pytest.mark.parametrize(
    ("question", "dated", "undated"),
    [
        ("ما تاريخ هذا التقرير؟", "3 مايو 2020", "لا يذكر تاريخه"),
        ("When was the report published?", "3 May 2020", "does not state its date"),
        ("این گزارش کی منتشر شد؟", "3 مه 2020", "تاریخ خود را نمی‌گوید"),
    ],
)
async def test_a_report_s_date_is_told_or_that_it_states_none(
    library: Library, question: str, dated: str, undated: str
) -> None:
    library.fill(bridge=DATED, school=UNDATED)
    answer = await ask(library, question)
    shown = answer.text.translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert answer.mode is Mode.QUOTED
    assert dated in shown
    assert f"school.txt{'' if answer.language == 'en' else ':'} {undated}" in shown
    (one,) = answer.citations
    assert (one.file, one.quote) == ("bridge.txt", "3 مايو 2020")


async def test_the_report_of_the_conversation_is_meant(library: Library) -> None:
    library.fill(bridge=DATED, school=UNDATED)
    history = [Turn("من افتتح المدرسة في الموصل؟", "الوزير [1].", ("school.txt",))]
    made = settings_of(documents_dir=library.documents, data_dir=library.data)
    with KnowledgeBase.open(made) as knowledge:
        answer = await knowledge.ask("وما تاريخ هذا التقرير؟", history)
    assert "school.txt" in answer.text
    assert "bridge.txt" not in answer.text
    assert (answer.mode, answer.citations) == (Mode.ABSTAINED, ())
