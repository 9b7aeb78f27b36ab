"""Marks: how a model cites sentences by their ids, read from text that arrives in pieces.

The reader goes letter by letter, so what it finds depends on the text alone and never on how the
stream was cut. A statement is given out once nothing that follows can add a mark to it.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from rag.answers.cited import DOT, Cited, cited_in
from rag.text.sentences import sentences

_OPEN: Final = "[［【〔⟦"
_CLOSE: Final = "]］】〕⟧"
_BRACKETS: Final = str.maketrans(dict.fromkeys(_OPEN + _CLOSE, " "))
_ROUND: Final = str.maketrans(dict.fromkeys(_OPEN, "(") | dict.fromkeys(_CLOSE, ")"))
_BLANK: Final = "\x1f"
"""Stands where a mark stood; white space to every rule of sentences."""
_WRAPPERS: Final = "*_`("
_UNWRAPPERS: Final = "*_`)" + _CLOSE
_NEVER_FIRST: Final = frozenset(".!?;؟؛۔…,،:»)}›" + _CLOSE)
_QUOTES: Final = frozenset("\"'“”‘’")
_ENDS: Final = ".!?؟…۔"
_LONGEST_GROUP: Final = 160
_LONGEST_SPECIAL: Final = 1200
_LONGEST_QUOTATION: Final = 400
_LOOK_BACK: Final = 80

_ID: Final = rf"\d{{1,6}}{DOT}\d{{1,6}}"
_NO_ANSWER: Final = re.compile(r"\W*no[\s_-]?answer\W*", re.IGNORECASE)
_MISSING: Final = re.compile(
    rf"[{re.escape(_OPEN)}]+\s*missing\s*[:：]\s*(.*?)\s*[{re.escape(_CLOSE)}]+\s*",
    re.IGNORECASE | re.DOTALL,
)
_RUN: Final = rf"(?<![{re.escape(_OPEN)}])[{re.escape(_OPEN)}]++"
"""Opening brackets, all that stand together, looked at once."""
_OF_A_MARK: Final = _OPEN + " \t0123456789.．٫,،;؛–—-"
_BROKEN: Final = re.compile(
    rf"{_RUN}\s*\d+{DOT}[\d\s.,،;؛–—-]*(?:[{re.escape(_CLOSE)}]+|(?=[{re.escape(_OPEN)}]))"
)
_RIGHT_HALF: Final = re.compile(rf"{_ID}\s*[{re.escape(_CLOSE)}]+")
_ANY_HALF: Final = re.compile(
    rf"[{re.escape(_OPEN)}]\s*\d+{DOT}|\d{DOT}\d+\s*[{re.escape(_CLOSE)}]"
)
_AFTER_END: Final = re.compile(r"([.!?؟…۔])[^\S\n]*\x1f+[^\S\n]*[.۔:،,;؛]")
_BEFORE_PUNCTUATION: Final = re.compile(r"\s*\x1f+\s*(?=[.!?؟…۔،,;؛:])")
_BLANKS: Final = re.compile(r"\s*\x1f+\s*")
_SPACES: Final = re.compile(r"\s+")
_BULLET: Final = re.compile(r"(?:#{1,6}\s+|>\s+)*(?:[-*•‣▪◦–—ـ]+\s+|\(?\d{1,3}(?:[.)]|[-–])\s+)?")
_SHOWN: Final = re.compile(
    rf"(?<![^\S\n])[^\S\n]*+"
    rf"(?:\[{{2}}\s{{0,9}}(?:no[\s_-]?answer|missing\s{{0,9}}:[^\]]{{0,{_LONGEST_SPECIAL}}}+)"
    rf"\s{{0,9}}\]{{2}}|{_RUN}\s{{0,9}}\d[\d\s.．٫,،;؛–—-]*+[{re.escape(_CLOSE)}]+)",
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
        for character in chunk:
            self._step(character, events)
        return events

    def finish(self) -> list[Marked]:
        """What is left when the text has ended; a mark that was cut off is dropped."""
        events: list[Marked] = []
        if self._group is not None:
            self._resolve_unclosed(events)
        self._give(len(self._raw), events)
        return events

    def _step(self, character: str, events: list[Marked]) -> None:
        if character < " " and character != "\n":
            character = " "
        if self._group is not None:
            self._step_in_group(character, events)
            return
        if self._unwrap and character in _UNWRAPPERS:
            self._unwrap -= 1
            self._raw += _BLANK
            return
        self._unwrap = 0
        self._raw += character
        if character in _OPEN:
            self._group, self._depth = len(self._raw) - 1, 1
        elif self._may_begin(character):
            self._cut_before(len(self._raw) - 1, events)

    def _may_begin(self, character: str) -> bool:
        """Whether the letter just taken can be the first of a sentence."""
        if character in _QUOTES:
            return self._raw[-2:-1].isspace()
        return not (character.isspace() or character in _WRAPPERS or character in _NEVER_FIRST)

    def _step_in_group(self, character: str, events: list[Marked]) -> None:
        if character == "\n":
            self._resolve_unclosed(events)
            self._step(character, events)
            return
        self._raw += character
        if character in _OPEN:
            self._depth += 1
        elif character in _CLOSE:
            self._depth -= 1
            self._resolve(events)
        elif len(self._raw) - (self._group or 0) > self._longest_group():
            self._take_as_text(events)

    def _longest_group(self) -> int:
        start = self._group or 0
        doubled = all(letter in _OPEN for letter in self._raw[start : start + 2])
        return _LONGEST_SPECIAL if doubled else _LONGEST_GROUP

    def _resolve(self, events: list[Marked]) -> None:
        """Decide about the group of brackets, one of which has just been closed."""
        start = self._group or 0
        group = self._raw[start:]
        if (cited := cited_in(group.translate(_BRACKETS))) is not None:
            while start and self._raw[start - 1] in _WRAPPERS:
                start -= 1
            wrapped = (self._group or 0) - start
            self._cited.extend(one for one in cited if one not in self._cited)
            self._raw = self._raw[:start] + _BLANK * (len(self._raw) - start)
            self._unwrap, self._group = wrapped + self._depth, None
        elif _NO_ANSWER.fullmatch(group):
            self._give_special(NoAnswer(), events)
        elif self._depth == 0 and not self._give_missing(group, events):
            self._take_as_text(events)

    def _resolve_unclosed(self, events: list[Marked]) -> None:
        if not self._give_missing(self._raw[self._group or 0 :], events):
            self._take_as_text(events)

    def _give_missing(self, group: str, events: list[Marked]) -> bool:
        missing = _MISSING.fullmatch(group)
        if missing and missing[1]:
            self._give_special(Missing(_SPACES.sub(" ", missing[1].translate(_ROUND))), events)
        return bool(missing)

    def _give_special(self, event: Marked, events: list[Marked]) -> None:
        self._give(self._group or 0, events)
        self._raw, self._group, self._unwrap = "", None, self._depth
        events.append(event)

    def _take_as_text(self, events: list[Marked]) -> None:
        start, self._group = self._group or 0, None
        self._cut_before(start, events)

    def _cut_before(self, position: int, events: list[Marked]) -> None:
        """Give out what stands before `position` where a new sentence begins there."""
        begin = position
        while begin and (self._raw[begin - 1].isspace() or self._raw[begin - 1] in _WRAPPERS):
            begin -= 1
        gap = self._raw[begin:position]
        if not begin or not (gap or self._raw[begin - 1] in _ENDS):
            return
        separator = "\n" if "\n" in gap else " " if any(map(str.isspace, gap)) else ""
        if separator != "\n" and _in_quotation(self._raw[:begin]):
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
        while end and self._raw[end - 1] != _BLANK and self._raw[end - 1].isspace():
            end -= 1
        piece, self._raw = self._raw[:end], self._raw[end:]
        prefix, text = _layout(piece, self._first)
        text = _cleaned(text)
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
    space = piece[: len(piece) - len(stripped)].replace(_BLANK, "")
    bullet = _BULLET.match(stripped) if first or "\n" in space else None
    length = bullet.end() if bullet else 0
    return space + stripped[:length], stripped[length:]


def _without_right_halves(text: str) -> str:
    """`text` without `2.1]` where no bracket was opened before."""
    opened = next((i for i, letter in enumerate(text) if letter in _OPEN), len(text))
    return _RIGHT_HALF.sub("", text[:opened]) + text[opened:]


def _without_cut_off(text: str) -> str:
    """`text` without a mark that was not finished at its end, as `[2.`."""
    end = len(text)
    while end and (text[end - 1] in _OF_A_MARK or text[end - 1].isdecimal()):
        end -= 1
    opened = next((i for i in range(end, len(text)) if text[i] in _OPEN), len(text))
    return text[:opened].rstrip() if opened < len(text) else text


def _cleaned(text: str) -> str:
    """A statement's text without the places of its marks and without broken marks."""
    text = _AFTER_END.sub(r"\1", text)
    text = _BLANKS.sub(" ", _BEFORE_PUNCTUATION.sub("", text))
    text = _without_cut_off(_without_right_halves(_BROKEN.sub("", text)))
    if _ANY_HALF.search(text):
        text = text.translate(_ROUND)
    return _SPACES.sub(" ", text).strip()
