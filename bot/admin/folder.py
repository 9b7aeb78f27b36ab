"""The documents folder, written to: a document is put in or taken out whole, or not at all.

Nothing here follows a link: what a name leads to outside the folder is neither written nor
deleted. Every call blocks.
"""

import logging
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.admin.uploads import free_name, is_plain_path, name_key, suffix_of
from rag.documents.reading import read
from rag.errors import IsnadError, UnreadableFile

_log = logging.getLogger(__name__)

_INCOMING: Final = ".incoming-"
"""What the name of a file on its way begins with: hidden, so it is not indexed."""
_ABANDONED: Final = 3_600.0
"""Seconds after which such a file belongs to no process any more."""


class FolderUnavailable(IsnadError):
    """The documents folder cannot be written to."""


class Wish(StrEnum):
    """What is to be done where a document of that name is there already."""

    ADD = "add"
    """Nothing: it is left as it is."""
    REPLACE = "replace"
    KEEP_BOTH = "both"
    """The new one gets another name."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A document that is in the folder now. `replaced`: in the place of another."""

    name: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """Nothing was done, because there is something of that name."""

    name: str


class DocumentsFolder:
    """The folder that documents are read from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """The names of what is in the folder itself, hidden or not. FolderUnavailable."""
        with _told(self._folder):
            return sorted(entry.name for entry in os.scandir(self._folder))

    def namesake(self, name: str) -> str | None:
        """What is in the folder already under this name, or one that may be the same there."""
        key = name_key(name)
        return next((one for one in self.names() if name_key(one) == key), None)

    def put(self, name: str, content: bytes, wish: Wish) -> Placed | Taken:
        """Writes a document of a safe name into the folder.

        It appears whole and on disk, or not at all; where it is there already, as after a kill,
        it is placed. UnreadableFile where nothing could be read from it, FolderUnavailable where
        it cannot be written.
        """
        with _told(self._folder):
            if placed := self._placed(name, content, wish):
                return placed
        there = self.namesake(name)
        if there and wish is Wish.ADD:
            return Taken(there)
        if there and wish is Wish.REPLACE and not self._may_be_replaced(there):
            return Taken(there)
        with _told(self._folder), self._written(name, content) as written:
            read(self._folder, written.name)  # raises UnreadableFile
            if there and wish is Wish.REPLACE:
                written.replace(self._folder / there)
                return Placed(there, replaced=True)
            while True:
                free = free_name(name, self.names())
                if free != name and wish is not Wish.KEEP_BOTH:
                    return Taken(name)
                with suppress(FileExistsError):
                    _appear(written, self._folder / free)
                    return Placed(free, replaced=False)

    def remove(self, path: str) -> bool:
        """Deletes the document at a path below the folder; whether it was there.

        UnreadableFile where the path leads out of the folder, FolderUnavailable where it cannot
        be deleted.
        """
        with _told(self._folder):
            target = self._folder / path
            if not is_plain_path(path) or not self._is_inside(target.parent):
                raise UnreadableFile("it is not in the documents folder")
            if target.is_dir() and not target.is_symlink():
                raise UnreadableFile("it is a folder")
            try:
                target.unlink()
            except (FileNotFoundError, NotADirectoryError):
                return False
            _sync_folder(target.parent)
            return True

    def _placed(self, name: str, content: bytes, wish: Wish) -> Placed | None:
        """Where the same wish has put this very document already; None where it has not."""
        if wish is Wish.REPLACE:
            return None
        there, passed = self.names(), list[str]()
        while (candidate := free_name(name, passed)) != free_name(candidate, there):
            is_copy = wish is Wish.ADD or bool(passed)  # beside a namesake there are to be two
            if is_copy and candidate in there and self._holds(candidate, content):
                return Placed(candidate, replaced=False)
            passed.append(candidate)
        return None

    def _holds(self, name: str, content: bytes) -> bool:
        path = self._folder / name
        is_file = path.is_file() and not path.is_symlink()
        return is_file and path.stat().st_size == len(content) and path.read_bytes() == content

    def _sweep(self) -> None:
        """Deletes what an earlier process was writing when it was killed."""
        for path in self._folder.glob(f"{_INCOMING}*"):
            with suppress(OSError):
                if time.time() - path.lstat().st_mtime > _ABANDONED:
                    path.unlink()

    def _may_be_replaced(self, name: str) -> bool:
        target = self._folder / name
        return target.is_symlink() or target.is_file()

    def _is_inside(self, folder: Path) -> bool:
        return folder.resolve().is_relative_to(self._folder.resolve())

    @contextmanager
    def _written(self, name: str, content: bytes) -> Iterator[Path]:
        """The content in a hidden file of the folder, which is gone afterwards."""
        path = self._folder / f"{_INCOMING}{secrets.token_hex(8)}{suffix_of(name)}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        self._sweep()
        try:
            with open(os.open(path, flags, 0o666), "wb") as file:  # noqa: PTH123  # with flags
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield path
            _sync_folder(self._folder)
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _appear(written: Path, target: Path) -> None:
    """Gives a file that is written its name. FileExistsError where another has it already."""
    try:
        os.link(written, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: nobody but a second admin could come between.
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        written.replace(target)


def _sync_folder(folder: Path) -> None:
    """Has the names in a folder written to the disk, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tells of a folder that cannot be used in words of ours."""
    try:
        yield
    except OSError as error:
        _log.warning("%s cannot be written to: %s", folder, error)
        raise FolderUnavailable(
            f"The documents folder cannot be written to ({error.strerror}).",
            "Check its rights and the space on its disk.",
        ) from None
