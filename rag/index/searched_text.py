"""The text that a passage is found by: its sentences below the words of its file's headline."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rag.documents.document import Document
from rag.text.hidden import visible
from rag.text.sentences import Span

if TYPE_CHECKING:
    from rag.index.ledger import Ledger

_TITLE_WORDS: Final = 20


def searched_text(text: str, title: str, headline: Span | None, sentences: Sequence[Span]) -> str:
    """The text that these sentences of a file's text are found by."""
    above = ""
    if headline and sentences[0].start >= headline.end:
        above = " ".join(title.split()[:_TITLE_WORDS]) + "\n"
    said = " ".join(span.of(text) for span in sentences)
    return above + visible(said)


def searched_texts(document: Document) -> list[str]:
    """The texts that a document's passages are found by."""
    return [
        searched_text(document.file.text, document.title, document.title_span, one.sentences)
        for one in document.passages
    ]


def all_searched_texts(ledger: "Ledger") -> Iterator[tuple[int, str]]:
    """The texts that all passages of a ledger are found by, each with its passage's id."""
    for entry in ledger.files():
        source = ledger.source(entry.id)
        for passage, spans in ledger.sentences(entry.id).items():
            yield passage, searched_text(source.text, source.title, source.title_span, spans)
