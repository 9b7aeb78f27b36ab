"""Files and their text: finding them below the documents folder, reading and decoding them."""

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from rag.documents.extraction import Extractor
from rag.documents.formats import FORMATS, readable_suffixes
from rag.documents.formats.registry import HARMLESS
from rag.errors import IndexUnavailable, UnreadableFile, UsageError

CLOSED: Final = "cannot be opened"
"""What the reason begins with for which a file or folder is passed over that may be there."""
LARGEST: Final = 32 * 1024 * 1024
"""A file of more bytes than this is not read."""
LARGEST_CONTAINER: Final = 128 * 1024 * 1024
"""The same, for a format that holds more than its text (`.pdf`, `.docx`)."""
_USUAL: Final = 1 << 16
"""Room for more bytes than this is made only where a file has more."""


Seen: TypeAlias = tuple[str, int, int]
"""A file as `FileState` has it: a plain tuple, because a look makes one of every file, and the
garbage collector counts all others as new until it goes through everything there is."""


class FileState(NamedTuple):
    """A file as the folder shows it, unread. `path` is below the folder, with `/`."""

    path: str
    size: int
    modified: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file's text; every span points into it.

    Of a text file it is the file decoded, without a leading byte-order mark, otherwise unchanged;
    of another format it is what was extracted from it.
    """

    path: str
    text: str
    encoding: str
    """Of the file's bytes; `binary` where its format is not text."""
    sha256: str
    """Of the file's bytes."""
    pages: tuple[int, ...] = ()
    """Where each page begins (characters); empty where the format has no pages."""
    title: str = ""
    """What the format says the title is."""
    date: str = ""
    """The day of publication that the format states (`2021-10-22`), or an empty text."""
    warnings: tuple[str, ...] = ()
    """What of the file could not be read."""


def scan(folder: Path) -> tuple[list[FileState], dict[str, str]]:
    """As `look`, in order of the paths, each file with its names."""
    found, skipped = look(folder)
    return [FileState(*one) for one in sorted(found)], skipped


def look(folder: Path) -> tuple[list[Seen], dict[str, str]]:
    """The files below `folder`, in no order, and those that are skipped unread, with reasons.

    Hidden files and folders are passed over. UsageError where there is no such folder;
    IndexUnavailable where it is there and cannot be looked into.
    """
    try:
        os.scandir(folder).close()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            f"DOCUMENTS_DIR: there is no folder {folder}.",
            "Create it, or set DOCUMENTS_DIR to the folder of your documents.",
        ) from None
    except OSError as error:
        raise IndexUnavailable(
            f"The documents folder {folder} cannot be opened ({error.strerror}); what was indexed "
            "goes on serving.",
            "See whether its disk is there, and give this user the right to read it.",
        ) from None
    skipped: dict[str, str] = {}
    suffixes = readable_suffixes()
    found, others = _usual_files(os.fspath(folder), suffixes, skipped)
    for entry, path in others:
        try:
            reason = _reason_to_skip(entry, path, folder, suffixes)
            status = None if reason else entry.stat()
        except FileNotFoundError:
            continue  # It has gone since the folder was read.
        except OSError as error:
            skipped[path] = f"{CLOSED}: {error.strerror}"
            continue
        if status is None:
            skipped[path.encode("utf-8", "replace").decode()] = str(reason)
        elif status.st_size > (largest := _largest(path)):
            skipped[path] = f"it is larger than {largest // 2**20} MB"
        else:
            found.append((path, status.st_size, status.st_mtime_ns))
    return found, skipped


