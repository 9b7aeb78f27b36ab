"""Page furniture: the lines of a copied web page that are not part of the report.

Menus, share lines, "read also" and its headlines, comment forms and comments, captchas, cookie
notices, rules. Furniture takes whole lines; a line that attributes ("Source:", "translated from …")
is not furniture, and neither is one that could be a sentence of the report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rag.documents.furniture_words import (
    COMMENT_HEADS,
    COMMENT_SIGNS,
    LINES,
    LIST_HEADS,
    LONG_LINES,
    MENU,
    READ_ALSO,
    SHARING,
)
from rag.text.dates import date_values
from rag.text.folding import fold
from rag.text.sentences import LINE_ENDS, Span

_LONGEST: Final = 120
"""A longer line with words is never furniture: losing text is worse than keeping a form."""
_LONGEST_NOTICE: Final = 240
_LONGEST_HEADLINE: Final = 110
_MOST_HEADLINES: Final = 12
_FULL_DATE: Final = len("2021-10-22")
"""A line with such a date rather dates the report."""
_MENU_WORDS: Final = 3
_FEWEST_ENTRIES: Final = 3
_FEWEST_SIGNS: Final = 2
_FURNITURE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LINES))
_NOTICE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LONG_LINES))
_LIST_HEAD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LIST_HEADS))
_READ_ALSO: Final = re.compile("|".join(f"(?:{pattern})" for pattern in READ_ALSO))
_COMMENT_HEAD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in COMMENT_HEADS))
_COMMENT_SIGN: Final = re.compile("|".join(f"(?:{pattern})" for pattern in COMMENT_SIGNS))
_LINE: Final = re.compile(f"[^{LINE_ENDS}]+")
_LINE_END: Final = re.compile(f"\r\n|[{LINE_ENDS}]")
_DIVIDER: Final = re.compile(r"\s*[|•·»›>←/\\–—]\s*|\s+-\s+")
_ENDS_SENTENCE: Final = re.compile(r"[.!؟?…۔:؛][\"'”’»)\]“]*$")
_ENDS_STATEMENT: Final = re.compile(r"[.…۔:؛][\"'”’»)\]“]*$")
_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text that says something: its place, and what it says once folded."""

    span: Span
    text: str
    folded: str
    is_apart: bool
    """Whether an empty line stands before it."""

    @property
    def is_entry(self) -> bool:
        """Whether it may be an entry of a menu: a word or three."""
        return 0 < len(_WORDS.findall(self.folded)) <= _MENU_WORDS and len(self.text) <= 40

    @property
    def is_headline(self) -> bool:
        """Whether it may be the headline of another report."""
        if len(self.text) > _LONGEST_HEADLINE or _ENDS_SENTENCE.search(self.text):
            return False
        return not any(len(value) == _FULL_DATE for value in date_values(self.text))


def furniture_spans(text: str) -> Iterator[Span]:
    """The spans of the furniture lines of `text`, in order."""
    lines = list(_lines(text))
    furniture = [is_furniture(one.text) for one in lines]
    _mark_menus(lines, furniture)
    _mark_lists(lines, furniture)
    _mark_comments(lines, furniture)
    for line, is_one in zip(lines, furniture, strict=True):
        if is_one:
            yield line.span


def is_furniture(line: str) -> bool:
    """Whether a line of a page is furniture, whatever stands around it."""
    if not line.strip():
        return False
    folded = _plain(line)
    if not any(character.isalnum() for character in folded):
        return True
    if len(line) > _LONGEST:
        return len(line) <= _LONGEST_NOTICE and _NOTICE.fullmatch(folded) is not None
    return (
        _FURNITURE.fullmatch(folded) is not None
        or _NOTICE.fullmatch(folded) is not None
        or _is_row_of_entries(folded)
        or _is_row_of_shares(folded)
        or _is_bare_read_also(folded)
        or (_READ_ALSO.match(folded) is not None and not _ENDS_STATEMENT.search(line.strip()))
    )


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for match in _LINE.finditer(text):
        if stripped := match.group().strip():
            is_apart = len(_LINE_END.findall(text, end, match.start())) > 1
            yield _Line(Span(*match.span()), stripped, _plain(stripped), is_apart)
            end = match.end()


def _plain(line: str) -> str:
    return " ".join(fold(line).split())


def _is_row_of_entries(folded: str) -> bool:
    """Whether a line is a menu or says where in the site the page is: `Home > News > Region`."""
    parts = [part for part in _DIVIDER.split(folded) if part]
    if len(parts) < _FEWEST_ENTRIES or any(len(part.split()) > 4 for part in parts):
        return False
    known = sum(part in MENU for part in parts)
    return (known >= 2 and known * 5 >= len(parts) * 2) or (known >= 1 and parts[0] in _HOME)


def _is_row_of_shares(folded: str) -> bool:
    words = _WORDS.findall(folded)
    return len(words) >= 2 and all(word in SHARING for word in words)


_HOME: Final = frozenset(fold(word) for word in ("الرئيسية", "خانه", "صفحه اصلی", "home"))


def _mark_menus(lines: Sequence[_Line], furniture: list[bool]) -> None:
    """Marks runs of short lines of which two fifths or more are entries of any site's menu."""
    begin = 0
    for place in range(len(lines) + 1):
        if place < len(lines) and (lines[place].is_entry or furniture[place]):
            continue
        run = range(begin, place)
        begin = place + 1
        known = sum(lines[one].folded.strip(" :*") in MENU for one in run)
        if len(run) >= _FEWEST_ENTRIES and known >= 2 and known * 5 >= len(run) * 2:
            for one in run:
                furniture[one] = True


def _mark_lists(lines: Sequence[_Line], furniture: list[bool]) -> None:
    """Marks the headlines of other reports below "related articles", "most read", "read also"."""
    for place, line in enumerate(lines):
        if not furniture[place]:
            continue
        is_list = _LIST_HEAD.fullmatch(line.folded) is not None
        if not is_list and not _is_bare_read_also(line.folded):
            continue
        below = lines[place + 1 : place + 1 + _MOST_HEADLINES]
        for number, other in enumerate(below, start=place + 1):
            # In a list, an empty line stands before each headline or before none.
            may_be_apart = is_list and below[0].is_apart
            if furniture[number] or not other.is_headline or (other.is_apart and not may_be_apart):
                break
            furniture[number] = True


def _is_bare_read_also(folded: str) -> bool:
    match = _READ_ALSO.match(folded)
    return match is not None and not _WORDS.search(folded[match.end() :])


def _mark_comments(lines: Sequence[_Line], furniture: list[bool]) -> None:
    """Marks what stands below a heading of comments, where it has their signs."""
    for place, line in enumerate(lines):
        if _COMMENT_HEAD.fullmatch(line.folded):
            rest = lines[place + 1 :]
            signs = sum(_COMMENT_SIGN.fullmatch(one.folded) is not None for one in rest)
            if signs >= _FEWEST_SIGNS:
                for one in range(place, len(lines)):
                    furniture[one] = True
                return
