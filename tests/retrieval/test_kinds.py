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