def _usual_files(
    folder: str, suffixes: Collection[str], skipped: dict[str, str]
) -> tuple[list[Seen], list[tuple["os.DirEntry[str]", str]]]:
    """The files in a folder and below it of which nothing more has to be asked, and all others.

    There are very many of them at every look, so little is called for each.
    """
    found: list[Seen] = []
    others: list[tuple[os.DirEntry[str], str]] = []
    waiting = [(folder, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    try:
                        if not entry.is_file(follow_symlinks=False):
                            if entry.is_dir(follow_symlinks=False):
                                waiting.append((entry.path, f"{prefix}{name}/"))
                                continue
                        elif name[name.rfind(".") :] in suffixes and name.isascii():
                            status = entry.stat()
                            if status.st_size <= LARGEST:
                                found.append((prefix + name, status.st_size, status.st_mtime_ns))
                                continue
                        others.append((entry, prefix + name))
                    except OSError:
                        others.append((entry, prefix + name))
        except OSError as error:
            skipped[prefix.rstrip("/") or "."] = f"{CLOSED}: {error.strerror}"
    return found, others


def _reason_to_skip(
    entry: "os.DirEntry[str]", path: str, folder: Path, suffixes: Collection[str]
) -> str | None:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not valid Unicode"
    if entry.is_symlink() and (reason := _reason_not_to_follow(Path(entry.path), folder)):
        return reason
    if not entry.is_file():
        return "it is not a regular file"
    if path[path.rfind(".") :].lower() not in suffixes:
        return f"its format is not supported (supported: {', '.join(sorted(suffixes))})"
    return None


def _format(path: str) -> str:
    return FORMATS.get(PurePosixPath(path).suffix.lower(), "text")


def _largest(path: str) -> int:
    """How many bytes a file of this name may have."""
    return LARGEST if _format(path) in HARMLESS else LARGEST_CONTAINER


def _reason_not_to_follow(link: Path, folder: Path) -> str | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
        return "it links to nothing that can be opened"
    if not target.is_relative_to(folder.resolve()):
        return "it links to a place outside the documents folder"
    return None


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file; what was put in its place meanwhile (a pipe) does not keep us waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def place_of(folder: Path) -> str:
    """Where a folder really is, whatever links lead to it: what the names of its files begin with.

    Finding that out takes longer than opening a file.
    """
    return os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 (Path is slow)


def _is_inside(opened: int, folder: Path, path: str, place: str) -> bool:
    """Whether what was opened lies below the folder, whatever links and `..` led to it."""
    try:
        real = os.readlink(f"/proc/self/fd/{opened}")  # noqa: PTH115 (Path is slow)
    except OSError:  # not Linux: what the name leads to now
        real = os.path.realpath(folder / path)
    if real.startswith(place):
        return True
    # The folder may be a link that has been turned to another place since.
    return real.startswith(place_of(folder))


def read(
    folder: Path, path: str, extractor: Extractor | None = None, place: str | None = None
) -> FileText:
    """The text of the file at `path` below `folder`. UnreadableFile with the reason otherwise.

    Many files are read faster with one `extractor` and the `place_of` the folder for all of them.
    """
    if extractor is None:
        with Extractor() as own:
            return read(folder, path, own, place)
    largest = _largest(path)
    try:
        with open(folder / path, "rb", opener=_without_waiting) as file:
            if not _is_inside(file.fileno(), folder, path, place or place_of(folder)):
                raise UnreadableFile("it is not in the documents folder")
            content = file.read(_USUAL)
            if len(content) == _USUAL:
                content += file.read(largest + 1 - _USUAL)
    except ValueError:
        raise UnreadableFile("it cannot be opened: Invalid argument") from None
    except OSError as error:
        raise UnreadableFile(f"it cannot be opened: {error.strerror}", may_pass=True) from None
    if len(content) > largest:
        raise UnreadableFile(f"it is larger than {largest // 2**20} MB")
    if not content.strip():
        raise UnreadableFile("it is empty")
    found = extractor.extract(content, _format(path))
    return FileText(
        path,
        found.text,
        found.encoding,
        hashlib.sha256(content).hexdigest(),
        found.pages,
        found.title,
        found.date,
        found.warnings,
    )
