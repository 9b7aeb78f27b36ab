from pathlib import Path

import pytest

from rag.documents.attribution import attribution
from rag.documents.document import understand
from rag.documents.reading import read

BODY = "وصل رئيس الأركان إلى موسكو أمس على رأس وفد عسكري رفيع المستوى تلبية لدعوة من نظيره."


def attributed(*lines: str) -> list[str]:
    title = "زيارة باقري إلى موسكو"
    return attribution("\n".join((title, *lines)), len(title)).split("\n")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("000_a62688e18cddbb42.txt", ["مادة مترجمة عن وكالة", "IRNA"]),
        ("001_3be0290bbfd39d7b.txt", ["نورث برس"]),
        ("003_bc0966837ce6fdc6.txt", ["ميدل ايست نيوز", "المصدر", "Al-Monitor"]),
        ("004_212b5ff0e0069ab8.txt", ["بكين", "ارنا"]),
    ],
)
def test_the_seeds_say_where_they_come_from(seeds: Path, name: str, words: list[str]) -> None:
    named = understand(read(seeds, name)).attribution
    assert all(word in named for word in words)


def test_a_seed_that_names_no_source_has_none(seeds: Path) -> None:
    assert understand(read(seeds, "002_173d9725e138e35a.txt")).attribution == ""


@pytest.mark.parametrize(
    "line",
    [
        "المصدر: رويترز",
        "المصدر : وكالة الأنباء السعودية",
        "نقلا عن صحيفة الشرق الأوسط",
        "ترجمة: أحمد علي",
        "Source: Reuters",
        "Translated from Al-Monitor",
        "منبع: خبرگزاری ایرنا",
        "به نقل از ایسنا",
    ],
)
def test_a_line_that_names_the_source_is_attribution(line: str) -> None:
    assert line in attributed(BODY, BODY, BODY, line)


def test_a_source_may_stand_on_the_line_below() -> None:
    assert attributed(BODY, BODY, BODY, "المصدر", "Al-Monitor") == ["المصدر", "Al-Monitor"]


def test_a_blank_line_between_changes_nothing() -> None:
    assert "رويترز" in attributed(BODY, BODY, BODY, "المصدر:", "", "رويترز")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (f"بكين/ 11 ايلول/ سبتمبر/ ارنا- {BODY}", "بكين/ 11 ايلول/ سبتمبر/ ارنا-"),
        (f"ميدل ايست نيوز: {BODY}", "ميدل ايست نيوز:"),
        ("القامشلي ـ نورث برس", "القامشلي ـ نورث برس"),
        (f"LONDON, Jan 5 (Reuters) - {BODY}", "LONDON, Jan 5 (Reuters) -"),
    ],
)
def test_what_opens_a_report_names_its_agency(line: str, named: str) -> None:
    assert attributed(line, BODY) == [named]


def test_the_title_of_what_was_translated_is_not_a_source() -> None:
    (line,) = attributed(
        BODY, BODY, BODY, "مادة مترجمة عن “IRNA“ بعنوان: “Defense diplomacy helps“"
    )
    assert "IRNA" in line
    assert "diplomacy" not in line


@pytest.mark.parametrize(
    "line",
    [BODY, f"وقالت مصادر مطلعة. {BODY}", f"{BODY} نقلا عن رويترز", "Resources are scarce. " * 5],
)
def test_a_report_that_names_no_source_has_none(line: str) -> None:
    assert attributed(line) == [""]


@pytest.mark.parametrize("line", ["المصدر: رويترز", "منبع: ایرنا", "Source: AP"])
def test_the_line_below_a_source_that_is_named_is_no_source(line: str) -> None:
    assert BODY not in attributed(BODY, line, BODY)


@pytest.mark.parametrize("text", ["", "\n", "واحد"])
def test_next_to_no_text_is_no_trouble(text: str) -> None:
    assert attribution(text, len(text)) == ""
