"""Answers whose sources disagree, with and without a model; the model is a server over HTTP."""

import json
import re
import time
from collections.abc import Iterator

import pytest

from rag.answers.answer import Mode
from rag.answers.judge import Judge
from rag.answers.model import Model
from rag.answers.responder import Responder, Response
from rag.knowledge_base import KnowledgeBase
from tests.library import Library, settings_of
from tests.retrieval.made_up import questions, report
from tests.servers.openai_api import Hang, OpenAIServer, Reply, text_of

ISOLATES = dict.fromkeys((0x2068, 0x2069))
QUESTION = "كم دامت زيارة حداد إلى عمّان؟"
THREE = """زيارة حداد إلى عمّان

استمرت زيارة الوزير كريم حداد إلى عمّان ثلاثة أيام. والتقى حداد الملك.

المصدر: وكالة الأنباء، 7 مايو 2022
"""
FOUR = "حداد يختتم زيارته\n\nدامت زيارة كريم حداد إلى عمّان أربعة أيام [7].\n"
RUSSIA = "حداد في موسكو\n\nاستمرت زيارة كريم حداد إلى موسكو أسبوعا.\n"


@pytest.fixture
def visits(library: Library) -> Library:
    return library.fill(three=THREE, four=FOUR, russia=RUSSIA)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def model(server: OpenAIServer) -> Model:
    return Model.from_settings(
        settings_of(openai_api_key=server.key, openai_base_url=server.url, openai_model="writer")
    )


async def answer(
    library: Library, question: str, model: Model | None = None, judge: Judge | None = None
) -> Response:
    if model:
        await model.prepare()
    findings = library.find(question)
    responder = Responder(model, judge)
    response = await responder.respond(findings, [], time.monotonic() + 60)
    shown = [int(number) for number in re.findall(r"\[(\d+)\]", response.text)]
    assert list(dict.fromkeys(shown)) == [one.n for one in response.citations]
    assert {n for claim in response.claims for n in claim.citations} == set(shown)
    for one in response.citations:
        text = (library.documents / one.file).read_text(encoding="utf-8")
        assert text[one.start : one.end] == one.quote
    if model:
        await model.aclose()
    return response


def id_of(words: str, server: OpenAIServer) -> str:
    system = text_of(server.requests[-1].body["messages"][0])
    found = re.search(rf"^\[(\d+\.\d+)\] .*{words}", system, re.MULTILINE)
    assert found
    return found.group(1)


async def test_quotations_that_disagree_are_said_to(visits: Library) -> None:
    response = await answer(visits, QUESTION)
    assert response.mode is Mode.QUOTED
    (dispute,) = response.disagreements
    told = {value.value: value for value in dispute.values}
    assert set(told) == {"ثلاثة أيام", "أربعة أيام"}
    files = {value: response.citations[one.citation - 1].file for value, one in told.items()}
    assert files == {"ثلاثة أيام": "three.txt", "أربعة أيام": "four.txt"}
    assert told["ثلاثة أيام"].date == "2022-05-07"
    assert told["أربعة أيام"].date is None
    heading, one, other = response.text.split("\n\n")[-1].splitlines()
    assert heading == "المصادر تختلف في هذا:"
    assert "2022-05-07" in one + other
    assert "بلا تاريخ" in one + other
    assert "أسبوع" not in one + other


async def test_sources_that_agree_are_left_alone(library: Library) -> None:
    library.fill(three=THREE, russia=RUSSIA)
    response = await answer(library, QUESTION)
    assert response.disagreements == ()
    assert "تختلف" not in response.text


async def test_a_model_that_chose_in_silence_is_contradicted(
    visits: Library, server: OpenAIServer, model: Model
) -> None:
    server.replies.append(
        lambda _: f"استمرت زيارة حداد إلى عمّان ثلاثة أيام [{id_of('ثلاثة أيام', server)}]."
    )
    response = await answer(visits, QUESTION, model)
    assert response.mode is Mode.GENERATED
    (dispute,) = response.disagreements
    assert [(one.value, one.citation) for one in dispute.values] == [
        ("ثلاثة أيام", 1),
        ("أربعة أيام", 2),
    ]
    assert response.citations[1].quote == "دامت زيارة كريم حداد إلى عمّان أربعة أيام [7]."
    assert "«دامت زيارة كريم حداد إلى عمّان أربعة أيام (7).» [2]" in response.text
    assert [claim.kind.value for claim in response.claims] == ["statement", "quote"]


async def test_the_reader_is_told_in_the_language_of_the_question(visits: Library) -> None:
    response = await answer(visits, "How long was Haddad's visit to Amman?")
    assert "The sources disagree about this:" in response.text
    response = await answer(visits, "سفر حداد به امان چند روز طول کشید؟")
    assert "منابع در این‌باره با هم اختلاف دارند:" in response.text


