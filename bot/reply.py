"""What the conversation says back, before any front end has given it a form."""

from dataclasses import asdict, dataclass
from typing import Any

from rag.answers.answer import Answer
from rag.knowledge_base import Sources, SyncReport


@dataclass(frozen=True, slots=True)
class Said:
    """Something said in fixed words."""

    text: str
    language: str

    def as_json(self) -> dict[str, Any]:
        """The object that `bot --json` prints."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question."""

    answer: Answer

    @property
    def language(self) -> str:
        """The question's language."""
        return self.answer.language

    def as_json(self) -> dict[str, Any]:
        """The object that `rag ask --json` prints too."""
        return self.answer.as_json()


@dataclass(frozen=True, slots=True)
class Listed:
    """The files that answers come from."""

    sources: Sources
    language: str

    def as_json(self) -> dict[str, Any]:
        """The revision, the files and what was skipped."""
        return asdict(self.sources)


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What bringing the index up to date has changed."""

    report: SyncReport
    language: str

    def as_json(self) -> dict[str, Any]:
        """The object that `rag index --json` prints too."""
        return asdict(self.report)


Reply = Said | Answered | Listed | Reindexed
