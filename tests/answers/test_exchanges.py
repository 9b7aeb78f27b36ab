"""What a claim exchanges: countries, places and ways, in twins of which the source supports one."""

import pytest

from tests.answers.claims_about import verdict_of

NATIONS = [
    (
        "Kenyan divers planted the coral and Norwegian engineers built the pumps.",
        "Kenyan divers planted the coral.",
        "Norwegian divers planted the coral.",
    ),
    (
        "پزشکان ایرانی و پرستاران عراقی در درمانگاه کار می‌کنند.",
        "Iraqi nurses work in the clinic.",
        "Iranian nurses work in the clinic.",
    ),
    (
        "شارك طيارون عراقيون ومهندسون مصريون في إخماد الحريق.",
        "شارك مهندسون مصريون في إخماد الحريق.",
        "شارك مهندسون عراقيون في إخماد الحريق.",
    ),
    (
        "Russia's energy minister said that Iran will host a meeting on gas in May.",
        "Iran will host a meeting on gas in May.",
        "Russia will host a meeting on gas in May.",
    ),
]
WAYS = [
    (
        "The train runs from Ankara to Konya twice a day.",
        "قطار از آنکارا به قونیه می‌رود.",
        "قطار از قونیه به آنکارا می‌رود.",
    ),
    (
        "نقلت السفينة القمح من أوديسا إلى تونس.",
        "The ship carried the wheat from Odessa to Tunis.",
        "The ship carried the wheat from Tunis to Odessa.",
    ),
    (
        "گروه امدادی چادرها را از آنکارا به کرمانشاه آورد.",
        "The relief team brought the tents from Ankara to Kermanshah.",
        "The relief team brought the tents from Kermanshah to Ankara.",
    ),
]
PLACES = [
    (
        "وقع انفجار في بغداد قتل فيه ثلاثة جنود، فيما اندلع حريق في البصرة وأصيب عاملان.",
        "اندلع حريق في البصرة وأصيب عاملان.",
        "اندلع حريق في بغداد وأصيب عاملان.",
    ),
    (
        "وقع انفجار في بغداد قتل فيه ثلاثة جنود، فيما اندلع حريق في البصرة وأصيب عاملان.",
        "Three soldiers were killed in an explosion in Baghdad.",
        "Three soldiers were killed in an explosion in Basra.",
    ),
    (
        "نشست وزیران در دوحه برگزار شد و نمایشگاه کتاب در مسقط گشایش یافت.",
        "نمایشگاه کتاب در مسقط گشایش یافت.",
        "نمایشگاه کتاب در دوحه گشایش یافت.",
    ),
]
PLANS = [
    (
        "The university expects to begin a second trial near the port in September.",
        "The university expects to begin a second trial in September.",
        "The university began a second trial near the port in September.",
    ),
    (
        "تشكيل لجنة مشتركة للمياه على جدول أعمال الزيارة.",
        "Forming a joint water committee is on the agenda of the visit.",
        "The visit formed a joint water committee.",
    ),
    (
        "مدیر شرکت گفت ممکن است سال آینده ۳۰۰ کارگر استخدام شوند.",
        "ممکن است ۳۰۰ کارگر استخدام شوند.",
        "شرکت ۳۰۰ کارگر استخدام کرد.",
    ),
    (
        "وقال المحامي إن موكله سيستأنف الحكم خلال عشرة أيام.",
        "سيستأنف موكل المحامي الحكم.",
        "استأنف موكل المحامي الحكم.",
    ),
]


@pytest.mark.parametrize(("source", "supported", "exchanged"), [*NATIONS, *WAYS, *PLACES, *PLANS])
def test_what_is_exchanged_is_refused_and_its_twin_kept(
    source: str, supported: str, exchanged: str
) -> None:
    assert verdict_of(supported, source).supported
    assert not verdict_of(exchanged, source).supported


def test_what_two_countries_own_is_of_either() -> None:
    source = "The Iranian and Russian forces trained together."
    assert verdict_of("Russian forces trained with Iranian forces.", source).supported


def test_two_clauses_of_one_report_may_be_told_in_one() -> None:
    source = (
        "وجاء ذلك بعد انتهاء باقري من زيارة لباكستان، استمرت أربعة أيام، التقى فيها مع رئيس "
        "الوزراء الباكستاني، عمران خان."
    )
    claim = "Bagheri spent four days in Pakistan and met Prime Minister Imran Khan."
    assert verdict_of(claim, source).supported
    assert not verdict_of(claim.replace("four", "three"), source).supported


def test_a_persian_word_for_tons_and_persons_is_read_as_either() -> None:
    source = "صادرات پسته به ۱۸۰ هزار تن رسید."
    assert verdict_of("Pistachio exports reached 180,000 tons.", source).supported
    assert not verdict_of("Pistachio exports reached 190,000 tons.", source).supported
