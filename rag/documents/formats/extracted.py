"""What a file's bytes become: a text, and what the format itself says about it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 32 * 1024 * 1024
"""A longer text is not indexed."""
MOST_SENTENCES: Final = 500_000
"""Neither is one of more lines and sentences: 32 MB of single letters would be 16 million."""
SENTENCE_ENDS: Final = "\n\r\u2028\u2029.!?;؟؛۔…"
"""What ends lines and sentences."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file; every citation points into it."""

    text: str
    encoding: str
    """Of the file's bytes; `binary` where the format is not text."""
    pages: tuple[int, ...] = ()
    """Where each page begins (characters); empty where the format has no pages."""
    title: str = ""
    """What the format says the title is, for where the text has no headline."""
    date: str = ""
    """The day of publication that the format states (`2021-10-22`), or an empty text."""
    warnings: tuple[str, ...] = ()
    """Why somebody should look at the file."""


def page_of(pages: Sequence[int], place: int) -> int | None:
    """The number of the page, from 1, that a place in the text is on; None without pages."""
    return max(1, bisect_right(pages, place)) if pages else None
