"""A conversation as a web page, for a person to look at: above all at the direction of its text.

As in Telegram, each paragraph runs in the direction of its first strong character, which is what
`unicode-bidi: plaintext` means.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from time import gmtime, strftime
from typing import Any

from .telegram_history import History
from .telegram_messages import Message
from .telegram_people import BOT, Person
from .telegram_refusals import Object

STYLE = (Path(__file__).parent / "telegram_page.css").read_text(encoding="utf-8")
QUOTES = ("blockquote", "expandable_blockquote")


def page(chat: History, viewer: Person, first: int = 0) -> str:
    """The chat as HTML, as the viewer sees it: their messages stand on the right.

    It begins with the message of the number `first`.
    """
    messages = [_message(m, viewer) for m in chat.messages if m.id >= first]
    if chat.draft:
        text = _paragraphs(chat.draft.text, chat.draft.entities)
        messages.append(f'<article class="draft"><section>{text}</section></article>')
    name = escape(chat.info.get("title") or BOT["first_name"])
    head = f'<meta charset="utf-8"><title>{name}</title><style>{STYLE}</style>'
    return f"<!doctype html>{head}<header>{name}</header><main>{''.join(messages)}</main>"


def _message(message: Message, viewer: Person) -> str:
    """A bubble, and the buttons below it."""
    mine = message.author is viewer
    parts = [] if mine or message.by_bot else [f"<h2>{escape(message.sender)}</h2>"]
    if reply := message.object.get("reply_to_message"):
        quoted = message.object.get("quote", {}).get("text") or reply.get("text", "…")
        parts.append(f'<div class="reply">{_paragraphs(quoted.splitlines()[0][:80], [])}</div>')
    if document := message.object.get("document"):
        parts.append(f'<p class="file">📄 <bdi>{escape(document.get("file_name", ""))}</bdi></p>')
    if rich := message.object.get("rich_message"):
        direction = "rtl" if rich.get("is_rtl") else "ltr"
        parts.append(f'<div dir="{direction}">{_blocks(rich["blocks"])}</div>')
    else:
        parts.append(_paragraphs(message.text, message.entities))
    edited = "✎ " if message.history else ""
    clock = strftime("%H:%M", gmtime(message.object["date"]))
    parts.append(f"<footer>{edited}{clock}</footer>")
    rows = message.object.get("reply_markup", {}).get("inline_keyboard", [])
    keyboard = "".join(f"<nav>{''.join(map(_button, row))}</nav>" for row in rows)
    who = "mine" if mine else "theirs"
    return f'<article class="{who}"><section>{"".join(parts)}</section>{keyboard}</article>'


def _button(button: Object) -> str:
    return f"<button><bdi>{escape(button['text'])}</bdi></button>"


def _paragraphs(text: str, entities: list[Object]) -> str:
    """A text with its entities, one element a paragraph; quotations in a frame."""
    pieces = ((quoted, _line(line)) for quoted, line in _lines(text, entities))
    return "".join(
        f"<blockquote>{lines}</blockquote>" if quoted else lines
        for quoted, group in groupby(pieces, key=lambda piece: piece[0])
        for lines in ["".join(line for _, line in group)]
    )


def _lines(text: str, entities: list[Object]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The paragraphs: the number of the quotation each is in (0: none), and its runs of style."""
    line: list[tuple[str, str]] = []
    inside, at = 0, 0
    for character in text:
        over = [e for e in entities if e["offset"] <= at < e["offset"] + e["length"]]
        quoted = next((1 + entities.index(e) for e in over if e["type"] in QUOTES), 0)
        if (quoted != inside or character == "\n") and (line or character == "\n"):
            if line or quoted == inside:
                yield inside, line
            line = []
        inside = quoted
        if character != "\n":
            line.append((" ".join(e["type"] for e in over if e["type"] not in QUOTES), character))
        at += 2 if ord(character) > 0xFFFF else 1
    if line:
        yield inside, line


def _line(line: list[tuple[str, str]]) -> str:
    """A paragraph."""
    runs = ""
    for style, group in groupby(line, key=lambda piece: piece[0]):
        run = escape("".join(character for _, character in group))
        runs += f'<span class="{style}">{run}</span>' if style else run
    return f"<p>{runs or '<br>'}</p>"


def _blocks(blocks: list[Object]) -> str:
    """The blocks of a rich message, which run the way the message does."""
    return "".join(map(_block, blocks))


def _block(block: Object) -> str:
    text = _rich(block.get("text", ""))
    match block["type"]:
        case "heading":
            return f"<h{block['size']}>{text}</h{block['size']}>"
        case "list":
            items = ((one["label"], _blocks(one["blocks"])) for one in block["items"])
            lines = (f"<li><b>{escape(label)}</b><div>{inner}</div></li>" for label, inner in items)
            return f"<ul>{''.join(lines)}</ul>"
        case "details":
            summary, inner = _rich(block["summary"]), _blocks(block["blocks"])
            return f"<details open><summary>{summary}</summary>{inner}</details>"
        case "blockquote" | "expandable_blockquote":
            return f"<blockquote>{text}{_blocks(block.get('blocks', []))}</blockquote>"
        case "table":
            cells = (map(_rich, (cell.get("text", "") for cell in row)) for row in block["cells"])
            rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in cells)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        case "divider":
            return "<hr>"
    return f'<div class="{block["type"]}">{text}</div>'


def _rich(text: Any) -> str:
    """Rich text, its styles by the names of the entities they are like."""
    if isinstance(text, str):
        return escape(text).replace("\n", "<br>")
    if isinstance(text, list):
        return "".join(map(_rich, text))
    return f'<span class="{text["type"]}">{_rich(text.get("text", ""))}</span>'
