"""What is read of a file of each format, and that a damaged one never breaks the reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.documents.extraction import Extractor
from rag.documents.formats import FORMATS, readable_suffixes
from rag.documents.formats.extracted import Extracted, page_of
from tests.documents.formats.attempt import tried
from tests.documents.formats.samples import PERSIAN, SAMPLES, SENTENCE, TITLE

MADE = {suffix: make() for suffix, (_, make) in SAMPLES.items()}


def read(extractor: Extractor, suffix: str, content: bytes | None = None) -> Extracted:
    return extractor.extract(MADE[suffix] if content is None else content, SAMPLES[suffix][0])


def test_every_format_has_a_sample() -> None:
    assert {FORMATS[f".{suffix}"] for suffix in SAMPLES} == set(FORMATS.values()) - {"markdown"}
    assert all(f".{suffix}" in readable_suffixes() for suffix in SAMPLES)


@pytest.mark.parametrize("suffix", SAMPLES)
def test_the_text_is_read_and_always_the_same(extractor: Extractor, suffix: str) -> None:
    found = read(extractor, suffix)
    if suffix != "vtt":
        assert SENTENCE in found.text
    with Extractor() as other:
        assert read(other, suffix) == found


@pytest.mark.parametrize("suffix", ["docx", "pptx", "epub", "eml", "html", "pdf"])
def test_the_title_opens_the_text(extractor: Extractor, suffix: str) -> None:
    assert read(extractor, suffix).text.startswith(TITLE)


@pytest.mark.parametrize("suffix", ["docx", "pptx", "epub", "eml", "srt", "html"])
def test_persian_keeps_its_joiners(extractor: Extractor, suffix: str) -> None:
    assert PERSIAN in read(extractor, suffix).text


@pytest.mark.parametrize(
    ("suffix", "lines"),
    [
        ("docx", ["المدينة: بغداد | السكان: 7000000", "المدينة: البصرة | السكان: 2600000"]),
        ("pptx", ["البلد: العراق | العاصمة: بغداد | السكان: 7000000"]),
        ("xlsx", ["المدن", "المدينة: بغداد | السكان: 7000000", "ملاحظات"]),
        ("csv", ["المدينة: بغداد | السكان: 7000000 | ملاحظة: عاصمة العراق"]),
        ("jsonl", ["date: 2021-10-17 | tags: إيران · روسيا"]),
        ("json", ["id: 7 | who.name: باقري | count: 12345678901234567890"]),
        ("eml", ["From: أحمد <ahmad@example.org>", "To: desk@example.org"]),
        ("srt", [SENTENCE, PERSIAN]),
        ("vtt", ["ليلى: وصل رئيس الأركان إلى موسكو & عاد."]),
    ],
)
def test_rows_and_records_are_lines_that_can_be_read_alone(
    extractor: Extractor, suffix: str, lines: list[str]
) -> None:
    read_lines = read(extractor, suffix).text.split("\n")
    assert [line for line in read_lines if line in lines] == lines


def test_slides_are_pages_with_the_speakers_notes(extractor: Extractor) -> None:
    found = read(extractor, "pptx")
    assert page_of(found.pages, found.text.index(SENTENCE)) == 1
    assert page_of(found.pages, found.text.index("العاصمة")) == 2
    assert page_of(found.pages, found.text.index(PERSIAN)) == 2


@pytest.mark.parametrize(
    ("suffix", "day"), [("epub", "2021-10-17"), ("eml", "2021-10-17"), ("docx", ""), ("html", "")]
)
def test_a_format_states_when_it_was_published(extractor: Extractor, suffix: str, day: str) -> None:
    assert read(extractor, suffix).date == day


def test_chapters_come_in_reading_order_without_the_contents(extractor: Extractor) -> None:
    text = read(extractor, "epub").text
    assert "الفهرس" not in text
    assert text.index(SENTENCE) < text.index(PERSIAN)


def test_what_is_attached_to_a_mail_is_named(extractor: Extractor) -> None:
    found = read(extractor, "eml")
    assert found.text.count(SENTENCE) == 1
    assert found.warnings == ("files attached to it are not read: صورة.png",)


@pytest.mark.parametrize("suffix", SAMPLES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_in_part_or_refused_with_a_reason(
    extractor: Extractor, suffix: str, data: st.DataObject
) -> None:
    content = bytearray(MADE[suffix])
    kept = data.draw(st.integers(0, len(content)), label="kept")
    flips = data.draw(st.lists(st.tuples(st.integers(0, len(content)), st.integers(0, 255))))
    for place, value in flips:
        content[place : place + 1] = bytes([value])
    for damaged in (bytes(content), MADE[suffix][:kept]):
        found = tried(extractor, damaged, SAMPLES[suffix][0])
        assert "\n" not in found.refused
        assert bool(found.refused) is not bool(found.text.strip())
        assert found.text.encode().decode() == found.text
