import pytest

from rag.answers.alignment import features_of
from rag.answers.details import is_translation, lacks_detail

SOURCE = "اتفق البلدان على تعزيز التعاون العسكري وتبادل المعلومات لمكافحة الإرهاب."


@pytest.mark.parametrize(
    "claim",
    [
        "The two countries agreed to strengthen military cooperation and share information.",
        "Closer military ties and the fight against terrorism were agreed.",
        "دو کشور بر گسترش همکاری نظامی و مبارزه با تروریسم توافق کردند.",
        "توافق البلدان على توسيع التعاون العسكري ومحاربة الإرهاب.",
    ],
)
def test_a_paraphrase_lacks_nothing(claim: str) -> None:
    same = "توافق" in claim and "دو" not in claim
    assert not lacks_detail(claim, features_of(SOURCE), "", same_language=same)


@pytest.mark.parametrize(
    "claim",
    [
        "The two countries agreed to strengthen military cooperation and to build missiles.",
        "The two countries agreed on military cooperation and on a loan.",
        "دو کشور بر همکاری نظامی و ساخت پهپاد توافق کردند.",
        "اتفق البلدان على تعزيز التعاون العسكري وشراء دبابات.",
        "The two countries agreed to strengthen economic cooperation.",
    ],
)
def test_an_added_fact_is_told(claim: str) -> None:
    assert lacks_detail(claim, features_of(SOURCE), "", same_language="ا" in claim[:3])


def test_a_name_of_the_passage_may_be_carried_over() -> None:
    passages = "زار قمر جاويد باجوا طهران."
    claim = "اتفق قمر جاويد باجوا على تعزيز التعاون."
    assert not lacks_detail(claim, features_of(SOURCE), passages, same_language=True)


def test_a_translated_quotation_is_followed_word_by_word() -> None:
    assert is_translation("strengthening military cooperation", features_of(SOURCE))
    assert not is_translation("strengthening economic growth", features_of(SOURCE))
