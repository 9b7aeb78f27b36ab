import json
from collections import Counter
from pathlib import Path

import pytest

from rag.retrieval.kinds import Kind, kind_of

QUESTIONS = Path(__file__).parents[1] / "questions" / "seeds.jsonl"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("السلام عليكم", Kind.GREETING),
        ("مرحباااا!!", Kind.GREETING),
        ("صباح الخير", Kind.GREETING),
        ("Hi there", Kind.GREETING),
        ("سلام، خوبی؟", Kind.GREETING),
        ("شكرا جزيلا", Kind.THANKS),
        ("شُكــراً", Kind.THANKS),
        ("يعطيك العافية", Kind.THANKS),
        ("Thanks, that helped.", Kind.THANKS),
        ("ممنون", Kind.THANKS),
        ("مع السلامة", Kind.FAREWELL),
        ("bye", Kind.FAREWELL),
        ("خداحافظ", Kind.FAREWELL),
        ("ماذا تستطيع أن تفعل؟", Kind.ABILITIES),
        ("من أنت؟", Kind.ABILITIES),
        ("What can you do?", Kind.ABILITIES),
        ("چه کارهایی بلدی؟", Kind.ABILITIES),
        ("ما الوثائق المتوفرة لديك؟", Kind.COLLECTION),
        ("شو عندك ملفات؟", Kind.COLLECTION),
        ("How many files are there?", Kind.COLLECTION),
        ("چه اسنادی داری؟", Kind.COLLECTION),
        ("لخّص زيارة باقري", Kind.SUMMARY),
        ("TL;DR of the Al-Monitor report", Kind.SUMMARY),
        ("خلاصه‌ای از سفر بنویس", Kind.SUMMARY),
        ("عدّد الدول المشاركة", Kind.LIST),
        ("List the armed groups", Kind.LIST),
        ("کشورها را نام ببر", Kind.LIST),
        ("رتب الزيارات زمنيا", Kind.TIMELINE),
        ("Give me a timeline of the visits", Kind.TIMELINE),
        ("گاه‌شمار سفرها", Kind.TIMELINE),
        ("قارن بين الزيارتين", Kind.COMPARISON),
        ("How do the two reports differ?", Kind.COMPARISON),
        ("چه فرقی دارند؟", Kind.COMPARISON),
        ("متى زار باقري موسكو؟", Kind.QUESTION),
        ("Who is Caroline Rose?", Kind.QUESTION),
        ("باقری کیست؟", Kind.QUESTION),
    ],
)
def test_the_kind_of_a_message_shows_in_its_words(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "هل قال باقري شكرا لنظيره الباكستاني؟",
        "من هو سلام فياض؟",
        "ماذا قال الوزير عن حدود السلام والصداقة؟",
        "What help did Pakistan offer to Iran in 2018?",
        "من ساعد باقري في تنظيم مساعدة الجيش الباكستاني خلال الزيارة؟",
    ],
)
def test_a_question_that_holds_a_word_of_talk_is_a_question(text: str) -> None:
    assert kind_of(text) is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "بأي صاروخ أطلق القمر الصناعي التونسي؟",
        "بأي مذهب يدين السلطان؟",
        "بأي إسم عُرفت عمان؟",
        "بأي منها؟",
        "السلام عليكم، متى توفي سليم الحداد؟",
        "شكرا، كم ارتفاع سد الوحدة؟",
        "شكرا على المساعدة كم ارتفاع سد الوحدة؟",
        "شكرا، ومتى عاد؟",
        "كيف الحال في غزة؟",
        "ماذا تعمل لينا عبود؟",
        "ما الذي تعمل عليه شركة تلنت؟",
        "ماذا تستطيع ان تفعل الخلايا السرطانية؟",
        "Hi, who is Fawzi al-Saghir?",
        "Thanks, and when did he return?",
        "great wall of china length?",
        "Good Morning Britain presenter?",
        "How does this work for farmers?",
        "سلام، باقری کیست؟",
        "ممنون، چه کسی از باقری دعوت کرد؟",
        "چه کاری ایران در سوریه می‌کند؟",
    ],
)
def test_what_opens_with_talk_and_asks_something_is_a_question(text: str) -> None:
    assert kind_of(text) is Kind.QUESTION


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("شكرا، لخص زيارة باقري", Kind.SUMMARY),
        ("مرحبا، ما الوثائق المتوفرة لديك؟", Kind.COLLECTION),
        ("السلام عليكم، ماذا تستطيع أن تفعل؟", Kind.ABILITIES),
        ("Hi, what can you do?", Kind.ABILITIES),
        ("hi, summarize the report", Kind.SUMMARY),
        ("سلام، فهرست کشورها را بده", Kind.LIST),
        ("سلام، تو کی هستی؟", Kind.ABILITIES),
    ],
)
def test_what_follows_the_talk_decides(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("السلام عليكم ورحمة الله وبركاته", Kind.GREETING),
        ("مرحبا كيف حالك؟", Kind.GREETING),
        ("Hi, how are you?", Kind.GREETING),
        ("سلام دوست عزیز", Kind.GREETING),
        ("شكرا لك على الاجابة 🙏", Kind.THANKS),
        ("Thank you so much for the summary!", Kind.THANKS),
        ("Great, thanks", Kind.THANKS),
        ("خیلی ممنون از کمک شما", Kind.THANKS),
        ("باي باي", Kind.FAREWELL),
        ("see you later", Kind.FAREWELL),
    ],
)
def test_courtesies_are_still_talk(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "كم تقريرا نشرت وزارة الصحة؟",
        "ما مصادر الطاقة المتاحة في مصر؟",
        "ما الوثائق المتوفرة لديك عن باقري؟",
        "How many reports did the UN submit?",
        "what sources of gas are available in Egypt?",
        "Where are the files of the Stasi kept?",
        "چند گزارش سازمان ملل منتشر کرد؟",
        "منابع گاز موجود در ایران کدامند؟",
    ],
)
def test_other_peoples_documents_are_not_the_collection(text: str) -> None:
    assert kind_of(text) is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "كم ملفا عندك؟",
        "ما الوثائق المتاحة؟",
        "ما هي مصادرك؟",
        "What documents are available?",
        "Which files are there and what are they about?",
        "چه اسنادی موجود است؟",
        "چند سند داری؟",
    ],
)
def test_our_own_documents_are(text: str) -> None:
    assert kind_of(text) is Kind.COLLECTION


