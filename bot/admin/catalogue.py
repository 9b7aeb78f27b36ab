"""The list of documents in pages, and the search in it. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.knowledge_base import SourceSummary
from rag.text.folding import fold, folded_words

PAGE: Final = 10
"""Documents on a page."""
LONGEST_QUERY: Final = 48
"""Bytes: a search goes on in the callback data of the buttons that turn its pages."""
_KEY_LENGTH: Final = 16
_PAGE_NUMBER: Final = re.compile(r"(?:^|\s)#\s*(\d{1,6})\s*$")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the documents that were found, or of all of them."""

    files: tuple[SourceSummary, ...]
    number: int
    """From 1."""
    pages: int
    """At least 1."""
    found: int
    """Documents on all pages together."""
    query: str
    """What was searched for; empty: nothing."""


def asked_page(argument: str) -> tuple[str, int]:
    """The query and the page number that follow the command: `word`, `#3` or `word #3`."""
    match = _PAGE_NUMBER.search(argument)
    if match is None:
        return query_of(argument), 1
    return query_of(argument[: match.start()]), int(match[1])


def query_of(text: str) -> str:
    """As much of a search as the buttons of its pages can hold: whole letters, one spelling."""
    folded = " ".join(folded_words(text))
    return folded.encode()[:LONGEST_QUERY].decode("utf-8", "ignore").strip()


def page_of(files: Sequence[SourceSummary], query: str, number: int) -> Page:
    """A page of the documents whose name or title has all words of the query.

    A number beyond the last page gives the last.
    """
    found = [file for file in files if _is_found(file, query.split())] if query else files
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PAGE : number * PAGE]
    return Page(tuple(shown), number, pages, len(found), query)


def named(paths: Iterable[str], name: str) -> list[str]:
    """The paths that a person means by `name`.

    That very path; else those of which it is the file name; else those that have all its words.
    """
    everything = list(paths)
    wanted = unicodedata.normalize("NFC", name.strip())
    same = [path for path in everything if unicodedata.normalize("NFC", path) == wanted]
    if same:
        return same
    folded = fold(wanted)
    ending = [path for path in everything if fold(path.rpartition("/")[2]) == folded]
    if ending:
        return ending
    words = folded_words(wanted)
    return [path for path in everything if words and all(word in fold(path) for word in words)]


def key_of(path: str) -> str:
    """What stands for a path in callback data: 64 bits of its hash."""
    return hashlib.sha256(path.encode()).hexdigest()[:_KEY_LENGTH]


def with_key(paths: Iterable[str], key: str) -> str | None:
    """The path that a key stands for; None where there is none any more."""
    return next((path for path in paths if key_of(path) == key), None)


def _is_found(file: SourceSummary, words: Sequence[str]) -> bool:
    text = fold(f"{file.path} {file.title}")
    return all(word in text for word in words)
