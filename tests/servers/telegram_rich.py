"""Rich messages (Bot API 10.1 and later): what may be sent, as the blocks that come of it.

Telegram reads their HTML on its servers, so no judge is to be had for it: the tags are those that
the documentation names, the words of the refusals are this server's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from .telegram_refusals import Object, bad_request, filled

BLANK: Final = re.compile(r"\s+")
BLOCK_TYPES: Final = """
    paragraph heading pre footer details expandable_blockquote thinking
""".split()
VOID: Final = {"hr", "br"}
INLINE: Final = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "s": "strikethrough", "code": "code", "mark": "marked", "sub": "subscript",
    "sup": "superscript", "tg-spoiler": "spoiler", "a": "url",
}  # fmt: skip
HEADINGS: Final = {f"h{size}": size for size in range(1, 7)}
BLOCKS: Final = {"p", "pre", "footer", "ul", "ol", "blockquote", "table", "details", *HEADINGS}
BLOCKS_WITHIN: Final = {"li", "td", "th", "tr", "caption", "summary", "cite", "tg-thinking"}
MOST: Final = {"characters": 32_768, "blocks": 500, "levels": 16, "columns": 20}


@dataclass
class Element:
    """An element of HTML."""

    tag: str
    attributes: dict[str, str | None]
    children: list["Element | str"] = field(default_factory=list)

    def named(self, *tags: str) -> "list[Element]":
        """The children of these tags."""
        return [one for one in self.children if isinstance(one, Element) and one.tag in tags]


class _Reader(HTMLParser):
    """Makes a tree of HTML; refuses what is not closed, or closed twice, or of no known tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID | BLOCKS | BLOCKS_WITHIN | INLINE.keys():
            raise bad_request(f"can't parse rich message: unsupported tag <{tag}>")
        element = Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._open[-1].tag != tag:
            raise bad_request(f"can't parse rich message: unexpected end tag </{tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def close(self) -> None:
        super().close()
        if len(self._open) > 1:
            raise bad_request(f"can't parse rich message: <{self._open[-1].tag}> is not closed")


def rich_message(given: Object, *, draft: bool = False) -> Object:
    """The RichMessage that an InputRichMessage becomes, or a refusal."""
    if len(given.keys() & {"html", "markdown", "blocks"}) != 1:
        raise bad_request("rich message must have exactly one of html, markdown and blocks")
    if "markdown" in given:
        raise bad_request("this server reads no Markdown")
    blocks = given["blocks"] if "blocks" in given else _blocks_of(given["html"])
    if not blocks:
        raise bad_request("rich message is empty")
    if not draft and any(block["type"] == "thinking" for block in blocks):
        raise bad_request("thinking block can be used only in drafts")
    _check(blocks)
    return filled({"blocks": blocks, "is_rtl": given.get("is_rtl")})


def plain(value: Any) -> str:
    """The words of rich text, or of blocks: a line each, and each row of a table."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(plain, value))
    if "cells" in value:
        rows = [" | ".join(plain(cell.get("text", "")) for cell in row) for row in value["cells"]]
        return "".join(f"{row}\n" for row in rows)
    if "label" in value:
        return f"{value['label']} {plain(value['blocks'])}"
    parts = [plain(value[name]) for name in ("summary", "text") if name in value]
    inner = "".join(plain(value[name]) for name in ("blocks", "items") if name in value)
    is_block = value.get("type") in BLOCK_TYPES
    return "".join(f"{part}\n" if is_block else part for part in parts) + inner


def _blocks_of(html: str) -> list[Object]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(_blocks(reader.root))


def _blocks(parent: Element) -> Iterator[Object]:
    """The blocks in an element; text that stands outside any is a paragraph."""
    loose: list[Element | str] = []
    for child in [*parent.children, Element("end", {})]:
        is_block = isinstance(child, Element) and child.tag not in INLINE | {"br": ""}
        if not is_block:
            loose.append(child)
            continue
        if text := _text(loose):
            yield {"type": "paragraph", "text": text}
        loose = []
        if isinstance(child, Element) and child.tag not in {"end", "summary", "cite", "caption"}:
            yield _block(child)


def _block(element: Element) -> Object:
    tag = element.tag
    text = _text(element.children) if tag != "pre" else "".join(map(_words, element.children))
    if tag in HEADINGS:
        return {"type": "heading", "text": text, "size": HEADINGS[tag]}
    match tag:
        case "hr":
            return {"type": "divider"}
        case "pre" | "footer" | "p" | "tg-thinking":
            names = {"pre": "pre", "footer": "footer", "p": "paragraph", "tg-thinking": "thinking"}
            return {"type": names[tag], "text": text}
        case "ul" | "ol":
            labels = (f"{n}." if tag == "ol" else "•" for n in range(1, len(element.children) + 1))
            items = zip(labels, element.named("li"), strict=False)
            listed = [{"label": label, "blocks": list(_blocks(item))} for label, item in items]
            return {"type": "list", "items": listed}
        case "blockquote":
            credit = [_text(cite.children) for cite in element.named("cite")]
            quote: Object = {"type": "blockquote", "blocks": list(_blocks(element))}
            if "collapsed" in element.attributes:
                quote = {"type": "expandable_blockquote", "text": text}
            return quote | ({"credit": credit[0]} if credit else {})
        case "details":
            summary = [_text(one.children) for one in element.named("summary")] or [""]
            is_open = {"is_open": True} if "open" in element.attributes else {}
            blocks = list(_blocks(element))
            return {"type": "details", "summary": summary[0], "blocks": blocks, **is_open}
        case "table":
            rows = [row.named("td", "th") for row in element.named("tr")]
            return {"type": "table", "cells": [[_cell(cell) for cell in row] for row in rows]}
    raise bad_request(f"can't parse rich message: <{tag}> is out of place")


def _cell(cell: Element) -> Object:
    content: Object = {"align": cell.attributes.get("align") or "left", "valign": "middle"}
    header = {"is_header": True} if cell.tag == "th" else {}
    return content | {"text": _text(cell.children)} | header


def _text(children: list[Element | str]) -> Any:
    """Rich text: a string, or a list of strings and styled parts."""
    parts: list[Any] = []
    for child in children:
        if isinstance(child, str):
            parts.append(BLANK.sub(" ", child))
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in INLINE:
            kind: Object = {"type": INLINE[child.tag], "text": _text(child.children)}
            if child.tag == "a":
                kind["url"] = child.attributes.get("href") or ""
            parts.append(kind)
    if all(part == " " for part in parts):
        return ""
    return parts if len(parts) != 1 else parts[0]


def _words(child: Element | str) -> str:
    """The words of what is set as it stands."""
    return child if isinstance(child, str) else "".join(map(_words, child.children))


def _check(blocks: list[Object]) -> None:
    """Refuses what is too long, too many, too deep or too wide."""
    found = {"characters": len(plain(blocks)), "blocks": 0, "levels": 0, "columns": 0}
    waiting = [(block, 1) for block in blocks]
    while waiting:
        block, level = waiting.pop()
        found["blocks"] += 1
        found["levels"] = max(found["levels"], level)
        found["columns"] = max([found["columns"], *(len(row) for row in block.get("cells", []))])
        inner = [*block.get("blocks", [])]
        inner += [one for item in block.get("items", []) for one in item["blocks"]]
        waiting += [(one, level + 1) for one in inner]
    for what, most in MOST.items():
        if found[what] > most:
            raise bad_request(f"rich message has too many {what}")
