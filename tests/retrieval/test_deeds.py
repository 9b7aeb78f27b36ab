"""Deeds: whether what is asked to have been done is told to have been done."""

import pytest

from rag.retrieval.deeds import deed_of, deeds_of, is_said, said_in
from rag.retrieval.question import analyse


def is_told(question: str, text: str) -> bool:
    deed = deed_of(analyse(question))
    assert deed is not None
    return deed.is_told(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("متى توفي الشاعر؟", "رحل الشاعر عن الدنيا وشيع جثمانه في مسقط رأسه"),
        ("متى مات الشاعر؟", "سامي النجار (1921-1989) شاعر من الجبل"),
        ("When was the poet born?", "ولد الشاعر في قرية صغيرة"),
        ("شاعر کجا به دنیا آمد؟", "زادگاه شاعر روستایی کوچک است"),
        ("من اغتال الوزير؟", "Gunmen shot the minister, who was killed on the spot"),
        ("متى استقال المدير؟", "تنحى المدير عن منصبه"),
        ("متى يعود الوزير؟", "وسيعود الوزير إلى بغداد غدا"),
        ("متى يبدأ المعرض؟", "سيبدأ المعرض الأسبوع المقبل"),
        ("When was the report released?", "The report was published on Monday"),
        ("Where was the wreck found?", "The wreck was discovered off Porto"),
        ("دزدان به کجا فرار کردند؟", "هرب اللصوص على متن دراجة"),
    ],
)
def test_a_deed_is_told_in_other_words_and_languages(question: str, text: str) -> None:
    assert is_told(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("متى توفي الجنرال؟", "زار الجنرال العاصمة في 12 أكتوبر وعقد لقاءات"),
        ("أين ولد اللاعب؟", "تعاقد النادي مع اللاعب المغربي أربع سنوات"),
        ("When did the striker retire?", "سيرتدي القميص رقم 9"),
        ("چه کسی وزیر را کشت؟", "دیدار وزیر با همتای خود برگزار شد"),
        ("متى غادر الوفد؟", "وصل الوفد أمس في زيارة تستمر يومين"),
        ("متى تنتهي المرحلة الثانية؟", "تبدأ المرحلة الثانية الشهر المقبل"),
    ],
)
def test_a_deed_that_nothing_tells_of_is_missing(question: str, text: str) -> None:
    assert not is_told(question, text)


@pytest.mark.parametrize(
    "question",
    [
        "ماذا ناقش الوزيران؟",
        "Which train was it?",
        "سفیر کیست؟",
        "أين يقع الموقع الأثري؟",
        "When did the earthquake strike?",
        "كم عين للعنكبوت؟",
        "What are the signs of the illness?",
    ],
)
def test_other_questions_ask_for_no_listed_deed(question: str) -> None:
    assert deed_of(analyse(question)) is None


def test_the_first_deed_is_asked_for_and_in_persian_the_last() -> None:
    arabic = deed_of(analyse("متى انتهت الحرب التي بدأت بعد اغتيال الأمير؟"))
    assert arabic is not None
    assert ("end",) in arabic.asking["en"]
    persian = deed_of(analyse("دزدانی که تابلو را دزدیدند کجا دستگیر شدند؟"))
    assert persian is not None
    assert ("arrest",) in persian.asking["en"]


def test_a_word_is_said_with_what_is_joined_to_it_and_no_short_stem_is_enough() -> None:
    assert is_said(("وفاه",), said_in("بعد الوفاة بيومين"))
    assert not is_said(("رحل",), said_in("الرحلات الأخيرة"))


def test_a_line_of_the_file_is_a_deed() -> None:
    (deed,) = deeds_of(["# deeds", "", "sell, sold | باع, باعت | فروخت = auction, مزاد"])
    assert deed.asking["fa"] == {("فروخت",)}
    assert deed.is_told("عرض البيت في مزاد")
    assert not deed.is_told("عرض البيت للإيجار")
