"""Quantities as they are written: digits of three families and number words of three languages.

"ثلاثة أيام", "three days" and "3 روز" are one quantity. Ordinals are kept apart by their unit,
`ORDINAL`. An indefinite plural ("thousands", "ملايين") is no quantity, and "one" is one only
beside a unit, since it is mostly a pronoun. Dates are read by `rag.text.dates`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from rag.text.folding import fold_with_offsets
from rag.text.language import language_of
from rag.text.number_reading import atom_of, stripped, unit_of
from rag.text.number_sum import Sum
from rag.text.number_tokens import tokens_of, value_of
from rag.text.number_words import (
    CURRENCY_SIGNS,
    DUALS,
    JOINED,
    MONTH_ORDINAL_AFTER,
    ORDINALS,
    PERCENT_PHRASES,
    PERSIAN_CUES,
    TEENTH,
    TENS,
    Atom,
    Kind,
)

ORDINAL: Final = "ordinal"
"""The unit of an ordinal ("third", "الثالث")."""
PERCENT: Final = "percent"

_WORD: Final = re.compile(r"[^\W\d_]+")
_GAP: Final = re.compile(r"[\s‐‑–-]*")
_ENGLISH_ENDINGS: Final = frozenset(("st", "nd", "rd", "th"))
_BROADCASTERS: Final = frozenset(("بي", "تي", "ان", "سي"))
_JOINERS: Final = frozenset(("and", "و"))
_SHUT: Final = "بسته"
"""Persian for shut and for a parcel; Arabic writes "by six" with another last letter."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text with its unit (a concept name in English), and the span of both."""

    value: Decimal
    unit: str | None
    start: int
    end: int


class _Read(NamedTuple):
    """A number read from the tokens up to `after`."""

    value: Decimal
    after: int
    weak: bool
    """A word that is a number only before a unit: one, and Persian نه (nine, or no)."""
    definite: bool


def quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in order, without overlaps. Spans are characters of `text`."""
    return list(_quantities(text))


@lru_cache(maxsize=1_024)
def _quantities(text: str) -> tuple[Quantity, ...]:
    folded = fold_with_offsets(text)
    found = _Reader(folded.text, persian=_is_persian(text, folded.text)).quantities()
    placed: list[Quantity] = []
    for value, unit, start, end in found:
        one = Quantity(value, unit, *folded.original_span(start, end))
        # One character may fold to several numbers ("½" to 1⁄2).
        apart = not placed or one.start >= placed[-1].end
        if apart and not (unit is None and text[one.start : one.end] == _SHUT):
            placed.append(one)
    return tuple(placed)


def _is_persian(text: str, folded: str) -> bool:
    """Whether words that are numbers in Persian alone are read as such."""
    words = _WORD.findall(folded)
    if any(word.startswith("ال") for word in words):
        return language_of(text) == "fa"
    return any(word in PERSIAN_CUES for word in words) or language_of(text) == "fa"


class _Reader:
    """Reads the quantities of one folded text."""

    def __init__(self, text: str, *, persian: bool) -> None:
        self._text = text
        self._persian = persian
        self._tokens = list(tokens_of(text, persian=persian))
        self._read_to = 0
        """The token after the last quantity: no unit before it is that of another."""

    def quantities(self) -> Iterator[tuple[Decimal, str | None, int, int]]:
        i = 0
        while i < len(self._tokens):
            token = self._tokens[i]
            if token.kind == "word" and not _may_begin(token.text, self._persian):
                i += 1
                continue
            found = self._ordinal(i) or self._cardinal(i) or self._dual(i)
            if found:
                value, unit, begin, after = found
                yield value, unit, self._tokens[begin].start, self._tokens[after - 1].end
                i = self._read_to = after
            else:
                i += 1

    def _adjacent(self, i: int, *, glued: bool = False) -> bool:
        """Whether token `i` exists and only space or hyphens stand before it."""
        if not 0 < i < len(self._tokens):
            return False
        gap = self._text[self._tokens[i - 1].end : self._tokens[i].start]
        return not gap if glued else _GAP.fullmatch(gap) is not None

    def _word(self, i: int) -> str:
        if 0 <= i < len(self._tokens) and self._tokens[i].kind in ("word", "sign"):
            return self._tokens[i].text
        return ""

    def _ordinal(self, i: int) -> tuple[Decimal, str | None, int, int] | None:
        token = self._tokens[i]
        if token.kind == "digits" and self._word(i + 1) in _ENGLISH_ENDINGS:
            glued = self._adjacent(i + 1, glued=True)
            return (Decimal(token.text), ORDINAL, i, i + 2) if glued else None
        if token.kind != "word" or self._word(i - 1) in MONTH_ORDINAL_AFTER:
            return None
        return (self._after_tens(i) if token.text in TENS else None) or self._ordinal_word(i)

    def _ordinal_word(self, i: int) -> tuple[Decimal, str | None, int, int] | None:
        for rest, _, _ in stripped(self._tokens[i].text):
            if rest in ORDINALS:
                if self._word(i + 1) in TEENTH and self._adjacent(i + 1):
                    return Decimal(ORDINALS[rest] + 10), ORDINAL, i, i + 2
                if ORDINALS[rest] < 10 and (tens := self._joined_tens(i + 1)):
                    return Decimal(ORDINALS[rest] + tens), ORDINAL, i, i + 2
                return Decimal(ORDINALS[rest]), ORDINAL, i, i + 1
        return None

    def _after_tens(self, i: int) -> tuple[Decimal, str | None, int, int] | None:
        """An ordinal whose tens come first: "twenty-seventh", "بیست و هفتم"."""
        j = i + 2 if self._word(i + 1) == "و" and self._adjacent(i + 1) else i + 1
        unit = ORDINALS.get(self._word(j), 0)
        if self._word(j) == "يكم":
            unit = 1
        if not 0 < unit < 10 or not self._adjacent(j):
            return None
        return Decimal(TENS[self._tokens[i].text] + unit), ORDINAL, i, j + 1

    def _joined_tens(self, i: int) -> int:
        """The tens that token `i` joins to an ordinal: "والعشرين"; 0 where it joins none."""
        if not self._adjacent(i):
            return 0
        readings = stripped(self._word(i)) if self._word(i) else ()
        return next((TENS[rest] for rest, joined, _ in readings if joined and rest in TENS), 0)

    def _cardinal(self, i: int) -> tuple[Decimal, str | None, int, int] | None:
        read = self._number(i)
        if not read:
            return None
        unit, after = self._unit_after(read.after)
        begin = i
        if unit is None and self._word(i - 1) in CURRENCY_SIGNS and self._adjacent(i):
            unit, begin = CURRENCY_SIGNS[self._word(i - 1)], i - 1
        is_free = i > self._read_to and self._adjacent(i)
        before = unit_of(self._word(i - 1), self._persian) if is_free else None
        follows = self._tokens[i].kind == "word" and not self._persian and read.value < 100
        if unit is None and before and (read.weak or read.definite or follows):
            unit, begin = before, i - 1
        if read.weak and unit is None:
            return None
        return read.value, unit, begin, after

    def _number(self, i: int) -> _Read | None:
        if self._word(i + 1) == "شنبه" and self._adjacent(i + 1):
            return None  # a weekday
        if self._word(i) == "سي" and self._word(i - 1) in _BROADCASTERS and self._adjacent(i):
            return None  # the C of BBC
        growing, best, definite, j = Sum(), None, False, i
        while j < len(self._tokens) and (j == i or self._adjacent(j)):
            if j > i and self._percent(j):
                break
            step = self._step(growing, j, first=j == i)
            if step is None:
                break
            definite = definite or step[1]
            j = step[0]
            if not self._is_fragment(i, j):
                best = j
        if best is None:
            return None
        one_word = best == i + 1 and self._tokens[i].kind == "word"
        weak = one_word and (growing.value == 1 or self._tokens[i].text == "نه")
        return _Read(growing.value, best, weak, definite)

    def _step(self, growing: Sum, j: int, *, first: bool) -> tuple[int, bool] | None:
        """Take one more part into the number: where the next one begins, and its article."""
        joiner = not first and self._tokens[j].text in _JOINERS and self._adjacent(j + 1)
        at = j + 1 if joiner else j
        token = self._tokens[at] if at < len(self._tokens) else self._tokens[j]
        if token.kind in ("grouped", "decimal", "digits"):
            atom, joined, definite = Atom(Kind.DIGITS, value_of(token)), False, False
        elif token.kind == "word" and (read := atom_of(token.text, self._persian)):
            atom, joined, definite = read
        else:
            return None
        if not first and (token.text[0] == "ف" or not self._continues(atom, growing, at)):
            return None
        spaced = token.text[0] < "\u0600" and atom.kind is not Kind.DIGITS
        # "واحد" is one, or "and" with the one of eleven.
        joined = joined or joiner or (token.text == "واحد" and self._word(at + 1) in TEENTH)
        if not growing.takes(atom, joined=joined and not first, spaced=spaced or joiner):
            return None
        return at + 1, definite

    def _continues(self, atom: Atom, growing: Sum, at: int) -> bool:
        """Digits continue a number only as "… million and 200 thousand"."""
        if atom.kind is not Kind.DIGITS:
            return True
        following = atom_of(self._word(at + 1), self._persian)
        return (
            following is not None
            and following[0].kind is Kind.SCALE
            and following[0].value < growing.scale
        )

    def _is_fragment(self, i: int, after: int) -> bool:
        """Whether the words so far are a part that means nothing alone ("اثنا", "احد")."""
        atom = atom_of(self._tokens[i].text, self._persian)
        return after == i + 1 and atom is not None and atom[0].needs_more

    def _percent(self, i: int) -> int:
        """How many tokens from `i` on say "percent"."""
        for phrase in PERCENT_PHRASES:
            if all(self._word(i + k) == word for k, word in enumerate(phrase)):
                return len(phrase)
        return 0

    def _unit_after(self, i: int) -> tuple[str | None, int]:
        if not self._adjacent(i):
            return None, i
        if length := self._percent(i):
            return PERCENT, i + length
        word = self._word(i)
        unit = CURRENCY_SIGNS.get(word) or unit_of(word, self._persian)
        return unit, i + 1 if unit else i

    def _dual(self, i: int) -> tuple[Decimal, str | None, int, int] | None:
        if joined := JOINED.get(self._word(i)):
            return Decimal(joined[0]), joined[1], i, i + 1
        for rest, _, _ in stripped(self._word(i)):
            if rest in DUALS:
                return Decimal(2), DUALS[rest], i, i + 1
        return None


@lru_cache(maxsize=8_192)
def _may_begin(word: str, persian: bool) -> bool:
    """Whether a quantity may begin with a folded word."""
    if word in TENS or word in JOINED or atom_of(word, persian) is not None:
        return True
    return any(rest in ORDINALS or rest in DUALS for rest, _, _ in stripped(word))