async def test_what_the_judge_does_not_find_supported_is_not_shown(
    visits: Library, server: OpenAIServer, model: Model
) -> None:
    def wrote(_: object) -> str:
        lasted, met = id_of("ثلاثة أيام", server), id_of("والتقى", server)
        return (
            f"استمرت زيارة حداد إلى عمّان ثلاثة أيام [{lasted}]. استقبل الملك حداد [{met}]. "
            f"التقى حداد الملك [{met}]."
        )

    rulings = {"1": "supports", "2": "contradicts", "3": "supports"}
    server.replies += [wrote, Reply(json.dumps({"verdicts": rulings}))]
    response = await answer(visits, QUESTION, model, Judge(model))
    assert response.judged
    assert [claim.text for claim in response.claims[:2]] == [
        "استمرت زيارة حداد إلى عمّان ثلاثة أيام.",
        "التقى حداد الملك.",
    ]
    assert [(one.text, one.reason) for one in response.withheld] == [
        ("استقبل الملك حداد.", "judge")
    ]
    assert response.usage.completion_tokens > 10


async def test_where_the_judge_refuses_too_much_it_is_quoted(
    visits: Library, server: OpenAIServer, model: Model
) -> None:
    server.replies += [
        lambda _: f"استمرت زيارة حداد إلى عمّان ثلاثة أيام [{id_of('ثلاثة أيام', server)}].",
        Reply('["neither"]'),
    ]
    response = await answer(visits, QUESTION, model, Judge(model))
    assert response.mode is Mode.QUOTED
    assert not response.judged
    assert response.notice
    assert [one.reason for one in response.withheld] == ["judge"]


async def test_a_judge_that_says_nothing_leaves_the_answer_unjudged(
    visits: Library, server: OpenAIServer, model: Model
) -> None:
    server.replies += [
        lambda _: f"استمرت زيارة حداد إلى عمّان ثلاثة أيام [{id_of('ثلاثة أيام', server)}].",
        Hang(60),
    ]
    await model.prepare()
    began = time.monotonic()
    response = await answer(visits, QUESTION, model, Judge(model, patience=0.3))
    assert time.monotonic() - began < 30
    assert response.mode is Mode.GENERATED
    assert not response.judged


async def test_a_model_in_the_wrong_language_is_replaced_and_the_reader_told(
    visits: Library, server: OpenAIServer, model: Model
) -> None:
    server.default = lambda _: (
        f"The visit of Haddad to Amman lasted three days [{id_of('ثلاثة أيام', server)}]."
    )
    response = await answer(visits, QUESTION, model)
    assert response.mode is Mode.QUOTED
    assert response.notice
    assert "بغير لغة السؤال" in response.notice
    assert len(server.requests) == 2


async def test_what_is_disputed_of_one_place_is_not_told_of_another(
    seeds_knowledge: KnowledgeBase,
) -> None:
    pakistan = await seeds_knowledge.ask("كم يوما دامت زيارة باقري لباكستان؟")
    assert [one.value for one in pakistan.disagreements[0].values] == ["أربعة أيام", "ثلاثة أيام"]
    for text in ("كم بقي باقري في روسيا؟", "باقری چند روز در روسیه ماند؟"):
        assert (await seeds_knowledge.ask(text)).disagreements == ()


@pytest.mark.parametrize(
    "question",
    [
        "How long did Bagheri's visit to Pakistan last?",
        "How long did Bagheri stay in Islamabad?",
        "How many days was Bagheri's trip to Islamabad?",
        "how long was the Iranian army chief in Pakistan",
        "كم دامت زيارة باقري لإسلام أباد؟",
        "كم يوما مكث باقري في إسلام أباد؟",
        "كم كانت مدة زيارة باقري إلى باكستان؟",
        "چند روز باقری در پاکستان ماند؟",
        "سفر باقری به اسلام‌آباد چقدر طول کشید؟",
    ],
)
async def test_however_it_is_asked_both_lengths_of_the_visit_are_told(
    seeds_knowledge: KnowledgeBase, question: str
) -> None:
    answer = await seeds_knowledge.ask(question)
    (dispute,) = answer.disagreements
    assert {one.value for one in dispute.values} == {"ثلاثة أيام", "أربعة أيام"}
    assert {answer.citations[one.citation - 1].file[:3] for one in dispute.values} == {"001", "003"}


