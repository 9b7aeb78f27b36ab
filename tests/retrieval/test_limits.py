import pytest

from rag.index.ledger import FileEntry
from rag.retrieval.limits import limit_of


def entry(id_: int, path: str, attribution: str = "", date: str | None = None) -> FileEntry:
    return FileEntry(id_, path, 1, 1, "0", "", date, "ar", attribution, 1, 1)


FILES = (
    entry(1, "irna-report.txt", "مادة مترجمة عن وكالة “IRNA“", "2021-10-22"),
    entry(2, "north/wire.txt", "القامشلي ـ نورث برس", "2021-10-18"),
    entry(3, "monitor.txt", "المصدر\nAl-Monitor", "2025-01-21"),
    entry(4, "notes 2021.md", "", "--09-11"),
    entry(5, "south/wire.txt", "", None),
)


def limited(text: str) -> set[int] | None:
    limit = limit_of(text, FILES)
    return set(limit.files) if limit else None


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("ماذا في irna-report.txt؟", {1}),
        ("summarise IRNA-Report.TXT", {1}),
        ("من الملف north/wire.txt فقط: من وصل؟", {2}),
        ("what does wire.txt say?", {2, 5}),
        ("لخص monitor", {3}),
        ("ما في «notes 2021.md»؟", {4}),
    ],
)
def test_a_file_is_named_by_its_path_its_name_or_its_stem(text: str, files: set[int]) -> None:
    assert limited(text) == files


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("وفقا لنورث برس، كم دامت الزيارة؟", {2}),
        ("According to North Press, how long was it?", {2}),
        ("بر اساس گزارش نورث پرس چند روز بود؟", {2}),
        ("في تقرير المونيتور، من هو حقاني؟", {3}),
        ("حسب المونتور كم يوم كانت الزياره", {3}),
        ("according to Al-Monitor only, who is she?", {3}),
        ("ماذا أوردت إرنا عن الرحلة؟", {1}),
        ("ايرنا كالت شكد بقى", {1}),
        ("به گزارش ایرنا چند روز ماند؟", {1}),
    ],
)
def test_a_source_is_named_beside_a_word_of_reporting_in_any_script(
    text: str, files: set[int]
) -> None:
    assert limited(text) == files


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("ما تقول تقارير 2021؟", {1, 2}),
        ("reports of 2021 about Bagheri", {1, 2}),
        ("التقارير بعد عام 2024", {3}),
        ("reports before 2025", {1, 2}),
        ("در گزارش‌های بعد از سال ۲۰۲۴ چه آمده؟", {3}),
        ("تقارير عام ١٩٩٩", set()),
    ],
)
def test_reports_are_limited_to_a_year(text: str, files: set[int]) -> None:
    assert limited(text) == files


@pytest.mark.parametrize(
    "text",
    [
        "متى وصل باقري إلى موسكو؟",
        "حسب إيران ما هو الموقف؟",
        "according to Iran, what happened?",
        "ماذا حدث عام 2021؟",
        "من هو المراقب؟",
        "what was reported?",
        "",
    ],
)
def test_most_messages_set_no_limit(text: str) -> None:
    assert limited(text) is None


def test_the_words_that_set_the_limit_are_told_apart_from_the_topic() -> None:
    limit = limit_of("وفقا لتقرير المونيتور، من هو حقاني؟", FILES)
    assert limit
    assert "المونيتور" in limit.words
    assert "حقاني" not in limit.words
