import pytest

from rag.answers.answer import Mode
from rag.answers.open_parts import open_parts, parts_of
from rag.answers.responder import quoted_response
from rag.retrieval.follow_up import Turn
from tests.library import Library

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
