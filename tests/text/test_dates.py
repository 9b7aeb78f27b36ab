from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text.dates import (
    MONTHS,
    WrittenDate,
    date_values,
    day_after,
    numeric_months,
    other_dates,
    weekday_of,
    written_dates,
)
from rag.text.folding import fold
from tests.text.writing import digit_families, in_digits, texts, thorough

LANGUAGES = ("arabic", "syriac", "maghrebi", "english", "persian")
MONTH_NAMES = (
    ("يناير", "كانون الثاني", "جانفي", "January", "ژانویه"),
    ("فبراير", "شباط", "فيفري", "February", "فوریه"),
    ("مارس", "آذار", "مارس", "March", "مارس"),
    ("أبريل", "نيسان", "أفريل", "April", "آوریل"),
    ("مايو", "أيار", "ماي", "May", "مه"),
    ("يونيو", "حزيران", "جوان", "June", "ژوئن"),
    ("يوليو", "تموز", "جويلية", "July", "ژوئیه"),
    ("أغسطس", "آب", "أوت", "August", "اوت"),
    ("سبتمبر", "أيلول", "شتنبر", "September", "سپتامبر"),
    ("أكتوبر", "تشرين الأول", "أكتوبر", "October", "اکتبر"),
    ("نوفمبر", "تشرين الثاني", "نونبر", "November", "نوامبر"),
    ("ديسمبر", "كانون الأول", "دجنبر", "December", "دسامبر"),
)
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}

FULL = [
    "{d}/{m}/{y}",
    "{d}.{m}.{y}",
    "{d:02}-{m:02}-{y}",
    "{y}-{m:02}-{d:02}",
    "{d} {arabic} {y}",
    "{d} {arabic}، {y}",
    "{d} من {arabic} {y}",
    "{d} من شهر {arabic} من عام {y}",
    "{d} {arabic} عام {y}",
    "{d} {arabic} سنة {y}",
    "{d:02} {syriac} {y}",
    "{d} {maghrebi} {y}",
    "{d} {arabic}/ {syriac} {y}",
    "{d} {syriac}/{arabic} {y}",
    "{d} {syriac} ({arabic}) {y}",
    "{d} {english} {y}",
    "{d} {english}, {y}",
    "{d}{th} of {english} {y}",
    "{english} {d}, {y}",
    "{english} {d}{th}, {y}",
    "{english:.3} {d}, {y}",
    "{d} {persian} {y}",
    "{d} {persian} سال {y}",
]
WITHOUT_YEAR = [
    "{d} {arabic}",
    "{d} {syriac}",
    "{d} {arabic}/ {syriac}",
    "{d} {english}",
    "{english} {d}",
    "{d} {persian}",
]
WITHOUT_DAY = [
    "{arabic} {y}",
    "{syriac} {y}",
    "{arabic}/ {syriac} {y}",
    "{syriac}/ {arabic} لعام {y}",
    "{arabic} من عام {y}",
    "{english} {y}",
    "{english}, {y}",
    "{persian} {y}",
    "{persian} سال {y}",
]
surroundings = st.sampled_from([("", ""), ("وصل في ", " إلى موسكو."), ("(", ")"), ("on ", ".\n")])


def written(form: str, day: date, family: str) -> str:
    names = dict(zip(LANGUAGES, MONTH_NAMES[day.month - 1], strict=True))
    ending = ENDINGS.get(day.day, "th")
    text = form.format(d=day.day, m=day.month, y=day.year, th=ending, **names)
    return in_digits(text, family)


def found_in(text: str) -> list[tuple[str, str]]:
    return [(one.value, text[one.start : one.end]) for one in written_dates(text)]


def values(text: str) -> list[str]:
    return [one.value for one in written_dates(text)]


some = settings(thorough, max_examples=60)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("form", FULL)
@some
@given(day=days, family=digit_families, around=surroundings)
def test_a_full_date_is_read_in_every_form(
    form: str, day: date, family: str, around: tuple[str, str]
) -> None:
    text = written(form, day, family)
    assert found_in(text.join(around)) == [(day.isoformat(), text)]
    assert all(one.is_full for one in written_dates(text))


@pytest.mark.parametrize("form", WITHOUT_YEAR)
@some
@given(day=days, family=digit_families, around=surroundings)
def test_a_date_without_its_year_is_a_day_of_any_year(
    form: str, day: date, family: str, around: tuple[str, str]
) -> None:
    text = written(form, day, family)
    assert found_in(text.join(around)) == [(f"--{day.month:02}-{day.day:02}", text)]
    assert not any(one.is_full for one in written_dates(text))


@pytest.mark.parametrize("form", WITHOUT_DAY)
@some
@given(day=days, family=digit_families, around=surroundings)
def test_a_date_without_its_day_is_a_month(
    form: str, day: date, family: str, around: tuple[str, str]
) -> None:
    text = written(form, day, family)
    assert found_in(text.join(around)) == [(f"{day.year}-{day.month:02}", text)]
    assert not any(one.is_full for one in written_dates(text))


