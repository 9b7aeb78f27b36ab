"""What office programs hide in their files: changes, notes, boxes, hidden text and sheets."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from rag.documents.extraction import Extractor
from rag.documents.formats.table import table_lines
from tests.documents.formats.samples import archived

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default"
    " Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
    f"<Override PartName='/word/document.xml' ContentType='{MAIN}.document.main+xml'/>"
    f"<Override PartName='/word/footnotes.xml' ContentType='{MAIN}.footnotes+xml'/></Types>"
)
RELATIONS = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r' Type='{}' Target='{}'/></Relationships>"
)


def word(body: str, notes: str = "") -> bytes:
    return archived(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format(f"{OFFICE}/officeDocument", "word/document.xml"),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": RELATIONS.format(
                f"{OFFICE}/footnotes", "footnotes.xml"
            ),
            "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
        }
    )


def run(text: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (run("وصل ") + f"<w:ins>{run('الوفد ')}</w:ins>" + run("أمس."), "وصل الوفد أمس."),
        (run("وصل أمس.") + "<w:del><w:r><w:delText>لا</w:delText></w:r></w:del>", "وصل أمس."),
        (run("ظاهر") + run("مخفي", "<w:vanish/>"), "ظاهر"),
        (run("ظاهر") + run(" أيضا", "<w:vanish w:val='0'/>"), "ظاهر أيضا"),
        (f"<w:hyperlink>{run('رابط')}</w:hyperlink>" + run(" هنا"), "رابط هنا"),
        ("<w:r><w:t>سطر</w:t><w:br/><w:t>آخر</w:t></w:r>", "سطر\nآخر"),
        (
            run("فقرة") + f"<w:r><w:pict><w:txbxContent><w:p>{run('مربع نص')}</w:p></w:txbxContent>"
            "</w:pict></w:r>",
            "فقرة\nمربع نص",
        ),
        (f"<w:sdt><w:sdtContent>{run('حقل')}</w:sdtContent></w:sdt>", "حقل"),
    ],
)
def test_a_document_is_read_as_its_readers_see_it(
    extractor: Extractor, paragraph: str, text: str
) -> None:
    assert extractor.extract(word(f"<w:p>{paragraph}</w:p>"), "docx").text == text


def test_hidden_text_is_warned_of(extractor: Extractor) -> None:
    found = extractor.extract(word(f"<w:p>{run('a') + run('b', '<w:vanish/>')}</w:p>"), "docx")
    assert found.warnings == ("it holds text that is formatted as hidden, which is left out",)


def test_footnotes_stand_at_the_end(extractor: Extractor) -> None:
    notes = (
        f"<w:footnote w:type='separator'><w:p>{run('-')}</w:p></w:footnote>"
        f"<w:footnote w:id='1'><w:p>{run('المصدر: رويترز')}</w:p></w:footnote>"
    )
    found = extractor.extract(word(f"<w:p>{run('وصل الوفد.')}</w:p>", notes), "docx")
    assert found.text == "وصل الوفد.\nالمصدر: رويترز"


def test_hidden_sheets_are_left_out_and_named(extractor: Extractor) -> None:
    workbook, made = openpyxl.Workbook(), BytesIO()
    workbook.active.append(["ظاهر", "هنا"])
    hidden = workbook.create_sheet("سر")
    hidden.append(["مخفي"])
    hidden.sheet_state = "hidden"
    workbook.save(made)
    found = extractor.extract(made.getvalue(), "xlsx")
    assert "مخفي" not in found.text
    assert found.warnings == ("it has hidden sheets, which are left out: سر",)


def test_cells_are_shown_as_a_sheet_shows_them(extractor: Extractor) -> None:
    workbook, made = openpyxl.Workbook(), BytesIO()
    workbook.active.append(["a", "b", "c", "d", "e"])
    day = datetime(2021, 10, 17)  # noqa: DTZ001 (a sheet has no time zones)
    workbook.active.append([1.0, 2.5, day, day.replace(hour=9, minute=5), True])
    workbook.save(made)
    text = extractor.extract(made.getvalue(), "xlsx").text
    assert text == "a: 1 | b: 2.5 | c: 2021-10-17 | d: 2021-10-17 09:05 | e: True"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["a", "b", "c"], ["1", "2", "3"]], ["a: 1 | b: 2 | c: 3"]),
        ([["a", "b", "c"], ["1", "", "3"], ["", "", ""]], ["a: 1 | c: 3"]),
        ([["name", "Ahmed"], ["town", "Basra"]], ["name: Ahmed", "town: Basra"]),
        ([["town", "people"], ["Basra", "2600000"]], ["town: Basra | people: 2600000"]),
        ([["Report of 2021", ""], ["town", "people"], ["Basra", "9"]],
         ["Report of 2021", "town: Basra | people: 9"]),
        ([["1", "2", "3"], ["4", "5", "6"]], ["1 | 2 | 3", "4 | 5 | 6"]),
        ([["a", "a", "c"], ["4", "5", "6"]], ["a | a | c", "4 | 5 | 6"]),
        ([["only"], ["one"], ["column"]], ["only", "one", "column"]),
        ([["a", "b", "c"]], ["a | b | c"]),
        ([["a", "b", "c"], ["1", "2", "3", "4"]], ["a | b | c", "1 | 2 | 3 | 4"]),
        ([["two\nlines", "b", "c"], [" 1 ", "2", "3"]], ["two lines: 1 | b: 2 | c: 3"]),
        ([], []),
    ],
)  # fmt: skip
def test_rows_name_their_columns(rows: list[list[str]], lines: list[str]) -> None:
    assert list(table_lines(rows)) == lines


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(extractor: Extractor, delimiter: str) -> None:
    rows = (("city", "people", "note"), ("Basra", "2,6", "a; b"), ("Erbil", "1,5", "c"))
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = extractor.extract(text.encode(), "csv")
    assert found.text.split("\n")[1] == "city: Erbil | people: 1,5 | note: c"


def test_text_without_a_delimiter_stays_text(extractor: Extractor) -> None:
    assert extractor.extract("سطر واحد\nوآخر".encode(), "csv").text == "سطر واحد\nوآخر"
