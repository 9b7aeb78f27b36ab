from pathlib import Path

import pytest

from rag.answers.answer import Mode
from rag.answers.open_parts import open_parts
from rag.answers.responder import quoted_response
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.follow_up import Turn
from rag.retrieval.parts import parts_of
from rag.text.language import language_of
from tests.library import Library, settings_of
from tests.servers.openai_api import OpenAIServer

ARRIVED = "في 17 أكتوبر، وصل محمد باقري على رأس وفد إلى موسكو."


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("متى وصل باقري إلى موسكو ومتى عاد منها؟", ["متى وصل باقري إلى موسكو", "متى عاد منها"]),
        (
            "When did he arrive, and who received him?",
            ["When did he arrive", "who received him"],
        ),
        ("باقری کی رفت و چه کسی آمد؟", ["باقری کی رفت", "چه کسی آمد"]),
        (
            "When and where did X meet Y and what did they sign?",
            ["When did X meet Y", "where did X meet Y", "what did they sign"],
        ),
        (
            "متى وأين التقى باقري باجوا وماذا وقعا؟",
            ["متى التقى باقري باجوا", "أين التقى باقري باجوا", "ماذا وقعا"],
        ),
        (
            "باقری کی و کجا با باجوا دیدار کرد و با چه کسی؟",
            ["باقری کی با باجوا دیدار کرد", "کجا با باجوا دیدار کرد", "با چه کسی"],
        ),
        ("من قابل باقري في باكستان وروسيا؟", ["من قابل باقري في باكستان وروسيا"]),
        ("Who are Bagheri and Shoigu?", ["Who are Bagheri and Shoigu"]),
    ],
)
def test_the_parts_of_a_question(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("متى وصل باقري إلى موسكو ومتى عاد منها؟", ("متى عاد منها",)),
        ("When did Bagheri arrive in Moscow and when did he return?", ("when did he return",)),
        ("باقری کی به مسکو رسید و کی بازگشت؟", ("کی بازگشت",)),
        ("متى وصل باقري إلى موسكو؟", ()),
        ("متى وصل باقري وإلى أين وصل؟", ()),
        # Nothing of it is told: that is no part-answer.
        ("متى ولد باقري ومتى تزوج؟", ()),
    ],
)
def test_what_no_quotation_speaks_of(question: str, left: tuple[str, ...]) -> None:
    assert open_parts(question, [ARRIVED]) == left


MET = (
    "Mayor Lena Brandt met the engineers in Norvik on 2 May 2019.",
    "التقى الوزير سامر حلمي بالمهندسين في الموصل في 3 مايو 2020.",
    "شهردار لیلا منصوری روز ۳ مه ۲۰۲۰ در تهران با مهندسان دیدار کرد.",
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        (
            "When and where did Brandt meet the engineers and what did they sign?",
            ("what did they sign",),
        ),
        ("When did Brandt meet the engineers and how old was she?", ("how old was she",)),
        ("متى وأين التقى حلمي بالمهندسين وماذا وقعوا؟", ("ماذا وقعوا",)),
        ("متى التقى حلمي بالمهندسين وكم كان عمره؟", ("كم كان عمره",)),
        ("متى التقى حلمي بالمهندسين وبماذا وعدهم؟", ("بماذا وعدهم",)),
        (
            "منصوری کی و کجا با مهندسان دیدار کرد و چه چیزی امضا کردند؟",
            ("چه چیزی امضا کردند",),
        ),
        ("When and where did Brandt meet the engineers?", ()),
        ("متى وأين التقى حلمي بالمهندسين؟", ()),
        ("منصوری کی و کجا با مهندسان دیدار کرد؟", ()),
    ],
)
def test_of_three_parts_the_one_that_is_not_told_is_named(
    question: str, left: tuple[str, ...]
) -> None:
    told = MET[("en", "ar", "fa").index(language_of(question))]
    assert open_parts(question, [told]) == left


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        (("كم عدد سكان البرازيل", "متى التقى حلمي بالمهندسين"), "كم عدد سكان البرازيل"),
        (("متى التقى حلمي بالمهندسين", "كم بلغت قيمة العقد"), "كم بلغت قيمة العقد"),
        (
            ("What is the population of Brazil", "when did Brandt meet the engineers"),
            "What is the population of Brazil",
        ),
        (
            ("منصوری کی با مهندسان دیدار کرد", "چند نفر در برزیل زندگی می‌کنند"),
            "چند نفر در برزیل زندگی می‌کنند",
        ),
        (
            ("منصوری کی با مهندسان دیدار کرد", "چقدر بود قیمت قرارداد"),
            "چقدر بود قیمت قرارداد",
        ),
    ],
)
def test_a_part_about_another_place_or_a_price_is_open_in_either_order(
    parts: tuple[str, str], left: str
) -> None:
    joint = {"ar": " و", "en": " and ", "fa": " و "}[language_of(left)]
    told = MET[("en", "ar", "fa").index(language_of(left))]
    orders = [parts] if left == parts[1] else [parts, parts[::-1]]
    for order in orders:
        question = f"{joint.join(order)}؟"
        if parts_of(question) == list(order):
            assert open_parts(question, [told]) == (left,)
    assert parts_of(f"{joint.join(parts)}؟") == list(parts)


@pytest.mark.parametrize(
    "question",
    [
        "متى التقى حلمي بالمهندسين وكم بلغت قيمة العقد؟",
        "متى التقى حلمي بالمهندسين في العراق وكم بلغت قيمة العقد؟",
    ],
)
def test_a_price_that_is_told_and_a_capital_leave_nothing_open(question: str) -> None:
    told = "التقى الوزير سامر حلمي بالمهندسين في بغداد في 3 مايو 2020 وبلغت قيمة العقد 5 ملايين."
    assert open_parts(question, [told]) == ()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Library:
    library = Library(tmp_path_factory.mktemp("reports"))
    for file in sorted(seeds.glob("*.txt")):
        library.write(file.name, file.read_bytes())
    library.sync()
    return library