@pytest.mark.parametrize(
    "text",
    [
        "كم عدد الفرق المشاركة في البطولة؟",
        "كم طاقة محطات التحلية في تعز؟",
        "أهم محطات الطاقة في مصر",
        "عدد سكان عمان؟",
        "عدد السكان في الأردن",
        "لماذا تختلف أسعار النفط؟",
        "ما نسبة البطالة مقارنة بالعام الماضي؟",
        "كم لاعبا في قائمة المنتخب؟",
        "هل هو على قائمة الإرهاب؟",
        "هل يخاف أحدهما من الآخر؟",
        "أليست طهران عاصمة إيران؟",
        "سم الأفعى ما تركيبه؟",
        "summary execution of prisoners in Syria",
        "How many different languages are spoken?",
        "How did prices fall compared with last year?",
        "Who was on the list of guests?",
        "Did the war that began in 1939 end in 1945?",
        "Which king briefly ruled Egypt?",
        "تفاوت قیمت دلار چقدر است؟",
        "چه کسی در لیست تحریم است؟",
    ],
)
def test_a_cue_within_a_question_about_something_else_is_none(text: str) -> None:
    assert kind_of(text) is Kind.QUESTION


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("لخص كم مرة زار باقري موسكو", Kind.SUMMARY),
        ("أبرز محطات حياة مانديلا", Kind.TIMELINE),
        ("أين يختلف التقريران؟", Kind.COMPARISON),
        ("Where do the two reports differ?", Kind.COMPARISON),
        ("ما الفرق؟", Kind.COMPARISON),
        ("Was it an agreement in 2021 and only a proposal in 2025?", Kind.COMPARISON),
        ("آیا در سال ۲۰۲۱ توافق بود و در سال ۲۰۲۵ پیشنهاد؟", Kind.COMPARISON),
        ("عدّد أسباب الأزمة", Kind.LIST),
        ("اكتب لي قائمة بالدول", Kind.LIST),
        ("Give me a list of the groups", Kind.LIST),
    ],
)
def test_a_cue_that_nothing_competes_with_is_one(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_our_own_questions_are_recognised_and_each_kind_has_five() -> None:
    examples = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    kinds = Counter(example["kind"] for example in examples)
    assert len(examples) >= 40
    assert all(count >= 5 for count in kinds.values())
    assert kinds.keys() == {
        "question", "summary", "list", "timeline", "comparison", "limited", "collection", "talk"
    }  # fmt: skip
    for example in examples:
        kind = kind_of(example["question"])
        if example["kind"] != "limited":
            assert ("talk" if kind.is_talk else kind) == example["kind"], example["question"]


def test_only_talk_is_talk() -> None:
    assert [kind for kind in Kind if kind.is_talk] == [
        Kind.GREETING,
        Kind.THANKS,
        Kind.FAREWELL,
        Kind.ABILITIES,
    ]
