import pytest

from rag.answers.omission import restates


@pytest.mark.parametrize(
    ("part", "question", "language"),
    [
        ("when he returned", "When did Bagheri leave, and when did he return?", "en"),
        ("متى عاد باقري", "متى وصل باقري ومتى عاد؟", "ar"),
        ("the capital of Mongolia", "What is the capital of Mongolia?", "en"),
        ("زمان بازگشت باقری", "باقری کی رفت و زمان بازگشت او کی بود؟", "fa"),
    ],
)
def test_a_part_of_the_question_is_told(part: str, question: str, language: str) -> None:
    assert restates(part, question, language)


@pytest.mark.parametrize(
    ("part", "question", "language"),
    [
        ("nothing; Bagheri was killed by Israel on 13 June 2025", "When did he return?", "en"),
        ("لا شيء، فقد اغتيل باقري في طهران", "متى عاد باقري؟", "ar"),
        ("when Bagheri returned in 2021", "When did Bagheri return?", "en"),
        ("", "When?", "en"),
        ("return " * 60, "When did he return?", "en"),
    ],
)
def test_what_says_more_than_the_question_is_not(part: str, question: str, language: str) -> None:
    assert not restates(part, question, language)