@pytest.mark.parametrize(
    "text",
    [
        "12 أُكْتُوبَر 2021",
        "12 أكتـــوبر 2021",
        "12 اکتبر 2021",
        "يوم الثلاثاء 12 أكتوبر 2021م",
        "12 OCTOBER 2021",
        "Tuesday, 12 October 2021",
        "12\u200f/10\u200f/2021",
        "2021/10/12",
        "۲۰۲۱/۱۰/۱۲",
        "Oct. 12, 2021",
        "12 Oct. 2021",
        "12 أكتوبر لعام 2021",
        "12 أكتوبر من العام 2021",
    ],
)
def test_one_date_as_agencies_and_papers_write_it(text: str) -> None:
    assert values(text) == ["2021-10-12"]


@pytest.mark.parametrize(
    "text",
    [
        "في عام 2018",
        "2018-2021",
        "31 جمادى الأولى 1443",
        "12/10/1443",
        "۲۰ مهر ۱۴۰۰",
        "1400/07/20",
        "40 أكتوبر",
        "30/02/2021",
        "2021-13-01",
        "32/12/2021",
        "version 1.10.3",
        "+98 21 1234 5678",
        "12 مارسيليا",
        "الفريق فاز 3-1",
        "the marching band of 12",
        "۱۲ جوان ایرانی کشته شدند",
    ],
)
def test_what_is_no_gregorian_date_is_left_alone(text: str) -> None:
    assert written_dates(text) == []


def test_an_impossible_day_still_leaves_its_month() -> None:
    assert found_in("في 31 فبراير 2021") == [("2021-02", "فبراير 2021")]


def test_the_dates_of_a_text_come_in_order() -> None:
    text = "بين 12 و17 أكتوبر 2021، ثم في تشرين الثاني 2022، وأخيرا في 5/1/2023 (May 5)."
    assert values(text) == ["2021-10-17", "2022-11", "2023-01-05", "--05-05"]


@thorough
@given(texts)
def test_the_spans_of_dates_are_in_the_text_and_do_not_overlap(text: str) -> None:
    found = written_dates(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@thorough
@given(st.lists(st.one_of(texts, days.map(lambda day: f"{day:%d/%m/%Y}")), max_size=5))
def test_the_values_alone_are_those_of_the_written_dates(parts: list[str]) -> None:
    text = " ".join(parts)
    assert date_values(text) == values(text)


@given(days.filter(lambda day: day < date(2099, 12, 31)))
def test_the_day_after_a_date_is_one_weekday_on(day: date) -> None:
    following = day_after(day.isoformat())
    assert following == (day + timedelta(days=1)).isoformat()
    assert weekday_of(following) == (weekday_of(day.isoformat()) + 1) % 7


def test_monday_is_the_first_weekday() -> None:
    assert weekday_of("2025-01-20") == 0


def test_month_names_are_known_as_they_are_folded() -> None:
    assert {MONTHS[fold(name)] for name in ("أكتوبر", "تشرين الأول", "October", "اکتبر")} == {10}


def test_a_date_with_day_and_month_alone_is_not_full() -> None:
    assert WrittenDate(0, 10, "2021-10-12").is_full
    assert not WrittenDate(0, 8, "--10-12").is_full
    assert not WrittenDate(0, 7, "2021-10").is_full


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("في 11 ربيع الأول 1443هـ", "hijri:1443-03-11"),
        ("١١ ربيع الأول ١٤٤٣", "hijri:1443-03-11"),
        ("يوم 5 شعبان", "hijri:--08-05"),
        ("۲۵ مهر ۱۴۰۰ در تهران", "persian:1400-07-25"),
        ("در ۳ دی ماه ۱۳۹۹", "persian:1399-10-03"),
    ],
)
def test_a_date_of_another_calendar_is_read_as_such_and_never_converted(
    text: str, value: str
) -> None:
    (found,) = other_dates(text)
    assert found.value == value
    assert written_dates(text) == []


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("في ١٢/١٠/٢٠٢١ زار", 10),
        ("10/17/2021", 10),
        ("۲۰۲۱-۰۳-۱۷", 3),
        ("3.11.2020", 11),
    ],
)
def test_the_month_of_a_date_in_numbers_is_known(text: str, month: int) -> None:
    folded = fold(text)
    ((start, end, found),) = numeric_months(folded)
    assert found == month
    assert int(folded[start:end]) == month


@pytest.mark.parametrize("text", ["31/02/2021", "1/2", "192.168.1.10", "99/99/2020", "2021"])
def test_other_numbers_have_no_month(text: str) -> None:
    assert numeric_months(fold(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("صفر 1443", "hijri:1443-02"),
        ("في شهر رمضان عام 1442", "hijri:1442-09"),
        ("مهر ۱۴۰۰", "persian:1400-07"),
        ("25 مهر ماه 1400", "persian:1400-07-25"),
    ],
)
def test_months_of_other_calendars_are_read_with_their_year(text: str, value: str) -> None:
    assert [one.value for one in other_dates(text)] == [value]


def test_a_month_of_another_calendar_needs_a_day_or_a_year() -> None:
    assert other_dates("النتيجة صفر مقابل صفر، والختم مهر") == []
