import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.documents.phrasing import phrase_key, phrase_keys, tell_the_same

SENTENCE = "وقال مدير الدفاع المدني إن 14 عاملا أصيبوا في 5 مارس 2024 قرب طرابلس."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SENTENCE, "قال مدير الدفاع المدنى إنّ ١٤ عاملاً أصيبوا في 5 مارس 2024 قرب طرابلس"),
        (SENTENCE, SENTENCE.replace("وقال", "وصرح")),
        ("The minister said that 14 men were hurt.", "Minister stated 14 men were hurt"),
        ("وزیر گفت ۱۴ کارگر زخمی شدند.", "وزير گفت که 14 كارگر زخمی شدند"),
    ],
)
def test_spelling_marks_and_verbs_of_saying_change_no_key(one: str, other: str) -> None:
    assert phrase_key(one) == phrase_key(other) is not None


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("14", "17"),
        ("2024", "2023"),
        ("مارس", "أبريل"),
        ("طرابلس", "بنغازي"),
        ("مدير", "وزير"),
        ("أصيبوا", "لم يصابوا"),
        ("أصيبوا", "قتلوا"),
        ("قرب", "في"),
        ("إن", "إن لا"),
        ("قال", "نفى"),
    ],
)
def test_whatever_may_change_a_fact_changes_the_key(changed: str, to: str) -> None:
    assert phrase_key(SENTENCE) != phrase_key(SENTENCE.replace(changed, to))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The men were not seen in Doha.", "The men were seen in Doha."),
        ("He flew from Moscow to Beijing today.", "He flew to Moscow from Beijing today."),
        ("Talks resume on Monday in Cairo.", "Talks resume on Sunday in Cairo."),
        ("او به پکن نرفت و برگشت.", "او به پکن رفت و برگشت."),
    ],
)
def test_negation_direction_and_days_are_kept(one: str, other: str) -> None:
    assert phrase_key(one) != phrase_key(other)


@pytest.mark.parametrize("text", ["", "نعم.", "شكرا لكم.", "The end.", "14 17 19"])
def test_what_any_report_may_say_has_no_key(text: str) -> None:
    assert phrase_key(text) is None


@settings(max_examples=60, deadline=None)
@given(
    st.frozensets(st.integers(0, 40), max_size=12), st.frozensets(st.integers(0, 40), max_size=12)
)
def test_being_the_same_report_has_no_direction(one: frozenset[int], other: frozenset[int]) -> None:
    assert tell_the_same(one, other) == tell_the_same(other, one)
    assert tell_the_same(one, one) == bool(one)
    if tell_the_same(one, other):
        assert one & other


def test_one_shared_sentence_does_not_make_two_reports_one() -> None:
    said = "ولم تسجل وفيات حتى مساء يوم السبت."
    flood = phrase_keys(f"قطعت السيول الطريق بين كسلا والقضارف. {said} وتضررت مئات الأسر هناك.")
    fire = phrase_keys(
        f"اندلع حريق كبير في سوق مدينة حماة. {said} وأخمد رجال الإطفاء النيران ليلا."
    )
    assert not tell_the_same(flood, fire)
