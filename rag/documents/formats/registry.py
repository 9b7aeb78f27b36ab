"""Which function reads which format, and which of them need a process of their own."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

from rag.documents.formats.extracted import Extracted

Extract = Callable[[bytes], Extracted]

_FUNCTIONS: Final = {
    "text": "plain:extract",
    "markdown": "markdown:extract",
    "csv": "sheet:extract_csv",
    "subtitles": "subtitles:extract",
    "json": "records:extract_json",
    "json lines": "records:extract_lines",
    "html": "page:extract",
    "pdf": "pdf:extract",
    "docx": "word:extract",
    "pptx": "slides:extract",
    "xlsx": "sheet:extract_workbook",
    "epub": "book:extract",
    "eml": "mail:extract",
}
HARMLESS: Final = frozenset({"text", "markdown", "csv", "subtitles", "json", "json lines"})
"""What needs no process of its own while it is small: the code that reads it is memory-safe."""
PLAIN: Final = frozenset({"text", "markdown"})
"""What never needs one: it is only decoded."""


def extractor(format_: str) -> Extract:
    """The function that reads a format. Its module is imported when it is asked for."""
    module, name = _FUNCTIONS[format_].split(":")
    function: Extract = getattr(import_module(f"rag.documents.formats.{module}"), name)
    return function
