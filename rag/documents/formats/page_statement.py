"""What an HTML page states of itself for machines: the day of publication, and its title."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from rag.documents.formats.tidying import tidy_line

_PUBLISHED: Final = (
    './/meta[@property="article:published_time"]/@content',
    './/meta[@property="og:published_time"]/@content',
    './/meta[@itemprop="datePublished"]/@content',
    './/*[@itemprop="datePublished"]/@datetime',
    './/meta[@name="pubdate" or @name="publishdate" or @name="publish-date"]/@content',
    './/meta[@name="date" or @name="dc.date" or @name="DC.date.issued"]/@content',
    ".//article//time[@pubdate]/@datetime",
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def published(tree: Any) -> str:
    """The day on which the page says that it was published, or an empty text."""
    for path in _PUBLISHED:
        for value in tree.xpath(path):
            if day := _day(str(value)):
                return day
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            for value in _stated(script.text or "", "datePublished"):
                if day := _day(value):
                    return day
    return ""


def _day(value: str) -> str:
    match = _DAY.match(value.strip())
    try:
        return date.fromisoformat(match.group()).isoformat() if match else ""
    except ValueError:
        return ""


def _stated(script: str, name: str) -> Iterator[str]:
    try:
        waiting = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get(name), str):
                yield value[name]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def title_of(tree: Any) -> str:
    """What the page gives as its title, the site's name included."""
    for path in ('.//meta[@property="og:title"]/@content', ".//title/text()"):
        for value in tree.xpath(path):
            if found := tidy_line(str(value)):
                return found
    return ""
