import pytest

from rag.retrieval.kinds import Kind
from rag.retrieval.request import understand
from tests.retrieval.test_limits import FILES


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("متى وصل باقري؟", Kind.QUESTION, "متى وصل باقري؟"),
        ("لخص زيارة باقري إلى الصين في بضع جمل", Kind.SUMMARY, "زيارة باقري إلى الصين في"),
        ("Summarize the visit to Beijing", Kind.SUMMARY, "the visit to Beijing"),
        ("لخص كل الوثائق", Kind.SUMMARY, ""),
        ("Summarize all documents", Kind.SUMMARY, ""),
        ("خلاصه کن", Kind.SUMMARY, ""),
        ("عدد الدول المشاركة", Kind.LIST, "الدول المشاركة"),
        ("قارن بين روسيا والصين", Kind.COMPARISON, "بين روسيا والصين"),
        ("ما الوثائق المتوفرة لديك؟", Kind.COLLECTION, "ما الوثائق المتوفرة لديك؟"),
        ("شكرا", Kind.THANKS, "شكرا"),
    ],
)
def test_the_topic_is_what_the_message_is_about(text: str, kind: Kind, topic: str) -> None:
    request = understand(text, FILES)
    assert (request.kind, request.topic) == (kind, topic)
    assert request.files is None


def test_the_words_of_a_limit_are_not_part_of_the_topic() -> None:
    request = understand("لخص monitor.txt", FILES)
    assert (request.kind, request.topic, request.files) == (Kind.SUMMARY, "", frozenset({3}))
    request = understand("وفقا لنورث برس، كم دامت الزيارة؟", FILES)
    assert (request.kind, request.files) == (Kind.QUESTION, frozenset({2}))
    assert "برس" not in request.topic
    assert "دامت الزيارة" in request.topic


def test_talk_is_never_limited() -> None:
    assert understand("شكرا على monitor.txt", FILES).limit is None


def test_a_question_of_nothing_but_small_words_stays_as_it_is() -> None:
    assert understand("من هو؟", FILES).topic == "من هو؟"
