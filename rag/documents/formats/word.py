"""DOCX: the text as a reader sees it, tables row by row, footnotes at the end."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from rag.documents.formats import archive
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.table import table_lines
from rag.documents.formats.tidying import tidy, tidy_line

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr", f"{_W}rPr"})
_BREAKS: Final = frozenset({f"{_W}br", f"{_W}cr"})
_FOOTNOTES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes",
)


def extract(content: bytes) -> Extracted:
    """The text of a DOCX file."""
    import docx
    from lxml import etree

    archive.opened(content).close()
    document = docx.Document(BytesIO(content))
    hidden: list[str] = []
    lines = list(_blocks(document.element.body, hidden))
    for relation in document.part.rels.values():
        if relation.reltype in _FOOTNOTES and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            notes = etree.fromstring(relation.target_part.blob, parser)
            for note in notes:
                if note.get(f"{_W}type") is None:
                    lines.extend(_blocks(note, hidden))
    warnings = ("it holds text that is formatted as hidden, which is left out",) if hidden else ()
    title = tidy_line(document.core_properties.title or "")
    return Extracted(tidy("\n".join(lines)), "binary", title=title, warnings=warnings)


def _blocks(parent: Any, hidden: list[str]) -> Iterator[str]:
    """The paragraphs and the rows of tables, in order, as lines."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, hidden)
        elif element.tag == f"{_W}tbl":
            yield from table_lines(_rows(element, hidden))
        elif element.tag not in _UNSEEN and isinstance(element.tag, str):
            yield from _blocks(element, hidden)


def _rows(table: Any, hidden: list[str]) -> Iterator[list[str]]:
    for row in table.iter(f"{_W}tr"):
        cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        yield [" ".join(_blocks(cell, hidden)) for cell in cells]


def _paragraph(paragraph: Any, hidden: list[str]) -> Iterator[str]:
    """A paragraph as lines, and after it those of the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[Any] = []
    _walk(paragraph, parts, boxes, hidden)
    yield "".join(parts)
    for box in boxes:
        yield from _blocks(box, hidden)


def _walk(element: Any, parts: list[str], boxes: list[Any], hidden: list[str]) -> None:
    for child in element:
        if child.tag in _UNSEEN:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in _BREAKS:
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}r" and _is_hidden(child):
            hidden.extend(text.text or "" for text in child.iter(f"{_W}t"))
        else:
            _walk(child, parts, boxes, hidden)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in {"0", "false", "off"}
