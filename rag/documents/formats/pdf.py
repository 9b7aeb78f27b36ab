"""PDF: the text page by page, in the order in which it is read, lines made paragraphs again.

PDFium reads the characters and turns right-to-left runs round. What it leaves is put right here:
ligatures whose letters it turned round, brackets that were mirrored to be drawn, pages whose
letters stand in the wrong order, presentation forms, running heads and page numbers.
"""

import ctypes
import re
from collections.abc import Iterator
from typing import Any, Final

from rag.documents.formats.arabic_layout import (
    is_backwards,
    mirrored,
    numbers_right,
    plain_letters,
    turned_round,
)
from rag.documents.formats.archive import PROTECTED
from rag.documents.formats.extracted import MOST_CHARACTERS, Extracted
from rag.documents.formats.page_layout import Line, paragraphs, without_running_heads
from rag.documents.formats.pagination import paged
from rag.documents.formats.tidying import tidy, tidy_line, too_long
from rag.errors import UnreadableFile

MOST_PAGES: Final = 5_000
_LAM: Final = "ل"
_ALEFS: Final = frozenset("اأإآٱ")
_UNMAPPED: Final = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uefff\uf100-\uf8ff\ufffd]")
_MOST_UNMAPPED: Final = 0.3
_NAMED_PAGES: Final = 20
_HYPHEN: Final = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""


def extract(content: bytes) -> Extracted:
    """The text of a PDF file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        reason = PROTECTED if "password" in str(error).lower() else "it is damaged (it is no PDF)"
        raise UnreadableFile(reason) from error
    if len(document) > MOST_PAGES:
        raise UnreadableFile(f"it has more than {MOST_PAGES} pages")
    pages: list[list[Line]] = []
    scanned, unmapped, damaged, length = [], [], [], 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            lines = list(_lines(page))
            if lines and _is_unmapped(lines):
                lines = []
                unmapped.append(number)
            elif not lines and _has_image(page):
                scanned.append(number)
            page.close()
        except pypdfium2.PdfiumError:
            lines = []
            damaged.append(number)
        pages.append(lines)
        length += sum(len(line.text) for line in lines)
        if length > MOST_CHARACTERS:
            raise too_long()
    if not length:
        raise UnreadableFile(_why_empty(len(document), len(scanned), len(unmapped), len(damaged)))
    texts = [paragraphs(lines) for lines in without_running_heads(pages)]
    flowing = frozenset(place for place, (_, flows) in enumerate(texts) if flows)
    text, starts = paged([tidy(text) for text, _ in texts], flowing=flowing)
    title = tidy_line(document.get_metadata_dict().get("Title", ""))
    return Extracted(
        text, "binary", starts, title, warnings=tuple(_warnings(scanned, unmapped, damaged))
    )


def _why_empty(pages: int, scanned: int, unmapped: int, damaged: int) -> str:
    if damaged == pages:
        return "it is damaged (no page can be read)"
    if unmapped:
        return "its fonts do not tell which letters it shows"
    if scanned:
        return f"it is scanned: {scanned} of its {pages} pages are images without text"
    return "it is empty"


def _warnings(scanned: list[int], unmapped: list[int], damaged: list[int]) -> Iterator[str]:
    for pages, what in (
        (scanned, "pages are images without text, which are not read"),
        (unmapped, "pages have fonts that do not tell their letters, which are not read"),
        (damaged, "pages cannot be read"),
    ):
        if pages:
            more = f" and {len(pages) - _NAMED_PAGES} more" if len(pages) > _NAMED_PAGES else ""
            yield f"{what}: {', '.join(map(str, pages[:_NAMED_PAGES]))}{more}"


def _is_unmapped(lines: list[Line]) -> bool:
    """Whether much of a page is signs without meaning: its fonts have no map to letters."""
    text = "".join(line.text for line in lines)
    return len(_UNMAPPED.findall(text)) > _MOST_UNMAPPED * len(text)


def _has_image(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return next(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)), None) is not None


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a page, their letters in reading order."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    characters = [
        chr(code) if (code := pdfium.FPDFText_GetUnicode(text_page, place)) else ""
        for place in range(text_page.count_chars())
    ]
    boxes = _Boxes(text_page)
    _set_ligatures_right(characters, boxes)
    found = list(_split(characters))
    texts = [plain_letters("".join(characters[begin:end])) for begin, end in found]
    if is_backwards(texts):
        texts = [turned_round(text) for text in texts]
    texts = [numbers_right(text) for text in mirrored(texts)]
    for text, (begin, end) in zip(texts, found, strict=True):
        if text.strip():
            yield boxes.line(text.replace(_HYPHEN, "-").strip(), characters, begin, end)
    text_page.close()


def _split(characters: list[str]) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end."""
    begin = 0
    for place, character in enumerate(characters):
        if character in ("\r", "\n", _HYPHEN):
            end = place + (character == _HYPHEN)
            if end > begin:
                yield begin, end
            begin = place + 1
    if begin < len(characters):
        yield begin, len(characters)


def _set_ligatures_right(characters: list[str], boxes: "_Boxes") -> None:
    """A glyph that stands for lam and alef is turned round with its line, and then says alef, lam.

    Both letters have one box. No glyph stands for alef and lam.
    """
    for place in range(len(characters) - 1):
        if (
            characters[place] in _ALEFS
            and characters[place + 1] == _LAM
            and boxes.of(place) == boxes.of(place + 1)
        ):
            characters[place], characters[place + 1] = characters[place + 1], characters[place]


class _Boxes:
    """The boxes of a page's characters."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page

    def of(self, place: int) -> tuple[float, float, float, float]:
        """The box of a character: left, right, bottom, top (points)."""
        import pypdfium2.raw as pdfium

        edges = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self._page, place, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        return left, right, bottom, top

    def line(self, text: str, characters: list[str], begin: int, end: int) -> Line:
        """A line with its place on the page."""
        import pypdfium2.raw as pdfium

        seen = [place for place in range(begin, end) if characters[place].strip()]
        ends = [self.of(place) for place in (seen[0], seen[-1])] if seen else [(0.0,) * 4]
        size = pdfium.FPDFText_GetFontSize(self._page, seen[len(seen) // 2]) if seen else 0.0
        return Line(
            text,
            left=min(box[0] for box in ends),
            right=max(box[1] for box in ends),
            bottom=min(box[2] for box in ends),
            top=max(box[3] for box in ends),
            size=size,
        )
