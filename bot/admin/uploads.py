"""Documents that are sent to the bot: whether they may be kept, and under which name. Pure.

A name comes from whoever sent the file, so nothing in it is trusted: it is made one plain
component of a path that no system reads as anything else.
"""

import mimetypes
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from rag.text.hidden import visible

LONGEST_NAME: Final = 180
"""Bytes of UTF-8; file systems take 255, and a name in progress is longer than the final one."""
_NAMELESS: Final = "document"
_LONGEST_SUFFIX: Final = 12

_SEPARATORS: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
"""What Windows does not take; the documents may lie on a share."""
_LIKE_SEPARATORS: Final = re.compile("[\u2044\u2215\u29f8\u29f9\uff0f\uff3c\ufe68\ufe55\uff1a]")
"""They look like `/`, `\\` and `:`, and are these after some normalisations."""
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?=\.|\s|$)", re.IGNORECASE
)
_DROPPED: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


class Unfit(StrEnum):
    """Why a document is not taken."""

    FORMAT = "format"
    TOO_LARGE = "too-large"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that may be kept: the name for it, and its size in bytes where that is known."""

    name: str
    size: int | None


def offer_of(
    name: str | None,
    mime: str | None,
    size: int | None,
    *,
    suffixes: Collection[str],
    largest: int,
) -> Offer | Unfit:
    """What may be made of a document as its sender describes it.

    `suffixes`: of the formats that can be read, in small letters with their dot; `largest`: bytes.
    """
    safe = safe_name(name or f"{_NAMELESS}{mimetypes.guess_extension(mime or '') or ''}")
    if suffix_of(safe) not in suffixes:
        return Unfit.FORMAT
    if size == 0:
        return Unfit.EMPTY
    if size is not None and size > largest:
        return Unfit.TOO_LARGE
    return Offer(safe, size)


def safe_name(name: str) -> str:
    """A file name near to `name` that is one component of a path, visible and no device's.

    At most `LONGEST_NAME` bytes in UTF-8, in Unicode's composed form, not hidden.
    """
    last = _SEPARATORS.split(name)[-1]
    text = "".join(
        one for one in last if unicodedata.category(one) not in _DROPPED or one in "\t\n"
    )
    text = unicodedata.normalize("NFC", visible(text))
    text = _LIKE_SEPARATORS.sub("_", _FORBIDDEN.sub("_", text))
    stem, suffix = _split(" ".join(text.split()).rstrip(" ."))
    stem = stem.lstrip(" .-~").rstrip(" .")
    if not any(character.isalnum() for character in stem):
        stem = _NAMELESS
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return _shortened(stem, LONGEST_NAME - len(suffix.encode())) + suffix


def suffix_of(name: str) -> str:
    """The suffix of a safe name in small letters with its dot; empty where it has none."""
    return _split(name)[1]


def name_key(name: str) -> str:
    """What two names have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def free_name(name: str, taken: Collection[str]) -> str:
    """A name near to `name` that none of the `taken` ones is: with a number, where it must be."""
    keys = {name_key(one) for one in taken}
    stem, suffix = _split(name)
    number, candidate = 1, name
    while name_key(candidate) in keys:
        number += 1
        ending = f" ({number}){suffix}"
        candidate = _shortened(stem, LONGEST_NAME - len(ending.encode())) + ending
    return candidate


def is_plain_path(path: str) -> bool:
    """Whether a path below a folder stays below it, as far as it can be told from its name."""
    parts = PurePosixPath(path).parts
    return bool(parts) and "\0" not in path and not path.startswith("/") and ".." not in parts


def _split(name: str) -> tuple[str, str]:
    """The stem and the suffix, which is in small letters; plain and short or none."""
    stem, dot, ending = name.rpartition(".")
    if dot and 0 < len(ending) < _LONGEST_SUFFIX and ending.isascii() and ending.isalnum():
        return stem, f".{ending.lower()}"
    return name, ""


def _shortened(stem: str, most: int) -> str:
    """As much of a stem as fits into `most` bytes, whole letters with what stands on them."""
    if len(stem.encode()) <= most:
        return stem
    cut = len(stem.encode()[:most].decode("utf-8", "ignore"))
    while cut > 1 and (unicodedata.category(stem[cut])[0] == "M" or stem[cut] in "\u200c\u200d"):
        cut -= 1
    return stem[:cut].rstrip(" .\u200c\u200d")
