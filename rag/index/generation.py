"""Generations: sealed Chroma collections of a revision's vectors.

A generation is built apart by another process (`python -m rag.index.generation`), checked by a
fresh one, and put in place by replacing a pointer file. A serving process only reads sealed
generations, so a kill costs only the unfinished one. Chroma damages its folder in some kills and
can then crash whoever opens it, hence the processes of their own.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from filelock import FileLock

from rag.errors import IndexUnavailable, IsnadError
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import Vector
from rag.index.ledger import Ledger, StoredPassage
from rag.index.lexical import LexicalIndex
from rag.index.segment import flush_folder
from rag.index.snapshot import open_snapshot
from rag.settings import load_settings

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_POINTER: Final = "current.json"
_UNFINISHED: Final = ".unfinished"
_BATCH: Final = 1000
_PROBES: Final = 20
_SAME: Final = 1e-3
"""Two vectors at no more than this cosine distance are copies of one."""
_KEPT: Final = 2
"""The generation in use and the one before it."""
_NICENESS: Final = 15
_PROBE_TIMEOUT: Final = 120.0


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed generation: its name, and the revision and embedding that it holds."""

    name: str
    revision: int
    embedding: str
    passages: int
    server: str = ""
    """The address of the Chroma server that has it; empty: embedded."""


def folder_of(data: Path) -> Path:
    """Where the generations and the pointer are."""
    return data / "chroma"


def current(data: Path, server: ChromaServer | None) -> Generation | None:
    """The generation that the pointer names, None where there is none for this Chroma."""
    try:
        pointed = json.loads((folder_of(data) / _POINTER).read_text(encoding="utf-8"))
        generation = Generation(**pointed)
    except (OSError, ValueError, TypeError):
        return None
    if generation.server != _address(server):
        return None
    there = server is not None or (folder_of(data) / generation.name).is_dir()
    return generation if there else None


def _address(server: ChromaServer | None) -> str:
    return f"{server.host}:{server.port}" if server else ""


# Building, in a process of its own


def build(data: Path, server: ChromaServer | None) -> Generation | None:
    """Builds, checks and seals the generation of the ledger's revision.

    None where there is nothing to build: it is there already, or there are no passages.
    """
    folder_of(data).mkdir(parents=True, exist_ok=True)
    with FileLock(folder_of(data) / "build.lock"), Ledger(data) as ledger, ledger.reading():
        snapshot = open_snapshot(data, ledger)
        wanted = (snapshot.revision, snapshot.embedding)
        if snapshot.lexical.size == 0 or is_current(data, server, *wanted):
            return None
        name = f"{_prefix(data)}{snapshot.revision}-{os.getpid()}"
        generation = Generation(name, *wanted, snapshot.lexical.size, _address(server))
        draft = _draft(data, generation, server)
        _fill(draft, ledger, snapshot.lexical)
        _run("probe", draft.folder, str(generation.passages))
        _seal(data, generation, draft)
        _sweep(data, generation, server)
        return generation


def _prefix(data: Path) -> str:
    """What the names of a data folder's generations begin with, so that a server can have many."""
    return f"isnad-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:8]}-"


def _draft(data: Path, generation: Generation, server: ChromaServer | None) -> Shelf:
    if server:
        return Shelf(folder_of(data) / generation.name, server)
    unfinished = folder_of(data) / f"{generation.name}{_UNFINISHED}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    return Shelf(unfinished)


def _fill(shelf: Shelf, ledger: Ledger, index: LexicalIndex) -> None:
    rows = {int(passage): row for row, passage in enumerate(index.passages) if index.alive[row]}
    with shelf.client() as client:
        collection = shelf.create_collection(client)
        size = min(_BATCH, client.get_max_batch_size())
        for batch in _batches(ledger.stored_passages(), size):
            collection.add(
                ids=[one.key for one in batch],
                embeddings=index.vectors(np.array([rows[one.id] for one in batch])),
                metadatas=[_metadata(one) for one in batch],
            )


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


def _seal(data: Path, generation: Generation, draft: Shelf) -> None:
    if draft.server is None:
        draft.folder.rename(folder_of(data) / generation.name)
        flush_folder(folder_of(data))
    pointer = folder_of(data) / _POINTER
    written = pointer.with_suffix(f".{os.getpid()}")
    with written.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(pointer)
    flush_folder(pointer.parent)


