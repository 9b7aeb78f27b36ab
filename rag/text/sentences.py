"""Sentences: where they begin and end in Arabic, Persian and English text.

Boundaries are line ends and the sentence marks of the three scripts, but not the dot of an
abbreviation (`د.`), a decimal (`3.5`), an initial (`J. Smith`), a web address or a list number.
"""

import re
from dataclasses import dataclass

LONGEST = 600
"""A sentence longer than this many characters is cut at a comma or a space: a quotation is never
longer, and text without any sentence mark still gets usable units."""

_CLOSERS = "\"'”’»)]}›“"
_MARK = re.compile(r"[.!?;؟؛۔…]+[" + re.escape(_CLOSERS) + r"]*\s*|[\n\r\u2028\u2029]\s*")
_ABBREVIATIONS = frozenset(
    [
        "د",
        "أ",
        "م",
        "ا",
        "ب",
        "ج",
        "ه",
        "ت",
        "ص",
        "س",
        "ط",
        "ع",
        "ق",
        "ك",
        "ل",
        "ن",
        "و",
        "ي",
        "إ",
        "ش",
        "ف",
        "أ.د",
        "ا.د",
        "م.م",
        "ت.م",
        "ق.م",
        "هـ",
        "إلخ",
        "الخ",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "gen",
        "col",
        "lt",
        "maj",
        "sgt",
        "capt",
        "sen",
        "rep",
        "gov",
        "st",
        "jr",
        "sr",
        "no",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "e.g",
        "i.e",
        "u.s",
        "u.n",
        "u.k",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "fig",
        "vol",
    ]
)
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
    if mark[0] in "؟؛۔…\n\r\u2028\u2029" or "\n" in mark:
        return True
    if not _followed_by_space(text, match):
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    word = _word_before(text, match.start())
    if word.casefold() in _ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isalpha():
        return False
    return not (word.isdigit() and _starts_line(text, match.start() - len(word)))


def _followed_by_space(text: str, match: re.Match[str]) -> bool:
    if match.end() == len(text) or any(c.isspace() or c in _CLOSERS for c in match.group()):
        return True
    # A full stop glued to the next sentence, as Arabic pages often have it: "الاستخبارات.جاء".
    before, after = text[match.start() - 1 : match.start()], text[match.end()]
    return (
        _is_arabic_letter(before)
        and _is_arabic_letter(after)
        and len(_word_before(text, match.start())) > 2
    )


def _is_arabic_letter(character: str) -> bool:
    return "\u0620" <= character <= "\u06d3" and character.isalpha()


def _word_before(text: str, end: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, end - 24), end)
    return match.group() if match else ""


def _starts_line(text: str, position: int) -> bool:
    return not text[text.rfind("\n", 0, position) + 1 : position].strip()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return Span(start, end) if start < end else None


def _pieces(text: str, span: Span) -> list[Span]:
    """`span`, cut at commas or spaces where it is longer than `LONGEST`."""
    pieces = []
    start = span.start
    while span.end - start > LONGEST:
        cuts = [
            match
            for match in _SOFT_BREAK.finditer(text, start + LONGEST // 3, start + LONGEST)
            if match.end() < start + LONGEST
        ]
        strong = [match for match in cuts if not match.group()[0].isspace()]
        cut = (strong or cuts)[-1].end() if cuts else start + LONGEST
        if piece := _trimmed(text, start, cut):
            pieces.append(piece)
        start = cut
    if piece := _trimmed(text, start, span.end):
        pieces.append(piece)
    return pieces


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text` between `start` and `end`, in order, without surrounding space.

    They do not overlap, and what lies between them is white space only.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _MARK.finditer(text, start, stop):
        if not _is_boundary(text, match):
            continue
        if span := _trimmed(text, begin, match.end()):
            spans.extend(_pieces(text, span))
        begin = match.end()
    if span := _trimmed(text, begin, stop):
        spans.extend(_pieces(text, span))
    return spans
