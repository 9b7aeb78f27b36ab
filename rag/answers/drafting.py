"""Drafting: an answer's text, put together from what of a model's writing is kept.

The pieces are taken in the order in which they were written. Leaving one out, at whatever time,
gives the text that would have been had it never been kept: what leans on it goes too, connectives
that dangle are taken off, openings without anything to open are dropped, citations are renumbered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from rag.answers.answer import Citation, Claim, ClaimKind, Withheld
from rag.answers.citing import Citations
from rag.answers.connectives import points_back, without_connective
from rag.documents.evidence import Sentence

LEANS: Final = "leans on a withheld statement"
_LONGEST_WITHHELD: Final = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a model, read and checked: a statement, or an opening that cites nothing."""

    prefix: str
    """The layout before it: white space with line ends, a bullet."""
    text: str
    cited: tuple[Sentence, ...] = ()
    reason: str | None = None
    """Why it is withheld; None where it is not."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What pieces make together."""

    text: str = ""
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    lost_first: bool = False
    """Whether the first thing that was stated is withheld."""
    places: tuple[int, ...] = ()
    """For each claim, which of the pieces it is."""


def composed(
    pieces: Iterable[Piece], also: Mapping[str, tuple[str, ...]] | None = None
) -> Composition:
    """The text of the pieces that can stand, with its claims and citations.

    `also` names, by file, the other files that hold the same text.
    """
    composer = _Composer(Citations(dict(also or {})))
    for place, piece in enumerate(pieces):
        composer.take(place, piece)
    return composer.composition()


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of the text with its layout and the numbers of its citations."""

    prefix: str
    text: str
    citations: tuple[int, ...] = ()


@dataclass(slots=True)
class _Composer:
    citations: Citations
    lines: list[_Line] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    openings: list[_Line] = field(default_factory=list)
    """Held back until something that they open is kept."""
    carried: str = ""
    """The layout before a statement that was withheld, where it began a line."""
    gap: bool = False
    """Whether the statement before was withheld."""
    lost_first: bool = False

    def take(self, place: int, piece: Piece) -> None:
        if piece.reason:
            self._withhold(piece, piece.reason)
        elif not piece.cited:
            self._open(piece)
        elif self.gap and points_back(piece.text):
            self._withhold(piece, LEANS)
        else:
            self._keep(place, piece)

    def composition(self) -> Composition:
        text = "".join(_laid_out(line, first=not n) for n, line in enumerate(self.lines))
        return Composition(
            text,
            tuple(self.claims),
            self.citations.all,
            tuple(self.withheld),
            self.lost_first,
            tuple(self.places),
        )

    def _keep(self, place: int, piece: Piece) -> None:
        text = without_connective(piece.text) if self.gap else piece.text
        numbers = self.citations.cite(piece.cited)
        self.lines += [*self.openings, _Line(self._prefix(piece), text, numbers)]
        self.openings, self.gap = [], False
        self.claims.append(Claim(text, ClaimKind.STATEMENT, numbers))
        self.places.append(place)

    def _open(self, piece: Piece) -> None:
        if self.gap:
            self.openings = []
        self.openings.append(_Line(self._prefix(piece), piece.text))

    def _withhold(self, piece: Piece, reason: str) -> None:
        self.lost_first = self.lost_first or not (self.claims or self.withheld)
        self.withheld.append(Withheld(piece.text[:_LONGEST_WITHHELD], reason))
        self.gap = True
        if "\n" in piece.prefix or not self.carried:
            self.carried = piece.prefix

    def _prefix(self, piece: Piece) -> str:
        """The layout before a piece; where the line's first was withheld, that one's."""
        carried, self.carried = self.carried, ""
        return piece.prefix if "\n" in piece.prefix or not carried else carried


def _laid_out(line: _Line, *, first: bool) -> str:
    """A line with its layout: line ends and bullets are kept, marks of headings are not."""
    prefix = line.prefix.replace("#", "").replace(">", "")
    bullet = prefix.strip()
    lines = "" if first else "\n" * min(prefix.count("\n"), 2) or " "
    marks = "".join(f"[{n}]" for n, _ in groupby(line.citations))
    body = f"{bullet} {line.text}" if bullet else line.text
    return f"{lines}{body} {marks}" if marks else f"{lines}{body}"
