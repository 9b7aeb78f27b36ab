"""What `kills.py` sees of an index: what a revision holds, and whether a generation holds that."""

from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rag.index.building import probe
from rag.index.chroma import Shelf
from rag.index.generation import Generation, VectorIndex, folder_of
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot

_NEAREST: Final = 10
_POINTS: Final = 5
_ALIKE: Final = 1e-5
_RECALL: Final = 0.9

Place = tuple[str, int, int, str]
"""File, start, end and text."""


@dataclass(frozen=True)
class Holding:
    """What a revision holds, as it was read at once."""

    key: str
    revisions: int
    """How many revisions the ledger and the snapshot are of; 1."""
    passages: dict[int, Place]
    doubled: int
    """Passages that are twice in the ledger or the postings, or in one of them only."""
    ids: tuple[int, ...]
    vectors: npt.NDArray[np.float32]

    @property
    def places(self) -> set[Place]:
        """Where its passages are."""
        return set(self.passages.values())


def holding(ledger: Ledger, snapshot: Snapshot) -> tuple[int, Holding]:
    """A revision's number, and what it holds."""
    index = snapshot.lexical
    stored = list(ledger.stored_passages())
    passages = {one.id: (one.path, one.start, one.end, one.text) for one in stored}
    alive = np.flatnonzero(index.alive)
    ids = [int(one) for one in index.passages[alive]]
    doubled = len(stored) - len(set(passages.values())) + len(ids) - len(set(ids))
    doubled += len(set(ids) ^ set(passages))
    texts = all(ledger.text_of(path) is not None for path in {one.path for one in stored})
    revisions = len({(ledger.revision, ledger.key), (snapshot.revision, snapshot.key)})
    return ledger.revision, Holding(
        ledger.key, revisions + (not texts), passages, doubled, tuple(ids), index.vectors(alive)
    )


def fault_of(data: Path, generation: Generation, held: Holding | None, told: Connection) -> None:
    """Says what is wrong with a generation, which has to hold what its revision did."""
    try:
        told.send(_fault_of(data, generation, held))
    except Exception as error:  # noqa: BLE001 (it is a fault, whatever it is)
        told.send(f"{type(error).__name__}: {error}")


def _fault_of(data: Path, generation: Generation, held: Holding | None) -> str:
    shelf = Shelf(folder_of(data) / generation.name)
    probe(shelf, generation.passages, generation.ids)
    if held is None:
        return "nobody has seen its revision"
    with shelf.client() as client:
        given: Any = shelf.get_collection(client).get(include=["metadatas"])["metadatas"]
    there = {
        int(one["passage"]): (one["file"], one["start"], one["end"], one["text"]) for one in given
    }
    if there != held.passages:
        return "it holds other passages than its revision"
    return _search_fault(data, generation, held)


def _search_fault(data: Path, generation: Generation, held: Holding) -> str:
    """Asks for the passages near to some: they have to be those that exact search finds."""
    index = VectorIndex(data, generation, None)
    rows = {passage: row for row, passage in enumerate(held.ids)}
    count, found = min(_NEAREST, len(held.ids)), []
    for row in np.random.default_rng(len(held.ids)).integers(len(held.ids), size=_POINTS):
        likeness = held.vectors @ held.vectors[row]
        least = np.sort(likeness)[-count] - _ALIKE
        given = index.nearest(held.vectors[row], count)
        found.append(np.mean([likeness[rows[one]] >= least for one in given]) * len(given) / count)
    index.close()
    recall = float(np.mean(found))
    return "" if recall >= _RECALL else f"it finds {recall:.0%} of the nearest"
