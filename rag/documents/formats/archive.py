"""Archives: the zip that an office file or a book is, opened with its limits."""

import zipfile
from io import BytesIO
from typing import Final

from rag.errors import UnreadableFile

MOST_EXPANDED: Final = 512 * 1024 * 1024
"""Bytes that a file may expand to in all."""
_MOST_ENTRIES: Final = 20_000
_ENCRYPTED: Final = 0x1
PROTECTED: Final = "it is protected by a password"


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive. UnreadableFile where it is damaged, protected or expands to too much.

    What an entry says of its size binds: no more is ever read of it.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableFile("it is damaged (it cannot be unpacked)") from error
    if len(entries) > _MOST_ENTRIES:
        raise UnreadableFile(f"it holds more than {_MOST_ENTRIES} parts")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableFile(PROTECTED)
    if sum(entry.file_size for entry in entries) > MOST_EXPANDED:
        raise UnreadableFile(f"it expands to more than {MOST_EXPANDED // 2**20} MB")
    return archive
