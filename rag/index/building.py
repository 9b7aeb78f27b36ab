"""Building a generation, and trying one out: the tasks of processes of their own."""

import hashlib
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from filelock import FileLock

from rag.errors import IndexUnavailable, IsnadError
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import Vector, unit
from rag.index.generation import (
    Generation,
    Pointer,
    address,
    folder_of,
    point_to,
    pointer,
    probed,
    sizes,
    whole,
)
from rag.index.ledger import Ledger, StoredPassage
from rag.index.lexical import LexicalIndex
from rag.index.naming import former_prefix_of, prefix_of
from rag.index.room import FreeSpace, free_space, make_sure
from rag.index.segment import flush_folder
from rag.index.snapshot import Snapshot, open_snapshot
from rag.settings import load_settings

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_UNFINISHED: Final = ".unfinished"
_BATCH: Final = 1000
_PROBES: Final = 100
_POINTS: Final = 40
_NEAREST: Final = 10
_ALIKE: Final = 1e-6
_SAME: Final = 1e-3
"""Two vectors at no more than this cosine distance are copies of one."""
_REACHED: Final = 0.98
"""The share of a small collection that one endless query has to reach."""
_SMALL: Final = 5000
_NICENESS: Final = 10
_LONGEST_SILENCE: Final = 600
"""Seconds; longer than a busy server takes for a batch, or to have a generation tried out."""
_PER_PASSAGE: Final = 6000
_PER_DIMENSION: Final = 6
"""Bytes on the disk; measured: 5 for each dimension."""


def build(
    data: Path,
    server: ChromaServer | None,
    free: FreeSpace = free_space,
    on_step: Callable[[], object] = lambda: None,
) -> Generation | None:
    """Builds, checks and seals the generation of the ledger's revision.

    None where there is nothing to build: it is there already, or there are no passages. Where the
    generation before is that of the revision, it is put in place again. `on_step` hears of it each
    time that Chroma has done something.
    """
    folder_of(data).mkdir(parents=True, exist_ok=True)
    with FileLock(folder_of(data) / "build.lock"), Ledger(data) as ledger, ledger.reading():
        snapshot = open_snapshot(data, ledger)
        said, wanted = pointer(data), (snapshot.key, snapshot.embedding)
        there, before = whole(data, server, said.current), whole(data, server, said.former)
        _sweep(data, server, [one for one in (there, before) if one], said)
        if snapshot.lexical.size == 0 or _holds(there, wanted):
            return None
        if before and _holds(before, wanted) and not probed(folder_of(data) / before.name, before):
            point_to(data, Pointer(before, there))
            return before
        built = _built(data, ledger, snapshot, server, free, on_step)
        point_to(data, Pointer(built, there or before))
        _sweep(data, server, [one for one in (built, there or before) if one], said)
        return built


def _holds(generation: Generation | None, wanted: tuple[str, str]) -> bool:
    return generation is not None and (generation.key, generation.embedding) == wanted


def _built(
    data: Path,
    ledger: Ledger,
    snapshot: Snapshot,
    server: ChromaServer | None,
    free: FreeSpace,
    on_step: Callable[[], object],
) -> Generation:
    """A new generation, sealed."""
    index = snapshot.lexical
    if server is None:
        each = _PER_PASSAGE + _PER_DIMENSION * index.dimensions
        make_sure(data, free, index.size * each)
    name = f"{prefix_of(data)}{snapshot.revision}-{os.getpid()}"
    draft = _draft(data, name, server)
    on_step()
    ids = _fill(draft, ledger, index, on_step)
    generation = Generation(
        name,
        snapshot.revision,
        snapshot.key,
        snapshot.embedding,
        index.size,
        ids,
        address(server),
    )
    if wrong := probed(draft.folder, generation):
        raise IndexUnavailable(f"The new generation is unsound ({wrong}).")
    on_step()
    generation = replace(generation, recall=_recall(draft, index))
    if server is None:
        generation = replace(generation, files=sizes(draft.folder))
        _flush(draft.folder)
        draft.folder.rename(folder_of(data) / name)
        flush_folder(folder_of(data))
    return generation


def _draft(data: Path, name: str, server: ChromaServer | None) -> Shelf:
    if server:
        return Shelf(folder_of(data) / name, server)
    unfinished = folder_of(data) / f"{name}{_UNFINISHED}"
    unfinished.mkdir(parents=True)
    return Shelf(unfinished)


def _fill(shelf: Shelf, ledger: Ledger, index: LexicalIndex, on_step: Callable[[], object]) -> str:
    """Writes every passage; gives the hash of their ids."""
    rows = {int(passage): row for row, passage in enumerate(index.passages) if index.alive[row]}
    ids: list[str] = []
    with shelf.client() as client:
        collection = shelf.create_collection(client)
        size = min(_BATCH, client.get_max_batch_size())
        for batch in _batches(ledger.stored_passages(), size):
            ids += [one.key for one in batch]
            collection.add(
                ids=ids[-len(batch) :],
                embeddings=index.vectors(np.array([rows[one.id] for one in batch])),
                metadatas=[_metadata(one) for one in batch],
            )
            on_step()
    return _hash_of(ids)


