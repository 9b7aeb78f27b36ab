"""Markdown: decoded to the letter, like plain text; what its marks say is read besides.

Its text keeps all marks, so that a citation points into the file as it is. Front matter, comments,
lone images, link definitions and the sign before the first heading are no part of what it says.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted
from rag.text.sentences import Span

_FRONT: Final = re.compile(
    r"\A(?:---|\+\+\+)[ \t]*\r?\n(.{0,8000}?)^(?:---|\+\+\+|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_FIELD: Final = re.compile(
    r"^(title|date|published)\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE
)
_LEFT_OUT: Final = re.compile(
    r"<!--(?:.|\n){0,8000}?-->"  # a comment
    r"|^[ \t]*(?:\[?!\[[^\]\n]*\]\([^)\n]*\)(?:\]\([^)\n]*\))?[ \t]*)+$"  # images alone
    r"|^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*\S+.*$"  # where a link leads
    r"|^[ \t]{0,3}(?:```|~~~).*$",  # the edge of a block of code
    re.MULTILINE,
)
_HEADING: Final = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)


def extract(content: bytes) -> Extracted:
    """The text of a Markdown file, and the title and date that its front matter states."""
    text, encoding = decoded(content)
    front = _FRONT.match(text)
    fields = {name.lower(): value for name, value in _FIELD.findall(front[1])} if front else {}
    day = _day(fields.get("date") or fields.get("published") or "")
    return Extracted(text, encoding, (), fields.get("title", ""), day)


def left_out(text: str) -> Iterator[Span]:
    """The spans of a Markdown text that are none of what it says, in order."""
    begin = 0
    if front := _FRONT.match(text):
        begin = front.end()
        yield Span(0, begin)
    first = _HEADING.search(text, begin)
    for match in _LEFT_OUT.finditer(text, begin):
        if first and first.start() < match.start():
            yield Span(*first.span())
            first = None
        if match.end() > match.start():
            yield Span(*match.span())
    if first:
        yield Span(*first.span())


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""
