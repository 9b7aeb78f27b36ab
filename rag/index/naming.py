"""How a data folder's generations are called, so that many folders can share a Chroma server."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from rag.index.generation import folder_of
from rag.index.segment import flush_folder

_MARK: Final = "mark"


def prefix_of(data: Path) -> str:
    """What the names of a data folder's generations begin with; those of no other folder do.

    The path alone does not tell folders apart, because in containers all are called alike; nor
    does the mark that the folder keeps, because a copy of it has the same.
    """
    return _named(f"{data.resolve()}\n{_mark(data)}")


def former_prefix_of(data: Path) -> str:
    """What they began with before folders had marks: other folders' may begin with it too."""
    return _named(str(data.resolve()))


def _named(owner: str) -> str:
    return f"isnad-{hashlib.sha256(owner.encode()).hexdigest()[:8]}-"


def _mark(data: Path) -> str:
    """The word that a data folder keeps, made at its first use. Nobody else may be building."""
    file = folder_of(data) / _MARK
    with suppress(OSError, ValueError):
        if said := file.read_text(encoding="ascii").strip():
            return said
    said = uuid4().hex
    written = file.with_suffix(f".{os.getpid()}")
    with written.open("w", encoding="ascii") as draft:
        draft.write(said)
        draft.flush()
        os.fsync(draft.fileno())
    written.replace(file)
    flush_folder(file.parent)
    return said
