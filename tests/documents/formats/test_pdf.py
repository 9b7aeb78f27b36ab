from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.documents.extraction import Extractor
from rag.documents.formats.extracted import Extracted, page_of
from rag.errors import UnreadableFile
from tests.documents.formats.printed import presented, printed, visual

TITLE = "زيارة باقري إلى موسكو"
LINE = "وصل رئيس الأركان في 12 أكتوبر 2021 إلى إسلام آباد (باكستان) أمس."
FONTS = (
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/dejavu/DejaVuSans.ttf"),
)
font = next((str(path) for path in FONTS if path.exists()), None)


def read(extractor: Extractor, content: bytes) -> Extracted:
    return extractor.extract(content, "pdf")


def ligated(line: Sequence[str]) -> list[str]:
    """Glyphs from left to right, lam and alef as one."""
    return list("\n".join(line).replace("ا\nل", "لا").replace("أ\nل", "لأ").split("\n"))


@pytest.mark.parametrize(
    "drawn",
    [
        [visual(TITLE), visual(LINE)],
        [ligated(visual(TITLE)), ligated(visual(LINE))],
        [list(TITLE), list(LINE)],
    ],
    ids=["as it is drawn", "with ligatures", "backwards"],
)
def test_arabic_is_read_in_the_order_in_which_it_is_written(
    extractor: Extractor, drawn: list[list[str]]
) -> None:
    assert read(extractor, printed([drawn])).text == f"{TITLE}\n{LINE}"


def test_presentation_forms_become_letters(extractor: Extractor) -> None:
    forms = ("initial", "medial", "final", "isolated")
    word = "".join(presented(letter, form) for letter, form in zip("مليا", forms, strict=True))
    text = read(extractor, printed([[visual(f"بلغ {word} \ufefb"), visual(LINE)]])).text
    assert text == f"بلغ مليا لا\n{LINE}"


@pytest.mark.parametrize(
    "line",
    [
        "وقع الاتفاق في عام 2021.",
        "بلغت الكلفة 47.5 مليون دينار في 2023، بحسب الوزير.",
        "قالت وكالة Reuters إن «الوفد» (وعدده 14) عاد.",
        "سفر وزیر دفاع ایران به پکن سه روز طول کشید؛ او بازگشت.",
    ],
)
def test_numbers_latin_words_and_marks_stay_where_they_belong(
    extractor: Extractor, line: str
) -> None:
    assert read(extractor, printed([[visual(line), visual(LINE)]])).text == f"{line}\n{LINE}"


def test_lines_become_paragraphs_and_a_short_line_ends_one(extractor: Extractor) -> None:
    long = "وصل رئيس الأركان إلى موسكو على رأس وفد عسكري رفيع المستوى تلبية"
    goes_on = "لدعوة من نظيره الروسي."
    other = "وعاد الوفد بعد ثلاثة أيام إلى طهران حيث استقبله وزير الدفاع في المط"
    text = read(extractor, printed([[visual(long), visual(goes_on), visual(other)]])).text
    assert text == f"{long} {goes_on}\n{other}"


def test_pages_have_numbers_and_running_heads_are_read_once(extractor: Extractor) -> None:
    pages = [
        ["Annual report", f"Sentence number {n} of the report stands here.", f"{n + 4}"]
        for n in range(1, 6)
    ]
    found = read(extractor, printed(pages, right=False, title="Annual report"))
    assert found.text.count("Annual report") == 1
    assert len(found.pages) == 5
    assert found.title == "Annual report"
    for number in range(1, 6):
        said = f"Sentence number {number} of the report stands here."
        assert page_of(found.pages, found.text.index(said)) == number
        assert f"\n{number + 4}" not in found.text


def test_a_sentence_goes_on_on_the_next_page(extractor: Extractor) -> None:
    pages = [
        ["The delegation arrived in Moscow on Monday.", "It was led by the chief of the general a"],
        ["nd his deputy, and stayed for three days."],
    ]
    found = read(extractor, printed(pages, right=False))
    assert "the general a nd his deputy" in found.text
    assert page_of(found.pages, found.text.index("nd his deputy")) == 2


def test_scanned_pages_are_reported(extractor: Extractor) -> None:
    with pytest.raises(UnreadableFile, match="it is scanned: 2 of its 2 pages"):
        read(extractor, printed([[], []], images=[0, 1]))
    found = read(extractor, printed([[visual(LINE)], [], []], images=[1]))
    assert found.text == LINE
    assert found.warnings == ("pages are images without text, which are not read: 2",)


def test_letters_that_fonts_do_not_tell_are_reported(extractor: Extractor) -> None:
    signs = ["\ue001\ue002\ue003 \ue004\ue005"]
    with pytest.raises(UnreadableFile, match="its fonts do not tell"):
        read(extractor, printed([signs]))
    found = read(extractor, printed([[visual(LINE)], signs]))
    assert found.text == LINE
    assert found.warnings[0].endswith("which are not read: 2")


def test_an_empty_file_is_empty(extractor: Extractor) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        read(extractor, printed([[]]))


@pytest.mark.skipif(font is None, reason="DejaVu Sans is not installed")
@pytest.mark.parametrize("shaped", [True, False])
def test_what_a_common_library_prints_is_read(extractor: Extractor, shaped: bool) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("D", "", font)
    pdf.set_font("D", size=12)
    pdf.set_text_shaping(shaped)
    for line in (TITLE, LINE):
        pdf.multi_cell(0, 8, line, align="R")
        pdf.ln(4)
    assert read(extractor, bytes(pdf.output())).text == f"{TITLE}\n{LINE}"


@pytest.mark.skipif(font is None, reason="DejaVu Sans is not installed")
def test_a_password_is_named_as_the_reason(extractor: Extractor) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="user")
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(0, 8, "secret")
    with pytest.raises(UnreadableFile, match="password"):
        read(extractor, bytes(pdf.output()))
