"""A fault, what the asker sees of it, and the test that drives it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from rag.wording import Wording

_ROOT: Final = Path(__file__).parents[2]
_ROOMS: Final = {"answers": _ROOT / "rag" / "answers" / "words", "bot": _ROOT / "bot" / "words"}
_WITHOUT_ISOLATES: Final = {0x2068: None, 0x2069: None}
_BLANKS: Final[dict[str, str | float]] = {"reference": "…", "minutes": 7, "count": 2, "files": "…"}


class Part(StrEnum):
    """What fails."""

    DISK = "The disk and its folders"
    SQLITE = "SQLite: the ledger, the conversations, the vectors that were paid for"
    POSTGRESQL = "PostgreSQL"
    CHROMA = "Chroma, embedded and as a server"
    MODEL = "The model that writes"
    EMBEDDINGS = "The model that embeds"
    TELEGRAM = "Telegram"
    MACHINE = "The machine: clock, language, files, memory, processes"
    POWER = "Power cuts: files cut short, or of different moments"


class When(StrEnum):
    """When it fails: before a question or change, while it is dealt with, or afterwards."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the program's own words, by its room and its key."""

    room: str
    key: str

    @property
    def text(self) -> str:
        """The sentence in English."""
        said = Wording(_ROOMS[self.room])(self.key, "en", **_BLANKS)
        return f"“{' '.join(said.translate(_WITHOUT_ISOLATES).split())}”"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table."""

    part: Part
    fault: str
    when: When
    sees: str | Sentence
    """What the asker sees: a sentence of the program's, or what happens, in words."""
    test: str
    """The test that drives it, as pytest names it."""
    held: tuple[str, ...]
    """What stands in the test's source where it holds the asker's view of it."""
    lost: str = "nothing"

    @property
    def file(self) -> str:
        """The file of the test."""
        return self.test.partition("::")[0]

    @property
    def function(self) -> str:
        """The function of the test."""
        return self.test.partition("::")[2].partition("[")[0]

    @property
    def shown(self) -> str:
        """What the asker sees, as the page has it."""
        return self.sees if isinstance(self.sees, str) else self.sees.text
