"""Tidying: extracted text without what no reader sees and no index can hold."""

import re
from typing import Final

from rag.documents.formats.extracted import MOST_CHARACTERS
from rag.errors import UnreadableFile

_LINE_END: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_BULLET: Final = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc]")
"""Bullets of the symbol fonts that office programs use."""
_BLANKS: Final = re.compile(r"[ \t\u00a0]+")
_AROUND_LINE_END: Final = re.compile(r" ?\n ?")
_MANY_LINE_ENDS: Final = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """`text` with line feeds as line ends, single blanks and at most one empty line at a time."""
    if len(text) > 4 * MOST_CHARACTERS:
        raise too_long()
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", _LINE_END.sub("\n", text)))
    text = _BULLET.sub("•", text)
    text = _AROUND_LINE_END.sub("\n", _BLANKS.sub(" ", text))
    return _MANY_LINE_ENDS.sub("\n\n", text).strip()


def tidy_line(text: str) -> str:
    """`text` on one line."""
    if _CONTROL.search(text) or _SURROGATE.search(text):
        text = tidy(text)
    return " ".join(text.split())


def too_long() -> UnreadableFile:
    """What is raised where a file holds more text than can be indexed."""
    return UnreadableFile(f"its text is longer than {MOST_CHARACTERS // 2**20} million characters")
