"""What is told of bringing the index up to date: while it goes on, and in the end."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the indexer is: `done` of `total` in `stage` (`read`, `embed`, `write`, `build`).

    Files are read and written, passages are embedded; `passages`: how many so far.
    """

    stage: str
    done: int
    total: int
    passages: int = 0


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that is in the index, and why somebody should look at it."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What bringing the index up to date did. Files are paths below the documents folder."""

    revision: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Skipped, ...]
    passages: int
    """In the index now."""
    embedded: int
    """How many texts were embedded, not taken from what was kept."""
    seconds: float
    warnings: tuple[Warned, ...] = ()
    """Of all files in the index, whether they have changed or not."""
