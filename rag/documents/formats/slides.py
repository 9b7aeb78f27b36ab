"""PPTX: a page a slide, its title first, tables row by row, the speaker's notes below."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from rag.documents.formats import archive
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.pagination import paged
from rag.documents.formats.table import table_lines
from rag.documents.formats.tidying import tidy, tidy_line
from rag.errors import UnreadableFile

MOST_SLIDES: Final = 5_000
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES: Final = frozenset({"title", "ctrTitle"})
_REPEATED: Final = frozenset({"sldNum", "ftr", "hdr", "dt", "sldImg"})


def extract(content: bytes) -> Extracted:
    """The text of a PPTX file."""
    import pptx

    archive.opened(content).close()
    presentation = pptx.Presentation(BytesIO(content))
    slides = list(presentation.slides)
    if len(slides) > MOST_SLIDES:
        raise UnreadableFile(f"it has more than {MOST_SLIDES} slides")
    pages, hidden = [], []
    for number, slide in enumerate(slides, start=1):
        if slide._element.get("show") == "0":  # noqa: SLF001 (there is no public way)
            hidden.append(str(number))
            pages.append("")
            continue
        lines = list(_lines(slide.element))
        if slide.has_notes_slide:
            lines.extend(_lines(slide.notes_slide.element))
        pages.append(tidy("\n".join(lines)))
    text, starts = paged(pages)
    warnings = (f"it has hidden slides, which are left out: {', '.join(hidden)}",) if hidden else ()
    title = tidy_line(presentation.core_properties.title or "")
    return Extracted(text, "binary", starts, title=title, warnings=warnings)


def _lines(slide: Any) -> Iterator[str]:
    """The paragraphs and rows of a slide, those of its title first."""
    shapes = [
        shape
        for shape in slide.iter(f"{_P}sp", f"{_P}graphicFrame")
        if next(shape.iterancestors(_FALLBACK), None) is None
    ]
    for shape in sorted(shapes, key=lambda one: _placeholder(one) not in _TITLES):
        if _placeholder(shape) not in _REPEATED:
            yield from _shape(shape)


def _placeholder(shape: Any) -> str:
    """What a shape is there for (`title`, `sldNum`), or an empty text."""
    place = next(shape.iter(f"{_P}ph"), None)
    return "" if place is None else place.get("type", "body")


def _shape(shape: Any) -> Iterator[str]:
    for table in shape.iter(f"{_A}tbl"):
        yield from table_lines(
            [" ".join(_paragraphs(cell)) for cell in row.iter(f"{_A}tc")]
            for row in table.iter(f"{_A}tr")
        )
    if next(shape.iter(f"{_A}tbl"), None) is None:
        yield from _paragraphs(shape)


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(f"{_A}p"):
        yield "".join(
            "\n" if part.tag == f"{_A}br" else part.text or ""
            for part in paragraph.iter(f"{_A}t", f"{_A}br")
        )
