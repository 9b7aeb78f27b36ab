"""Room on the disk: whether a change fits, before it is begun."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rag.errors import IndexUnavailable

FreeSpace = Callable[[Path], int]
"""The bytes that are free where a folder is."""

_RESERVE: Final = 16 * 2**20
"""Bytes that stay free: for those who read, and for the conversations."""
_PER_CHARACTER: Final = 12
"""Bytes of the ledger, its log and the postings; measured: 9 of Arabic text."""
_PER_PASSAGE: Final = 4_000


def free_space(folder: Path) -> int:
    """The bytes that are free on the disk of `folder`."""
    return shutil.disk_usage(folder).free


def make_sure(folder: Path, free: FreeSpace, needed: int) -> None:
    """IndexUnavailable where there is no room for `needed` more bytes."""
    there = free(folder)
    if there < needed + _RESERVE:
        raise IndexUnavailable(
            f"There is not enough room for the index in {folder}: about "
            f"{_megabytes(needed + _RESERVE)} MB are needed, {_megabytes(there)} MB are free; "
            "its last revision goes on serving.",
            "Make room on the disk.",
        )


def room_for(characters: int, passages: int, width: int) -> int:
    """About how many bytes the index of so much text takes, with vectors of `width` dimensions.

    A vector stands in a segment, and where it was paid for among those that are kept.
    """
    return characters * _PER_CHARACTER + passages * (_PER_PASSAGE + 8 * width)


def _megabytes(count: int) -> int:
    return -(-count // 2**20)
