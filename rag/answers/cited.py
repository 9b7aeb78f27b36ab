"""What a mark cites: sentences by the ids that they have in the prompt."""

import re
from dataclasses import dataclass
from typing import Final

DOT: Final = r"\s*[.．٫۔。]\s*"
"""What stands between the two numbers of an id, as a pattern."""
_DASH: Final = r"\s*[-‐‑‒–—−~]\s*"
_ITEM: Final = re.compile(
    rf"(?P<source>\d{{1,6}}){DOT}(?P<first>\d{{1,6}})"
    rf"(?:{_DASH}(?:(?P<other>\d{{1,6}}){DOT})?(?P<last>\d{{1,6}}))?"
    r"|(?P<same>\d{1,6})"
)
_SEPARATOR: Final = re.compile(r"(?:[\s,،、，;؛；&+|/#^]|\band\b|و)*", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"[\s#^]*(?:(?:sources?|sentences?|ids?|refs?|المصادر|المصدر|مصدر|منابع|منبع)\s*[:=#]?\s*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Sentences `first` to `last`, inclusive, of the passage that stands under the id `source`."""

    source: int
    first: int
    last: int


def cited_in(content: str) -> list[Cited] | None:
    """The ids of a mark, given without brackets; None where it is no mark."""
    label = _LABEL.match(content)
    position = label.end() if label else 0
    cited: list[Cited] = []
    while position < len(content):
        item = _ITEM.match(content, position)
        if not item or (item["same"] and not cited):
            return None
        cited.extend(_ranges(item, cited))
        following = _SEPARATOR.match(content, item.end())
        position = following.end() if following else item.end()
        if position == item.end() and position < len(content):
            return None
    return cited or None


def _ranges(item: re.Match[str], before: list[Cited]) -> list[Cited]:
    if item["same"]:
        return [Cited(before[-1].source, int(item["same"]), int(item["same"]))]
    source, first = int(item["source"]), int(item["first"])
    last = int(item["last"] or first)
    if item["other"] and int(item["other"]) != source:
        other = int(item["other"])
        return [Cited(source, first, first), Cited(other, last, last)]
    return [Cited(source, min(first, last), max(first, last))]
