import pytest

from rag.retrieval.certainty import Certainty
from rag.retrieval.present import asks_about_now, without_now
from tests.library import Library


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("من هو قائد الجيش الباكستاني الآن؟", "من هو قائد الجيش الباكستاني ؟"),
        ("من هو قائد الجيش الباكستاني الحالي؟", "من هو قائد الجيش الباكستاني ؟"),
        ("من يقود الجيش حاليًا؟", "من يقود الجيش ؟"),
        ("من يقود الجيش اليوم؟", "من يقود الجيش ؟"),
        ("اکنون فرمانده ارتش پاکستان کیست؟", "فرمانده ارتش پاکستان کیست؟"),
        ("فرمانده کنونی ارتش کیست؟", "فرمانده ارتش کیست؟"),
        ("هم‌اکنون چه کسی فرمانده است؟", "چه کسی فرمانده است؟"),
        ("Who is the army chief now?", "Who is the army chief ?"),
        ("Who is the current army chief?", "Who is the army chief?"),
        ("Who commands the army today?", "Who commands the army ?"),
        ("What about now?", "What about now?"),
    ],
)
def test_a_question_about_now_is_searched_without_its_words_for_now(text: str, bare: str) -> None:
    assert asks_about_now(text)
    assert without_now(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "من كان قائد الجيش الباكستاني؟",
        "ماذا قال في اليوم نفسه؟",
        "Who was the army chief in 2021?",
        "Who was army chief in October 2021, now that it is over?",
        "What is known of the Knowles report?",
        "فرمانده ارتش که بود؟",
    ],
)
def test_a_question_about_another_time_is_not(text: str) -> None:
    assert not asks_about_now(text)


@pytest.mark.parametrize(
    "text",
    [
        "من هو قائد الجيش الباكستاني الآن؟",
        "من هو رئيس أركان الجيش الباكستاني الحالي؟",
        "Who is the Pakistani army chief now?",
        "Who is the current army chief of Pakistan?",
        "اکنون فرمانده ارتش پاکستان کیست؟",
    ],
)
def test_the_newest_dated_report_comes_first_for_a_question_about_now(
    seeds_library: Library, text: str
) -> None:
    findings = seeds_library.find(text)
    assert findings.about_now
    assert findings.certainty is Certainty.ANSWER
    first = findings.chosen[0]
    assert first.sentence.source.date == "2025-01-21"
    assert any(name in first.sentence.text for name in ("عاصم منير", "Asim Munir"))
    assert first.score == max(one.score for one in findings.chosen)


def test_what_the_newest_report_does_not_tell_is_taken_from_older_ones(
    seeds_library: Library,
) -> None:
    for text in (
        "ما طول الحدود بين إيران وباكستان حاليا؟",
        "How long is the border between Iran and Pakistan now?",
    ):
        (first, *_) = seeds_library.find(text).chosen
        assert "1000" in first.sentence.text


def test_without_a_word_for_now_the_best_sentence_stays_first(seeds_library: Library) -> None:
    findings = seeds_library.find("من هو قائد الجيش الباكستاني؟")
    assert not findings.about_now
    assert findings.chosen[0].sentence.source.date is None


def test_reports_of_unknown_date_are_left_in_their_order(library: Library) -> None:
    library.fill(a="قائد الجيش هو سامي نصار.", b="قائد الجيش هو كريم حداد.")
    findings = library.find("من هو قائد الجيش الآن؟")
    assert [one.sentence.source.path for one in findings.chosen] == [
        one.sentence.source.path for one in library.find("من هو قائد الجيش؟").chosen
    ]
