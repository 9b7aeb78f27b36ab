"""Signatures: what a file is by its first bytes, whatever its name says."""

import re
from collections.abc import Sequence
from typing import Final

from rag.documents.formats import archive
from rag.errors import UnreadableFile

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_WITHIN: Final = 1024
_FOREIGN: Final = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "a sound, an image or a film"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
)
_PARTS: Final = (("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml"))
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXTUAL: Final = frozenset(
    {"text", "markdown", "html", "csv", "eml", "subtitles", "json", "json lines"}
)
_NAMES: Final = {
    "docx": "a DOCX file",
    "pptx": "a PPTX file",
    "xlsx": "an XLSX file",
    "pdf": "a PDF file",
    "epub": "an EPUB file",
}


def format_of(content: bytes, named: str) -> str:
    """The format to read `content` as, which by its name is `named`.

    A file of another readable format is read as what it is. UnreadableFile where it is none.
    """
    found = _format(content)
    if found is None:
        if named not in _TEXTUAL:
            raise UnreadableFile(f"its name says that it is {_NAMES[named]}, which it is not")
        return named
    if found == "html" and named in (
        "html",
        "markdown",
        "eml",
        "subtitles",
        "csv",
        "json",
        "json lines",
    ):
        return named
    return found


def _format(content: bytes) -> str | None:
    """The format that the first bytes show; None where they show none."""
    if b"%PDF-" in content[:_WITHIN] and (content.startswith(b"%PDF-") or b"\0" in content):
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(content)
    if content.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise UnreadableFile(archive.PROTECTED)
        raise UnreadableFile(
            "it is of an old office format (.doc, .xls, .ppt); save it as .docx, .xlsx or .pptx"
        )
    for start, what in _FOREIGN:
        if content.startswith(start):
            raise UnreadableFile(f"it is {what}")
    return "html" if _PAGE.match(content[:_WITHIN]) else None


def _of_archive(content: bytes) -> str:
    with archive.opened(content) as opened:
        names = frozenset(opened.namelist())
    for found, part in _PARTS:
        if part in names:
            return found
    if names.intersection(_WORKBOOKS):
        return "xlsx"
    if "META-INF/container.xml" in names:
        return "epub"
    raise UnreadableFile(f"it is a zip archive{_of(sorted(names))}; unpack it")


def _of(names: Sequence[str]) -> str:
    files = [name for name in names if not name.endswith("/")]
    return f" of {len(files)} files" if files else ""
