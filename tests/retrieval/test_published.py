import pytest

from rag.retrieval.kinds import Kind, kind_of
from rag.retrieval.published import asks_when_published


@pytest.mark.parametrize(
    "text",
    [
        "متى صدر تقرير إرنا؟",
        "متى نشر هذا الخبر؟",
        "ما تاريخ التقرير؟",
        "When was the report published?",
        "When was the North Press report published?",
        "What is the date of this article?",
        "این گزارش کی منتشر شد؟",
        "گزارش ایرنا چه زمانی منتشر شد؟",
        "تاریخ انتشار این گزارش چیست؟",
    ],
)
def test_the_date_of_a_report_is_asked_for_in_three_languages(text: str) -> None:
    assert asks_when_published(text)
    assert kind_of(text) is Kind.PUBLICATION


@pytest.mark.parametrize(
    "text",
    [
        "متى صدر القرار؟",
        "متى نشرت إيران قواتها؟",
        "ومتى صدر؟",
        "When was the agreement published?",
        "When was the book written?",
        "When was it built?",
        "کتاب کی منتشر شد؟",
    ],
)
def test_the_date_of_something_else_is_a_question(text: str) -> None:
    assert not asks_when_published(text)
