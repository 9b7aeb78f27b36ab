"""People of whom the sources have nothing, in scripts that have no capitals."""

import pytest

from rag.answers.alignment import features_of
from rag.answers.strangers import stranger
from rag.answers.verification import Reason, verify
from tests.answers.reports import evidence_of, sentence_with

ARABIC = """زيارة إلى عمّان

وصل الجنرال فارس الصباغ إلى عمّان في 3 مايو، والتقى وزير الدفاع الأردني.
واستمرت إقامة الصباغ في الأردن خمسة أيام، وأجرى محادثات مع المسؤولين حول أمن الحدود.
وقال سيرجي كورنيف، السفير الروسي، إن المحادثات كانت مفيدة.
"""
PERSIAN = """سفر به امان

ژنرال فارس صباغ ۳ مه وارد امان شد و با وزیر دفاع اردن دیدار کرد.
اقامت صباغ در اردن پنج روز طول کشید و او با مقام‌ها دربارهٔ امنیت مرزها گفت‌وگو کرد.
"""
ENGLISH = """A visit to Amman

General Fares Sabbagh arrived in Amman on 3 May and met the Jordanian defence minister.
The stay of Sabbagh in Jordan lasted five days. Ivo Brandt, an ambassador, called it useful.
"""
BORDER = """الحدود

يبلغ طول الحدود بين كينيا وأوغندا 900 كيلومتر. ولا تزال إثيوبيا تراقب ما يجري.
"""
WRONG = {
    "ar": (
        ("وصل {} إلى عمّان في 3 مايو.", "سليماني لافروف بوتين ترامب كورساكوف زنغنه تاجزاده روحاني"),
        ("دامت إقامة {} في الأردن خمسة أيام.", "سليماني لافروف رئيسي ماكرون جهانغيري"),
        ("في 3 مايو وصل {} إلى عمّان.", "سليماني ميدفيديف أوستن صفوي"),
        ("أجرى المسؤولون محادثات مع {} حول أمن الحدود.", "لافروف بلينكن شابوتين"),
    ),
    "fa": (
        ("{} ۳ مه وارد امان شد.", "سلیمانی لاوروف پوتین ترامپ کورساکوف زنگنه تاجزاده روحانی"),
        ("اقامت {} در اردن پنج روز طول کشید.", "سلیمانی لاوروف رئیسی مکرون"),
        ("سفر {} به اردن پنج روز طول کشید.", "سلیمانی مدودف آستین صفوی"),
        ("مقام‌ها با {} دربارهٔ امنیت مرزها گفت‌وگو کردند.", "لاوروف بلینکن شاپوتین"),
    ),
}
CLAIMS = [
    (form.format(name), report)
    for language, report in (("ar", ARABIC), ("fa", PERSIAN))
    for form, names in WRONG[language]
    for name in names.split()
]


@pytest.mark.parametrize(("claim", "report"), CLAIMS)
def test_somebody_else_in_a_true_claim_is_a_stranger(claim: str, report: str) -> None:
    assert stranger(claim, features_of(report))


@pytest.mark.parametrize(
    ("claim", "report"),
    [
        ("وصل لافروف إلى عمّان في 3 مايو.", ENGLISH),
        ("لاوروف ۳ مه وارد امان شد.", ENGLISH),
        ("لاوروف ۳ مه وارد امان شد.", ARABIC),
        ("وصل لافروف إلى عمّان في 3 مايو.", PERSIAN),
    ],
)
def test_the_language_of_the_source_does_not_matter(claim: str, report: str) -> None:
    assert stranger(claim, features_of(report))


@pytest.mark.parametrize("report", [ARABIC, PERSIAN, ENGLISH])
@pytest.mark.parametrize(
    "claim",
    [
        "وصل الصباغ إلى عمّان في 3 مايو.",
        "دامت إقامة فارس الصباغ في الأردن خمسة أيام.",
        "زار الجنرال صباغ الأردن.",
        "صباغ ۳ مه وارد امان شد.",
        "سفر فارس صباغ به اردن پنج روز طول کشید.",
        "التقى المسؤول العسكري وزير الدفاع.",
        "وصل مسؤول عسكري رفيع إلى العاصمة الأردنية.",
        "مقامی نظامی وارد پایتخت اردن شد.",
        "سفر پنج‌روزهٔ او به اردن پایان یافت.",
        "جاءت الزيارة تلبية لدعوة من الوزير.",
        "لم تتطرق المحادثات إلى غير ذلك.",
        "General Sabbagh arrived in Amman.",
    ],
)
def test_who_is_told_is_none_however_it_is_said(claim: str, report: str) -> None:
    assert stranger(claim, features_of(report)) is None


@pytest.mark.parametrize(
    ("claim", "report"),
    [
        ("سرگئی کورنیف، سفیر روسیه، گفت‌وگوها را مفید خواند.", ARABIC),
        ("ایوو برانت گفت سفر مفید بود.", ENGLISH),
        ("قال إيفو برانت إن الزيارة مفيدة.", ENGLISH),
    ],
)
def test_a_name_is_spelt_in_several_ways(claim: str, report: str) -> None:
    assert stranger(claim, features_of(report)) is None


@pytest.mark.parametrize(
    ("claim", "needle", "report"),
    [
        ("وصل سليماني إلى عمّان في 3 مايو.", "3 مايو", ARABIC),
        ("سلیمانی ۳ مه وارد امان شد.", "۳ مه", PERSIAN),
        ("Soleimani arrived in Amman on 3 May.", "3 May", ENGLISH),
    ],
)
def test_a_claim_about_a_stranger_is_not_shown(claim: str, needle: str, report: str) -> None:
    evidence = evidence_of(report)
    verdict = verify(claim, [sentence_with(needle, evidence)], evidence)
    assert verdict.reason is Reason.NAME


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        ("The border between Kenya and Uganda is 900 km long.", True),
        ("The border between Kenya and Ethiopia is 900 km long.", False),
        ("يبلغ طول حدود كينيا مع أوغندا 900 كيلومتر.", True),
        ("يبلغ طول حدود كينيا مع إثيوبيا 900 كيلومتر.", False),
        ("طول مرز کنیا و اوگاندا ۹۰۰ کیلومتر است.", True),
        ("طول مرز کنیا و اتیوپی ۹۰۰ کیلومتر است.", False),
    ],
)
def test_a_measure_is_of_the_countries_that_it_is_told_with(claim: str, supported: bool) -> None:
    evidence = evidence_of(BORDER)
    assert verify(claim, [sentence_with("900", evidence)], evidence).supported == supported
