import pytest

from rag.retrieval.differing import differing_topic
from rag.retrieval.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What do the reports disagree about?", ""),
        ("What do the reports disagree on about the visit to Oslo?", "the visit to Oslo"),
        ("Where do the sources contradict each other?", ""),
        ("Are there any discrepancies between the documents?", ""),
        ("Do the reports contradict each other about the border?", "the border"),
        ("List the contradictions between the reports", ""),
        ("على ماذا تختلف التقارير؟", ""),
        ("فيم تختلف التقارير حول زيارة الوزير؟", "زيارة الوزير"),
        ("هل هناك تناقض بين المصادر؟", ""),
        ("ما أوجه الاختلاف بين التقارير؟", ""),
        ("ما الاختلافات بين التقارير في مدة الزيارة؟", "مدة الزيارة"),
        ("گزارش‌ها درباره چه چیزی اختلاف دارند؟", ""),
        ("آیا میان گزارش‌ها تناقضی هست؟", ""),
        ("گزارش‌ها کجا با هم اختلاف دارند؟", ""),
        ("اختلاف گزارش‌ها چیست؟", ""),
    ],
)
def test_in_what_the_documents_disagree_is_asked_in_three_languages(text: str, topic: str) -> None:
    assert differing_topic(text) == topic
    assert kind_of(text) is Kind.DISAGREEMENT


@pytest.mark.parametrize(
    "text",
    [
        "What do Iran and Pakistan disagree about?",
        "على ماذا تختلف إيران وباكستان؟",
        "What is the difference between the two plans?",
        "قارن بين التقارير",
        "How do the two proposals differ?",
        "ایران و پاکستان درباره چه چیزی اختلاف دارند؟",
        "What do the reports say about the conflict?",
    ],
)
def test_what_others_disagree_about_is_a_question(text: str) -> None:
    assert differing_topic(text) is None
