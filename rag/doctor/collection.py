"""The documents, whether they can be read, and the index of them."""

from pathlib import Path
from typing import Final

from rag.doctor.examination import Examination, Finding
from rag.documents.reading import scan
from rag.index.ledger import exists
from rag.index.reader import IndexReader
from rag.text.hidden import visible_line

_NAMED: Final = 3
"""Files that are named; the rest are counted."""


def documents(examination: Examination) -> Finding:
    """Whether the folder has documents, each of which can be opened."""
    folder = examination.settings.documents_dir
    files, skipped = scan(folder)
    closed = [one.path for one in files if not _opens(folder / one.path)]
    says = f"{folder}: {len(files)} files to read, {len(skipped)} passed over{_some(skipped)}."
    if closed:
        return Finding(
            "documents",
            False,
            f"{says} {len(closed)} cannot be opened ({_named(closed)}).",
            "Give the user who runs this the right to read them.",
        )
    if not files:
        return Finding("documents", False, says, "Put documents (.txt, .md, .pdf …) into it.")
    return Finding("documents", True, says)


def _opens(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def _some(skipped: dict[str, str]) -> str:
    """The first of the files that were passed over, each with its reason."""
    shown = [f"{visible_line(path)}: {why}" for path, why in sorted(skipped.items())[:_NAMED]]
    return f" ({'; '.join(shown)}{' …' * (len(skipped) > _NAMED)})" if shown else ""


def _named(paths: list[str]) -> str:
    return ", ".join(map(visible_line, paths[:_NAMED])) + " …" * (len(paths) > _NAMED)


def index(examination: Examination) -> Finding:
    """Whether the index opens."""
    data = examination.settings.data_dir
    if not exists(data):
        return Finding(
            "index", None, "There is none yet; `rag index` or the first question makes it."
        )
    reader = IndexReader(data)
    if not reader.ready:
        return Finding("index", None, "It is empty; `rag index` or the first question fills it.")
    revision, passages = reader.read(lambda ledger, found: (found.revision, found.lexical.size))
    return Finding("index", True, f"Revision {revision} with {passages} passages opens.")