@pytest.mark.parametrize(
    ("question", "mode"),
    [
        # Of two parts nothing is told.
        ("ما الذي وقعه باقري مع روسيا وكم بلغت قيمة العقد؟", Mode.NEAREST),
        # Nobody is said to hold the office, whatever form the question has.
        ("چه کسی رئیس جمهور ایران است؟", Mode.NEAREST),
        ("رئیس جمهور ایران کیست؟", Mode.NEAREST),
        ("من هو رئيس الجمهورية الإيرانية؟", Mode.NEAREST),
        ("من هو رئيس إيران؟", Mode.NEAREST),
        ("Who is the president of Iran?", Mode.NEAREST),
        # Of these somebody is.
        ("چه کسی رئیس ستاد کل نیروهای مسلح ایران است؟", Mode.QUOTED),
        ("من هو رئيس الوزراء الباكستاني؟", Mode.QUOTED),
        ("من هو رئيس الأركان الإيراني؟", Mode.QUOTED),
    ],
)
def test_what_the_seeds_do_not_say_is_only_near(
    reports: Library, question: str, mode: Mode
) -> None:
    assert quoted_response(reports.find(question)).mode is mode


async def test_a_part_about_another_country_is_missing_in_the_seeds(reports: Library) -> None:
    settings = settings_of(documents_dir=reports.documents, data_dir=reports.data)
    with KnowledgeBase.open(settings) as knowledge:
        for question in (
            "كم عدد سكان البرازيل ومتى زار باقري باكستان؟",
            "متى زار باقري باكستان وكم عدد سكان البرازيل؟",
        ):
            answer = await knowledge.ask(question)
            assert (answer.mode, answer.missing) == (Mode.QUOTED, ("كم عدد سكان البرازيل",))


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("visits"))
    library.write(
        "visit.txt",
        "باقري في موسكو\n\nوصل محمد باقري إلى موسكو في 17 أكتوبر. "
        "استمرت إقامته في روسيا أربعة أيام.\n".encode(),
    )
    library.sync()
    return library


def test_a_part_answer_says_what_is_missing(visits: Library) -> None:
    response = quoted_response(visits.find("متى وصل باقري إلى موسكو ومتى عاد منها؟"))
    assert response.mode is Mode.QUOTED
    assert response.missing == ("متى عاد منها",)
    assert quoted_response(visits.find("متى وصل باقري إلى موسكو؟")).missing == ()


@pytest.mark.parametrize(
    ("question", "mode", "holds"),
    [
        ("ومتى عاد؟", Mode.NEAREST, "17 أكتوبر"),
        ("وكم يوما مكث هناك؟", Mode.QUOTED, "أربعة أيام"),
        ("and who received him?", Mode.NEAREST, "موسكو"),
    ],
)
def test_a_follow_up_is_answered_where_its_own_words_are_told(
    visits: Library, question: str, mode: Mode, holds: str
) -> None:
    asked = Turn("متى وصل باقري إلى موسكو؟", "في 17 أكتوبر", ("visit.txt",))
    response = quoted_response(visits.find(question, (asked,)))
    assert response.mode is mode
    assert holds in response.text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("متى وصل باقري إلى موسكو؟", "ومن استقبله؟"),
        ("When did Bagheri arrive in Moscow?", "and who received him?"),
        ("باقری کی به مسکو رسید؟", "چه کسی از او استقبال کرد؟"),
    ],
)
def test_a_follow_up_whose_own_word_nothing_tells_comes_only_near(
    visits: Library, before: str, question: str
) -> None:
    found = visits.find(question, [Turn(before, "…", ())])
    assert found.understood
    assert quoted_response(found).mode in (Mode.NEAREST, Mode.ABSTAINED)


REPORT = """The bridge of Norvik

Mayor Lena Brandt opened the bridge of Norvik on 2 May 2019. It is 300 metres long.
"""


@pytest.mark.parametrize(
    ("question", "left", "quoted"),
    [
        (
            "When did Brandt open the bridge of Norvik and who painted it?",
            ("who painted it",),
            "2 May 2019",
        ),
        (
            "How long is the bridge of Norvik and what did it cost?",
            ("what did it cost",),
            "300 metres",
        ),
    ],
)
async def test_each_part_is_looked_for_by_itself(
    library: Library, question: str, left: tuple[str, ...], quoted: str
) -> None:
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)
    library.fill(bridge=REPORT)
    with KnowledgeBase.open(settings) as knowledge:
        answer = await knowledge.ask(question)
    assert (answer.mode, answer.missing) == (Mode.QUOTED, left)
    assert quoted in answer.text


async def test_a_model_that_forgets_to_say_what_is_missing_is_helped(library: Library) -> None:
    library.fill(bridge=REPORT)
    with OpenAIServer() as server:
        server.default = lambda _: "Lena Brandt opened the bridge of Norvik on 2 May 2019 [1.1]."
        settings = settings_of(
            documents_dir=library.documents,
            data_dir=library.data,
            openai_api_key=server.key,
            openai_base_url=server.url,
            verify_with_model=False,
        )
        with KnowledgeBase.open(settings) as knowledge:
            answer = await knowledge.ask(
                "When did Brandt open the bridge of Norvik and who painted it?"
            )
    assert (answer.mode, answer.missing) == (Mode.GENERATED, ("who painted it",))
