from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.numbers import ORDINAL, PERCENT, quantities

AR_UNITS = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
AR_TEENS = [
    "عشرة",
    "أحد عشر",
    "اثنا عشر",
    "ثلاثة عشر",
    "أربعة عشر",
    "خمسة عشر",
    "ستة عشر",
    "سبعة عشر",
    "ثمانية عشر",
    "تسعة عشر",
]
AR_TENS = ["-", "-", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
AR_HUNDREDS = [
    "-",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
]
FA_UNITS = ["صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"]
FA_TEENS = ["ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"]
FA_TENS = ["-", "-", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
FA_HUNDREDS = ["-", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]
EN_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
EN_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_arabic(n: int) -> str:
    parts = []
    if n >= 1000:
        parts.append("ألف" if n < 2000 else "ألفان" if n < 3000 else f"{in_arabic(n // 1000)} ألف")
        n %= 1000
    if n >= 100:
        parts.append(AR_HUNDREDS[n // 100])
        n %= 100
    if 10 <= n < 20:
        parts.append(AR_TEENS[n - 10])
    else:
        if n % 10:
            parts.append(AR_UNITS[n % 10])
        if n >= 20:
            parts.append(AR_TENS[n // 10])
    return " و".join(parts)


def in_persian(n: int) -> str:
    parts = []
    if n >= 1000:
        parts.append("هزار" if n < 2000 else f"{in_persian(n // 1000)} هزار")
        n %= 1000
    if n >= 100:
        parts.append(FA_HUNDREDS[n // 100])
        n %= 100
    if 10 <= n < 20:
        parts.append(FA_TEENS[n - 10])
    else:
        if n >= 20:
            parts.append(FA_TENS[n // 10])
        if n % 10:
            parts.append(FA_UNITS[n % 10])
    return " و ".join(parts)


def in_english(n: int) -> str:
    parts = []
    if n >= 1000:
        parts.append(f"{in_english(n // 1000)} thousand")
        n %= 1000
    if n >= 100:
        parts.append(f"{EN_UNITS[n // 100]} hundred")
        n %= 100
    rest = ""
    if 10 <= n < 20:
        rest = EN_TEENS[n - 10]
    elif n:
        rest = "-".join(
            ([EN_TENS[n // 10]] if n >= 20 else []) + ([EN_UNITS[n % 10]] if n % 10 else [])
        )
    if rest:
        parts.append(f"and {rest}" if parts else rest)
    return " ".join(parts)


def read(text: str) -> list[tuple[Decimal, str | None]]:
    return [(one.value, one.unit) for one in quantities(text)]


@given(st.integers(2, 999_999))
def test_number_words_are_read_in_three_languages(n: int) -> None:
    assert read(f"استغرق {in_arabic(n)} يوما") == [(Decimal(n), "day")]
    assert read(f"این {in_persian(n)} روز طول کشید") == [(Decimal(n), "day")]
    assert read(f"it took {in_english(n)} days") == [(Decimal(n), "day")]


@given(st.integers(0, 10**12), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_digits_of_three_families_are_read_with_and_without_separators(n: int, digits: str) -> None:
    def written(text: str) -> str:
        return text.translate(str.maketrans("0123456789", digits))

    for form in (str(n), f"{n:,}", f"{n:,}".replace(",", "٬")):
        assert read(f"x {written(form)} x") == [(Decimal(n), None)]


@given(st.text(max_size=80))
def test_spans_are_in_the_text_and_do_not_overlap(text: str) -> None:
    found = quantities(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "ثلاثة أيام",
        "ثلاث أيام",
        "3 أيام",
        "٣ أيام",
        "لثلاثة أيام",
        "الأيام الثلاثة",
        "three days",
        "3 days",
        "three-day",
        "3-day",
        "3 روز",
        "۳ روز",
        "سه روز",
        "سه‌روزه",
        "Three  days",
    ],
)
def test_one_quantity_in_many_forms(text: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit) == (Decimal(3), "day")
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("يومين", "2", "day"),
        ("واليومان", "2", "day"),
        ("سنتين", "2", "year"),
        ("العامين الماضيين", "2", "year"),
        ("أسبوعان", "2", "week"),
        ("اثنتي عشرة سنة", "12", "year"),
        ("إحدى عشرة ساعة", "11", "hour"),
        ("خمسًا وعشرين سنة", "25", "year"),
        ("مئتي شخص", "200", "person"),
        ("ألفي دولار", "2000", "dollar"),
        ("مليوني شخص", "2000000", "person"),
        ("3 ملايين و200 ألف شخص", "3200000", "person"),
        ("خمسة وعشرين ألفا ومئتين وثلاثين دولارا", "25230", "dollar"),
        ("3,5 مليون", "3500000", None),
        ("١٬٢٣٤٫٥", "1234.5", None),
        ("10 000 دينار", "10000", "dinar"),
        ("1.000.000", "1000000", None),
        ("3.14", "3.14", None),
        ("$5 million", "5000000", "dollar"),
        ("3.2 bn euros", "3200000000", "euro"),
        ("two dozen people", "24", "person"),
        ("a hundred miles", "100", "mile"),
        ("700km", "700", "kilometre"),
        ("السنوات الخمس الماضية", "5", "year"),
        ("يوم واحد", "1", "day"),
        ("one day", "1", "day"),
        ("الأعضاء الستة", "6", None),
        ("الـ13", "13", None),
        ("نه روز", "9", "day"),
    ],
)
def test_quantities(text: str, value: str, unit: str | None) -> None:
    assert read(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    ["50%", "٥٠٪", "50 في المئة", "خمسون بالمائة", "fifty percent", "50 per cent", "۵۰ درصد"],
)
def test_percent(text: str) -> None:
    assert read(text) == [(Decimal(50), PERCENT)]
    assert read("خمسة بالمئة") == [(Decimal(5), PERCENT)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the third visit", 3),
        ("13th", 13),
        ("الزيارة الثالثة", 3),
        ("الزيارة الثالثة عشرة", 13),
        ("سفر سوم", 3),
    ],
)
def test_ordinals_are_kept_apart(text: str, value: int) -> None:
    assert read(text) == [(Decimal(value), ORDINAL)]


@pytest.mark.parametrize(
    "text",
    [
        "الثلاثاء والأربعاء والخميس والاثنين والأحد",
        "سه شنبه پنج‌شنبه یکشنبه",
        "آلاف الأشخاص ومئات",
        "thousands of people",
        "one of the sides",
        "أحد أهم الأسباب",
        "یکی از آنها",
        "نه، این درست نیست",
        "بي بي سي",
        "لست هناك",
        "تشرين الأول",
        "بی‌بی‌سی گزارش داد",
        "version 2.1.3",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The parts of a number, in one after the other.
        ("مليون و200 ألف", "1200000"),
        ("مليون و200", "1000000 200"),
        ("3 ملايين و200 شخص", "3000000 200"),
        ("ألف ومئة", "1100"),
        ("ألف ألف", "1000 1000"),
        ("ثلاثمئة وخمسة", "305"),
        ("three hundred and five", "305"),
        ("three hundred five", "305"),
        ("two million three", "2000003"),
        ("two twenty", "2 20"),
        ("twenty and one", "21"),
        ("واحد وعشرون", "21"),
        ("واحد عشر", "11"),
        ("ستة وستون وسبعة", "66 7"),
        ("3 dozen", "36"),
        ("5 hundred", "500"),
        ("dozen", "12"),
        ("5 خمسة", "5 5"),
        ("ألف وألفين", "1000 2000"),
        ("عشرين ومئة", "20 100"),
        # Six in Arabic, a set in Persian.
        ("یک ست لباس در تهران خرید", ""),
        ("3 آلاف", "3000"),
        # What is joined to it.
        ("فخمسة وخمسة بخمسة الخمسة للخمسة وبالخمسة", "5 5 5 5 5 5"),
        # Digits, grouped and with decimals.
        ("1,5 and 1,500 and 1.500 and 1.000 and 1'500", "1.5 1500 1.5 1000 1500"),
        ("12 345 000", "12345000"),
        ("٣٫٥ ثم ٣٬٥٠٠", "3.5 3500"),
        ("1½ 3⁄4 2.1.3", ""),
        ("five-six, 5–6, three and four", "5 6 5 6 3 4"),
    ],
)
def test_the_words_and_digits_of_a_number_add_up(text: str, found: str) -> None:
    assert [value for value, _ in read(text)] == [Decimal(one) for one in found.split()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5 $ or $5 or USD 5 or 5 usd", [(5, "dollar")] * 4),
        ("€ 5 million", [(5_000_000, "euro")]),
        ("5 دولار 3", [(5, "dollar"), (3, None)]),
        ("day one, day 5", [(1, "day"), (5, None)]),
        ("اليوم الخامس", [(5, ORDINAL)]),
        ("الحادي والعشرين", [(21, ORDINAL)]),
        ("بیست و یکم", [(21, ORDINAL)]),
        ("twenty-first, twenty seventh", [(21, ORDINAL), (27, ORDINAL)]),
        ("13 th", [(13, None)]),
        ("50 percent 3", [(50, PERCENT), (3, None)]),
        ("per cent, واحد, یک", []),
        ("نه، 5 نفر", [(5, "person")]),
        ("یک نفر", [(1, "person")]),
        ("باليومين", [(2, "day")]),
    ],
)
def test_a_unit_belongs_to_the_number_beside_it(
    text: str, found: list[tuple[Decimal | int, str | None]]
) -> None:
    assert read(text) == found


def test_a_number_that_is_joined_to_another_word_has_its_own_place() -> None:
    text = "پنج وسه نفر"
    assert [text[one.start : one.end] for one in quantities(text)] == ["پنج", "سه نفر"]


def test_numbers_beside_each_other_stay_apart() -> None:
    assert [value for value, _ in read("أربعة وخمسة")] == [4, 5]
    assert [value for value, _ in read("from five to six or 10-11")] == [5, 6, 10, 11]
    assert read("1000 كيلومتر (621 ميلًا)") == [
        (Decimal(1000), "kilometre"),
        (Decimal(621), "mile"),
    ]


def test_a_city_is_no_month() -> None:
    assert read("در سه شهر کشور") == [(Decimal(3), None)]
    assert read("ثلاثة أشهر و12 شهرا") == [(Decimal(3), "month"), (Decimal(12), "month")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("شصت‌وسه نفر", [(63, "person")]),
        ("شصت و سه نفر", [(63, "person")]),
        ("صدوبیست نفر", [(120, "person")]),
        ("دویست‌وپنجاه‌هزار نفر", [(250_000, "person")]),
        # Shut, and parcels; Arabic's "by six" ends in another letter.
        ("مرز بسته شد", []),
        ("پنج بسته پیشنهادی", [(5, None)]),
        ("جاء بستة رجال", [(6, None)]),
    ],
)
def test_persian_numbers_written_as_one_word(text: str, read: list[tuple[int, str | None]]) -> None:
    found: list[tuple[object, str | None]] = [(one.value, one.unit) for one in quantities(text)]
    assert found == read
