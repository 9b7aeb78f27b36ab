"""What the conversation says back, before any front end has given it a form."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.evidence import Evidence
from bot.store import Place
from bot.styled import Styled
from rag.answers.answer import Answer
from rag.knowledge_base import Sources, SyncReport


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it is called, and the command that chooses it."""

    label: str
    command: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something said in fixed words, and perhaps something to choose from."""

    text: str
    language: str
    choices: tuple[Choice, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The object that `bot --json` prints."""
        found = asdict(self)
        if not self.choices:
            del found["choices"]
        return found


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question."""

    answer: Answer
    is_kept: bool = False
    """Whether its citations can be opened later, by its id."""

    @property
    def language(self) -> str:
        """The question's language."""
        return self.answer.language

    def as_json(self) -> dict[str, Any]:
        """The object that `rag ask --json` prints too."""
        return self.answer.as_json()


@dataclass(frozen=True, slots=True)
class Opened:
    """The evidence for a citation of an answer."""

    evidence: Evidence
    language: str
    place: Place
    """Where the answer was given."""

    def as_json(self) -> dict[str, Any]:
        """Where it stands, what stands around it, and what has become of it."""
        return asdict(self.evidence)


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


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that has its form already, and what a program gets of it instead."""

    text: Styled
    language: str
    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """What a program gets."""
        return self.content


Reply = Said | Answered | Opened | Listed | Reindexed | Shown
