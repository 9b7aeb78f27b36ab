"""Sentences: where they begin and end in Arabic, Persian and English text.

Boundaries are line ends and the sentence marks of the three scripts, but not the dot of an
abbreviation (`د.`), a decimal (`3.5`), an initial (`J. Smith`), a web address or a list number.
"""

import re
from dataclasses import dataclass

LONGEST = 600
"""A sentence longer than this many characters is cut at a comma or a space: a quotation is never
longer, and text without any sentence mark still gets usable units."""
LINE_ENDS = "\n\r\u2028\u2029"
"""The characters that end a line."""

_CLOSERS = "\"'”’»)]}›“"
_CLOSING = frozenset(_CLOSERS)
_MARK = re.compile(r"[.!?;؟؛۔…]+[" + re.escape(_CLOSERS) + r"]*\s*|[" + LINE_ENDS + r"]\s*")
_ABBREVIATIONS = frozenset(
    "أ.د ا.د م.م ت.م ق.م هـ إلخ الخ dr mr mrs ms prof gen col lt maj sgt capt sen rep gov st jr sr "
    "vs etc inc ltd co corp e.g i.e a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec fig "
    "vol ph.d".split()
)
_BEFORE_NUMBER = frozenset(("no", "nos", "p", "pp", "art"))
"""Abbreviations where a number follows, words or initials elsewhere."""
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]|(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
_LIST_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_ALWAYS = "؟؛۔…"
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_DEEPEST_INDENT = 24
_VOWEL_MARKS = "".join(map(chr, range(0x064B, 0x0660))) + "\u0670"
_BULLETS = " \t\u00a0-–—•*▪●ـ"
_WORD_BEFORE = re.compile(r"[^\s" + re.escape(_CLOSERS + "([{«“‘") + r"]*\Z")
_SOFT_BREAK = re.compile(r"[،,؛;:]\s+|\s+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code-point offsets, end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The text of the span."""
        return text[self.start : self.end]


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in _ALWAYS or ((len(mark) > 1 or mark in LINE_ENDS) and _LINE_END.search(mark)):
        return True
    if not _followed_by_space(text, match):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    word = _word_before(text, match.start())
    bare = word.removeprefix("و")
    if {word.casefold(), bare} & _ABBREVIATIONS or _INITIALS.fullmatch(bare):
        return False
    if word.casefold() in _BEFORE_NUMBER and text[match.end() : match.end() + 1].isdigit():
        return False
    return not (_LIST_NUMBER.fullmatch(word) and _starts_line(text, match.start() - len(word)))


def _followed_by_space(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[-1].isspace() or match.end() == len(text) or not _CLOSING.isdisjoint(mark):
        return True
    # A full stop glued to the next sentence, as Arabic pages often have it: "الاستخبارات.جاء".
    before = text[max(0, match.start() - 12) : match.start()].rstrip(_CLOSERS + _VOWEL_MARKS)
    return (
        _is_arabic_letter(before[-1:])
        and _is_arabic_letter(text[match.end()])
        and len(_word_before(text, match.start()).strip(_CLOSERS)) != 1
    )


def _is_arabic_letter(character: str) -> bool:
    return "\u0620" <= character <= "\u06d3" and character.isalpha()


def _word_before(text: str, end: int) -> str:
    begin = max(0, end - 24)
    # What stands before a space is another word, and most often that is the nearest sign.
    begin = max(begin, text.rfind(" ", begin, end) + 1)
    match = _WORD_BEFORE.search(text, begin, end)
    return match.group() if match else ""


def _starts_line(text: str, position: int) -> bool:
    nearest = max(0, position - _DEEPEST_INDENT)
    before = text[nearest:position].rstrip(_BULLETS)
    return before[-1] in LINE_ENDS if before else nearest == 0


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return Span(start, end) if start < end else None


def _pieces(text: str, span: Span, longest: int) -> list[Span]:
    """`span`, cut at commas or spaces where it is longer than `longest`."""
    pieces = []
    start = span.start
    while span.end - start > longest:
        cuts = [
            match
            for match in _SOFT_BREAK.finditer(text, start + longest // 3, start + longest)
            if match.end() < start + longest
        ]
        strong = [match for match in cuts if not match.group()[0].isspace()]
        cut = (strong or cuts)[-1].end() if cuts else start + longest
        if piece := _trimmed(text, start, cut):
            pieces.append(piece)
        start = cut
    if piece := _trimmed(text, start, span.end):
        pieces.append(piece)
    return pieces


def sentences(
    text: str, start: int = 0, end: int | None = None, longest: int = LONGEST
) -> list[Span]:
    """The sentences of `text` between `start` and `end`, in order, without surrounding space.

    They do not overlap, and what lies between them is white space only. One of more than `longest`
    characters comes in pieces.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _MARK.finditer(text, start, stop):
        if not _is_boundary(text, match):
            continue
        if span := _trimmed(text, begin, match.end()):
            spans.extend(_pieces(text, span, longest))
        begin = match.end()
    if span := _trimmed(text, begin, stop):
        spans.extend(_pieces(text, span, longest))
    return spans
