"""Formats: from a file's bytes to its text, one module a family of formats."""

from typing import Final

FORMATS: Final = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".epub": "epub",
    ".eml": "eml",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".json": "json",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
}
"""The format that a suffix stands for."""


def readable_suffixes() -> frozenset[str]:
    """The suffixes of the files that can be read: lower case, with the dot (`.pdf`)."""
    return frozenset(FORMATS)
