"""Styled text: plain text and marks on it, split and directed without a markup language.

Marks are spans of code points, so nothing can fail to parse; a front end turns them into what it
shows. Telegram counts in UTF-16 units: `units` measures in those.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from rag.text.hidden import visible
from rag.text.sentences import sentences

LONGEST: Final = 3_900
"""UTF-16 units of a message; Telegram's own limit is 4,096 characters."""
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa"})
RIGHT_MARK: Final = "\u200f"
LEFT_MARK: Final = "\u200e"

_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_LINE = re.compile(r"[^\S\n]*\n")
_SPACE = re.compile(r"\s+")
_SHOWN = re.compile(r"[^\s\u200b\ufeff]")
_JOINERS = "\u200c\u200d"
_NUMBER = r"\d+(?:[.,٫٬]\d+)*[%٪]?"
_ALONE = r"(?<![^\W\u0620-\u064a\u066e-\u06d3])(?<![\-–—/.@:\u2066-\u2068])"
"""Behind no Latin letter or figure; an Arabic word may be written together with a number."""
_RANGE = re.compile(rf"{_ALONE}{_NUMBER}(?:[-–—/]{_NUMBER})+(?![\w\-–—/@:]|\.\w|\u2069)")
_CONTROLS = re.compile(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029]")


class Style(StrEnum):
    """How a stretch of text looks; the values are Telegram's names."""

    BOLD = "bold"
    QUOTE = "expandable_blockquote"


@dataclass(frozen=True, slots=True)
class Mark:
    """A style on the characters `start` to `end` (exclusive)."""

    style: Style
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and the marks on it."""

    text: str
    marks: tuple[Mark, ...] = ()

    def part(self, start: int, end: int) -> "Styled":
        """The characters `start` to `end` without white space around them."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        return self.slice(start, start + len(piece.strip()))

    def slice(self, start: int, end: int) -> "Styled":
        """The characters `start` to `end` with the marks on them."""
        marks = (
            Mark(mark.style, max(mark.start, start) - start, min(mark.end, end) - start)
            for mark in self.marks
            if mark.start < end and mark.end > start
        )
        return Styled(self.text[start:end], tuple(marks))


def comma(language: str) -> str:
    """What stands between the parts of a list in a language."""
    return "، " if language in RIGHT_TO_LEFT else ", "


def styled(text: str, style: Style) -> Styled:
    """A text of which all is in one style."""
    return Styled(text, (Mark(style, 0, len(text)),) if text else ())


def joined(pieces: Iterable[Styled | str], separator: str) -> Styled:
    """The pieces that are not empty, one after the other."""
    text, marks = "", list[Mark]()
    for piece in pieces:
        one = Styled(piece) if isinstance(piece, str) else piece
        if not one.text:
            continue
        text += separator if text else ""
        marks += [Mark(m.style, m.start + len(text), m.end + len(text)) for m in one.marks]
        text += one.text
    return Styled(text, tuple(marks))


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def isolated(text: str) -> str:
    """A name in isolates, so that its direction and its neighbours' leave each other alone.

    What could disguise the name, by reordering or unseen, is left out; line ends become spaces.
    """
    name = _CONTROLS.sub(" ", visible(text))
    return f"\u2068{' '.join(name.split())}\u2069"


def with_ranges_isolated(text: str) -> str:
    """The text with ranges and dates in figures in isolates, so that they read from left to right.

    Among Arabic letters `1980-1988` would else show its end first.
    """
    return _RANGE.sub("\u2068\\g<0>\u2069", text)


def directed(text: Styled, language: str) -> Styled:
    """The text with a direction mark before each line that would else run the wrong way.

    A client takes a line's direction from its first letter. A line in Arabic or Persian that
    begins with a Latin word gets a right-to-left mark, and the other way round.
    """
    places, start = [], 0
    for line in text.text.split("\n"):
        if _runs_wrong(line, language):
            places.append(start)
        start += len(line) + 1
    if not places:
        return text
    mark = RIGHT_MARK if language in RIGHT_TO_LEFT else LEFT_MARK
    pieces = [text.text[a:b] for a, b in zip([0, *places], [*places, None], strict=True)]

    def moved(position: int) -> int:
        return position + sum(place < position for place in places)

    marks = (Mark(one.style, moved(one.start), moved(one.end)) for one in text.marks)
    return Styled(mark.join(pieces), tuple(marks))


