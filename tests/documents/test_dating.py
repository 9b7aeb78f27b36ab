from pathlib import Path

import pytest

from rag.documents.dating import is_of_copied_post, report_date
from rag.documents.reading import read

BODY = "وصل رئيس الأركان إلى موسكو على رأس وفد عسكري رفيع المستوى تلبية لدعوة من نظيره الروسي."


def dated(*lines: str, name: str = "report.txt") -> str | None:
    found = report_date("\n".join(lines), name)
    return found.value if found else None


@pytest.mark.parametrize(
    ("name", "value", "stated"),
    [
        ("000_a62688e18cddbb42.txt", "2021-10-22", "22 أكتوبر 2021"),
        ("002_173d9725e138e35a.txt", "2025-01-21", "January 20, 2025"),
        ("004_212b5ff0e0069ab8.txt", "--09-11", "11 ايلول/ سبتمبر"),
    ],
)
def test_the_seeds_state_their_dates(seeds: Path, name: str, value: str, stated: str) -> None:
    text = read(seeds, name).text
    found = report_date(text, name)
    assert found
    assert found.value == value
    assert found.span
    assert stated in found.span.of(text)


@pytest.mark.parametrize("name", ["001_3be0290bbfd39d7b.txt", "003_bc0966837ce6fdc6.txt"])
def test_a_seed_that_tells_only_of_events_has_no_date(seeds: Path, name: str) -> None:
    assert report_date(read(seeds, name).text, name) is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("12 أكتوبر 2021", "2021-10-12"),
        ("الثلاثاء 12 تشرين الأول 2021", "2021-10-12"),
        ("الثلاثاء، ١٢ أكتوبر/ تشرين الأول ٢٠٢١ - 14:30", "2021-10-12"),
        ("الرياض - 12 أكتوبر 2021", "2021-10-12"),
        ("أكتوبر 2021", "2021-10"),
        ("12/10/2021", "2021-10-12"),
        ("الثلاثاء 12 أكتوبر 2021م الموافق 6 ربيع الأول 1443هـ", "2021-10-12"),
        ("6 ربيع الأول 1443 الموافق 12 أكتوبر 2021", "2021-10-12"),
        ("سه‌شنبه ۱۲ اکتبر ۲۰۲۱ ساعت ۱۴:۳۰", "2021-10-12"),
        ("12 October 2021", "2021-10-12"),
        ("Tuesday, October 12, 2021", "2021-10-12"),
        ("۱۲ اکتبر ۲۰۲۱", "2021-10-12"),
        ("نشر في: 12 أكتوبر 2021", "2021-10-12"),
        ("تاريخ النشر: 12-10-2021", "2021-10-12"),
        ("تاریخ انتشار: ۱۲ اکتبر ۲۰۲۱", "2021-10-12"),
        ("Published: 12 October 2021", "2021-10-12"),
        ("Updated 12 October 2021 at 14:30", "2021-10-12"),
        (f"بكين/ 12 اكتوبر/ ارنا- {BODY}", "--10-12"),
        (f"طهران، 12 أكتوبر (رويترز) - {BODY}", "--10-12"),
        (f"بغداد - (د ب أ) 12 أكتوبر 2021 - {BODY}", "2021-10-12"),
        (f"LONDON, October 12, 2021 (Reuters) - {BODY}", "2021-10-12"),
        (f"London, June 3, 2024. {BODY}", "2024-06-03"),
        (f"دمشق، 3 يونيو 2024. {BODY}", "2024-06-03"),
        (f"تهران، ۳ ژوئن ۲۰۲۴. {BODY}", "2024-06-03"),
        (f"[June 3, 2024] {BODY}", "2024-06-03"),
        ("By Jane Doe | June 3, 2024", "2024-06-03"),
        ("2024/6/3", "2024-06-03"),
        ("3-6-2024", "2024-06-03"),
        ("2024-06-03T10:00:00Z", "2024-06-03"),
        ("Mon, 03 Jun 2024 10:00 GMT", "2024-06-03"),
        ("Date: Mon, 03 Jun 2024 10:00:00 +0000", "2024-06-03"),
        ("author: Jane Doe, date: Mon, 03 Jun 2024 10:00 GMT, section: world", "2024-06-03"),
        ("metadata.publishedAt: 2024-06-03T10:00:00Z | text: x", "2024-06-03"),
        ("التاريخ: 3 يونيو 2024", "2024-06-03"),
        ("14 Khordad 1403", "2024-06-03"),
        ("Tir 5, 1403", "2024-06-25"),
        ("دوشنبه ۱۴ خرداد ۱۴۰۳", "2024-06-03"),
        ("تاریخ انتشار: ۱۴۰۳/۳/۱۴ - ۱۰:۳۰", "2024-06-03"),
        (f"تهران، ۱۴ خرداد ۱۴۰۳ - {BODY}", "2024-06-03"),
        ("Ramadan 3, 1445 AH", "2024-03"),
        ("3 رمضان 1445هـ", "2024-03"),
    ],
)
def test_a_line_at_the_head_of_a_report_states_its_date(line: str, value: str) -> None:
    assert dated("زيارة باقري إلى موسكو", line, BODY) == value


