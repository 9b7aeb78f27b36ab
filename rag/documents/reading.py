"""Files and their text: finding them below the documents folder, reading and decoding them."""

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rag.documents.formats import readable_suffixes
from rag.errors import UnreadableFile, UsageError

LARGEST: Final = 32 * 1024 * 1024
"""A file of more bytes than this is not read."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as the folder shows it, unread. `path` is below the folder, with `/`."""

    path: str
    size: int
    modified: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's text: decoded, without a leading byte-order mark, otherwise unchanged."""

    path: str
    text: str
    encoding: str
    sha256: str


def scan(folder: Path) -> tuple[list[FileState], dict[str, str]]:
    """The files below `folder` in order of their paths, and those skipped unread, with reasons.

    Hidden files and folders are passed over. UsageError where there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError(
            f"DOCUMENTS_DIR: there is no folder {folder}.",
            "Create it, or set DOCUMENTS_DIR to the folder of your documents.",
        )
    found: list[FileState] = []
    skipped: dict[str, str] = {}
    suffixes = readable_suffixes()
    for entry, path in _entries(os.fspath(folder), "", skipped):
        try:
            if reason := _reason_to_skip(entry, path, folder, suffixes):
                skipped[path.encode("utf-8", "replace").decode()] = reason
                continue
            status = entry.stat()
        except FileNotFoundError:
            continue  # It has gone since the folder was read.
        found.append(FileState(path, status.st_size, status.st_mtime_ns))
    return sorted(found, key=lambda state: state.path), skipped


def _entries(
    folder: str, prefix: str, skipped: dict[str, str]
) -> Iterator[tuple["os.DirEntry[str]", str]]:
    """What is in a folder and below it, with its path. Paths are joined as text: that is fast."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError as error:
        skipped[prefix.rstrip("/") or "."] = f"cannot be opened: {error.strerror}"
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{path}/", skipped)
        else:
            yield entry, path


def _reason_to_skip(
    entry: "os.DirEntry[str]", path: str, folder: Path, suffixes: Collection[str]
) -> str | None:
    if not path.isascii():
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:
            return "its name is not valid Unicode"
    if entry.is_symlink() and (reason := _reason_not_to_follow(Path(entry.path), folder)):
        return reason
    if not entry.is_file():
        return "it is not a regular file"
    if os.path.splitext(entry.name)[1].lower() not in suffixes:  # noqa: PTH122 (Path is slow)
        return f"its format is not supported (supported: {', '.join(sorted(suffixes))})"
    if entry.stat().st_size > LARGEST:
        return f"it is larger than {LARGEST // 2**20} MB"
    return None


def _reason_not_to_follow(link: Path, folder: Path) -> str | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
        return "it links to nothing that can be opened"
    if not target.is_relative_to(folder.resolve()):
        return "it links to a place outside the documents folder"
    return None


def read(folder: Path, path: str) -> FileText:
    """The text of the file at `path` below `folder`. UnreadableFile with the reason otherwise."""
    try:
        with (folder / path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened: {error.strerror}", may_pass=True) from None
    if len(content) > LARGEST:
        raise UnreadableFile(f"it is larger than {LARGEST // 2**20} MB")
    if b"\0" in content[:8192]:
        raise UnreadableFile("it is not a text file")
    try:
        text = content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"it is not UTF-8 text (byte {error.start})") from None
    if not text.strip():
        raise UnreadableFile("it is empty")
    return FileText(path, text, "utf-8", hashlib.sha256(content).hexdigest())
