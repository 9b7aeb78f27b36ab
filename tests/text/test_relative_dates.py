from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.dates import WEEKDAYS
from rag.text.relative_dates import names_relative_day, relative_dates

MONDAY = "2021-10-18"
DAYS = st.dates(date(1900, 1, 10), date(2099, 12, 20))
OFFSETS = {
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "أمس": -1,
    "أول أمس": -2,
    "اليوم": 0,
    "غدا": 1,
    "دیروز": -1,
    "روز گذشته": -1,
    "امروز": 0,
    "فردا": 1,
}
WEEKS = ("last week", "الأسبوع الماضي", "هفتهٔ گذشته", "هفته‌ی پیش")


def resolved(text: str, day: str | None = MONDAY) -> list[tuple[str, str, str]]:
    return [
        (text[one.start : one.end], one.first.isoformat(), one.last.isoformat())
        for one in relative_dates(text, day)
    ]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("وصل باقري، أمس الأحد، إلى روسيا", "أمس الأحد", "2021-10-17"),
        ("وصل أمس (الأحد) إلى موسكو", "أمس (الأحد)", "2021-10-17"),
        ("قال يوم الأحد، أمس، إن", "يوم الأحد، أمس", "2021-10-17"),
        ("He arrived yesterday, Sunday.", "yesterday, Sunday", "2021-10-17"),
        ("He arrived on Sunday, yesterday.", "Sunday, yesterday", "2021-10-17"),
        ("باقری دیروز یک‌شنبه وارد شد", "دیروز یک‌شنبه", "2021-10-17"),
        ("وصل اليوم إلى موسكو", "اليوم", "2021-10-18"),
        ("قال اليوم الاثنين", "اليوم الاثنين", "2021-10-18"),
        ("He speaks today.", "today", "2021-10-18"),
        ("وصل أول من أمس", "أول من أمس", "2021-10-16"),
        ("یکشنبه دیروز", "یکشنبه دیروز", "2021-10-17"),
    ],
)
def test_a_day_is_resolved_with_the_weekday_beside_it(text: str, words: str, day: str) -> None:
    assert resolved(text) == [(words, day, day)]


@pytest.mark.parametrize(
    "text",
    [
        "وصل أمس الإثنين",
        "He arrived yesterday, Monday.",
        "دیروز، سه‌شنبه، وارد شد",
        "قال: «سنصل غدا إلى موسكو»",
        "He said: “We leave tomorrow.”",
        "وصل أمس 17 أكتوبر",
        "في اليوم نفسه",
        "في اليوم الأول",
        "اليوم العالمي للمرأة",
        "ذلك اليوم",
        "today's world",
        "the last week of May",
        "پس‌فردا",
        "امسح الأمسيات",
    ],
)
def test_what_is_no_day_of_the_report_is_left(text: str) -> None:
    assert resolved(text) == []


@pytest.mark.parametrize("day", [None, "", "--10-18", "2021-10", "2021", "soon"])
def test_nothing_is_resolved_where_the_report_is_not_dated_to_the_day(day: str | None) -> None:
    assert resolved("yesterday, last week, أمس", day) == []


def test_several_are_resolved_in_their_order() -> None:
    assert resolved("الشهر الماضي، ثم أمس، والعام الماضي؛ last year") == [
        ("الشهر الماضي", "2021-09-01", "2021-09-30"),
        ("أمس", "2021-10-17", "2021-10-17"),
        ("last year", "2020-01-01", "2020-12-31"),
    ]


@pytest.mark.parametrize(
    ("words", "day", "first", "last"),
    [
        ("last month", "2021-01-05", "2020-12-01", "2020-12-31"),
        ("الشهر الماضي", "2021-03-31", "2021-02-01", "2021-02-28"),
        ("last month", "2024-03-01", "2024-02-01", "2024-02-29"),
        ("last year", "2020-02-29", "2019-01-01", "2019-12-31"),
        ("السنة الماضية", "2021-10-18", "2020-01-01", "2020-12-31"),
        # From the Saturday, the Sunday or the Monday of the week before, to the day before.
        ("last week", "2021-10-18", "2021-10-09", "2021-10-17"),
        ("last week", "2021-10-24", "2021-10-11", "2021-10-23"),
        ("last week", "2021-10-23", "2021-10-10", "2021-10-22"),
    ],
)
def test_a_stretch_of_time_is_from_its_first_to_its_last_day(
    words: str, day: str, first: str, last: str
) -> None:
    assert resolved(words, day) == [(words, first, last)]


@pytest.mark.parametrize(
    ("words", "day"),
    [("yesterday", "0001-01-01"), ("last year", "0001-05-01"), ("غدا", "9999-12-31")],
)
def test_what_no_calendar_has_is_left(words: str, day: str) -> None:
    assert resolved(words, day) == []


def test_it_is_told_whether_a_weekday_confirms_the_day() -> None:
    for text, confirmed in (
        ("yesterday", False),
        ("yesterday (Sunday)", True),
        ("الأحد أمس", True),
    ):
        (one,) = relative_dates(text, MONDAY)
        assert one.is_confirmed is confirmed, text


def test_what_is_said_in_quotation_marks_is_left_and_what_stands_beside_is_not() -> None:
    assert resolved("«وصل أمس» أمس") == [("أمس", "2021-10-17", "2021-10-17")]
    assert resolved("“He” left yesterday “early”") == [("yesterday", "2021-10-17", "2021-10-17")]
    assert resolved('He said: "yesterday') == []


def test_a_date_that_is_written_beside_is_the_date() -> None:
    assert resolved("yesterday, 17 October") == []
    assert resolved("On 3 May he said that he left yesterday") != []
    assert resolved("yesterday, as the ministry had said in its report of 3 May") != []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He left yesterday.", True),
        ("غادر غدا", True),
        ("He left yesterday, 3 May.", False),
        ("He left yesterday, and more than thirty characters later came 3 May.", True),
        ("He said: “I left yesterday.”", False),
        ("“I left yesterday”, he says today.", True),
        ("today, 3 May, and tomorrow", True),
        ("He left last week.", False),
        ("He left.", False),
    ],
)
def test_a_text_that_says_yesterday_of_no_written_date_is_known(text: str, names: bool) -> None:
    assert names_relative_day(text) is names


@given(DAYS, st.sampled_from(sorted(OFFSETS)))
def test_a_day_is_so_many_days_from_the_reports(day: date, words: str) -> None:
    (one,) = relative_dates(f"x {words} x", day.isoformat())
    assert one.first == one.last == day + timedelta(OFFSETS[words])


@given(DAYS, st.sampled_from(sorted(OFFSETS)), st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_beside_it_agrees_or_nothing_is_resolved(
    day: date, words: str, weekday: str
) -> None:
    then = day + timedelta(OFFSETS[words])
    found = relative_dates(f"x {words} {weekday}.", day.isoformat())
    assert [one.first for one in found] == ([then] if then.weekday() == WEEKDAYS[weekday] else [])


@given(DAYS, st.sampled_from(WEEKS))
def test_last_week_is_the_week_before_wherever_weeks_begin(day: date, words: str) -> None:
    (one,) = relative_dates(words, day.isoformat())
    assert one.first <= day - timedelta(7) <= one.last < day
    assert (one.last - one.first).days <= 8 + 5
    assert one.first >= day - timedelta(14)


@given(st.text(max_size=60), st.sampled_from(sorted(OFFSETS)), st.text(max_size=60), DAYS)
def test_the_words_stand_where_they_are_said_to(
    before: str, words: str, after: str, day: date
) -> None:
    text = f"{before} {words} {after}"
    for one in relative_dates(text, day.isoformat()):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
