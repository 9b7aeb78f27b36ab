"""A generation that replicas share: one collection on the Chroma server, named by what it holds.

The replica that holds the lease builds it in a process of its own (`python -m
rag.index.shared_building build`), checks it and then marks it as sealed; until then nobody looks
at it. The others only check that it is whole (`adopt`), and note which passage of their own ledger
each of its ids is, because ids follow from file, span and text while ledgers number as they like.
"""

import hashlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from rag.errors import IndexUnavailable, IsnadError
from rag.index.chroma import ChromaServer, Shelf
from rag.index.generation import folder_of
from rag.index.ledger import Ledger, StoredPassage
from rag.index.lexical import LexicalIndex
from rag.index.paid_vectors import PaidVectors
from rag.index.searched_text import all_searched_texts
from rag.index.shared_stock import share
from rag.index.shared_vectors import MOST_AT_ONCE, SharedVectors
from rag.index.snapshot import Snapshot, open_snapshot
from rag.settings import load_settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_log = logging.getLogger(__name__)

_SEALED: Final = "sealed"
_KEPT: Final = 2
"""The newest generation and the one before it, which a replica may still be serving."""
_NICENESS: Final = 15
_LONGEST_SILENCE: Final = 600
"""Seconds; a builder that waits for ever would keep the lease from all others."""
_SUFFIX: Final = ".places"
_LISTED_AT_ONCE: Final = 100
_LONGEST_VALUE: Final = 4096
"""Bytes."""
_PROBES: Final = 20
_SAME: Final = 1e-3
"""Two vectors at no more than this cosine distance are copies of one."""

Keys = npt.NDArray[np.uint64]
T = TypeVar("T")
Task = Callable[[str, Path, str], bool]
"""Does `build` or `adopt` for a data folder and a community; whether that went well."""


@dataclass(frozen=True, slots=True)
class Places:
    """Which passage of this replica's ledger each id of a generation is."""

    keys: Keys
    """Sorted."""
    passages: npt.NDArray[np.uint64]

    def of(self, ids: Sequence[str]) -> list[int]:
        """The passages of these ids, in their order; an id that is not there is passed over."""
        keys = np.array([_short(one) for one in ids], dtype=np.uint64)
        if not len(self.keys) or not len(keys):
            return []
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return [int(one) for one in self.passages[found[self.keys[found] == keys]]]


def _short(id_: str) -> int:
    """Eight bytes of an id: enough to tell a billion passages apart."""
    return int(id_[:16], 16)


def contents_of(ledger: Ledger, snapshot: Snapshot) -> str:
    """What a revision holds, as a word: the same word in every replica with the same files."""
    made_by = f"{ledger.terms}\n{snapshot.embedding}\n{snapshot.lexical.dimensions}\n"
    digest = hashlib.sha256(made_by.encode())
    for path, (*_, sha256) in sorted(ledger.file_states().items()):
        digest.update(f"{path}\0{sha256}\n".encode())
    return digest.hexdigest()[:16]


def generation_name(community: str, contents: str) -> str:
    """The name of the collection that holds these contents."""
    return f"{_prefix(community)}{contents}"


def _prefix(community: str) -> str:
    return f"isnad-{community}-at-"


def is_sealed(client: "ClientAPI", name: str) -> bool:
    """Whether there is a collection of this name that was built to its end."""
    from chromadb.errors import NotFoundError

    try:
        metadata = client.get_collection(name, embedding_function=None).metadata
    except NotFoundError:
        return False
    return bool(metadata and metadata.get(_SEALED))


# In a process of its own


def build(
    data: Path,
    server: ChromaServer,
    community: str,
    on_step: Callable[[], object] = lambda: None,
) -> None:
    """Builds, checks and seals the generation of the ledger's revision, unless it is there.

    `on_step` hears of it each time that the server has done something.
    """
    with Ledger(data) as ledger, ledger.reading():
        snapshot = open_snapshot(data, ledger)
        if not snapshot.lexical.size:
            return
        shelf = Shelf(Path(generation_name(community, contents_of(ledger, snapshot))), server)
        with shelf.client() as client:
            if is_sealed(client, shelf.collection):
                with suppress(Exception):
                    _check(shelf.get_collection(client), snapshot.lexical.size)
                    return
            _share(data, server, community, ledger, on_step)
            _fill(client, shelf, ledger, snapshot.lexical, on_step)
            collection = shelf.get_collection(client)
            _check(collection, snapshot.lexical.size)
            collection.modify(metadata={_SEALED: True, "at": time.time()})
            _sweep(client, community, shelf.collection)


def _share(
    data: Path,
    server: ChromaServer,
    community: str,
    ledger: Ledger,
    on_step: Callable[[], object],
) -> None:
    """Brings to all what only this replica has paid for."""
    model = ledger.embedding
    with (
        PaidVectors(data) as kept,
        closing(SharedVectors(server, lambda: community, model)) as all_,
    ):
        texts = (text for _, text in all_searched_texts(ledger))
        share(kept, all_, model, _each(texts, on_step))


def _each(given: Iterable[T], on_step: Callable[[], object]) -> Iterator[T]:
    """What is given; each one is asked for when the server is through with those before."""
    for one in given:
        on_step()
        yield one


