"""Page layout: printed lines made paragraphs again, running heads and page numbers left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from rag.documents.formats.arabic_layout import is_right_to_left
from rag.text.folding import fold

_EDGE_LINES: Final = 2
"""So many lines at the top and at the bottom of a page may be running heads."""
_FEWEST_PAGES: Final = 3
_LONGEST_HEAD: Final = 120
_SHORT: Final = 0.86
"""A line that fills less of its column than this ends a paragraph."""
_WIDE_GAP: Final = 1.35
"""Of the usual distance between lines: more ends a paragraph."""
_OTHER_SIZE: Final = 1.12
_BULLET: Final = re.compile(r"\s*(?:[-–—•*▪●◦‣ـ]\s*|[(]?[\d٠-٩۰-۹]{1,3}\s*[.)\-]\s+)\S")
_ENDS: Final = re.compile(r"[.!?؟…۔:؛][\"'”’»)\]“]*$")
_BROKEN_WORD: Final = re.compile(r"(?<=[a-z\u00df-\u00ff])-$")
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:page|p\.|صفحه|ص)?\W*(\d{1,5})(?:\s*(?:/|of|من|از)\s*\d{1,5})?\W*"
)
_NUMBERED: Final = re.compile(
    r"(?P<first>\d{1,5})\W+(?P<head>\D+)|(?P<told>\D.*?)\W+(?P<last>\d{1,5})"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and its place on the page (points)."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Of the letters; 0 where it is not known."""


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and what stands at the edge of most pages.

    A running head stays where it stands first: it may be the title.
    """
    edges = [_edges(page) for page in pages]
    counts = Counter(
        key for place, page in enumerate(edges) for key in {_key(line, place) for line in page}
    )
    filled = sum(1 for page in pages if page)
    numbers = Counter(
        number - place
        for place, page in enumerate(edges)
        for number in {_number(line) for line in page} - {None}
        if number is not None
    )
    kept: list[list[Line]] = []
    met: set[tuple[str, int]] = set()
    for place, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped: set[int] = set()
        for line in edge:
            key, number = _key(line, place), _number(line)
            is_number = number is not None and numbers[number - place] > 1
            is_head = (
                counts[key] >= _FEWEST_PAGES
                and counts[key] * 2 > filled
                and len(line.text) <= _LONGEST_HEAD
            )
            if is_number or (is_head and key in met):
                dropped.add(id(line))
            if is_head:
                met.add(key)
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:_EDGE_LINES], *page[max(_EDGE_LINES, len(page) - _EDGE_LINES) :]]


def _key(line: Line, place: int) -> tuple[str, int]:
    """What a running head says, and how much its page number is ahead of the page's place."""
    folded = " ".join(fold(line.text).split())
    match = _NUMBERED.fullmatch(folded)
    if not match:
        return folded, 0
    head = match["head"] or match["told"]
    return head, int(match["first"] or match["last"]) - place


def _number(line: Line) -> int | None:
    match = _PAGE_NUMBER.fullmatch(fold(line.text))
    return int(match[1]) if match else None


def paragraphs(lines: Sequence[Line]) -> tuple[str, bool]:
    """The text of a page, a line a paragraph, and whether its last line may go on."""
    parts: list[str] = []
    distance = _usual_distance(lines)
    for place, line in enumerate(lines):
        if place and _goes_on(lines, place, distance):
            before = parts[-1]
            joined = _BROKEN_WORD.sub("", before)
            parts[-1] = joined + ("" if joined != before else " ") + line.text
        else:
            parts.append(line.text)
    flows = bool(lines) and _is_full(lines, len(lines) - 1) and not _ENDS.search(lines[-1].text)
    return "\n".join(parts), flows


def _usual_distance(lines: Sequence[Line]) -> float:
    gaps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if above.bottom > below.bottom
    ]
    return median(gaps) if gaps else 0.0


def _goes_on(lines: Sequence[Line], place: int, distance: float) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    before, line = lines[place - 1], lines[place]
    if _BULLET.match(line.text) or not _overlap(before, line):
        return False
    if before.size and line.size and not 1 / _OTHER_SIZE < line.size / before.size < _OTHER_SIZE:
        return False
    gap = before.bottom - line.bottom
    if gap <= 0 or gap > _WIDE_GAP * distance:
        return False
    return _is_full(lines, place - 1)


def _is_full(lines: Sequence[Line], place: int) -> bool:
    """Whether a line reaches the far edge of its column."""
    line = lines[place]
    column = [other for other in lines if _overlap(line, other)]
    left, right = min(one.left for one in column), max(one.right for one in column)
    width = right - left
    reach = right - line.left if is_right_to_left(line.text) else line.right - left
    return width > 0 and reach >= _SHORT * width


def _overlap(one: Line, other: Line) -> bool:
    """Whether two lines stand in one column."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    narrower = min(one.right - one.left, other.right - other.left)
    return shared > 0.5 * narrower
