"""Evidence: the passages and sentences that a question brought up, with their exact places."""

from dataclasses import dataclass
from typing import Final

from rag.documents.dating import is_of_copied_post
from rag.documents.formats.extracted import page_of
from rag.documents.phrasing import phrase_keys
from rag.documents.posts import CopiedPost, post_at
from rag.text.language import language_of
from rag.text.relative_dates import RelativeDate, relative_dates
from rag.text.sentences import Span, sentences

_TELLS_ARABIC: Final = 8
"""Words from which on a text without anything Persian is Arabic."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another file that holds the same report, as far as its sentences are the same."""

    path: str
    phrases: frozenset[int]
    """The keys of its sentences."""


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
    pages: tuple[int, ...] = ()
    """Where each page begins (characters); empty where the format has no pages."""

    twins: tuple[Twin, ...] = ()
    """The other files that hold the same report, with other words around it."""

    def also_in(self, span: Span) -> tuple[str, ...]:
        """The twins that hold every sentence at `span` too; none where its sentences are short."""
        if not self.twins:
            return ()
        keys = phrase_keys(self.text, sentences(self.text, span.start, span.end))
        return tuple(twin.path for twin in self.twins if keys and keys <= twin.phrases)

    def page_of(self, place: int) -> int | None:
        """The number of the page that a place in the text is on; None without pages."""
        return page_of(self.pages, place)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source."""

    source: Source
    span: Span

    @property
    def text(self) -> str:
        """The sentence, to the letter."""
        return self.span.of(self.source.text)

    @property
    def language(self) -> str:
        """Its own language, which need not be that of the file.

        A short line in Arabic letters is taken for Persian where the file is: nothing tells them
        apart then.
        """
        of_file = self.source.language
        own = language_of(self.text, of_file)
        is_short = len(self.text.split()) < _TELLS_ARABIC
        return of_file if (own, of_file) == ("ar", "fa") and is_short else own


def post_of(source: Source, span: Span) -> CopiedPost | None:
    """The post that `source` copies at `span`, or None."""
    return post_at(source.text, source.language, span)


def dates_resolved_in(sentence: Sentence) -> list[RelativeDate]:
    """What "yesterday" and the like stand for in a sentence, where that is sure.

    Within a post that the report copies, the post's own day counts.
    """
    source, found = sentence.source, list[RelativeDate]()
    post = post_of(source, sentence.span)
    days = [(source.date, None), (post.date, post)] if post else [(source.date, None)]
    for day, said in days:
        for one in relative_dates(sentence.text, day):
            start = sentence.span.start + one.start
            at = post_of(source, Span(start, start + 1)) if post else None
            if at == said and is_sure(one, source, at):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def is_sure(found: RelativeDate, source: Source, post: CopiedPost | None) -> bool:
    """Whether the day by which a relative date was resolved is that of the words around it.

    A report dated by a post that it copies holds words of two days: outside of the post, a weekday
    has to agree.
    """
    if post or found.is_confirmed or source.date_span is None:
        return True
    return not is_of_copied_post(source.text, source.date_span)


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
