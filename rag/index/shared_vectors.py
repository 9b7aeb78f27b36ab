"""The vectors that replicas have in common: a collection on the Chroma server, by model and text.

What one replica has paid for the others take from here. The ids are hashes of the texts, so a file
that is renamed, or comes back after a month, costs nothing.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from rag.errors import IndexUnavailable
from rag.index.chroma import ChromaServer, Shelf, within
from rag.index.embedding import Vector

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

MOST_AT_ONCE: Final = 300
"""Records that go to a server in one request, or come from it: Chroma Cloud takes no more."""
_PATIENCE: Final = 30
"""Times as long as a question waits, until a server that says nothing is given up."""
_TRIES: Final = 3
_PAUSE: Final = 0.3

T = TypeVar("T")


class VectorsDamaged(IndexUnavailable):
    """The server answers, but not about this collection: it has to be begun anew."""


def text_key(text: str) -> str:
    """The id under which replicas share the vector of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class SharedVectors:
    """One model's vectors on a Chroma server. Its methods block, and may come from any thread.

    Each raises IndexUnavailable where the server cannot be reached, VectorsDamaged where it has
    lost the collection to an accident.
    """

    def __init__(self, server: ChromaServer, community: Callable[[], str], model: str) -> None:
        """`community`: gives the name that the replicas have in common."""
        self._server, self._community, self._model = server, community, model
        self._client: ClientAPI | None = None
        self._open: Collection | None = None
        self._lock = threading.Lock()

    def known(self, keys: Sequence[str]) -> dict[str, Vector]:
        """Those vectors that are there, by key."""

        def work(collection: "Collection") -> dict[str, Vector]:
            found: dict[str, Vector] = {}
            for begin in range(0, len(keys), MOST_AT_ONCE):
                batch = list(keys[begin : begin + MOST_AT_ONCE])
                given = self._asked(partial(collection.get, ids=batch, include=["embeddings"]))
                vectors = np.asarray(given["embeddings"], dtype=np.float32)
                found.update(zip(given["ids"], vectors, strict=True))
            return found

        return self._run(work)

    def missing(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are not there."""

        def work(collection: "Collection") -> set[str]:
            found: set[str] = set()
            for begin in range(0, len(keys), MOST_AT_ONCE):
                batch = list(keys[begin : begin + MOST_AT_ONCE])
                asked = self._asked(partial(collection.get, ids=batch, include=[]))
                found.update(asked["ids"])
            return set(keys) - found

        return self._run(work)

    def keep(self, vectors: dict[str, Vector]) -> None:
        """Adds vectors. Where those that are there have another width, they are dropped."""
        from chromadb.errors import InvalidArgumentError

        def work(collection: "Collection") -> None:
            keys = list(vectors)
            for begin in range(0, len(keys), MOST_AT_ONCE):
                batch = keys[begin : begin + MOST_AT_ONCE]
                embeddings = [vectors[key] for key in batch]
                self._asked(partial(collection.add, ids=batch, embeddings=embeddings))

        if not vectors:
            return
        try:
            self._run(work)
        except InvalidArgumentError:
            self.begin_anew()
            self._run(work)

    def begin_anew(self) -> None:
        """Drops the collection; the next vectors make another."""
        from chromadb.errors import NotFoundError

        with self._lock:
            self._open = None
            client = self._connected()
            try:
                with suppress(NotFoundError):
                    self._asked(partial(client.delete_collection, self._name))
            except TimeoutError as error:
                raise self._unreachable(error) from error

    def close(self) -> None:
        """Lets go of the server."""
        with self._lock:
            self._drop()

    @property
    def _name(self) -> str:
        model = hashlib.sha256(self._model.encode()).hexdigest()[:8]
        return f"isnad-{self._community()}-vectors-{model}"

    def _run(self, work: "Callable[[Collection], T]") -> T:
        from chromadb.errors import ChromaError, InvalidArgumentError, NotFoundError

        with self._lock:
            for left in reversed(range(_TRIES)):
                try:
                    return work(self._collection())
                except InvalidArgumentError:
                    raise
                except NotFoundError:
                    # Another replica has begun anew.
                    self._open = None
                except ChromaError as error:
                    if not left:
                        raise VectorsDamaged(
                            f"The vectors on {self._server.host} cannot be read"
                            f" ({type(error).__name__})."
                        ) from error
                except IndexUnavailable:
                    raise
                except Exception as error:
                    self._drop()
                    if not left:
                        raise self._unreachable(error) from error
                time.sleep(0 if self._open is None else _PAUSE)
            raise VectorsDamaged(f"The vectors on {self._server.host} come and go.")

    def _asked(self, work: Callable[[], T]) -> T:
        """What the server gives; it may say nothing at all, and is not waited for for ever."""
        return within(_PATIENCE * self._server.patience, work)

    def _collection(self) -> "Collection":
        if self._open is None:
            # Not cosine: Chroma would change the last places of the vectors.
            self._open = self._asked(
                partial(
                    self._connected().get_or_create_collection,
                    self._name,
                    configuration={"hnsw": {"space": "l2"}},
                    metadata={"model": self._model[:100]},
                    embedding_function=None,
                )
            )
        return self._open

    def _connected(self) -> "ClientAPI":
        if self._client is None:
            try:
                self._client = Shelf(Path("vectors"), self._server).open()
            except Exception as error:
                raise self._unreachable(error) from error
        return self._client

    def _drop(self) -> None:
        self._open = None
        if self._client:
            self._client.close()
            self._client = None

    def _unreachable(self, error: Exception) -> IndexUnavailable:
        return IndexUnavailable(
            f"The Chroma server at {self._server.host}:{self._server.port} cannot be reached"
            f" ({type(error).__name__}).",
            "Check CHROMA_URL, and that the server runs.",
        )
