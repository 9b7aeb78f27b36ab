import pytest
from hypothesis import given
from hypothesis import strategies as st

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


# What was remembered of one collection does not change another


def test_the_same_words_set_other_limits_in_another_collection() -> None:
    text = "حسب نورث برس كم يوما بقي؟"
    assert limited(text) == {2}
    renamed = (entry(7, "north/wire.txt", "وكالة رويترز"), entry(8, "x.txt", "نورث برس"))
    for files, expected in ((renamed, {8}), (FILES, {2}), (renamed[:1], None), ((), None)):
        limit = limit_of(text, files)
        assert (set(limit.files) if limit else None) == expected


def test_a_name_means_the_files_that_have_it_now() -> None:
    text = "ماذا في wire.txt؟"
    assert limited(text) == {2, 5}
    for files, expected in (
        ((entry(9, "WIRE.TXT"),), {9}),
        ((entry(10, "deep/below/Wire.txt"), entry(11, "wire.md")), {10}),
        ((entry(12, "other.md"),), None),
        (FILES, {2, 5}),
    ):
        limit = limit_of(text, files)
        assert (set(limit.files) if limit else None) == expected


@pytest.mark.parametrize("text", ["لخص MONITOR", "لخص monitor", "summarise «Monitor»"])
def test_a_stem_is_known_however_it_is_written(text: str) -> None:
    assert limited(text) == {3}


def test_a_stem_within_another_word_names_no_file() -> None:
    assert limited("what do monitors say") is None
    assert limited("the monitoring of the border") is None


def test_an_ending_alone_names_no_file() -> None:
    assert limited("ما هي ملفات .txt؟") is None
    assert limited("؟") is None
    assert limited(".") is None


def test_several_sources_with_one_name_are_all_meant() -> None:
    files = (*FILES, entry(6, "again.txt", "القامشلي ـ نورث برس"))
    limit = limit_of("وفقا لنورث برس، كم دامت الزيارة؟", files)
    assert limit
    assert set(limit.files) == {2, 6}


messages = st.lists(
    st.sampled_from(
        "حسب وفقا لتقرير المونيتور نورث برس إرنا irna-report.txt wire monitor notes 2021 قبل بعد "
        "تقارير reports according to Al-Monitor IRNA ملف باقري the . ؟ گزارش ایرنا ١٩٩٩".split()
    ),
    max_size=7,
).map(" ".join)


@given(messages, st.permutations(FILES))
def test_the_order_of_the_files_makes_no_difference(text: str, files: list[FileEntry]) -> None:
    assert limited(text) == (set(limit.files) if (limit := limit_of(text, files)) else None)


@given(messages)
def test_a_message_sets_the_same_limit_whenever_it_comes(text: str) -> None:
    first = limit_of(text, FILES)
    limit_of("حسب رويترز وحسب نورث برس", FILES[::-1])
    assert limit_of(text, FILES) == first
    if first:
        assert first.files <= {one.id for one in FILES}