def _runs_wrong(line: str, language: str) -> bool:
    first = next((kind for kind, depth in _strong_letters(line) if not depth), None)
    if first == ("R" if language in RIGHT_TO_LEFT else "L"):
        return False
    letters = [kind for kind, _ in _strong_letters(line)]
    if first is None:
        return bool(letters)  # names in isolates only, which give a line no direction
    right = letters.count("R")
    # An English answer may quote whole lines of Arabic, which are to stay as they are.
    return right > 0 if language in RIGHT_TO_LEFT else len(letters) > 2 * right


def _strong_letters(line: str) -> Iterator[tuple[str, int]]:
    """The direction of each letter that has one, `L` or `R`, and how deep in isolates it is."""
    depth = 0
    for character in line:
        if character in _OPENS:
            depth += 1
        elif character in _CLOSES:
            depth = max(0, depth - 1)
        elif (kind := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
            yield ("L" if kind == "L" else "R"), depth


def parts(text: Styled, language: str, limit: int = LONGEST) -> list[Styled]:
    """The text, directed, in parts of at most `limit` UTF-16 units."""
    # A part that begins within a line may need a direction mark of its own: one unit.
    pieces = split(directed(text, language), limit - 1)
    return [directed(piece, language) for piece in pieces]


def split(text: Styled, limit: int = LONGEST) -> list[Styled]:
    """The text in parts of at most `limit` UTF-16 units, without white space around them.

    It breaks between paragraphs, else lines, else sentences, else words, and only where nothing
    else is possible within one; never within a mark that would fit into a part, nor between a
    letter and what stands on it. A mark that has to be broken goes on in the next part.
    """
    rest, found = text.part(0, len(text.text)), []
    while units(rest.text) > limit:
        cut = _cut(rest, limit)
        found.append(rest.part(0, cut))
        rest = rest.part(cut, len(rest.text))
    return [*found, rest] if rest.text else found


def _cut(text: Styled, limit: int) -> int:
    """Where the first part ends."""
    reach = _reach(text.text, limit)
    kinds = [[place for place in kind if place <= reach] for kind in _breaks(text.text, reach)]
    fitting = [mark for mark in text.marks if units(text.text[mark.start : mark.end]) <= limit]
    for kept in (text.marks, fitting):
        for places in kinds:
            allowed = [p for p in places if p > reach // 2 and not _within(kept, p)]
            if allowed:
                return max(allowed)
    edges = (edge for mark in fitting for edge in (mark.start, mark.end) if edge <= reach)
    # A short part is better than a broken mark, and a broken mark than a short part without one.
    early = [p for p in chain(*kinds, edges) if p > 0 and _between_letters(text.text, p)]
    if _within(fitting, reach) and (allowed := [p for p in early if not _within(fitting, p)]):
        return max(allowed)
    for places in kinds:
        if allowed := [p for p in places if p > reach // 2]:
            return max(allowed)
    whole = (place for place in range(reach, reach // 2, -1) if _between_letters(text.text, place))
    return next(whole, reach)


def _reach(text: str, limit: int) -> int:
    """How many characters fit into `limit` units: at least one."""
    reach, size = 0, 0
    for character in text:
        size += units(character)
        if size > limit:
            break
        reach += 1
    return max(1, reach)


def _breaks(text: str, reach: int) -> Iterator[Iterable[int]]:
    """Where a text may be broken, the best kind of place first."""
    for pattern in (_PARAGRAPH, _LINE):
        yield (match.start() for match in pattern.finditer(text, 0, reach + 1))
    # So the end of a sentence that the window cuts off lies beyond the reach.
    beyond = _SHOWN.search(text, reach + 1)
    window = beyond.end() if beyond else len(text)
    ends = (span.end for span in sentences(text, 0, window, longest=len(text)))
    yield (end for end in ends if text[end : end + 1].isspace())
    yield (match.start() for match in _SPACE.finditer(text, 0, reach + 1))


def _within(marks: Iterable[Mark], position: int) -> bool:
    return any(mark.start < position < mark.end for mark in marks)


def _between_letters(text: str, position: int) -> bool:
    """Whether the character at `position` begins a letter of its own."""
    before, after = text[position - 1], text[position]
    return not (
        unicodedata.category(after) in ("Mn", "Me", "Mc")
        or after in _JOINERS
        or before in _JOINERS
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )
