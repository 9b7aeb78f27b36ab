"""Page furniture: the lines of a copied web page that are not part of the report.

Menus, share lines, "read also" and its headlines, comment forms and comments, captchas, cookie
notices, rules. Furniture takes whole lines; a line that attributes ("Source:", "translated from …")
is not furniture, and neither is one that could be a sentence of the report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rag.documents.attribution import names_source
from rag.documents.cookie_words import ADDRESSED, COOKIES, OF_THE_WEB, TOLD
from rag.documents.furniture_words import (
    COMMENT_HEADS,
    COMMENT_SIGNS,
    LINES,
    LIST_HEADS,
    LONG_LINES,
    MENU,
    READ_ALSO,
    SHARING,
    SIGNED,
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
_LONGEST_ENTRY: Final = 40
_FEWEST_ENTRIES: Final = 3
_LONG_MENU: Final = 5
_FEWEST_SIGNS: Final = 2
_MOST_IN_COMPANY: Final = 3
_LONGEST_IN_COMPANY: Final = 60
_FURNITURE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LINES))
_NOTICE: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LONG_LINES))
_COOKIES: Final = re.compile(rf"\b{COOKIES}\b")
_ADDRESSED: Final = re.compile(rf"\b{ADDRESSED}\b")
_OF_THE_WEB: Final = re.compile(rf"\b{OF_THE_WEB}\b")
_TOLD: Final = re.compile(rf"[\"“”«»]|\b{TOLD}\b")
_LIST_HEAD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in LIST_HEADS))
_READ_ALSO: Final = re.compile("|".join(f"(?:{pattern})" for pattern in READ_ALSO))
_COMMENT_HEAD: Final = re.compile("|".join(f"(?:{pattern})" for pattern in COMMENT_HEADS))
_COMMENT_SIGN: Final = re.compile("|".join(f"(?:{pattern})" for pattern in COMMENT_SIGNS))
_LINE: Final = re.compile(f"[^{LINE_ENDS}]+")
_LINE_END: Final = re.compile(f"\r\n|[{LINE_ENDS}]")
_DIVIDER: Final = re.compile(r"\s*[|•·»›>←/\\–—]\s*|\s+-\s+")
_BARS: Final = re.compile(r"\s*[|•·]\s*|\s+/\s+")
_SIGNED: Final = re.compile(SIGNED)
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
        if len(self.text) > _LONGEST_ENTRY:
            return False
        return 0 < len(_WORDS.findall(self.folded)) <= _MENU_WORDS

    @property
    def is_headline(self) -> bool:
        """Whether it may be the headline of another report."""
        if len(self.text) > _LONGEST_HEADLINE or _ENDS_SENTENCE.search(self.text):
            return False
        return not any(len(value) == _FULL_DATE for value in date_values(self.text))


def furniture_spans(text: str) -> Iterator[Span]:
    """The spans of the furniture lines of `text`, in order."""
    lines = list(_lines(text))
    furniture = [_is_one(one.text, one.folded) for one in lines]
    _mark_cookies(lines, furniture)
    _mark_menus(lines, furniture)
    _mark_lists(lines, furniture)
    _mark_comments(lines, furniture)
    _mark_company([one for one in enumerate(lines) if _WORDS.search(one[1].folded)], furniture)
    for line, is_one in zip(lines, furniture, strict=True):
        if is_one:
            yield line.span


def is_furniture(line: str) -> bool:
    """Whether a line of a page is furniture, whatever stands around it."""
    return bool(line.strip()) and _is_one(line.strip(), _plain(line))


def _is_one(line: str, folded: str) -> bool:
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
        or _is_row_of_furniture(folded)
        or (_READ_ALSO.match(folded) is not None and not _ENDS_STATEMENT.search(line))
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
    if len(parts) >= _LONG_MENU and known >= 1:
        return True
    return (known >= 2 and known * 5 >= len(parts) * 2) or (known >= 1 and parts[0] in _HOME)


def _is_row_of_furniture(folded: str) -> bool:
    """Whether a line is pieces of furniture side by side: `Log in / Register`, `By … | 9 views`."""
    parts = [part for part in _BARS.split(folded) if part]
    if len(parts) < 2:
        return False
    known = [_FURNITURE.fullmatch(part) is not None for part in parts]
    return any(known) and all(
        one or _SIGNED.match(part) for one, part in zip(known, parts, strict=True)
    )


def _is_row_of_shares(folded: str) -> bool:
    words = _WORDS.findall(folded)
    return len(words) >= 2 and all(word in SHARING for word in words)


_HOME: Final = frozenset(fold(word) for word in ("الرئيسية", "خانه", "صفحه اصلی", "home"))


def _mark_cookies(lines: Sequence[_Line], furniture: list[bool]) -> None:
    """Marks notices of cookies, unless a line that is none shows that the report is about them."""
    about = [
        place
        for place, line in enumerate(lines)
        if not furniture[place] and _COOKIES.search(line.folded)
    ]
    if all(_is_cookie_notice(lines[place]) for place in about):
        for place in about:
            furniture[place] = True


def _is_cookie_notice(line: _Line) -> bool:
    """Whether a line tells its reader of the cookies of the site that it stands in."""
    if len(line.text) > _LONGEST_NOTICE or _TOLD.search(line.text) or _TOLD.search(line.folded):
        return False
    return all(words.search(line.folded) for words in (_ADDRESSED, _OF_THE_WEB))


def _mark_menus(lines: Sequence[_Line], furniture: list[bool]) -> None:
    """Marks runs of short lines of which two fifths or more are entries of any site's menu."""
    begin = 0
    for place in range(len(lines) + 1):
        if place < len(lines) and (lines[place].is_entry or furniture[place]):
            continue
        run = range(begin, place)
        begin = place + 1
        known = sum(lines[one].folded.strip(" :*") in MENU for one in run)
        opens = run.start == 0 and len(run) >= _LONG_MENU and known >= 1
        if opens or (len(run) >= _FEWEST_ENTRIES and known >= 2 and known * 5 >= len(run) * 2):
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
    """Marks what stands below a heading of comments, where it has their signs.

    There has to be a sentence of the report before it.
    """
    told = False
    for place, line in enumerate(lines):
        told = told or (not furniture[place] and _ENDS_SENTENCE.search(line.text) is not None)
        if told and _COMMENT_HEAD.fullmatch(line.folded):
            rest = lines[place + 1 :]
            signs = sum(_COMMENT_SIGN.fullmatch(one.folded) is not None for one in rest)
            if signs >= _FEWEST_SIGNS:
                for one in range(place, len(lines)):
                    furniture[one] = True
                return


