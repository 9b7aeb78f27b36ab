"""Opposites of what a source says: of two claims it supports one and not the other."""

import pytest

from rag.answers.antonyms import is_turned
from rag.answers.verification import Reason
from tests.answers.claims_about import verdict_of

TWINS = [
    (
        "The council raised the bus fare and lowered the price of the monthly ticket.",
        "The council lowered the price of the monthly ticket.",
        "The council raised the price of the monthly ticket.",
    ),
    (
        "The council raised the bus fare and lowered the price of the monthly ticket.",
        "خفض المجلس سعر التذكرة الشهرية.",
        "رفع المجلس سعر التذكرة الشهرية.",
    ),
    (
        "وافقت اللجنة على بناء الجسر ورفضت هدم السوق القديم.",
        "The committee refused to demolish the old market.",
        "The committee agreed to demolish the old market.",
    ),
    (
        "أعادت البلدية فتح الحديقة وأغلقت المسبح حتى الصيف.",
        "شهرداری استخر را تا تابستان بست.",
        "شهرداری استخر را تا تابستان باز کرد.",
    ),
    (
        "وزارت آموزش مسابقه را لغو کرد اما امتحانات مدارس را ادامه داد.",
        "The education ministry continued the school exams.",
        "The education ministry stopped the school exams.",
    ),
    (
        "دادگاه راننده را تبرئه کرد و مدیر شرکت را محکوم کرد.",
        "دادگاه مدیر شرکت را مجرم شناخت.",
        "دادگاه مدیر شرکت را تبرئه کرد.",
    ),
    (
        "Doctors praised the new vaccine but criticised the price of the treatment.",
        "Doctors criticised the price of the treatment.",
        "Doctors praised the price of the treatment.",
    ),
    (
        "هزم فريق المنار فريق الشاطئ في نصف النهائي.",
        "فريق الشاطئ خسر أمام المنار في نصف النهائي.",
        "Manar lost to Shati in the semi-final.",
    ),
    (
        "The river rose in the north, while the level of the lake fell by 30 centimetres.",
        "The level of the lake dropped by 30 centimetres.",
        "The level of the lake rose by 30 centimetres.",
    ),
    (
        "واردات برنج کاهش یافت و صادرات زعفران افزایش یافت.",
        "Saffron exports increased.",
        "Saffron exports decreased.",
    ),
    (
        "سمحت الشرطة بالمظاهرة ومنعت دخول الشاحنات إلى وسط المدينة.",
        "منعت الشرطة دخول الشاحنات إلى وسط المدينة.",
        "سمحت الشرطة بدخول الشاحنات إلى وسط المدينة.",
    ),
    (
        "The telescope was switched on in May and the old antenna was switched off.",
        "The old antenna was switched off.",
        "The old antenna was switched on.",
    ),
]


@pytest.mark.parametrize(("source", "supported", "turned"), TWINS)
def test_the_opposite_of_what_is_told_of_a_thing_is_refused(
    source: str, supported: str, turned: str
) -> None:
    assert verdict_of(supported, source).supported
    assert not verdict_of(turned, source).supported


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The government did not reject the plan.", "The government accepted the plan."),
        ("لم ترفض الحكومة طلب النقابة.", "قبلت الحكومة طلب النقابة."),
        ("دولت با این طرح مخالفت نکرد.", "دولت با این طرح موافقت کرد."),
        ("The bank refused to close the branch.", "The bank kept the branch open."),
    ],
)
def test_a_denied_opposite_is_no_contradiction(source: str, claim: str) -> None:
    assert not is_turned(claim, [source], ())


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The government did not reject the plan.", "The government rejected the plan."),
        ("لم ترفض الحكومة طلب النقابة.", "The government refused the union's request."),
    ],
)
def test_what_is_denied_is_not_told_as_so(source: str, claim: str) -> None:
    assert not verdict_of(claim, source).supported


def test_a_refusal_of_what_is_told_to_have_happened_is_refused() -> None:
    source = "The mayor met the striking drivers on Tuesday."
    assert verdict_of("The mayor met the drivers.", source).supported
    assert not verdict_of("The mayor refused to meet the drivers.", source).supported


def test_who_loses_is_not_exchanged_with_who_wins() -> None:
    source = "فاز نادي المنار على نادي الشاطئ."
    assert verdict_of("خسر نادي الشاطئ أمام نادي المنار.", source).supported
    verdict = verdict_of("خسر نادي المنار أمام نادي الشاطئ.", source)
    assert verdict.reason is Reason.DIRECTION
