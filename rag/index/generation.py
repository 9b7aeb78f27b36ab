"""Generations: sealed Chroma collections of a revision's vectors.

A generation is built in a folder of its own by another process (`python -m rag.index.generation`),
checked by a fresh one, and put in place by replacing a pointer file. A serving process only reads
sealed folders, so a kill costs only the unfinished one. Chroma damages its folder in some kills
and can then crash whoever opens it, hence the processes of their own.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from filelock import FileLock

from rag.errors import IndexUnavailable
from rag.index.embedding import Vector
from rag.index.ledger import Ledger, StoredPassage
from rag.index.lexical import LexicalIndex
from rag.index.segment import flush_folder
from rag.index.snapshot import open_snapshot

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_COLLECTION: Final = "passages"
_POINTER: Final = "current.json"
_BATCH: Final = 1000
_PROBES: Final = 20
_KEPT: Final = 2
"""The generation in use and the one before it."""
_NICENESS: Final = 15
_PROBE_TIMEOUT: Final = 120.0


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed generation: its folder's name, and the revision and embedding that it holds."""

    name: str
    revision: int
    embedding: str
    passages: int


def folder_of(data: Path) -> Path:
    """Where the generations are."""
    return data / "chroma"


def current(data: Path) -> Generation | None:
    """The generation that the pointer names, None where there is none."""
    try:
        pointed = json.loads((folder_of(data) / _POINTER).read_text(encoding="utf-8"))
        generation = Generation(**pointed)
    except (OSError, ValueError, TypeError):
        return None
    return generation if (folder_of(data) / generation.name).is_dir() else None


def client_of(folder: Path) -> "ClientAPI":
    """An embedded Chroma client that opens `folder` and tells nobody."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))


def collection_of(client: "ClientAPI") -> "Collection":
    """The generation's collection, with no embedding function: it is only ever given vectors."""
    return client.get_collection(_COLLECTION, embedding_function=None)


# Building, in a process of its own


def build(data: Path) -> Generation | None:
    """Builds, checks and seals the generation of the ledger's revision.

    None where there is nothing to build: it is there already, or there are no passages.
    """
    folder_of(data).mkdir(parents=True, exist_ok=True)
    with FileLock(folder_of(data) / "build.lock"), Ledger(data) as ledger, ledger.reading():
        snapshot = open_snapshot(data, ledger)
        present = current(data)
        if present and (present.revision, present.embedding) == (
            snapshot.revision,
            snapshot.embedding,
        ):
            return None
        if snapshot.lexical.size == 0:
            return None
        generation = Generation(
            f"generation-{snapshot.revision}-{os.getpid()}",
            snapshot.revision,
            snapshot.embedding,
            snapshot.lexical.size,
        )
        unfinished = folder_of(data) / f"{generation.name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _fill(unfinished, ledger, snapshot.lexical)
    _run("probe", unfinished, str(generation.passages))
    sealed = folder_of(data) / generation.name
    unfinished.rename(sealed)
    flush_folder(folder_of(data))
    _point(data, generation)
    _sweep(data, generation)
    return generation


def _fill(folder: Path, ledger: Ledger, index: LexicalIndex) -> None:
    client = client_of(folder)
    try:
        collection = client.create_collection(
            _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        rows = {int(passage): row for row, passage in enumerate(index.passages) if index.alive[row]}
        batch_size = min(_BATCH, client.get_max_batch_size())
        for batch in _batches(ledger.stored_passages(), batch_size):
            vectors = index.vectors(np.array([rows[one.id] for one in batch]))
            collection.add(
                ids=[one.key for one in batch],
                embeddings=vectors,
                metadatas=[
                    {
                        "passage": one.id,
                        "file": one.path,
                        "start": one.start,
                        "end": one.end,
                        "text": one.text,
                    }
                    for one in batch
                ],
            )
    finally:
        _close(client)


def _batches(passages: Iterator[StoredPassage], size: int) -> Iterator[list[StoredPassage]]:
    batch: list[StoredPassage] = []
    for passage in passages:
        batch.append(passage)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _close(client: "ClientAPI") -> None:
    client.close()


def _point(data: Path, generation: Generation) -> None:
    pointer = folder_of(data) / _POINTER
    draft = pointer.with_suffix(f".{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)
    flush_folder(pointer.parent)


def _sweep(data: Path, newest: Generation) -> None:
    """Deletes what no generation needs any more: older ones and unfinished ones."""
    folders = [path for path in folder_of(data).iterdir() if path.is_dir()]
    sealed = [path for path in folders if path.suffix != ".unfinished" and path.name != newest.name]
    sealed.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [*sealed[_KEPT - 1 :], *(one for one in folders if one.suffix == ".unfinished")]:
        shutil.rmtree(path, ignore_errors=True)


def probe(folder: Path, passages: int) -> None:
    """Checks a generation: how many passages, and that vectors find themselves.

    IndexUnavailable where they do not. A damaged folder may crash the process instead.
    """
    client = client_of(folder)
    try:
        collection = collection_of(client)
        if collection.count() != passages:
            raise IndexUnavailable(f"The generation holds {collection.count()}, not {passages}.")
        sample = collection.get(limit=_PROBES, include=["embeddings"])
        embeddings = np.asarray(sample["embeddings"], dtype=np.float32)
        for id_, vector in zip(sample["ids"], embeddings, strict=True):
            if vector.any():
                _check_found(collection, id_, vector)
    finally:
        _close(client)


def _check_found(collection: "Collection", id_: str, vector: Vector) -> None:
    found: Any = collection.query(query_embeddings=[vector], n_results=1, include=["distances"])
    if not found["ids"][0] or (found["ids"][0][0] != id_ and found["distances"][0][0] > 1e-3):
        raise IndexUnavailable("A passage of the generation cannot be found by its own vector.")


# From outside


def build_in_child(data: Path) -> bool:
    """Builds the generation in another process, at low priority; True where that went well."""
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

    def __init__(self, data: Path, generation: Generation) -> None:
        self.generation = generation
        self._client = client_of(folder_of(data) / generation.name)
        self._collection = collection_of(self._client)

    def nearest(self, vector: Vector, count: int) -> list[int]:
        """The ids of the passages nearest to `vector`, nearest first."""
        found: Any = self._collection.query(
            query_embeddings=[vector],
            n_results=min(count, self.generation.passages),
            include=["metadatas"],
        )
        return [int(metadata["passage"]) for metadata in found["metadatas"][0]]

    def close(self) -> None:
        """Lets go of the generation's files."""
        _close(self._client)


def main(arguments: Sequence[str]) -> int:
    """`build DATA` or `probe FOLDER PASSAGES`: the tasks of the processes of their own."""
    task, folder = arguments[0], Path(arguments[1])
    os.nice(_NICENESS)
    try:
        if task == "build":
            build(folder)
        else:
            probe(folder, int(arguments[2]))
    except IndexUnavailable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