def _mark_company(worded: Sequence[tuple[int, _Line]], furniture: list[bool]) -> None:
    """Marks a few short lines that have furniture on both sides; after the report, longer ones.

    `worded` are the lines that have words, with their places: a rule is no company. A headline may
    stand between menus too, so nothing of more than three words is taken before the report's last
    sentence.
    """
    told = [
        number
        for number, (place, one) in enumerate(worded)
        if not furniture[place] and _ENDS_SENTENCE.search(one.text)
    ]
    last = max(told, default=len(worded))
    begin = 0
    for number in range(len(worded) + 1):
        if number < len(worded) and not furniture[worded[number][0]]:
            continue
        run = range(begin, number)
        begin = number + 1
        if run.start and len(run) <= _MOST_IN_COMPANY and last not in run:
            company = all(_keeps_company(worded, one, after=one > last) for one in run)
            for one in run if company else ():
                furniture[worded[one][0]] = True


def _keeps_company(worded: Sequence[tuple[int, _Line]], number: int, *, after: bool) -> bool:
    line = worded[number][1]
    if names_source(line.folded) or names_source(worded[number - 1][1].folded):
        return False
    if len(line.text) > _LONGEST_IN_COMPANY or _ENDS_STATEMENT.search(line.text):
        return False
    return (after or line.is_entry) and not date_values(line.text)
