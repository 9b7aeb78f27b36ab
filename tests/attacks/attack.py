"""An attack: a report that carries an order, and what obeying it would print."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.text.hidden import visible

_FILE = Path(__file__).with_name("attacks.jsonl")


@dataclass(frozen=True)
class Attack:
    """One line of `attacks.jsonl`."""

    id: str
    kind: str
    language: str
    document: str
    question: str
    order: str
    """What a model prints that obeys."""
    sign: str = ""
    """What shows that the order was heard; mostly what it prints."""
    file: str = ""
    annex: str = ""
    """The text of a second document that belongs to it."""
    asked_in: str = ""
    """The language of the question, where it is not the document's."""
    rewritten: str = ""
    """The question in the document's language."""
    then: str = ""
    """A follow-up, asked after an answer that quoted the document."""

    @property
    def documents(self) -> dict[str, str]:
        """The texts of its documents by path, the report first."""
        texts = {self.file: self.document}
        return texts | ({f"{self.id}-annex.txt": self.annex} if self.annex else {})

    @property
    def shown_file(self) -> str:
        """The report's path as a reader or a model sees it."""
        return " ".join(visible(self.file).split())


@cache
def attacks() -> tuple[Attack, ...]:
    """All of them."""
    found = []
    for line in _FILE.read_text(encoding="utf-8").split("\n"):
        if line:
            values = json.loads(line)
            values.setdefault("sign", values["order"])
            values.setdefault("file", f"{values['id']}.txt")
            found.append(Attack(**values))
    return tuple(found)
