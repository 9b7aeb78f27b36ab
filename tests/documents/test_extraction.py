"""The limits of reading: bombs, lies, and processes that end."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from rag.documents.extraction import Extractor
from rag.documents.reading import read, scan
from rag.errors import UnreadableFile
from tests.documents.formats.attempt import tried
from tests.documents.formats.samples import SAMPLES, SENTENCE, archived

WORD = "word/document.xml"
W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default"
    " Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    "<Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.document.main+xml'/></Types>"
)
RELATIONS = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument' Target='word/document.xml'/></Relationships>"
)


def made(suffix: str) -> bytes:
    return SAMPLES[suffix][1]()


def reason(extractor: Extractor, content: bytes, named: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        extractor.extract(content, named)
    return caught.value.message


def word(document: str) -> bytes:
    return archived({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, WORD: document})


def children() -> set[int]:
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("this system does not tell a process's children")
    found: set[int] = set()
    for task in tasks.iterdir():
        with suppress(OSError):  # a thread that has ended meanwhile
            found.update(map(int, (task / "children").read_text().split()))
    return found


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as shared:
        yield shared


# Bombs


def test_an_archive_that_expands_to_too_much_is_not_unpacked(extractor: Extractor) -> None:
    content = bytearray(made("docx"))
    place = content.find(b"PK\x01\x02")
    content[place + 24 : place + 28] = (600 << 20).to_bytes(4, "little")
    assert "expands to more than 512 MB" in reason(extractor, bytes(content), "docx")


def test_entities_that_multiply_are_not_expanded(extractor: Extractor) -> None:
    entities = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(11))
    document = (
        f"<!DOCTYPE d [<!ENTITY e0 'boom boom boom'>{entities}]><w:document {W}><w:body><w:p><w:r>"
        "<w:t>text &e11;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert len(tried(extractor, word(document), "docx").text) < 1000


def test_a_file_outside_is_never_read(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    document = (
        f"<!DOCTYPE d [<!ENTITY e SYSTEM 'file://{tmp_path}/secret'>]><w:document {W}><w:body>"
        "<w:p><w:r><w:t>text &e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "secret" not in tried(extractor, word(document), "docx").text
    page = f"<html><body><p>text</p><iframe src='file://{tmp_path}/secret'></iframe></body></html>"
    assert extractor.extract(page.encode(), "html").text == "text"


@pytest.mark.parametrize(
    ("content", "named", "told"),
    [
        (b"<html><body>" + b"<div>" * 100_000 + b"deep", "html", "nested too deep"),
        (b"<p>before" + b"<font>x<br>" * 2500 + b"after", "html", "nested too deep"),
        (b"</b></zz>&foo;" * 2000 + b"<div>" * 3000 + b"deep", "html", "nested too deep"),
        (b"[" * 100_000, "json", "nested too deep"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "json lines", "nested more than 40 deep"),
        (word(f"<w:document {W}><w:body>{'<w:sdt>' * 5000}</w:body></w:document>"), "docx", "dama"),
        (b"a," * 3000 + b"\n" + b"b," * 3000, "csv", "more than 2000 columns"),
        (b"x\n" + b"a,b\n" * 210_000, "csv", "more than 200000 rows"),
        (b"a\n" * 600_000, "text", "more than 500000 lines"),
        ("؟ نعم".encode() * 600_000, "markdown", "more than 500000 lines"),
    ],
    ids="html fonts errors json lines docx columns rows text sentences".split(),
)
def test_what_is_nested_too_deep_or_too_large_is_refused_and_never_cut(
    extractor: Extractor, content: bytes, named: str, told: str
) -> None:
    assert told in reason(extractor, content, named)


def test_a_sheet_that_spans_millions_of_empty_cells_is_refused(extractor: Extractor) -> None:
    import openpyxl

    workbook, made_file = openpyxl.Workbook(), BytesIO()
    workbook.active["A1"] = "first"
    workbook.active["XFD1048576"] = "last"
    workbook.save(made_file)
    assert reason(extractor, made_file.getvalue(), "xlsx")
    assert SENTENCE in extractor.extract(made("xlsx"), "xlsx").text


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    slow = b"<html><body>" + b"<p>text <b>text</b></p>" * 200_000
    with Extractor(processor_seconds=1.0) as hasty:
        assert "takes more than" in reason(hasty, slow, "html")
        assert hasty.extract(b"<p>short</p>", "html").text == "short"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'{"a":[' + b"[]," * 4_000_000 + b"[]]}", "json"),
        (b'{"a":[' + b"[1]," * 4_000_000 + b"[]]}\n{}", "json lines"),
        ((b",".join([b"a"] * 1900) + b"\n") * 4000, "csv"),
    ],
    ids=["json", "json lines", "csv"],
)
def test_a_large_file_of_little_nothings_holds_up_only_a_process_of_its_own(
    content: bytes, named: str
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF)
    with Extractor(processor_seconds=0.5) as hasty:
        assert "takes" in reason(hasty, content, named)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_maxrss - before.ru_maxrss < 64 * 1024


# Processes


def test_plain_text_starts_no_process() -> None:
    before = children()
    with Extractor() as fresh:
        for suffix in ("txt", "csv", "srt", "vtt", "json", "jsonl"):
            fresh.extract(made(suffix), SAMPLES[suffix][0])
            assert children() == before


def test_one_process_reads_many_files_and_ends_with_the_reading() -> None:
    before = children()
    with Extractor() as fresh:
        started = set()
        for suffix in ("pdf", "html", "eml"):
            fresh.extract(made(suffix), SAMPLES[suffix][0])
            started |= children() - before
        assert len(started) == 1
    assert children() == before


def test_a_process_that_is_ended_by_somebody_is_replaced() -> None:
    before = children()
    with Extractor() as fresh:
        fresh.extract(made("html"), "html")
        for child in children() - before:
            os.kill(child, signal.SIGKILL)
        tried(fresh, made("html"), "html")
        assert SENTENCE in fresh.extract(made("html"), "html").text


# Names that lie


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "epub", "pptx"])
@pytest.mark.parametrize("named", ["text", "docx", "html"])
def test_a_file_of_another_format_is_read_as_what_it_is(
    extractor: Extractor, suffix: str, named: str
) -> None:
    assert SENTENCE in extractor.extract(made(suffix), named).text


@pytest.mark.parametrize(
    ("content", "named", "told"),
    [
        (archived({"a.txt": "text", "b.txt": "text"}), "docx", "a zip archive of 2 files"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "pdf", "an image"),
        (b"plain text", "pdf", "its name says that it is a PDF file"),
        (b"plain text", "xlsx", "its name says that it is an XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx", "old office format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "docx",
            "password",
        ),
        (b"{\\rtf1 text}", "text", "RTF"),
        (b"PK\x03\x04 no archive", "docx", "damaged"),
        (b"%PDF-1.7 no document", "pdf", "damaged"),
        (b"no header here", "eml", "not an e-mail"),
        (b"no times here", "subtitles", "no subtitles"),
        (b"{broken", "json", "not JSON"),
        (b'{"a": 1}\n{broken', "json lines", "line 2"),
        (b"<html><body><script>a()</script></body></html>", "html", "empty"),
        (b"\0\1\2\3" * 9, "text", "not a text file"),
    ],
)
def test_the_reason_names_what_is_wrong(
    extractor: Extractor, content: bytes, named: str, told: str
) -> None:
    assert told in reason(extractor, content, named)


def test_an_archive_with_a_password_is_protected(extractor: Extractor) -> None:
    content = bytearray(made("docx"))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(start)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(start, place + 4)
    assert "password" in reason(extractor, bytes(content), "docx")


# Through the folder


def test_files_of_every_format_are_found_and_read(tmp_path: Path) -> None:
    for suffix in SAMPLES:
        (tmp_path / f"report.{suffix.upper()}").write_bytes(made(suffix))
    states, skipped = scan(tmp_path)
    assert len(states) == len(SAMPLES)
    assert not skipped
    with Extractor() as fresh:
        for state in states:
            file = read(tmp_path, state.path, fresh)
            assert file.text
            assert len(file.sha256) == 64
