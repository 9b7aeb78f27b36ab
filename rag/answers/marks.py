"""Marks: how a model cites sentences by their ids, read from text that arrives in pieces.

The reader goes letter by letter, so what it finds depends on the text alone and never on how the
stream was cut. A statement is given out once nothing that follows can add a mark to it.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from rag.answers.cited import Cited, cited_in
from rag.answers.remnants import BLANK, CLOSE, OPEN, ROUND, RUN, SPACES, cleaned
from rag.text.sentences import sentences

_BRACKETS: Final = str.maketrans(dict.fromkeys(OPEN + CLOSE, " "))
_WRAPPERS: Final = "*_`("
_UNWRAPPERS: Final = "*_`)" + CLOSE
_NEVER_FIRST: Final = frozenset(".!?;؟؛۔…,،:»)}›" + CLOSE)
_QUOTES: Final = frozenset("\"'“”‘’")
_ENDS: Final = ".!?؟…۔"
_LAST: Final = frozenset(f"{_ENDS};؛\"'”’»)]}}›“")
"""What a sentence can end with."""
_LONGEST_GROUP: Final = 160
_LONGEST_PART: Final = 1200
_LONGEST_QUOTATION: Final = 400
_LOOK_BACK: Final = 80

_NO_ANSWER: Final = re.compile(r"\W*no[\s_-]?answer\W*", re.IGNORECASE)
_MISSING: Final = re.compile(rf"[{re.escape(OPEN)}]+\s*missing\s*[:：]", re.IGNORECASE)
_NAMELESS: Final = re.compile(
    rf"[{re.escape(OPEN)}]{{2,}}\s*missing\s*[{re.escape(CLOSE)}]{{2,}}", re.IGNORECASE
)
"""A part without a word of what it is."""
_RUN: Final = re.compile(r"[^\W_]+")
"""What goes on with a word."""
_BULLET: Final = re.compile(r"(?:#{1,6}\s+|>\s+)*(?:[-*•‣▪◦–—ـ]+\s+|\(?\d{1,3}(?:[.)]|[-–])\s+)?")
_SHOWN: Final = re.compile(
    rf"(?<![^\S\n])[^\S\n]*+"
    rf"(?:\[{{2}}\s{{0,9}}(?:no[\s_-]?answer|missing\s{{0,9}}:[^\]]{{0,{_LONGEST_PART}}}+)"
    rf"\s{{0,9}}\]{{2}}|{RUN}\s{{0,9}}\d[\d\s.．٫,،;؛–—-]*+[{re.escape(CLOSE)}]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A finished statement without its marks.

    `prefix` is the layout before it (spaces, line ends, a bullet, `## `), so that `prefix + text`
    of all statements is the answer again.
    """

    text: str
    cited: tuple[Cited, ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The model says that the documents do not answer."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The model says what the documents leave open."""

    text: str


Marked: TypeAlias = Statement | NoAnswer | Missing


class MarkReader:
    """Reads a model's answer as it arrives.

    >>> reader = MarkReader()
    >>> reader.feed("Bagheri arrived. [2.1] He") + reader.finish()  # doctest: +ELLIPSIS
    [Statement(text='Bagheri arrived.', cited=(Cited(source=2, first=1, last=1),), prefix=''), ...
    """

    def __init__(self) -> None:
        self._raw = ""
        self._cited: list[Cited] = []
        self._group: int | None = None
        self._depth = 0
        self._unwrap = 0
        self._first = True

    def feed(self, chunk: str) -> list[Marked]:
        """What the text is finished with, now that `chunk` has arrived."""
        events: list[Marked] = []
        self._read(chunk, events)
        return events

    def finish(self) -> list[Marked]:
        """What is left when the text has ended; a mark that was cut off is dropped."""
        events: list[Marked] = []
        while self._group is not None:
            self._read(self._opened(events), events)
        self._give(len(self._raw), events)
        return events

    def _read(self, text: str, events: list[Marked]) -> None:
        at = 0
        while at < len(text):
            again = self._step(text[at], events)
            at += 1
            if again:
                text, at = again + text[at:], 0
            elif self._group is None and self._raw[-1:].isalnum() and (run := _RUN.match(text, at)):
                # Nothing begins or ends within a word.
                self._raw += run.group()
                at = run.end()

    def _step(self, character: str, events: list[Marked]) -> str:
        """Take a letter; the letters to be read once more, where brackets turn out to be none."""
        if character < " " and character != "\n":
            character = " "
        if self._group is not None:
            return self._step_in_group(character, events)
        if self._unwrap and character in _UNWRAPPERS:
            self._unwrap -= 1
            self._raw += BLANK
            return ""
        self._unwrap = 0
        self._raw += character
        if character in OPEN:
            self._group, self._depth = len(self._raw) - 1, 1
        elif self._may_begin(character):
            self._cut_before(len(self._raw) - 1, events)
        return ""

    def _may_begin(self, character: str) -> bool:
        """Whether the letter just taken can be the first of a sentence."""
        if character in _QUOTES:
            return self._raw[-2:-1].isspace()
        return not (character.isspace() or character in _WRAPPERS or character in _NEVER_FIRST)

    def _step_in_group(self, character: str, events: list[Marked]) -> str:
        start = self._group or 0
        if character == "\n" and not (self._is_part and "\n" not in self._raw[start:]):
            return self._opened(events) + character
        self._raw += character
        if character in OPEN:
            self._depth += 1
        elif character in CLOSE:
            self._depth -= 1
            return self._resolve(events)
        elif (length := len(self._raw) - start) > _LONGEST_GROUP and (
            length > _LONGEST_PART or not self._is_part
        ):
            return self._opened(events)
        return ""

    @property
    def _is_part(self) -> bool:
        """Whether the group of brackets tells what is left open; it may go over a line's end."""
        return _MISSING.match(self._raw, self._group or 0) is not None

    def _resolve(self, events: list[Marked]) -> str:
        """Decide about the group of brackets, one of which has just been closed."""
        start = self._group or 0
        group = self._raw[start:]
        if missing := _MISSING.match(group):
            if self._depth < _leading(group):
                self._give_part(group[missing.end() : -1], events)
        elif (cited := cited_in(group.translate(_BRACKETS))) is not None:
            while start and self._raw[start - 1] in _WRAPPERS:
                start -= 1
            self._cited.extend(one for one in cited if one not in self._cited)
            self._blank_out(start)
        elif _NO_ANSWER.fullmatch(group):
            self._give_special(NoAnswer(), events)
        elif self._depth:
            return ""
        elif _NAMELESS.fullmatch(group):
            self._blank_out(start)
        elif any(letter in OPEN for letter in group[_leading(group) :]):
            return self._opened(events)
        else:
            self._group = None
            self._cut_before(start, events)
        return ""

    def _opened(self, events: list[Marked]) -> str:
        """Take the brackets that open the group as text; what stands behind them is read again.

        Where they were to tell what is left open, they are dropped with their word.
        """
        start, self._group = self._group or 0, None
        group = self._raw[start:]
        if missing := _MISSING.match(group):
            self._give(start, events)
            self._raw = self._raw.removesuffix(group)
            return group[missing.end() :]
        text = _leading(group)
        self._raw = self._raw[: start + text]
        self._cut_before(start, events)
        return group[text:]

    def _give_part(self, part: str, events: list[Marked]) -> None:
        text = SPACES.sub(" ", without_marks(part).translate(ROUND)).strip()
        if any(character.isalnum() for character in text):
            self._give_special(Missing(text), events)
        else:
            self._blank_out(self._group or 0)

    def _give_special(self, event: Marked, events: list[Marked]) -> None:
        self._give(self._group or 0, events)
        self._raw, self._group, self._unwrap = "", None, self._depth
        events.append(event)

    def _blank_out(self, start: int) -> None:
        """Leave nothing of the group, nor of what wraps it from `start` on."""
        self._unwrap = (self._group or 0) - start + self._depth
        self._raw = self._raw[:start] + BLANK * (len(self._raw) - start)
        self._group = None

    def _cut_before(self, position: int, events: list[Marked]) -> None:
        """Give out what stands before `position` where a new sentence begins there."""
        begin = position
        while begin and (self._raw[begin - 1].isspace() or self._raw[begin - 1] in _WRAPPERS):
            begin -= 1
        gap = self._raw[begin:position]
        if not begin or not (gap or self._raw[begin - 1] in _ENDS):
            return
        separator = "\n" if "\n" in gap else " " if any(map(str.isspace, gap)) else ""
        if separator != "\n" and (
            self._raw[begin - 1] not in _LAST or _in_quotation(self._raw[:begin])
        ):
            return
        before = self._raw[max(0, begin - _LOOK_BACK) : begin] + separator
        if sentences(before + self._raw[position])[-1].start != len(before):
            return
        if before[len(before.rstrip()) - 1] in ";؛" and separator != "\n":
            # A semicolon joins: the mark at the sentence's end covers both of its halves.
            return
        while position > begin and self._raw[position - 1] in _WRAPPERS:
            position -= 1
        self._give(position, events)

    def _give(self, end: int, events: list[Marked]) -> None:
        while end and self._raw[end - 1] != BLANK and self._raw[end - 1].isspace():
            end -= 1
        piece, self._raw = self._raw[:end], self._raw[end:]
        prefix, text = _layout(piece, self._first)
        text = cleaned(text)
        if _NO_ANSWER.fullmatch(text):
            events.append(NoAnswer())
        elif any(character.isalnum() for character in text):
            events.append(Statement(text, tuple(self._cited), prefix))
        else:
            # Marks of their own keep for the statement that follows; rules and dashes are dropped.
            return
        self._cited, self._first = [], False


def read_marks(text: str) -> list[Marked]:
    """The statements and special marks of a whole answer."""
    reader = MarkReader()
    return reader.feed(text) + reader.finish()


def without_marks(text: str) -> str:
    """An earlier answer without marks, numbers of citations and special marks."""
    return _SHOWN.sub("", text)


def _leading(group: str) -> int:
    """How many brackets open a group."""
    return len(group) - len(group.lstrip(OPEN))


def _in_quotation(text: str) -> bool:
    """Whether a quotation that began not long ago is still open at the end of `text`."""
    recent = text[-_LONGEST_QUOTATION:]
    line = recent[recent.rfind("\n") + 1 :]
    return (
        line.count("«") > line.count("»")
        or line.count("“") > line.count("”")
        or line.count('"') % 2 == 1
    )


def _layout(piece: str, first: bool) -> tuple[str, str]:
    stripped = piece.lstrip()
    space = piece[: len(piece) - len(stripped)].replace(BLANK, "")
    bullet = _BULLET.match(stripped) if first or "\n" in space else None
    length = bullet.end() if bullet else 0
    return space + stripped[:length], stripped[length:]
