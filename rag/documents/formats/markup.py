"""Markup: the text of an HTML tree, a line a block, as a browser would show it."""

import re
from typing import Any, Final

from rag.documents.formats.table import table_lines
from rag.documents.formats.tidying import tidy
from rag.errors import UnreadableFile

_UNSEEN: Final = frozenset(
    "script style noscript template head iframe object embed svg math canvas audio video map"
    " select option textarea button datalist input rp".split()
)
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rb rt"
    " ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
_APART: Final = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol section article td".split())
_LIST_MARK: Final = "- "
_TOO_DEEP: Final = "Excessive depth"
"""The word of parsers that have no kind of error for it."""
_MOST_BREAKS: Final = 3
_LONGEST_CELL: Final = 1500
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")


def tree_of(text: str) -> Any:
    """The tree of an HTML text; None where there is none.

    UnreadableFile where its elements are nested deeper than the parser goes (2,048): it would
    leave out what follows, and say so only in its log.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    for error in parser.error_log:
        if error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or _TOO_DEEP in error.message:
            raise UnreadableFile("its elements are nested too deep, or too large, to be read whole")
    return tree


def text_of(text: str) -> str:
    """All that an HTML text shows."""
    tree = tree_of(text)
    return "" if tree is None else shown(tree)


def shown(element: Any) -> str:
    """All that an element shows: a line a block, tables row by row."""
    parts: list[str] = []
    _walk(element, parts)
    return tidy("".join(parts))


def is_unseen(element: Any) -> bool:
    """Whether a browser shows nothing of an element."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))


def is_inline(element: Any) -> bool:
    """Whether an element stands within a line."""
    return element.tag in _INLINE


def _walk(root: Any, parts: list[str]) -> None:
    """Appends what an element shows. Old pages nest a tag a line, hence no recursion."""
    walked = [(root, iter(root))] if _begin(root, parts) else []
    while walked:
        element, children = walked[-1]
        child = next(children, None)
        if child is None:
            walked.pop()
            _end_line(element, parts)
        elif _begin(child, parts):
            walked.append((child, iter(child)))
            continue
        ended = element if child is None else child
        if walked and ended.tail:
            parts.append(_BLANKS.sub(" ", ended.tail))


def _begin(element: Any, parts: list[str]) -> bool:
    """Appends what an element shows before its children; whether these are to be walked."""
    if is_unseen(element):
        return False
    tag = element.tag
    if tag in ("br", "hr"):
        parts.append("\n")
        return False
    if tag == "table" and not _is_layout(element):
        parts.append("\n" + "\n".join(table_lines(_rows(element))) + "\n")
        return False
    _end_line(element, parts)
    if tag == "li" and _text_before(element):
        parts.append(_LIST_MARK)
    if element.text:
        parts.append(element.text if tag == "pre" else _BLANKS.sub(" ", element.text))
    return True


def _end_line(element: Any, parts: list[str]) -> None:
    """Where a block begins or ends, a line does; around a paragraph there is an empty one."""
    if is_inline(element):
        return
    while parts and parts[-1] in ("", " "):
        parts.pop()
    if element.tag in _APART or not (parts and parts[-1].endswith("\n")):
        parts.append("\n")


def _text_before(item: Any) -> bool:
    """Whether a list item holds text of its own before any block."""
    return bool((item.text or "").strip()) or (len(item) > 0 and is_inline(item[0]))


def _is_layout(table: Any) -> bool:
    """Whether a table only places things: it has one column, or holds paragraphs or tables."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = [sum(1 for cell in row if cell.tag in ("td", "th")) for row in table.iter("tr")]
    if max(rows, default=0) < 2:
        return True
    paragraphs = sum(1 for _ in table.iter("p", "div", "h1", "h2", "h3", "article", "ul"))
    return paragraphs > sum(rows) or any(_is_column(cell) for cell in table.iter("td"))


def _is_column(cell: Any) -> bool:
    """Whether a cell is a column of a page: many lines, or more than a table's cell holds."""
    if sum(1 for _ in cell.iter("br")) > _MOST_BREAKS:
        return True
    return sum(len(part) for part in cell.itertext()) > _LONGEST_CELL


def _rows(table: Any) -> list[list[str]]:
    rows = []
    for row in table.iter("tr"):
        cells = []
        for cell in row:
            if cell.tag in ("td", "th") and not is_unseen(cell):
                parts: list[str] = []
                _walk(cell, parts)
                cells.append("".join(parts))
        rows.append(cells)
    return rows
