"""Pages: the texts of a file's pages made one text, with the place where each page begins."""

import re
from collections.abc import Sequence
from typing import Final

_ENDS: Final = re.compile(r"[.!؟?…۔:؛;][\"'”’»)\]“]*$")


def paged(
    pages: Sequence[str], *, flowing: frozenset[int] = frozenset()
) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, and where each begins.

    `flowing` holds the places, in `pages`, of those whose last line goes on on the next page.
    """
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    between = ""
    for place, page in enumerate(pages):
        if page and parts:
            parts.append(between)
            length += len(between)
        starts.append(length)
        if page:
            parts.append(page)
            length += len(page)
            between = " " if place in flowing and not _ENDS.search(page) else "\n\n"
    return "".join(parts), tuple(starts)
