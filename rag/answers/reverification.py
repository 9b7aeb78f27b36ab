"""Re-verification: whether the citations of a saved answer still stand in the files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rag.text.sentences import Span


class State(StrEnum):
    """What has become of a citation."""

    INTACT = "intact"
    MOVED = "moved"
    """The quotation stands elsewhere now."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Now:
    """Where a quotation stands now."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recheck:
    """A citation of a saved answer, checked again."""

    n: int
    file: str
    state: State
    now: Now | None


def recheck(citation: Mapping[str, Any], texts: "Texts") -> Recheck:
    """The state of a citation as `rag ask --json` printed it.

    ValueError where it is not one.
    """
    try:
        number, file = int(citation["n"]), str(citation["file"])
        start, end, quote = int(citation["start"]), int(citation["end"]), str(citation["quote"])
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"a citation lacks {error}") from None
    text = texts.of(file)
    if quote and text is not None and start >= 0 and text[start:end] == quote:
        return Recheck(number, file, State.INTACT, Now(file, start, end))
    if quote and (found := _found(quote, start, text)):
        return Recheck(number, file, State.MOVED, Now(file, found.start, found.end))
    for other in texts.others(file) if quote else ():
        if found := _found(quote, 0, texts.of(other)):
            return Recheck(number, file, State.MOVED, Now(other, found.start, found.end))
    return Recheck(number, file, State.GONE, None)


def _found(quote: str, near: int, text: str | None) -> Span | None:
    """The place of `quote` in `text` that is nearest to `near`."""
    if text is None:
        return None
    places = []
    place = text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    if not places:
        return None
    best = min(places, key=lambda one: abs(one - near))
    return Span(best, best + len(quote))


class Texts:
    """The texts of the files as they are now, each read once."""

    def __init__(self, paths: list[str], read: Callable[[str], str | None]) -> None:
        """`read` gives a file's text, None where it cannot be read."""
        self._paths = paths
        self._read = read
        self._texts: dict[str, str | None] = {}

    def of(self, path: str) -> str | None:
        """The text of the file at `path`, None where there is none below the folder."""
        if path not in self._paths:
            return None
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def others(self, path: str) -> list[str]:
        """Every other file."""
        return [other for other in self._paths if other != path]