def _recall(shelf: Shelf, index: LexicalIndex) -> float:
    """The share of the ten nearest to points between passages that the generation finds."""
    chance = np.random.default_rng(index.size)
    pairs = np.flatnonzero(index.alive)[chance.integers(index.size, size=(_POINTS, 2))]
    found = []
    with shelf.client() as client:
        collection = shelf.get_collection(client)
        for one, other in pairs:
            point = unit(index.vectors(np.array([one, other])).sum(axis=0))
            likeness = index.similarities(point)
            nearest = min(_NEAREST, index.size)
            # Of passages that are equally near any will do.
            least = np.partition(likeness, len(likeness) - nearest)[-nearest] - _ALIKE
            given: Any = collection.query(
                query_embeddings=[point.tolist()], n_results=nearest, include=["metadatas"]
            )
            rows = index.rows_of([int(of["passage"]) for of in given["metadatas"][0]])
            found.append(float((likeness[rows] >= least).sum()) / nearest)
    return round(float(np.mean(found)), 4)


def _hash_of(ids: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def _metadata(passage: StoredPassage) -> dict[str, str | int | float | bool | None]:
    return {
        "passage": passage.id,
        "file": passage.path,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def _batches(passages: Iterator[StoredPassage], size: int) -> Iterator[list[StoredPassage]]:
    batch: list[StoredPassage] = []
    for passage in passages:
        batch.append(passage)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _flush(folder: Path) -> None:
    """Makes what is in a folder survive a power loss: Chroma flushes only a part of it."""
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    flush_folder(folder)


def _sweep(
    data: Path, server: ChromaServer | None, kept: Sequence[Generation], said: Pointer
) -> None:
    """Deletes every generation but those: older ones, unfinished ones, unsound ones.

    With a former name it has to be one that the pointer `said`: others may be another folder's.
    """
    names = {one.name for one in kept}
    if server:
        prefix, former = prefix_of(data), former_prefix_of(data)
        old = {one.name for one in (said.current, said.former) if one}
        with Shelf(folder_of(data) / prefix, server).client() as client:
            for name in {one.name for one in client.list_collections()} - names:
                if name.startswith(prefix) or (name in old and name.startswith(former)):
                    client.delete_collection(name)
    # A data folder that was moved has generations of its former place: they go too.
    for path in folder_of(data).iterdir():
        if path.is_dir() and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
        elif re.search(r"\.(unsound|\d+)$", path.name) and path.stem not in names:
            path.unlink(missing_ok=True)


def probe(shelf: Shelf, passages: int, ids: str) -> None:
    """Checks a generation: that its passages are all there, and that vectors find themselves.

    IndexUnavailable where they do not. A damaged folder may crash the process instead.
    """
    with shelf.client() as client:
        collection = shelf.get_collection(client)
        if collection.count() != passages:
            raise IndexUnavailable(f"The generation holds {collection.count()}, not {passages}.")
        held = collection.get(include=[])["ids"]
        if _hash_of(held) != ids:
            raise IndexUnavailable("The generation holds other passages.")
        step = max(1, passages // _PROBES)
        sample = collection.get(ids=held[::step], include=["embeddings"])
        embeddings = np.asarray(sample["embeddings"], dtype=np.float32)
        for id_, vector in zip(sample["ids"], embeddings, strict=True):
            if vector.any():
                _check_found(collection, id_, vector)
        if passages <= _SMALL and len(embeddings):
            _check_reached(collection, embeddings[0], passages)


def _check_found(collection: "Collection", id_: str, vector: Vector) -> None:
    found: Any = collection.query(
        query_embeddings=[vector.tolist()], n_results=1, include=["distances"]
    )
    if not found["ids"][0] or (found["ids"][0][0] != id_ and found["distances"][0][0] > _SAME):
        raise IndexUnavailable("A passage of the generation cannot be found by its own vector.")


def _check_reached(collection: "Collection", vector: Vector, passages: int) -> None:
    found: Any = collection.query(
        query_embeddings=[vector.tolist()], n_results=passages, include=[]
    )
    if len(found["ids"][0]) < _REACHED * passages:
        raise IndexUnavailable("A part of the generation's vectors cannot be reached.")


def _wait_for(server: ChromaServer | None) -> None:
    """Ends this process where a server says nothing for long from now on."""
    if server and hasattr(signal, "alarm"):
        signal.alarm(_LONGEST_SILENCE)


def main(arguments: Sequence[str]) -> int:
    """`build DATA` or `probe FOLDER PASSAGES IDS`."""
    task, folder = arguments[0], Path(arguments[1])
    if task == "build":
        os.nice(_NICENESS)
    try:
        server = ChromaServer.of(load_settings())
        if task == "build":
            _wait_for(server)
            build(folder, server, on_step=lambda: _wait_for(server))
        else:
            probe(Shelf(folder, server), int(arguments[2]), arguments[3])
    except IsnadError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
