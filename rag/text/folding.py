"""Folding: one spelling for all the ways of writing the same word.

Folding makes Arabic, Persian and Latin text comparable: letter variants (hamza seats, ya and
kaf, ta marbuta), vowel marks, tatweel, presentation forms and the digit families all become one
form. It changes lengths, so `fold_with_offsets` keeps a map back to the original.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

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
    return text.translate(_TABLE)


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
    return _WORD.findall(folded)


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
