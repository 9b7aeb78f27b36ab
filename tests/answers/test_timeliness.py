"""Answers about now: the newest report first, and how old it is."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answers.answer import Mode
from rag.answers.model import Model
from rag.answers.responder import Responder, Response, quoted_response
from tests.library import Library, settings_of
from tests.servers.openai_api import ChatRequest, OpenAIServer, text_of

MUNIR = re.compile("عاصم منير|Asim Munir")
ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
OLD = "تعيين\n\nقائد الجيش في كرسا هو اللواء سامي نصار.\n\nالمصدر: وكالة، 4 مايو 2021\n"
NEW = "تعيين\n\nقائد الجيش في كرسا هو اللواء كريم حداد.\n\nالمصدر: وكالة، 21 يناير 2025\n"
UNDATED = "تعيين\n\nقائد الجيش في كرسا هو اللواء وليد عامر.\n"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def model(server: OpenAIServer) -> Model:
    return Model.from_settings(
        settings_of(openai_api_key=server.key, openai_base_url=server.url, openai_model="m")
    )


@pytest.fixture
def seeded(library: Library, seeds: Path) -> Library:
    for path in seeds.iterdir():
        library.write(path.name, path.read_bytes())
    library.sync()
    return library


def notice(response: Response) -> str:
    return (response.notice or "").translate(ISOLATES)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "من هو قائد الجيش الباكستاني الآن؟",
            "أحدث تقرير مؤرخ هنا من 21 يناير 2025، ولا تقول الوثائق ما تغير بعده",
        ),
        (
            "Who is the Pakistani army chief now?",
            "The newest dated report here is of 21 January 2025;"
            " the documents do not say what has changed since. Some of the reports here do not",
        ),
        (
            "اکنون فرمانده ارتش پاکستان کیست؟",
            "تازه‌ترین گزارش تاریخ‌دار در اینجا از 21 ژانویه 2025 است",
        ),
    ],
)
async def test_of_the_seeds_the_newest_report_is_quoted_first_and_dated(
    seeded: Library, question: str, said: str
) -> None:
    response = await Responder().respond(seeded.find(question), [], time.monotonic() + 60)
    assert response.mode is Mode.QUOTED
    assert MUNIR.search(response.citations[0].quote)
    assert response.citations[0].date == "2025-01-21"
    assert said in notice(response)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("من هو قائد الجيش في كرسا الآن؟", "أحدث تقرير مؤرخ هنا من 21 يناير 2025"),
        ("Who is the army chief in Karsa now?", "The newest dated report here is of 21 January"),
        ("اکنون فرمانده ارتش در کرسا کیست؟", "تازه‌ترین گزارش تاریخ‌دار در اینجا از 21 ژانویه"),
    ],
)
async def test_the_age_of_the_newest_report_is_said(
    library: Library, question: str, said: str
) -> None:
    library.fill(a=OLD, b=NEW)
    response = await Responder().respond(library.find(question), [], time.monotonic() + 60)
    assert response.citations[0].file == "b.txt"
    assert said in notice(response)


async def test_that_reports_are_undated_is_said(library: Library) -> None:
    library.fill(c=UNDATED)
    question = "من هو قائد الجيش في كرسا حاليا؟"
    response = await Responder().respond(library.find(question), [], time.monotonic() + 60)
    assert "لا تذكر هذه التقارير تاريخها الكامل" in notice(response)
    library.fill(b=NEW)
    response = await Responder().respond(library.find(question), [], time.monotonic() + 60)
    assert response.citations[0].file == "b.txt"
    assert "21 يناير 2025" in notice(response)
    assert "وبعض التقارير هنا بلا تاريخ كامل" in notice(response)


async def test_a_question_about_another_time_hears_nothing_of_it(library: Library) -> None:
    library.fill(a=OLD, b=NEW)
    findings = library.find("من كان قائد الجيش في كرسا عام 2021؟")
    response = await Responder().respond(findings, [], time.monotonic() + 60)
    assert response.notice is None


async def test_a_model_that_took_an_older_report_is_followed_by_the_newest(
    library: Library, model: Model, server: OpenAIServer
) -> None:
    library.fill(a=OLD, b=NEW)

    def older(asked: ChatRequest) -> str:
        found = re.search(r"^\[(\d+\.\d+)\] .*سامي نصار", text_of(asked.messages[0]), re.MULTILINE)
        assert found
        return f"قائد الجيش في كرسا هو اللواء سامي نصار [{found[1]}]."

    server.default = older
    findings = library.find("من هو قائد الجيش في كرسا الآن؟")
    response = await Responder(model).respond(findings, [], time.monotonic() + 60)
    await model.aclose()
    assert response.mode is Mode.GENERATED
    assert [one.file for one in response.citations] == ["a.txt", "b.txt"]
    *_, told, quoted = response.text.translate(ISOLATES).splitlines()
    assert told == "وفي أحدث تقرير مؤرخ (21 يناير 2025):"
    assert quoted == "«قائد الجيش في كرسا هو اللواء كريم حداد.» [2]"
    assert "21 يناير 2025" in notice(response)


@pytest.mark.parametrize(
    ("question", "claim", "told", "said"),
    [
        (
            "Who is the Pakistani army chief?",
            "The Pakistani army chief is Qamar Javed Bajwa",
            "And in the newest dated report (21 January 2025):",
            "The newest dated report here is of 21 January 2025",
        ),
        (
            "من هو قائد الجيش الباكستاني؟",
            "قائد الجيش الباكستاني هو قمر جاويد باجوا",
            "وفي أحدث تقرير مؤرخ (21 يناير 2025):",
            "أحدث تقرير مؤرخ هنا من 21 يناير 2025",
        ),
        (
            "فرمانده ارتش پاکستان کیست؟",
            "فرمانده ارتش پاکستان قمر جاوید باجوا است",
            "و در تازه‌ترین گزارش تاریخ‌دار (21 ژانویه 2025):",
            "تازه‌ترین گزارش تاریخ‌دار در اینجا از 21 ژانویه 2025 است",
        ),
    ],
)
async def test_an_older_holder_of_an_office_is_not_told_alone(
    seeded: Library,
    model: Model,
    server: OpenAIServer,
    question: str,
    claim: str,
    told: str,
    said: str,
) -> None:
    def older(asked: ChatRequest) -> str:
        found = re.search(
            r"^\[(\d+\.\d+)\] .*قائد الجيش قمر جاويد باجوا",
            text_of(asked.messages[0]),
            re.MULTILINE,
        )
        assert found
        return f"{claim} [{found[1]}]."

    server.default = older
    response = await Responder(model).respond(seeded.find(question), [], time.monotonic() + 60)
    await model.aclose()
    assert response.mode is Mode.GENERATED
    assert told in response.text.translate(ISOLATES)
    assert MUNIR.search(response.citations[-1].quote)
    assert said in notice(response)


async def test_the_date_line_joins_the_citation_of_a_day_that_a_model_resolved(
    library: Library, model: Model, server: OpenAIServer
) -> None:
    library.fill(
        a="باقري في موسكو\n\nوصل باقري، أمس الأحد، إلى موسكو. واستقبله شويغو.\n\n"
        "المصدر: وكالة، 18 أكتوبر 2021\n"
    )
    server.default = lambda _: "وصل باقري إلى موسكو في 17 أكتوبر 2021 [1.1]."
    findings = library.find("متى وصل باقري إلى موسكو؟")
    response = await Responder(model).respond(findings, [], time.monotonic() + 60)
    await model.aclose()
    assert response.mode is Mode.GENERATED
    assert [one.quote for one in response.citations] == [
        "وصل باقري، أمس الأحد، إلى موسكو.",
        "المصدر: وكالة، 18 أكتوبر 2021",
    ]
    assert response.claims[0].citations == (1, 2)


@pytest.mark.parametrize(
    "question",
    [
        "قائد ارتش پاکستان الان کیست؟",
        "الان فرمانده ارتش پاکستان چه کسی است؟",
        "قائد الجيش الباكستاني من هو الآن؟",
        "Who is Pakistan's current army chief?",
    ],
)
async def test_however_the_army_chief_of_now_is_asked_for_the_newest_is_first(
    seeded: Library, question: str
) -> None:
    response = quoted_response(seeded.find(question))
    assert response.mode is Mode.QUOTED
    assert MUNIR.search(response.citations[0].quote)


async def test_reports_of_other_calendars_are_put_in_the_order_of_their_days(
    library: Library,
) -> None:
    library.fill(
        old="گزارش\n\nتهران، ۱۴ خرداد ۱۳۹۹. قیمت نان در شهر مرداویج ۱۰ هزار تومان است.\n",
        new="گزارش تازه\n\nتهران، 14 Khordad 1403. قیمت نان در شهر مرداویج ۲۵ هزار تومان است.\n",
    )
    response = quoted_response(library.find("قیمت نان در مرداویج الان چقدر است؟"))
    assert [one.date for one in response.citations] == ["2024-06-03", "2020-06-03"]
