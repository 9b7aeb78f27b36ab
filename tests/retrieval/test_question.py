import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.question import analyse
from rag.text.function_words import Asked


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("متى وصل باقري إلى موسكو؟", "ar", ["وصل", "باقري", "موسكو"]),
        ("ومين اللي عزم باقري ع الصين؟", "ar", ["عزم", "باقري", "ع", "الصين"]),
        ("When did Bagheri arrive in Moscow?", "en", ["bagheri", "arrive", "moscow"]),
        ("باقری چه زمانی به مسکو رسید؟", "fa", ["باقري", "مسكو", "رسيد"]),
        ("كم دامت الزيارة عام ٢٠١٨؟", "ar", ["دامت", "الزياره", "عام", "2018"]),
    ],
)
def test_a_question_is_its_topic_words_in_its_language(
    text: str, language: str, words: list[str]
) -> None:
    question = analyse(text)
    assert question.language == language
    assert list(question.folded) == words
    assert question.text == text


def test_the_language_may_be_told() -> None:
    assert analyse("Bagheri 2021", "fa").language == "fa"


@pytest.mark.parametrize("text", ["من هو؟", "what is it", "این چیست؟"])
def test_a_question_of_function_words_keeps_them(text: str) -> None:
    assert len(analyse(text).words) > 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("متى زار باقري بكين؟", {Asked.WHEN}),
        ("في أي سنة وقعت المذكرة؟", {Asked.WHEN}),
        ("كم دامت الزيارة؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("شكد بقى باقري بروسيا؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("How long did the visit last?", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("چند روز طول کشید؟", {Asked.HOW_MANY, Asked.HOW_LONG}),
        ("وين راح باقري؟", {Asked.WHERE}),
        ("Who is Caroline Rose?", {Asked.WHO}),
        ("چرا تهران نگران است؟", {Asked.WHY}),
        ("ما موقف طالبان؟", set()),
    ],
)
def test_what_is_asked_for_is_told_by_its_words(text: str, asked: set[Asked]) -> None:
    assert analyse(text).asked == asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("US sanctions", {"us", "sanctions"}),
        ("What was signed in May?", {"signed", "may"}),
        ("Tell us of Moscow", {"moscow"}),
        ("May they visit Moscow?", {"visit", "moscow"}),
    ],
)
def test_a_capital_tells_a_country_and_a_month_from_function_words(
    text: str, words: set[str]
) -> None:
    assert set(analyse(text).folded) == words


def test_a_capital_marks_a_name_but_not_the_opening_word() -> None:
    names = {
        word.folded for word in analyse("Did General Bagheri visit Moscow?").words if word.is_name
    }
    assert names == {"general", "bagheri", "moscow"}
    assert not any(word.is_name for word in analyse("List the visits").words)
    assert not any(word.is_name for word in analyse("زيارة باقري").words)


@given(st.text(max_size=40))
def test_any_text_is_a_question(text: str) -> None:
    question = analyse(text)
    assert question.language in ("ar", "fa", "en")
    assert all(question.folded)
