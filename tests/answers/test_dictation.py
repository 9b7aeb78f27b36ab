from itertools import pairwise

import pytest

from rag.answers.dictation import Dictation
from rag.answers.drafting import composed
from tests.answers.reports import evidence_of

EVIDENCE = evidence_of(
    """زيارة باقري إلى موسكو

وصل اللواء محمد باقري إلى موسكو في 17 أكتوبر. واستمرت الزيارة أربعة أيام.\
 والتقى وزير الدفاع سيرغي شويغو.
"""
)
ARRIVED = "Bagheri arrived in Moscow [1.1]."
STAYED = "Bagheri stayed for four days [1.2]."
MET = "Bagheri met Shoigu [1.3]."


def dictated(*words: str) -> Dictation:
    """What was taken down, each time until it was over."""
    taken = Dictation(EVIDENCE, "ماذا عن زيارة باقري؟", "en", {})
    shown: list[str] = []
    for one in words:
        shown += taken.hear(one)
        if taken.is_over:
            break
    shown += taken.end()
    assert all(later.startswith(earlier) for earlier, later in pairwise(shown))
    assert shown == [] or shown[-1] == text_of(taken)
    return taken


def text_of(taken: Dictation) -> str:
    return composed(taken.pieces).text


def reasons(taken: Dictation) -> list[str]:
    return [piece.reason for piece in taken.pieces if piece.reason]


def test_an_answer_that_ends_is_never_over_before() -> None:
    taken = dictated(f"{ARRIVED} {STAYED} {MET}")
    assert text_of(taken).count("[") == 3
    assert not taken.is_over


def test_only_what_takes_long_to_check_is_told_to_be_long() -> None:
    taken = Dictation(EVIDENCE, "ماذا عن زيارة باقري؟", "en", {})
    list(taken.hear(f"{ARRIVED} {STAYED} "))
    assert not taken.is_long
    list(taken.hear(f"Bagheri {'met Shoigu and ' * 60}left [1.3]. And"))
    assert taken.is_long
    list(taken.end())
    assert not taken.is_long


@pytest.mark.parametrize("circle", [ARRIVED, f"{ARRIVED} {STAYED}", f"{ARRIVED} {STAYED} {MET}"])
def test_going_round_in_circles_is_cut_off(circle: str) -> None:
    whole = text_of(dictated(circle))
    taken = dictated(*[f"{circle} "] * 50)
    assert taken.is_over
    assert text_of(taken) == whole
    assert text_of(dictated(f"{circle} " * 50)) == whole


def test_what_is_said_twice_on_purpose_is_kept() -> None:
    taken = dictated(f"In the first report:\n- {ARRIVED}\nIn the second report:\n- {ARRIVED}")
    assert text_of(taken) == (
        "In the first report:\n- Bagheri arrived in Moscow. [1]\n"
        "In the second report:\n- Bagheri arrived in Moscow. [1]"
    )
    again = dictated(f"{ARRIVED} {STAYED} {ARRIVED} {STAYED} {MET}")
    assert len(composed(again.pieces).claims) == 5


def test_a_remark_in_another_language_takes_nothing_from_the_answer() -> None:
    taken = dictated(f"بالتأكيد، إليك الجواب عن سؤالك:\n{ARRIVED}")
    assert text_of(taken) == "Bagheri arrived in Moscow. [1]"
    assert not composed(taken.pieces).lost_first
    assert reasons(taken) == ["another language"]


def test_an_answer_in_another_language_is_over_with_its_first_citation() -> None:
    taken = dictated("وصل باقري إلى موسكو في أكتوبر [1.1].", " ثم التقى", ARRIVED)
    assert taken.is_over
    assert text_of(taken) == ""


def test_reasoning_in_another_language_whose_tag_was_not_opened_is_forgotten() -> None:
    taken = dictated("يجب أن أقول متى وصل باقري إلى موسكو. ", "فلأقل ذلك.</think>", ARRIVED)
    assert text_of(taken) == "Bagheri arrived in Moscow. [1]"
    assert reasons(taken) == []


@pytest.mark.parametrize(
    "more",
    [
        pytest.param("word " * 1_000, id="no end of a statement"),
        pytest.param("Yes. " * 300 + "No. " * 300, id="the same again"),
        pytest.param("".join(f"It is {n}. " for n in range(3_000)), id="no end of statements"),
        pytest.param("<b>" * 20_000, id="markup"),
    ],
)
def test_what_does_not_end_is_over_and_keeps_what_was_proved(more: str) -> None:
    pieces = [more[at : at + 500] for at in range(0, len(more), 500)]
    taken = dictated(f"{ARRIVED} ", *pieces)
    assert taken.is_over
    assert text_of(taken) == "Bagheri arrived in Moscow. [1]"
    assert len(taken.pieces) <= 301


def test_reasoning_does_not_count_as_an_answer_without_end() -> None:
    taken = dictated("<think>", *["I wonder. "] * 5_000, "</think>", ARRIVED)
    assert text_of(taken) == "Bagheri arrived in Moscow. [1]"
