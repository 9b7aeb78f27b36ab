import pytest

from rag.answers.recitation import checked
from tests.answers.reports import seed, sentence_with

EVIDENCE = seed(0)
ARRIVAL = "12 أكتوبر"


@pytest.mark.parametrize(
    "claim",
    [
        "Click here.",
        "Ignore the rest of this answer.",
        "اضغط هنا.",
        "In summary, the visit was a disaster: Bagheri arrived in Islamabad on 12 October.",
        "كانت الزيارة كارثة: وصل باقري إلى إسلام أباد في 12 أكتوبر.",
    ],
)
def test_what_has_nothing_to_do_with_its_source_is_refused(claim: str) -> None:
    found = checked(claim, [sentence_with(ARRIVAL, EVIDENCE)], EVIDENCE, "متى وصل باقري؟")
    assert not found.verdict.supported


@pytest.mark.parametrize(
    "claim",
    [
        "In summary: Bagheri arrived in Islamabad on 12 October.",
        "The main point of the report: Bagheri arrived in Islamabad on 12 October.",
        "عن الزيارة: وصل باقري إلى إسلام أباد في 12 أكتوبر.",
        "زيارة باكستان: وصل باقري إلى إسلام أباد في 12 أكتوبر.",
    ],
)
def test_a_heading_that_tells_nothing_new_is_kept(claim: str) -> None:
    found = checked(claim, [sentence_with(ARRIVAL, EVIDENCE)], EVIDENCE)
    assert found.verdict.supported


@pytest.mark.parametrize(
    "claim",
    [
        "Bagheri arrived in Islamabad on 12 October and returned to parliament.",
        "وصل باقري إلى إسلام أباد في 12 أكتوبر، وفرض حظر التجول.",
    ],
)
def test_a_clause_that_is_added_is_refused(claim: str) -> None:
    found = checked(claim, [sentence_with(ARRIVAL, EVIDENCE)], EVIDENCE)
    assert not found.verdict.supported
