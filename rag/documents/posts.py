"""Posts: social-media posts that a report copies, with the day that each of them states.

What a post calls today is its own day, whatever the day of the report around it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rag.text.dates import written_dates
from rag.text.language import language_of
from rag.text.sentences import LINE_ENDS, Span

AUTHOR: Final = re.compile(
    r"[—–-]\s*.{1,60}\(@\w+\)\s*(?:[·•|]\s*)?"
    r"|(?P<above>@\w+\s*[·•|]\s*(?:\d{1,2}:\d\d\s*(?:[AP]M)?\s*[·•|]\s*)?)"
)
"""Who posted it, before the post's date: `— Navy News (@navy)` below it, `@navy ·` above it."""
_MARKED: Final = re.compile(r"[#@]\w|pic\.twitter\.com|\bt\.co/|https?://")
_ANNOUNCES: Final = re.compile(r":\W*\Z")
_LINE: Final = re.compile(f"[^{LINE_ENDS}]+")
_LONGEST_DATE: Final = 40
_LONGEST_POST: Final = 600
"""Characters; what stands farther from the author's name is not taken for a part of the post."""
_MOST_LINES: Final = 6
_MOST_ANNOUNCED: Final = 3
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class CopiedPost:
    """A post within a report."""

    span: Span
    """Its text with the line that names its author and its date."""
    date: str
    """As far as the post states it (`2025-01-20`, `--01-20`)."""
    date_span: Span


def post_at(text: str, language: str, span: Span) -> CopiedPost | None:
    """The post of a report in `language` of which something stands at `span`, or None."""
    if "@" not in text:
        return None
    return next(
        (
            one
            for one in copied_posts(text, language)
            if one.span.start < span.end and span.start < one.span.end
        ),
        None,
    )


@lru_cache(maxsize=256)
def copied_posts(text: str, language: str) -> tuple[CopiedPost, ...]:
    """The posts with a date that a report in `language` copies, in their order.

    What belongs to a post beyond the line of its date: what a colon announces, and what is written
    as posts are, or in the post's language where that is not the report's.
    """
    lines = [
        Span(*found.span()) for found in _LINE.finditer(text) if text[slice(*found.span())].strip()
    ]
    posts: list[CopiedPost] = []
    free = 0
    for author in AUTHOR.finditer(text):
        if author.start() < free:
            continue
        dates = written_dates(text[author.end() : author.end() + _LONGEST_DATE])
        if not dates or dates[0].start:
            continue
        stated = Span(author.end(), author.end() + dates[0].end)
        own = Span(
            max(one.start for one in lines if one.start <= author.start()),
            min(one.end for one in lines if one.end >= stated.end),
        )
        is_above = author["above"] and author.start() - own.start <= _LONGEST_NAME
        if is_above:
            below = [one for one in lines if one.start >= own.end]
            rest = Span(stated.end, own.end)
            span = Span(own.start, max(own.end, _end(text, rest, below, language)))
        else:
            above = [one for one in lines if free <= one.start < own.start]
            span = Span(_start(text, Span(own.start, author.start()), above, language), stated.end)
        posts.append(CopiedPost(span, dates[0].value, stated))
        free = span.end
    return tuple(posts)


def _start(text: str, own: Span, above: list[Span], language: str) -> int:
    """Where a post begins whose author is named at the end of `own`, below these lines."""
    near = [one for one in above[::-1][:_MOST_LINES] if own.start - one.start <= _LONGEST_POST]
    announced = next(
        (n for n, one in enumerate(near[:_MOST_ANNOUNCED]) if _ANNOUNCES.search(one.of(text))), None
    )
    if announced is not None:
        return near[announced - 1].start if announced else own.start
    start = max(own.start, own.end - _LONGEST_POST)
    own_text = own.of(text)
    for line in near:
        if own_text.strip() and not _continues(line.of(text), own_text, language):
            break
        start, own_text = line.start, own_text if own_text.strip() else line.of(text)
    return start


def _end(text: str, own: Span, below: list[Span], language: str) -> int:
    """Where a post ends whose author and date stand before `own`, above these lines."""
    end, own_text = own.end, own.of(text)
    for line in below[:_MOST_LINES]:
        is_near = line.end - own.end <= _LONGEST_POST
        if own_text.strip() and not (is_near and _continues(line.of(text), own_text, language)):
            break
        end, own_text = line.end, own_text if own_text.strip() else line.of(text)
    return end


def _continues(line: str, post: str, language: str) -> bool:
    """Whether a line beside a part of a post belongs to it too."""
    if _MARKED.search(line):
        return True
    own = language_of(line, language)
    return own != language and own == language_of(post, language)