BLAST = """انفجار ميناء صلالة

أعلنت وزارة الصحة أن الانفجار في ميناء صلالة أودى بحياة 23 شخصا. وفتح تحقيق في أسباب الانفجار.
"""
LEAK = """Explosion in Salalah

Officials said the explosion at the port of Salalah killed 31 people. The port was closed for two
days. Minister Karim Haddad came on May 4, 2022, and Fahd Nassar on May 5, 2022.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("كم شخصا قتل في انفجار ميناء صلالة؟", {"23 شخصا", "31 people"}),
        ("How many people were killed in the Salalah explosion?", {"23 شخصا", "31 people"}),
        ("در انفجار بندر صلاله چند نفر کشته شدند؟", {"23 شخصا", "31 people"}),
        ("What happened in the explosion at Salalah?", {"23 شخصا", "31 people"}),
        ("How long was the port of Salalah closed?", set()),
        ("متى جاء حداد إلى ميناء صلالة؟", set()),
        ("أين وقع الانفجار في صلالة؟", set()),
    ],
)
async def test_a_dispute_is_told_only_to_who_asks_of_it(
    library: Library, question: str, told: set[str]
) -> None:
    library.fill(blast=BLAST, leak=LEAK)
    response = await answer(library, question)
    assert {one.value for each in response.disagreements for one in each.values} == told


async def test_the_days_of_the_reports_themselves_are_in_no_dispute(library: Library) -> None:
    library.fill(
        one="عمّان، 7 مايو 2022 - زار الوزير كريم حداد مدينة عمّان.",
        other="عمّان، 9 مايو 2022 - زار الوزير كريم حداد مدينة عمّان أمس.",
    )
    assert (await answer(library, "متى زار كريم حداد مدينة عمّان؟")).disagreements == ()


async def test_reports_of_one_mould_tell_of_different_things(library: Library) -> None:
    library.fill(**{f"report{number}": report(number) for number in range(20)})
    for number in range(0, 20, 4):
        for question in questions(number):
            response = await answer(library, question)
            assert response.mode is Mode.QUOTED
            assert response.disagreements == (), question


GULF = """نهائي الكأس

الدوحة، 5 مايو 2021 - فاز نادي النجم على نادي الهدى 2-1 في نهائي كأس الخليج أمام الجمهور.
"""
CUP = """Gulf Cup final

DOHA, May 6, 2021 - Al-Najm beat Al-Huda 3-1 in the final of the Gulf Cup before a full stadium.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the score of the Gulf Cup final?", {"2-1", "3-1"}),
        ("نتیجه فینال جام خلیج چه بود؟", {"2-1", "3-1"}),
        ("How many spectators watched the Gulf Cup final?", set()),
    ],
)
async def test_a_score_is_in_dispute_where_it_is_asked_for(
    library: Library, question: str, told: set[str]
) -> None:
    library.fill(gulf=GULF, cup=CUP)
    response = await answer(library, question)
    assert {one.value for each in response.disagreements for one in each.values} == told


@pytest.mark.parametrize(
    ("question", "one", "other", "values"),
    [
        (
            "Who is the foreign minister of Brazil?",
            "London, June 3, 2024.\n\nBrazil's foreign minister is Paulo Reis. He was in Rome.\n",
            "London, June 5, 2024.\n\nThe foreign minister of Brazil is Ana Costa.\n",
            {"Paulo Reis", "Ana Costa"},
        ),
        (
            "من هو رئيس بلدية صيدنايا؟",
            "بيروت، 3 حزيران 2024.\n\nرئيس بلدية صيدنايا هو رامي خوري.\n",
            "بيروت، 5 حزيران 2024.\n\nقال رئيس بلدية صيدنايا جورج نعمة إن الطريق مغلق.\n",
            {"رامي خوري", "جورج نعمة"},
        ),
        (
            "شهردار شیراز کیست؟",
            "تهران، ۳ ژوئن ۲۰۲۴.\n\nشهردار شیراز مهدی کاظمی است.\n",
            "تهران، ۵ ژوئن ۲۰۲۴.\n\nبهرام نوری، شهردار شیراز، از پارک دیدن کرد.\n",
            {"مهدی کاظمی", "بهرام نوری"},
        ),
        (
            "When was the tunnel of Harrowby opened?",
            "London, June 3, 2024.\n\nThe tunnel of Harrowby was opened yesterday.\n",
            "London, June 5, 2024.\n\nThe tunnel of Harrowby was opened on 31 May 2024.\n",
            {"yesterday (2 June 2024)", "31 May 2024"},
        ),
    ],
)
async def test_who_holds_an_office_and_what_day_it_was_are_disputed(
    library: Library, question: str, one: str, other: str, values: set[str]
) -> None:
    library.fill(one=one, other=other)
    response = await answer(library, question)
    (dispute,) = response.disagreements
    assert {value.value.translate(ISOLATES) for value in dispute.values} == values
    assert all(value in response.text.translate(ISOLATES) for value in values)


async def test_a_change_of_office_is_no_dispute(library: Library) -> None:
    library.fill(
        one="London, June 3, 2024.\n\nBrazil's foreign minister, Paulo Reis, resigned.\n",
        other="London, June 5, 2024.\n\nThe foreign minister of Brazil is Ana Costa.\n",
    )
    response = await answer(library, "Who is the foreign minister of Brazil?")
    assert response.disagreements == ()
