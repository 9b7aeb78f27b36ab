"""What comes into the collection: a file as it was just read, or one of the former revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.documents.document import Document
from rag.documents.reading import FileState
from rag.index.former import FormerFile
from rag.index.ledger import Ledger
from rag.index.searched_text import searched_text, searched_texts


class Arrival(Protocol):
    """A file that comes in, with the passages that it has."""

    @property
    def passages(self) -> int:
        """How many passages it has."""

    @property
    def characters(self) -> int:
        """How long its text is."""

    def texts(self) -> list[str]:
        """The texts that its passages are found by."""

    def enter(self, ledger: Ledger) -> tuple[int, Sequence[int]]:
        """Puts it into the ledger; gives its id and those of its passages."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was read."""

    document: Document
    state: FileState

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return len(self.document.passages)

    @property
    def characters(self) -> int:
        """How long its text is."""
        return len(self.document.file.text)

    def texts(self) -> list[str]:
        """The texts that its passages are found by."""
        return searched_texts(self.document)

    def enter(self, ledger: Ledger) -> tuple[int, Sequence[int]]:
        """Adds it with its passages."""
        file = ledger.add_file(self.document, self.state.size, self.state.modified)
        return file, [ledger.add_passage(file, one.sentences) for one in self.document.passages]


@dataclass(frozen=True, slots=True)
class Returning:
    """A file of the former revision, which is in the ledger again already."""

    file: FormerFile

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return len(self.file.passages)

    @property
    def characters(self) -> int:
        """How long its text is."""
        return len(self.file.text)

    def texts(self) -> list[str]:
        """The texts that its passages are found by."""
        one = self.file
        return [
            searched_text(one.text, one.title, one.headline, sentences)
            for sentences in one.passages.values()
        ]

    def enter(self, _: Ledger) -> tuple[int, Sequence[int]]:
        """Its ids, which are those that it had."""
        return self.file.id, list(self.file.passages)