def _fill(
    client: "ClientAPI",
    shelf: Shelf,
    ledger: Ledger,
    index: LexicalIndex,
    on_step: Callable[[], object],
) -> None:
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        client.delete_collection(shelf.collection)
    collection = shelf.create_collection(client)
    rows = {int(passage): row for row, passage in enumerate(index.passages) if index.alive[row]}
    size = min(MOST_AT_ONCE, client.get_max_batch_size())
    for batch in _each(_batches(ledger.stored_passages(), size), on_step):
        collection.add(
            ids=[one.key for one in batch],
            embeddings=index.vectors(np.array([rows[one.id] for one in batch])),
            metadatas=[
                {"file": one.path, "start": one.start, "end": one.end, "text": _cut(one.text)}
                for one in batch
            ],
        )


def _cut(text: str) -> str:
    """As much of a text as Chroma Cloud takes for one value. Nothing of ours is read from it."""
    return text.encode()[:_LONGEST_VALUE].decode(errors="ignore")


def _check(collection: "Collection", passages: int) -> None:
    """Makes sure of the number of passages, and that vectors find themselves."""
    if collection.count() != passages:
        raise IndexUnavailable(f"The generation holds {collection.count()}, not {passages}.")
    sample = collection.get(limit=_PROBES, include=["embeddings"])
    vectors = np.asarray(sample["embeddings"], dtype=np.float32)
    asked = vectors[vectors.any(axis=1)]
    if len(asked):
        found: Any = collection.query(query_embeddings=asked, n_results=1, include=["distances"])
        if not all(near and near[0] <= _SAME for near in found["distances"]):
            raise IndexUnavailable("A passage of the generation cannot be found by its vector.")


def _batches(passages: Iterator[StoredPassage], size: int) -> Iterator[list[StoredPassage]]:
    while batch := list(islice(passages, size)):
        yield batch


def _sweep(client: "ClientAPI", community: str, newest: str) -> None:
    """Deletes the replicas' older generations, and those that were not built to their end."""
    from chromadb.errors import NotFoundError

    prefix = _prefix(community)
    others = [
        one for one in _collections(client) if one.name.startswith(prefix) and one.name != newest
    ]
    others.sort(key=lambda one: float((one.metadata or {}).get("at", 0)), reverse=True)
    sealed = [one.name for one in others if (one.metadata or {}).get(_SEALED)]
    for one in others:
        if one.name not in sealed[: _KEPT - 1]:
            with suppress(NotFoundError):
                client.delete_collection(one.name)


def _collections(client: "ClientAPI") -> list["Collection"]:
    """All collections of the server; it may list only so many at a time."""
    found: list[Collection] = []
    while some := client.list_collections(limit=_LISTED_AT_ONCE, offset=len(found)):
        found += some
    return found


def adopt(data: Path, server: ChromaServer, community: str) -> None:
    """Checks the sealed generation of the ledger's revision, and notes the places of its ids.

    IndexUnavailable where it is not whole.
    """
    with Ledger(data) as ledger, ledger.reading():
        snapshot = open_snapshot(data, ledger)
        name = generation_name(community, contents_of(ledger, snapshot))
        shelf = Shelf(Path(name), server)
        with shelf.client() as client:
            _check(shelf.get_collection(client), snapshot.lexical.size)
        pairs = [(_short(one.key), one.id) for one in ledger.stored_passages()]
        places = np.array(sorted(pairs), dtype=np.uint64).reshape(-1, 2).T
        _write(_places_file(data, snapshot.key), np.ascontiguousarray(places))


def _places_file(data: Path, key: str) -> Path:
    return folder_of(data) / f"{key}{_SUFFIX}"


def _write(file: Path, places: npt.NDArray[np.uint64]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(places.tobytes())
    for older in file.parent.glob(f"*{_SUFFIX}"):
        older.unlink(missing_ok=True)
    unfinished.replace(file)


# From outside


def places_of(data: Path, key: str) -> Places:
    """What was noted for the revision of this key. IndexUnavailable where nothing was."""
    try:
        raw = np.fromfile(_places_file(data, key), dtype=np.uint64).reshape(2, -1)
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"The revision has moved on ({type(error).__name__}).") from error
    return Places(raw[0], raw[1])


def in_child(task: str, data: Path, community: str) -> bool:
    """Does `build` or `adopt` in another process, at low priority; True where that went well.

    The process reads the settings itself: it is told nothing secret.
    """
    command = [sys.executable, "-m", "rag.index.shared_building", task, str(data), community]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        _log.info("no %s of the generation: %s", task, done.stderr.decode()[-300:])
    return done.returncode == 0


def do(task: str, data: Path, community: str, on_step: Callable[[], object] = lambda: None) -> None:
    """Does `build` or `adopt` here, with the Chroma server of the settings."""
    server = ChromaServer.of(load_settings())
    if server is None:
        raise IndexUnavailable("There is no Chroma server.", "Set CHROMA_URL.")
    if task == "build":
        build(data, server, community, on_step)
    else:
        adopt(data, server, community)


def _wait_for_the_server() -> None:
    """Ends this process where the server says nothing for long from now on."""
    if hasattr(signal, "alarm"):
        signal.alarm(_LONGEST_SILENCE)


def main(arguments: Sequence[str]) -> int:
    """`build` or `adopt`, DATA and COMMUNITY: the tasks of the processes of their own."""
    task, data, community = arguments
    os.nice(_NICENESS)
    _wait_for_the_server()
    try:
        do(task, Path(data), community, _wait_for_the_server)
    except IsnadError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
