"""Evidence: the passages and sentences that a question brought up, with their exact places."""

from dataclasses import dataclass

from rag.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A file as answers name it."""

    path: str
    title: str
    title_span: Span | None
    """None where the file's name has to serve as the title."""
    date: str | None
    date_span: Span | None
    language: str
    sha256: str
    encoding: str
    text: str
    """The file's whole text, as indexed; every span points into it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source."""

    source: Source
    span: Span

    @property
    def text(self) -> str:
        """The sentence, to the letter."""
        return self.span.of(self.source.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that retrieval found: its sentences and its scores (0 to 1)."""

    source: Source
    sentences: tuple[Sentence, ...]
    score: float
    lexical: float = 0.0
    """The score of the lexical channels alone, which tells how sure an answer is."""

    @property
    def span(self) -> Span:
        """The passage's span in the file."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    @property
    def text(self) -> str:
        """The passage, to the letter."""
        return self.span.of(self.source.text)
