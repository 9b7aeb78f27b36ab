"""What an HTML page states of itself for machines: the day of publication, and its title."""

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Final

from rag.documents.formats.tidying import tidy_line
from rag.text.calendars import days_of_other_calendars
from rag.text.dates import written_dates

_NAMES: Final = frozenset(
    # As sites, libraries and search engines have named it; compared without case.
    "article:published_time og:published_time og:article:published_time article:published "
    "article.published datepublished date_published date-published pubdate pub_date pub-date "
    "publishdate publish-date publish_date published publisheddate published_date published-date "
    "published_time publication_date publication-date citation_publication_date citation_date "
    "parsely-pub-date sailthru.date cxenseparse:recs:publishtime dc.date dc.date.issued "
    "dc.date.created dcterms.date dcterms.issued dcterms.created date".split()
)
_NAMING: Final = ("property", "name", "itemprop")
_CALLED_PUBLISHED: Final = re.compile(
    r"publish|posted|pub-?date|entry-date|post-date|article-date|dateline|byline", re.IGNORECASE
)
_NOT_THE_REPORTS: Final = frozenset("nav aside footer form".split())
_LONGEST_BESIDE: Final = 80
"""More characters around a time are a sentence, that tells of an event at this time."""
_DIGITS: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)|(\d{4}-\d\d-\d\d)")
_MAIL: Final = re.compile(r"(?:[A-Za-z]{3,9},\s*)?\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}\b")
_FIRST_YEAR: Final = 1700
"""Earlier ones are of another calendar."""
_LENGTH_OF_DAY: Final = 10
_EITHER_WAY: Final = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d{4}")
"""A day and a month of which nobody can tell which is which."""


def published(tree: Any) -> str:
    """The day on which the page says that it was published, or an empty text."""
    for value in (*_in_attributes(tree), *_in_records(tree), *_in_times(tree)):
        if day := _day(value):
            return day
    return ""


def _in_attributes(tree: Any) -> Iterator[str]:
    """What elements that are named as the date of publication hold, the best known names first."""
    found = [
        (name, str(value))
        for element in tree.iter("meta", "time", "span", "abbr")
        for name in _names_of(element)
        if (value := element.get("content") or element.get("datetime"))
    ]
    is_named = {name for name, _ in found}
    for name in ("article:published_time", "datepublished", *sorted(is_named - {"date"}), "date"):
        yield from (value for one, value in found if one == name)


def _names_of(element: Any) -> list[str]:
    names = ((element.get(key) or "").strip().casefold() for key in _NAMING)
    return [name for name in names if name in _NAMES]


def _in_records(tree: Any) -> Iterator[str]:
    """What the page's linked data (JSON-LD) gives."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().casefold() == "application/ld+json":
            for name in ("datePublished", "dateCreated", "uploadDate"):
                yield from _stated(script.text or "", name)


def _in_times(tree: Any) -> Iterator[str]:
    """What `<time>` elements of the report state: those called so, else what all of them agree on.

    A time within a sentence is that of an event.
    """
    times = [
        (element, str(element.get("datetime")))
        for element in tree.iter("time")
        if element.get("datetime") and not _is_of_something_else(element)
    ]
    yield from (value for element, value in times if _is_called_published(element))
    days = {day for element, value in times if not _is_told(element) and (day := _day(value))}
    if len(days) == 1:
        yield from days


def _is_of_something_else(element: Any) -> bool:
    return any(one.tag in _NOT_THE_REPORTS for one in element.iterancestors())


def _is_called_published(element: Any) -> bool:
    called = (
        f"{one.get('class') or ''} {one.get('id') or ''}" for one in (element, element.getparent())
    )
    is_marked = element.get("pubdate") is not None
    return is_marked or any(_CALLED_PUBLISHED.search(one) for one in called)


def _is_told(element: Any) -> bool:
    """Whether a time stands within a sentence."""
    around = "".join(element.getparent().itertext(with_tail=False))
    return len(tidy_line(around)) > _LONGEST_BESIDE


def _day(value: str) -> str:
    """The day in a value: ISO, digits alone, as in mail (`Mon, 03 Jun 2024 10:00 GMT`), in words.

    Days of other calendars are reckoned. An empty text where it is none, or could be either of two.
    """
    value = value.strip()[:_LONGEST_BESIDE]
    try:
        if match := _DIGITS.match(value):
            digits = "-".join(match.groups()[:3]) if match[1] else match[4]
            if int(digits[:4]) >= _FIRST_YEAR:
                return date.fromisoformat(digits).isoformat()
        elif _MAIL.match(value):
            return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    if _EITHER_WAY.search(value):
        return ""
    full = [one.value for one in (*written_dates(value), *days_of_other_calendars(value))]
    return next((one for one in full if len(one) == _LENGTH_OF_DAY and one[0] != "-"), "")


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
