"""A file of each format, made by the libraries that people's programs use."""

import json
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from tests.documents.formats.printed import printed, visual

TITLE = "زيارة باقري إلى موسكو"
SENTENCE = "وصل رئيس الأركان إلى موسكو في 17 أكتوبر 2021."
PERSIAN = "وزیر دفاع ایران می‌گوید گفت‌وگوها ادامه دارد."


def _docx() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows,
        (("المدينة", "السكان"), ("بغداد", "7000000"), ("البصرة", "2600000")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(PERSIAN)
    return _saved(document.save)


def _pptx() -> bytes:
    import pptx
    from pptx.util import Inches

    presentation = pptx.Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = TITLE
    first.placeholders[1].text = SENTENCE
    second = presentation.slides.add_slide(presentation.slide_layouts[5])
    second.shapes.title.text = "الشريحة الثانية"
    shape = second.shapes.add_table(2, 3, Inches(1), Inches(2), Inches(6), Inches(1))
    for place, text in enumerate(("البلد", "العاصمة", "السكان", "العراق", "بغداد", "7000000")):
        shape.table.cell(place // 3, place % 3).text = text
    second.notes_slide.notes_text_frame.text = PERSIAN
    return _saved(presentation.save)


def _xlsx() -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "المدن"
    for row in (
        ("المدينة", "السكان", "التاريخ"),
        ("بغداد", 7000000, None),
        ("موسكو", 12.5, "2021"),
    ):
        sheet.append(row)
    second = workbook.create_sheet("ملاحظات")
    second.append((SENTENCE,))
    return _saved(workbook.save)


def _epub() -> bytes:
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container"
        " xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        "OEBPS/book.opf": "<package xmlns='http://www.idpf.org/2007/opf'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<metadata><dc:title>{TITLE}</dc:title><dc:date>2021-10-17</dc:date></metadata><manifest>"
        "<item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
        "<item id='b' href='two.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='a' href='one%20.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>",
        "OEBPS/nav.xhtml": chapter.format("<nav>الفهرس</nav>"),
        "OEBPS/one .xhtml": chapter.format(f"<h1>الفصل الأول</h1><p>{SENTENCE}</p>"),
        "OEBPS/two.xhtml": chapter.format(f"<p>{PERSIAN}</p>"),
    }
    return archived(parts)


def _eml() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "أحمد <ahmad@example.org>"
    message["To"], message["Date"] = "desk@example.org", "Sun, 17 Oct 2021 10:00:00 +0300"
    message.set_content(f"{SENTENCE}\n\n{PERSIAN}\n")
    message.add_alternative(f"<p>{SENTENCE}</p><p>{PERSIAN}</p>", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="صورة.png")
    return message.as_bytes()


def archived(parts: Mapping[str, str]) -> bytes:
    """A zip archive of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _saved(save: Callable[[Any], None]) -> bytes:
    made = BytesIO()
    save(made)
    return made.getvalue()


SRT = f"""1
00:00:01,000 --> 00:00:03,500
<i>وصل رئيس الأركان</i>

2
00:00:03,600 --> 00:00:05,000
إلى موسكو في 17 أكتوبر 2021.

3
00:01:05,000 --> 00:01:08,000
{PERSIAN}
"""
VTT = """WEBVTT

NOTE a comment of the maker

STYLE
::cue { color: white }

intro
00:01.000 --> 00:03.500 align:start
<v ليلى>وصل رئيس الأركان

00:03.600 --> 00:05.000
إلى موسكو &amp; <00:04.000>عاد.
"""
RECORDS = [
    {"title": TITLE, "date": "2021-10-17", "text": f"{SENTENCE} " * 4, "tags": ["إيران", "روسيا"]},
    {"id": 7, "who": {"name": "باقري", "rank": None}, "count": 12345678901234567890},
]
CSV = f'المدينة;السكان;ملاحظة\nبغداد;7000000;"عاصمة\nالعراق"\nموسكو;12500000;{SENTENCE}\n'
HTML = (
    f"<html><head><title>{TITLE} - موقع</title></head><body><nav>الرئيسية</nav><h1>{TITLE}</h1>"
    f"<p>{SENTENCE}</p><p>{PERSIAN}</p></body></html>"
)

SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": (
        "pdf",
        lambda: printed(
            [[visual(TITLE), visual(SENTENCE)], [visual(PERSIAN.replace("\u200c", ""))]]
        ),
    ),
    "docx": ("docx", _docx),
    "pptx": ("pptx", _pptx),
    "xlsx": ("xlsx", _xlsx),
    "csv": ("csv", lambda: CSV.encode("windows-1256", "ignore")),
    "epub": ("epub", _epub),
    "eml": ("eml", _eml),
    "srt": ("subtitles", SRT.encode),
    "vtt": ("subtitles", VTT.encode),
    "jsonl": ("json lines", lambda: "\n".join(json.dumps(one) for one in RECORDS).encode()),
    "json": ("json", lambda: json.dumps(RECORDS).encode()),
    "html": ("html", HTML.encode),
    "txt": ("text", lambda: f"{TITLE}\n{SENTENCE}\n".encode("utf-16")),
}
"""By suffix: the format, and what makes a file of it."""
