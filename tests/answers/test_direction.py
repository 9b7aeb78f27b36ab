import pytest

from rag.answers.direction import direction_differs

# A claim, and a source that turns it round.
TURNED = [
    ("Trade with China increased.", "انخفضت التجارة مع الصين."),
    ("Exports fell by 10 percent.", "ارتفعت الصادرات بنسبة 10 في المئة."),
    ("انخفضت الصادرات بنسبة 10%.", "صادرات ۱۰ درصد افزایش یافت."),
    ("صادرات کاهش یافت.", "Exports rose sharply."),
    ("The minister supported the agreement.", "عارض الوزير الاتفاق."),
    ("The minister opposed the agreement.", "أيّد الوزير الاتفاق."),
    ("رحبت الحكومة بالقرار.", "نددت الحكومة بالقرار."),
    ("دولت از توافق حمایت کرد.", "رفضت الحكومة الاتفاق."),
    ("Talks ended on Sunday.", "بدأت المحادثات يوم الأحد."),
    ("انتهت المناورات يوم الأحد.", "انطلقت المناورات يوم الأحد."),
    ("مذاکرات آغاز شد.", "اختتمت المفاوضات."),
    ("The delegation left Tehran.", "وصل الوفد إلى طهران."),
    ("The party won the election.", "خسر الحزب الانتخابات."),
    ("More than 50 people were there.", "حضر أقل من 50 شخصا."),
    ("The exercise is held in the south.", "تجري المناورات في شمال البلاد."),
    ("He visited Moscow before the meeting in Beijing.", "زار موسكو بعد اجتماع بكين."),
    ("زار موسكو بعد توقيع الاتفاق.", "He visited Moscow before signing the agreement."),
    ("او پس از انتخابات استعفا داد.", "استقال قبل الانتخابات."),
    ("It was built after 2016.", "بُني قبل عام 2016."),
]
# A claim, and a source that does not.
KEPT = [
    ("Trade with China increased.", "ارتفعت التجارة مع الصين."),
    ("Trade increased, unemployment fell.", "انخفضت البطالة."),
    ("The minister supported the agreement.", "أيد الوزير الاتفاق بعد أن عارضه."),
    ("The minister did not support it.", "عارض الوزير الاتفاق."),
    ("The minister opposed it.", "لم يدعم الوزير الاتفاق."),
    ("He met the minister after the visit to Moscow.", "زار موسكو قبل لقاء الوزير."),
    ("Karim left after the meeting.", "عُقد الاجتماع قبل مغادرة كريم."),
    ("The plan was presented before the vote.", "قدمت الخطة من قبل الحكومة قبل التصويت."),
    ("The Rapid Support Forces attacked the town.", "هاجمت قوات الدعم السريع البلدة."),
    ("He condemned the attack.", "دان الهجوم الذي شنته قوات الدعم السريع."),
    ("It was signed two days before the summit.", "وقعت قبل يومين من القمة."),
    ("Bagheri went to Beijing after Moscow.", "سافر باقري إلى بكين بعد موسكو."),
]


@pytest.mark.parametrize(("claim", "source"), TURNED)
def test_what_is_turned_round_is_told(claim: str, source: str) -> None:
    assert direction_differs(claim, source)


@pytest.mark.parametrize(("claim", "source"), KEPT)
def test_what_is_not_is_kept(claim: str, source: str) -> None:
    assert not direction_differs(claim, source)


def test_the_side_may_be_told_in_what_the_source_leans_on() -> None:
    assert direction_differs("Prices rose.", "وانخفضت الأسعار.")
    assert not direction_differs("Prices rose.", "وانخفضت الأسعار.", "بعد ارتفاع الأسعار")


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        (
            "استقال المدير بعد أن وقعت الشركة العقد.",
            "وقعت الشركة العقد بعد أن استقال المدير.",
            True,
        ),
        ("وقعت الشركة العقد بعد استقالة المدير.", "وقعت الشركة العقد بعد أن استقال المدير.", False),
        (
            "The manager resigned before the company signed.",
            "وقعت الشركة بعد أن استقال المدير.",
            False,
        ),
        (
            "The dam was repaired after the flood came.",
            "The flood came after the dam was repaired.",
            True,
        ),
        (
            "The dam was repaired before the flood came.",
            "The flood came after the dam was repaired.",
            False,
        ),
    ],
)
def test_of_two_things_without_dates_the_order_is_compared(
    claim: str, source: str, differs: bool
) -> None:
    assert direction_differs(claim, source) is differs
