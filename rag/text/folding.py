"""Folding: one spelling for all the ways of writing the same word.

Folding makes Arabic, Persian and Latin text comparable: letter variants (hamza seats, ya and
kaf, ta marbuta), vowel marks, tatweel, presentation forms and the digit families all become one
form. It changes lengths, so `fold_with_offsets` keeps a map back to the original.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np

_LETTERS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیئېۍےۓ", "ي"),
    **dict.fromkeys("ؤۆۇۋ", "و"),
    **dict.fromkeys("ةۀہۂەھ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "ء": "",
    "ٴ": "",
    "ـ": "",
    "ς": "σ",
}
_SPACES = "\u200c\u00a0\u2028\u2029\u0085"
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = re.compile(r"[^\w\n]|_")


def _fold_character(character: str) -> str:
    if character in _SPACES:
        return " "
    folded = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf"):
            continue
        if category == "Nd":
            folded.append(str(unicodedata.digit(part)))
            continue
        folded.extend(
            _LETTERS.get(lower, lower)
            for lower in part.lower()
            if unicodedata.category(lower) != "Mn"
        )
    return "".join(folded)


class _FoldTable(dict[int, str]):
    """A translation table for `str.translate` that fills itself, one character at a time."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = _fold_character(chr(codepoint))
        return folded


_TABLE = _FoldTable()

_SHORT: Final = 60
_LONG: Final = 10_000
"""Between so many characters a folded text is kept for the next who wants it."""
_WORTH_ENCODING: Final = 160
"""From so many characters on arrays are faster than a table."""
_UNIT: Final = np.dtype("<u2")
_SEVERAL, _NOTHING, _UNKNOWN = range(0xFFFD, 0x10000)
"""What stands in `_UNITS` for a unit that becomes several, that goes, that was not met yet."""
_SPACED: Final = np.full(1 << 16, _UNKNOWN, dtype=_UNIT)
"""What each unit becomes where words alone are wanted."""
_UNITS: Final = np.full(1 << 16, _UNKNOWN, dtype=_UNIT)
"""What each unit of UTF-16 becomes."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and, for each of its characters, where it stood in the original."""

    text: str
    original_length: int
    _ends: tuple[int, ...]

    @property
    def keeps_places(self) -> bool:
        """Whether every character was folded to one, so that spans need no way back."""
        return self._ends == tuple(range(1, self.original_length + 1))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original span (characters, end exclusive) of the folded span `start` to `end`.

        An empty folded span gives an empty original one. Marks that folding dropped after the
        last letter belong to it, as a vowel mark belongs to the letter it stands on.
        """
        first = bisect_right(self._ends, start)
        if start >= end:
            return (first, first)
        last = bisect_right(self._ends, end - 1)
        while last + 1 < self.original_length and self._ends[last + 1] == self._ends[last]:
            last += 1
        return (first, last + 1)


def fold(text: str) -> str:
    """The folded form of `text`."""
    if len(text) < _SHORT:
        return text.translate(_TABLE)
    # Several readers of a text look at each of its lines, one after the other.
    return _folded_line(text) if len(text) < _LONG else _folded_quickly(text)


@lru_cache(maxsize=64)
def _folded_line(line: str) -> str:
    return _folded_quickly(line) if len(line) > _WORTH_ENCODING else line.translate(_TABLE)


def _folded_quickly(text: str) -> str:
    """The folded form of a text of some length, several times as fast as by translation."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), _UNIT)
    folded = _UNITS[units]
    if folded.max() >= _SEVERAL:
        if (folded == _UNKNOWN).any():
            for unit in np.unique(units[folded == _UNKNOWN]).tolist():
                _UNITS[unit] = _folded_unit(unit)
            folded = _UNITS[units]
        if (folded == _SEVERAL).any():
            return text.translate(_TABLE)
        folded = folded[folded != _NOTHING]
    return folded.tobytes().decode("utf-16-le")


def _folded_unit(unit: int) -> int:
    """What a unit of UTF-16 becomes, where that is one unit or none."""
    if 0xD800 <= unit < 0xE000 or unit >= _SEVERAL:
        return _SEVERAL
    folded = _TABLE[unit]
    if not folded:
        return _NOTHING
    return ord(folded) if len(folded) == 1 and ord(folded) < _SEVERAL else _SEVERAL


def fold_with_offsets(text: str) -> FoldedText:
    """The folded form of `text` with the way back to the original offsets."""
    folded = fold(text)
    ends = tuple(accumulate(map(len, map(_TABLE.__getitem__, map(ord, text)))))
    return FoldedText(folded, len(text), ends)


def folded_words(text: str) -> list[str]:
    """The words of `text`, folded: maximal runs of letters and digits."""
    return words_of(fold(text))


def words_of(folded: str) -> list[str]:
    """As `folded_words`, of a text that is folded already."""
    if len(folded) < _WORTH_ENCODING:
        return _WORD.findall(folded)
    return _spaced(folded).split()


def words_of_lines(lines: Sequence[str]) -> list[list[str]]:
    """As `folded_words` of each line, in less time: a line feed in one has them done singly."""
    joined = "\n".join(lines)
    if len(joined) < _WORTH_ENCODING or joined.count("\n") >= len(lines):
        return [folded_words(line) for line in lines]
    return [part.split() for part in _spaced(fold(joined)).split("\n")]


def _spaced(folded: str) -> str:
    """A folded text with a space for all that belongs to no word, but line feeds."""
    units = np.frombuffer(folded.encode("utf-16-le", "surrogatepass"), _UNIT)
    spaced = _SPACED[units]
    if (spaced == _UNKNOWN).any():
        for unit in np.unique(units[spaced == _UNKNOWN]).tolist():
            _SPACED[unit] = _spaced_unit(unit)
        spaced = _SPACED[units]
    if (spaced == _SEVERAL).any():
        return _NO_WORD.sub(" ", folded)
    return spaced.tobytes().decode("utf-16-le")


def _spaced_unit(unit: int) -> int:
    if 0xD800 <= unit < 0xE000 or unit >= _SEVERAL:
        return _SEVERAL
    return unit if unit == ord("\n") or _WORD.fullmatch(chr(unit)) else ord(" ")


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The folded words of `text`, each with its span (characters) in `text` itself."""
    folded = fold_with_offsets(text)
    matches = _WORD.finditer(folded.text)
    if folded.keeps_places:
        return [(match.group(), match.start(), match.end()) for match in matches]
    return [(match.group(), *folded.original_span(match.start(), match.end())) for match in matches]


def find_folded(needle: str, haystack: str) -> tuple[int, int] | None:
    """The span of `needle` in `haystack` when spelling variants are overlooked, or None."""
    folded_needle = " ".join(fold(needle).split())
    if not folded_needle:
        return None
    folded = fold_with_offsets(haystack)
    pattern = r"\s+".join(re.escape(part) for part in folded_needle.split(" "))
    match = re.search(pattern, folded.text)
    return folded.original_span(match.start(), match.end()) if match else None
