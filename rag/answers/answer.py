"""The answer to a question: what the front ends render and what `--json` prints."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """How an answer came about."""

    GENERATED = "generated"
    """Written by a model, every statement cited and checked."""
    QUOTED = "quoted"
    """Made of quotations only."""
    NEAREST = "nearest"
    """The documents do not say it; the closest quotations are shown as such."""
    ABSTAINED = "abstained"
    """The documents have nothing."""


class ClaimKind(StrEnum):
    """What a part of an answer is."""

    STATEMENT = "statement"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of a file (code points, end exclusive): `text[start:end] == quote`, always."""

    n: int
    file: str
    also: tuple[str, ...]
    """Other files that hold the same text."""
    title: str
    date: str | None
    """The report's own date, as far as it states one: `2025-01-21`, `2021-10`, `--09-11`."""
    date_from: tuple[int, int] | None
    """The span that states the date."""
    start: int
    end: int
    line: int
    """The line of the file on which the quotation begins, from 1."""
    page: int | None
    quote: str
    translation: str | None
    sha256: str
    """Of the file's bytes."""
    encoding: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement or quotation of an answer, and the numbers of its citations."""

    text: str
    kind: ClaimKind
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that was not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DisputedValue:
    """One of several values that sources give for the same thing."""

    value: str
    citation: int
    date: str | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that give different values for the same thing."""

    about: str
    values: tuple[DisputedValue, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, with its score (0 to 1)."""

    file: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of the model, as its server counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with everything that proves it."""

    question: str
    language: str
    """Of the question and of the answer's own words, as a BCP 47 tag."""
    kind: str
    """What sort of message it answers: `question`, `summary`, `talk` …"""
    mode: Mode
    text: str
    """With citations as `[n]`, numbered from 1 in order of first appearance."""
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Hit, ...]
    revision: int
    id: str
    understood: str | None = None
    """The question as it was searched, where that is not how it was asked."""
    notice: str | None = None
    """What the reader is told besides."""
    missing: tuple[str, ...] = ()
    """The parts of the question that the documents leave open."""
    withheld: tuple[Withheld, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    model: str | None = None
    judged: bool = False
    usage: Usage = Usage()
    milliseconds: Mapping[str, int] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it answers from; what only comes near answers nothing."""
        if self.mode is Mode.NEAREST:
            return ()
        return tuple(dict.fromkeys(one.file for one in self.citations))

    def as_json(self) -> dict[str, Any]:
        """The object that `rag ask --json` prints."""
        return asdict(self)
