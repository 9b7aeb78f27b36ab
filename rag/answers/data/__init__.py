"""Word lists that the checks of claims read: a text file each, with a comment on what it holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


def lines_of(name: str) -> Iterator[str]:
    """The lines of the data file `name` that are no comments."""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
