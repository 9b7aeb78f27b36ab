import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents.evidence import Sentence, Source
from rag.retrieval.period import Period, is_only_a_period, period, told_dates
from rag.text.sentences import Span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ماذا حدث بين 12 و18 أكتوبر 2021؟", "2021-10-12", "2021-10-18"),
        ("در فاصلهٔ ۱۲ تا ۱۸ اکتبر ۲۰۲۱ چه شد؟", "2021-10-12", "2021-10-18"),
        ("from 12 to 18 October 2021", "2021-10-12", "2021-10-18"),
        ("What happened in January 2025?", "2025-01", "2025-01"),
        ("ماذا جرى بين عامي 2017 و2021؟", "2017", "2021"),
        ("between 2021 and 2017", "2017", "2021"),
        ("من يناير 2020 إلى مارس 2021", "2020-01", "2021-03"),
        ("في ٢٠١٨", "2018", "2018"),
        ("في 17 أكتوبر 2021", "2021-10-17", "2021-10-17"),
    ],
)
def test_a_period_is_from_one_date_to_another(text: str, first: str, last: str) -> None:
    assert period(text) == Period(first, last)


@pytest.mark.parametrize("text", ["متى وصل باقري؟", "في 17 أكتوبر", "1000 كيلومتر", "12345", ""])
def test_a_message_without_a_year_has_none(text: str) -> None:
    assert period(text) is None


def bounds(value: str) -> tuple[str, str]:
    """The first and the last day of a date as far as it is known."""
    return f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10], f"{value}-99-99"[:10]


_DATES = st.builds(
    lambda year, month, day, length: f"{year}-{month:02}-{day:02}"[:length],
    st.integers(2018, 2021),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from([4, 7, 10]),
)


@given(_DATES, _DATES, _DATES)
def test_a_date_lies_in_a_period_as_far_as_both_are_known(one: str, two: str, value: str) -> None:
    first, last = sorted([one, two])
    overlap = bounds(value)[1] >= bounds(first)[0] and bounds(value)[0] <= bounds(last)[1]
    assert Period(first, last).holds(value) == overlap


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What happened in January 2025?", "en"),
        ("ما الذي جرى بين 12 و18 أكتوبر 2021؟", "ar"),
        ("ماذا حدث عام ٢٠١٨؟", "ar"),
    ],
)
def test_a_message_may_be_about_nothing_but_a_time(text: str, language: str) -> None:
    assert is_only_a_period(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("ماذا قال باقري في 2021؟", "ar"), ("Who visited Moscow in 2021?", "en")],
)
def test_a_message_about_somebody_is_not(text: str, language: str) -> None:
    assert not is_only_a_period(text, language)


def told(text: str, date: str | None = None) -> list[str]:
    source = Source("a.txt", "", None, date, None, "ar", "0", "utf-8", text)
    return told_dates(Sentence(source, Span(0, len(text))))


def test_a_sentence_tells_dates_and_years() -> None:
    assert told("وصل في 17 أكتوبر 2021 وعاد.") == ["2021-10-17"]
    assert told("في عام 2018 زار باكستان.") == ["2018"]
    assert told("لا تاريخ هنا.") == []


def test_a_date_without_a_year_has_that_of_the_report_where_it_is_known() -> None:
    assert told("وصل في 17 أكتوبر.", "2021-10-22") == ["2021-10-17"]
    assert told("وصل في 17 أكتوبر.", "--10-22") == []
    assert told("وصل في 17 أكتوبر.") == []


def test_yesterday_is_a_date_where_that_of_the_report_is_known() -> None:
    assert told("وصل أمس الأحد.", "2021-10-18") == ["2021-10-17"]
    assert told("وصل أمس الأحد.", "2021-10-19") == []
    assert told("وصل أمس.", "--10-18") == []
