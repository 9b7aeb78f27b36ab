from datetime import date

import pytest

from rag.text.calendars import days_of_other_calendars


def days(text: str) -> list[str]:
    return [one.value for one in days_of_other_calendars(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 Khordad 1403", date(2024, 6, 3)),
        ("Tir 5, 1403", date(2024, 6, 25)),
        ("۱ فروردین ۱۴۰۰", date(2021, 3, 21)),
        ("22 Bahman 1357", date(1979, 2, 11)),
        ("30 اسفند 1403", date(2025, 3, 20)),
        ("۱۴۰۳/۰۳/۱۴", date(2024, 6, 3)),
        ("1403-3-14", date(2024, 6, 3)),
    ],
)
def test_a_persian_day_is_reckoned_exactly(text: str, day: date) -> None:
    assert days(text) == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 رمضان 1445", "2024-03"),
        ("Ramadan 3, 1445 AH", "2024-03"),
        ("26 Dhul Qi'dah 1445", "2024-06"),
        ("10 Muharram 1446", "2024-07"),
        ("1445/9/3", "2024-03"),
    ],
)
def test_of_a_hijri_day_the_month_is_given(text: str, month: str) -> None:
    assert days(text) == [month]


@pytest.mark.parametrize(
    "text",
    [
        "30 Esfand 1402",
        "31 مهر 1400",
        "1 رمضان",
        "Tir 5",
        "year 1403",
        "3 June 2024",
        "14/03/1403/5",
        "21 رمضان 1445",  # a day more or less is in another month
    ],
)
def test_what_is_no_such_day_or_not_sure_is_left_out(text: str) -> None:
    assert days(text) == []


def test_the_span_is_that_of_the_words() -> None:
    text = "تهران، ۱۴ خرداد ۱۴۰۳ - خبر"
    (found,) = days_of_other_calendars(text)
    assert text[found.start : found.end] == "۱۴ خرداد ۱۴۰۳"


def test_a_day_that_no_hijri_month_has_is_no_date() -> None:
    assert days_of_other_calendars("1443/03/31") == []
    assert [one.value for one in days_of_other_calendars("1443/03/30")] == ["2021-11"]
