"""What is only expected, planned or possible is not told as done: pairs over made-up reports."""

import pytest

from rag.answers.certainty import told_as_done

RATES = "The central bank is expected to cut rates by half a point in June."
APPEAL = "The court may overturn the verdict after the appeal."
HURRICANE = "ومن المتوقع أن يصل الإعصار إلى الساحل مساء السبت."
PLANTS = "تعتزم الشركة إغلاق مصنعين في العام المقبل، بحسب مديرها."
DAM = "قد تؤدي الأمطار إلى انهيار السد، وقد حذر الخبراء من ذلك."
HOSPITAL = "سيفتتح الرئيس المستشفى الجديد غدا."
DEAL = "وقد وصل الوزير إلى العاصمة، وسيفتتح المعرض الدولي يوم الخميس."
SCHOOLS = "احتمالاً مدارس روز شنبه تعطیل می‌شوند."
COACH = "تیم ملی قصد دارد مربی تازه‌ای استخدام کند."
BREAD = "دولت قرار است قیمت نان را افزایش دهد."
WARD = "رئیس‌جمهور فردا بیمارستان تازه را افتتاح خواهد کرد."
VOTE = "Officials will decide on Friday whether to drain the reservoir completely."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The central bank cut rates by half a point in June.", RATES),
        ("خفض البنك المركزي الفائدة نصف نقطة في يونيو.", RATES),
        ("The court overturned the verdict.", APPEAL),
        ("وصل الإعصار إلى الساحل مساء السبت.", HURRICANE),
        ("The hurricane reached the coast on Saturday evening.", HURRICANE),
        ("أغلقت الشركة مصنعين.", PLANTS),
        ("The company closed two factories.", PLANTS),
        ("أدت الأمطار إلى انهيار السد.", DAM),
        ("افتتح الرئيس المستشفى الجديد.", HOSPITAL),
        ("رئیس‌جمهور بیمارستان تازه را افتتاح کرد.", HOSPITAL),
        ("افتُتح المعرض الدولي يوم الخميس.", DEAL),
        ("مدارس روز شنبه تعطیل شدند.", SCHOOLS),
        ("تیم ملی مربی تازه‌ای استخدام کرد.", COACH),
        ("دولت قیمت نان را افزایش داد.", BREAD),
        ("رئیس‌جمهور بیمارستان تازه را افتتاح کرد.", WARD),
        ("Officials have decided to drain the reservoir completely.", VOTE),
    ],
)
def test_what_is_left_open_is_not_told_as_done(claim: str, source: str) -> None:
    assert told_as_done(claim, (source,))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The central bank is expected to cut rates in June.", RATES),
        ("The bank plans a rate cut in June.", RATES),
        ("The verdict may be overturned on appeal.", APPEAL),
        ("يتوقع وصول الإعصار إلى الساحل مساء السبت.", HURRICANE),
        ("تخطط الشركة لإغلاق مصنعين.", PLANTS),
        ("حذر الخبراء من انهيار السد.", DAM),
        ("وصل الوزير إلى العاصمة.", DEAL),
        ("The minister arrived in the capital.", DEAL),
        ("احتمال دارد مدارس روز شنبه تعطیل شوند.", SCHOOLS),
        ("تیم ملی می‌خواهد مربی تازه‌ای استخدام کند.", COACH),
        ("رئیس‌جمهور فردا بیمارستان تازه را افتتاح می‌کند.", WARD),
        ("The vaccine was approved in May 2024.", "The vaccine was approved in May 2024."),
        ("قضت المحكمة بسجنه ست سنوات.", "قضت المحكمة بسجنه ست سنوات بتهمة الرشوة."),
        ("وافقت اللجنة على الخطة.", "وقد وافقت اللجنة على الخطة، وربما تعدلها لاحقا."),
        (
            "The minister visited the plant that opened in 2019.",
            "The minister is expected to visit the plant, which opened in 2019, again. The "
            "minister visited the plant last year.",
        ),
    ],
)
def test_plans_may_be_told_as_plans_and_what_is_certain_as_done(claim: str, source: str) -> None:
    assert not told_as_done(claim, (source,))


@pytest.mark.parametrize(
    "claim",
    [
        "The exercises take place in November.",
        "The exercises are to begin in November.",
        "Exercises will begin in November.",
    ],
)
def test_what_is_not_told_as_past_is_not_told_as_done(claim: str) -> None:
    source = "ومن المحتمل أن تبدأ التدريبات في تشرين الثاني."
    assert not told_as_done(claim, (source,))
    assert told_as_done("The exercises began in November.", (source,))
