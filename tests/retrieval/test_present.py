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
        ("What was Bagheri's most recent visit?", "What was Bagheri's visit?"),
        ("When was the last time Bagheri visited Pakistan?", "When was Bagheri visited Pakistan?"),
        ("Bagheri's last official visit to Pakistan", "Bagheri's official visit to Pakistan"),
        ("متى كانت آخر زيارة لباقري؟", "متى كانت زيارة لباقري؟"),
        ("ما أحدث تصريحات باقري؟", "ما تصريحات باقري؟"),
        ("متى زار باقري باكستان آخر مرة؟", "متى زار باقري باكستان ؟"),
        ("ماذا قال في زيارته الأخيرة؟", "ماذا قال في زيارته ؟"),
        ("آخرین سفر باقری کی بود؟", "سفر باقری کی بود؟"),
        ("باقری آخرین بار کی به پاکستان رفت؟", "باقری کی به پاکستان رفت؟"),
        ("تازه‌ترین دیدار باقری با که بود؟", "دیدار باقری با که بود؟"),
    ],
)
def test_a_question_about_now_is_searched_without_its_words_for_now(text: str, bare: str) -> None:
    assert asks_about_now(text)
    assert without_now(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "Who is the Pakistani army chief?",
        "Who is Pakistan's army chief?",
        "من هو قائد الجيش الباكستاني؟",
        "ما اسم قائد الجيش الباكستاني؟",
        "فرمانده ارتش پاکستان کیست؟",
        "فرمانده ارتش پاکستان چه کسی است؟",
    ],
)
def test_who_holds_an_office_is_asked_of_today(text: str) -> None:
    assert asks_about_now(text)
    assert without_now(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Who is Prime Minister Imran Khan?",
        "Who is the former army chief?",
        "Who is the defence minister that invited Bagheri?",
        "من هو وزير الدفاع الروسي الذي دعا باقري؟",
        "من هو الرئيس الأمريكي السابق؟",
        "فرمانده پیشین ارتش کیست؟",
        "How long did Bagheri's trip last?",
        "What happened last week?",
        "هل زار باقري بلدا آخر؟",
        "ماذا جرى في السنوات الأخيرة؟",
        "آخرین روز سفر باقری چه شد؟",
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
        "Who is the Pakistani army chief?",
        "من هو قائد الجيش الباكستاني؟",
        "فرمانده ارتش پاکستان کیست؟",
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


@pytest.mark.parametrize(
    "text",
    [
        "When was Bagheri's most recent visit to Pakistan?",
        "متى كانت آخر زيارة لباقري إلى باكستان؟",
        "آخرین سفر باقری به پاکستان کی بود؟",
    ],
)
def test_the_latest_visit_is_that_of_the_newest_report(seeds_library: Library, text: str) -> None:
    findings = seeds_library.find(text)
    assert findings.about_now
    assert findings.chosen[0].sentence.source.date == "2025-01-21"


@pytest.mark.parametrize(
    "text",
    [
        "When was Bagheri's latest visit to Russia?",
        "متى كانت آخر زيارة لباقري إلى روسيا؟",
        "آخرین سفر باقری به روسیه کی بود؟",
    ],
)
def test_the_latest_visit_to_one_country_is_not_one_to_another(
    seeds_library: Library, text: str
) -> None:
    findings = seeds_library.find(text)
    assert findings.about_now
    assert findings.chosen[0].sentence.source.date != "2025-01-21"


def test_of_another_time_the_best_sentence_stays_first(seeds_library: Library) -> None:
    findings = seeds_library.find("من كان قائد الجيش الباكستاني؟")
    assert not findings.about_now
    assert findings.chosen[0].sentence.source.date is None


def test_reports_of_unknown_date_are_left_in_their_order(library: Library) -> None:
    library.fill(a="قائد الجيش هو سامي نصار.", b="قائد الجيش هو كريم حداد.")
    findings = library.find("من هو قائد الجيش الآن؟")
    assert [one.sentence.source.path for one in findings.chosen] == [
        one.sentence.source.path for one in library.find("من كان قائد الجيش؟").chosen
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of Norland?",
        "Who runs the port of Norvik now?",
        "Who's the mayor of Norvik these days?",
        "Is Lena Brandt still mayor of Norvik?",
        "What is the price of bread today?",
        "How many inhabitants does Norvik have now?",
        "Who is in charge of the army at the moment?",
        "هل ما زال الطريق مغلقا؟",
        "هل لا يزال حداد وزيرا؟",
        "من يشغل منصب وزير النفط حاليا؟",
        "مين رئيس الحكومة هلق؟",
        "كم سعر الخبز اليوم؟",
        "من يرأس البلدية في الوقت الراهن؟",
        "شو آخر المستجدات؟",
        "شهردار فعلی شیراز کیست؟",
        "الان قیمت نان چقدر است؟",
        "آیا منصوری هنوز شهردار است؟",
        "آخرین خبر از مذاکرات چیست؟",
        "امروزه چند نفر در شهر زندگی می‌کنند؟",
        "این روزها چه کسی باشگاه را اداره می‌کند؟",
    ],
)
def test_the_present_is_asked_about_in_many_words(question: str) -> None:
    assert asks_about_now(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who was the president of Norland in 2016?",
        "Was she still mayor when the bridge opened?",
        "Who founded the party?",
        "من كان رئيس الصين عام 2016؟",
        "هل كان الطريق ما زال مغلقا عندما وصل الوفد؟",
        "من استقبل الوزير؟",
        "كم كان سعر الخبز عام 2010؟",
        "شهردار شیراز در سال ۱۳۹۰ چه کسی بود؟",
        "وقتی جنگ شروع شد او هنوز وزیر بود؟",
        "چه کسی پل را ساخت؟",
    ],
)
def test_another_time_is_not_the_present(question: str) -> None:
    assert not asks_about_now(question)