@pytest.mark.parametrize(
    "line",
    [
        "المصدر: رويترز، 12 أكتوبر 2021",
        "مادة مترجمة عن وكالة IRNA، يوم الثلاثاء 12 أكتوبر 2021م.",
        "ترجمة أحمد علي، 12 أكتوبر 2021",
        "Source: Reuters, 12 October 2021",
        "منبع: ایرنا، ۱۲ اکتبر ۲۰۲۱",
    ],
)
def test_a_line_that_attributes_a_report_states_its_date(line: str) -> None:
    assert dated("زيارة باقري إلى موسكو", *[BODY] * 6, line) == "2021-10-12"


def test_the_span_of_a_date_is_the_words_that_state_it() -> None:
    text = f"زيارة باقري\r\nنشر في ١٢ أكتوبر ٢٠٢١م\r\n{BODY}\r\n"
    found = report_date(text, "report.txt")
    assert found
    assert found.span
    assert found.span.of(text) == "١٢ أكتوبر ٢٠٢١"


@pytest.mark.parametrize(
    "lines",
    [
        (BODY, f"{BODY} ثم زار باكستان في 12 أكتوبر 2021."),
        ("زيارة باقري", f"في 17 أكتوبر 2021، {BODY}"),
        ("ذكرى هجمات 11 سبتمبر", BODY),
        ("11 سبتمبر", BODY),
        ("September 11 attacks", BODY),
        ("معرض الكتاب، 12 أكتوبر 2021 - 15 أكتوبر 2021", BODY),
        ("ماذا جرى في 12 أكتوبر 2021", BODY),
        ("زيارة باقري", BODY, "وقع البلدان بتاريخ 12 أكتوبر 2016 اتفاقية دفاعية."),
        ("زيارة باقري", BODY, "وكانت الوثيقة قد نشرت في 12 أكتوبر 2016 دون توقيع."),
        ("Talks fail", "A source told Reuters on January 5, 2020 that the talks had failed again."),
        ("Talks fail", "The report, published on 5 May 2019, said that both sides had agreed."),
        ("زيارة باقري", "وصل باقري في 12 أكتوبر 2021.", BODY),
        ("A life", "He was born in London, June 3, 1950.", BODY),
        ("سيرة", "ولد في دمشق، 3 يونيو 1950.", BODY),
        ("D-Day, June 6, 1944. The story of a landing", BODY),
        ("معركة الكرامة، 21 مارس 1968. دروس وعبر", BODY),
        ("date: 2024-06-03", "date: 2024-07-09", BODY),
    ],
)
def test_the_date_of_an_event_is_not_the_reports(lines: tuple[str, ...]) -> None:
    assert dated(*lines) is None


POST = "The talks were held — Armed Forces (@forces) January 20, 2025"


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("وجاء ذلك أمس الإثنين خلال اجتماع في العاصمة", "2025-01-21"),
        ("This was said yesterday, Monday, at a meeting in the capital", "2025-01-21"),
        ("وجاء ذلك أمس الأحد خلال اجتماع في العاصمة", "2025-01-20"),
        ("وجاء ذلك خلال اجتماع في العاصمة", "2025-01-20"),
    ],
)
def test_a_copied_post_dates_a_report_and_yesterday_makes_it_a_day_younger(
    told: str, value: str
) -> None:
    assert dated("زيارة باقري إلى إسلام آباد", f"{BODY} {told}.", POST) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("2021-10-12.txt", "2021-10-12"),
        ("2021_10_12 visit.txt", "2021-10-12"),
        ("irna-20211012-visit.md", "2021-10-12"),
        ("2020-01-01/report 2021.10.12.txt", "2021-10-12"),
        ("3-6-2024 visit.txt", "2024-06-03"),
        ("news 3 June 2024.txt", "2024-06-03"),
        ("خبر 3 يونيو 2024.txt", "2024-06-03"),
        ("1403-03-14.txt", "2024-06-03"),
        ("report-2024-06.txt", "2024-06"),
        ("2024/06/03/report.txt", "2024-06-03"),
        ("2024/06/report.txt", "2024-06"),
        ("2024-06-03/report.txt", "2024-06-03"),
        ("report-2024.txt", None),
        ("20211312.txt", None),
        ("2021-02-30.txt", None),
        ("120211012345.txt", None),
        ("000_a62688e18cddbb42.txt", None),
        ("report.txt", None),
    ],
)
def test_a_file_name_dates_a_report_that_states_nothing(name: str, value: str | None) -> None:
    found = report_date(BODY, name)
    assert (found and found.value) == value
    assert found is None or found.span is None


def test_what_the_report_says_goes_before_the_name_of_its_file() -> None:
    assert dated("نشر في: 12 أكتوبر 2021", BODY, name="2020-01-01.txt") == "2021-10-12"


@pytest.mark.parametrize("text", ["", "\n\n", "نص", "12"])
def test_next_to_no_text_has_no_date(text: str) -> None:
    assert report_date(text, "report.txt") is None


def test_the_date_of_a_copied_post_is_told_from_a_reports_own(seeds: Path) -> None:
    for name, is_copied in (
        ("002_173d9725e138e35a.txt", True),
        ("000_a62688e18cddbb42.txt", False),
    ):
        text = read(seeds, name).text
        found = report_date(text, name)
        assert found
        assert found.span
        assert is_of_copied_post(text, found.span) is is_copied