def _sweep(data: Path, newest: Generation, server: ChromaServer | None) -> None:
    """Deletes what no generation needs any more: older ones and unfinished ones."""
    prefix = _prefix(data)
    if server:
        with Shelf(folder_of(data) / newest.name, server).client() as client:
            names = [one.name for one in client.list_collections() if one.name.startswith(prefix)]
            for name in _superseded(names, newest.name):
                client.delete_collection(name)
        return
    # A data folder that was moved has generations of its former place: they go too.
    folders = [path for path in folder_of(data).iterdir() if path.is_dir()]
    sealed = [path.name for path in folders if path.suffix != _UNFINISHED]
    unfinished = [path.name for path in folders if path.suffix == _UNFINISHED]
    for name in [*_superseded(sealed, newest.name), *unfinished]:
        shutil.rmtree(folder_of(data) / name, ignore_errors=True)


def _revision_of(name: str) -> int:
    """The revision in a generation's name; 0 for a folder of another make."""
    found = re.search(r"-(\d+)-\d+$", name)
    return int(found.group(1)) if found else 0


def _superseded(names: Sequence[str], newest: str) -> list[str]:
    """The generations to delete: all but the newest and those that came just before it."""
    older = [name for name in names if name != newest]
    older.sort(key=_revision_of, reverse=True)
    return older[_KEPT - 1 :]


def probe(shelf: Shelf, passages: int) -> None:
    """Checks a generation: how many passages, and that vectors find themselves.

    IndexUnavailable where they do not. A damaged folder may crash the process instead.
    """
    with shelf.client() as client:
        collection = shelf.get_collection(client)
        if collection.count() != passages:
            raise IndexUnavailable(f"The generation holds {collection.count()}, not {passages}.")
        sample = collection.get(limit=_PROBES, include=["embeddings"])
        embeddings = np.asarray(sample["embeddings"], dtype=np.float32)
        for id_, vector in zip(sample["ids"], embeddings, strict=True):
            if vector.any():
                _check_found(collection, id_, vector)


def _check_found(collection: "Collection", id_: str, vector: Vector) -> None:
    found: Any = collection.query(
        query_embeddings=[vector.tolist()], n_results=1, include=["distances"]
    )
    if not found["ids"][0] or (found["ids"][0][0] != id_ and found["distances"][0][0] > _SAME):
        raise IndexUnavailable("A passage of the generation cannot be found by its own vector.")


# From outside


def is_current(data: Path, server: ChromaServer | None, revision: int, embedding: str) -> bool:
    """Whether the generation in place is that of a revision."""
    present = current(data, server)
    return present is not None and (present.revision, present.embedding) == (revision, embedding)


def build_in_child(data: Path) -> bool:
    """Builds the generation in another process, at low priority; True where that went well.

    The process reads the settings itself: it is told nothing secret.
    """
    return _run("build", data, check=False)


def is_sound(data: Path, generation: Generation) -> bool:
    """Whether a generation can be opened, tried out in another process."""
    return _run("probe", folder_of(data) / generation.name, str(generation.passages), check=False)


def _run(task: str, folder: Path, *arguments: str, check: bool = True) -> bool:
    command = [sys.executable, "-m", "rag.index.generation", task, str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            timeout=_PROBE_TIMEOUT if task == "probe" else None,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    if check and done.returncode:
        raise IndexUnavailable(f"The new generation is unsound ({done.stderr.decode()[-300:]}).")
    return done.returncode == 0


class VectorIndex:
    """An open generation, for queries."""

    def __init__(self, data: Path, generation: Generation, server: ChromaServer | None) -> None:
        self.generation = generation
        shelf = Shelf(folder_of(data) / generation.name, server)
        self._client = shelf.open()
        self._collection = shelf.get_collection(self._client)

    def nearest(self, vector: Vector, count: int) -> list[int]:
        """The ids of the passages nearest to `vector`, nearest first."""
        found: Any = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=min(count, self.generation.passages),
            include=["metadatas"],
        )
        return [int(metadata["passage"]) for metadata in found["metadatas"][0]]

    def close(self) -> None:
        """Lets go of the generation's files."""
        self._client.close()


def main(arguments: Sequence[str]) -> int:
    """`build DATA` or `probe FOLDER PASSAGES`: the tasks of the processes of their own."""
    task, folder = arguments[0], Path(arguments[1])
    if task == "build":
        os.nice(_NICENESS)
    try:
        server = ChromaServer.of(load_settings())
        if task == "build":
            build(folder, server)
        else:
            probe(Shelf(folder, server), int(arguments[2]))
    except IsnadError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
