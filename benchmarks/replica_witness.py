"""What `replicas.py` sees of an index that replicas share, from outside."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from pydantic import SecretStr

from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import Vector, unit
from rag.index.indexer import Indexer
from rag.index.lease import PostgreSQLLease
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.shared_building import contents_of, generation_name, is_sealed
from rag.index.shared_vectors import SharedVectors, text_key
from rag.index.snapshot import Snapshot
from tests.library import settings_of
from tests.servers.openai_api import hash_vector

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_DIMENSIONS: Final = 64
_SEALED_WITHIN: Final = 120.0
_LOOK_EVERY: Final = 0.5


class Commons:
    """What the replicas have in common on a Chroma server."""

    def __init__(self, server: ChromaServer, community: str, model: str) -> None:
        self._server, self.community, self.model = server, community, model
        self._client: ClientAPI | None = None
        self._vectors = SharedVectors(server, lambda: community, model)

    @classmethod
    @contextmanager
    def of(cls, chroma: str, database: str, model: str) -> Iterator[Self]:
        """What is common by way of a Chroma server and a PostgreSQL database."""
        server = ChromaServer.of(settings_of(chroma_url=chroma))
        assert server
        with closing(PostgreSQLLease(SecretStr(database))) as lease:
            community = lease.community
        made = cls(server, community, model)
        yield made
        made._vectors.close()

    @property
    def client(self) -> "ClientAPI":
        """A client of the server."""
        if self._client is None:
            self._client = Shelf(Path("witness"), self._server).open()
        return self._client

    def unsealed(self) -> int | None:
        """How many passages a generation has that is not sealed; None where all are."""
        prefix = generation_name(self.community, "")
        for one in self.client.list_collections():
            if one.name.startswith(prefix) and not (one.metadata or {}).get("sealed"):
                count: int = one.count()
                return count
        return None

    def newest_is_not_of(self, data: Path) -> bool:
        """Whether the revision of a replica has no sealed generation."""
        return not is_sealed(self.client, self._name_of(data))

    def _name_of(self, data: Path) -> str:
        with closing(IndexReader(data)) as reader:
            return generation_name(self.community, reader.read(contents_of))

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those texts whose vectors are not shared."""
        by_key = {text_key(text): text for text in texts}
        if not by_key:
            return []
        return [by_key[key] for key in self._vectors.missing(list(by_key))]

    def ids(self, data: Path) -> set[str]:
        """The ids in the sealed generation of a revision, waited for."""
        name = self._name_of(data)
        until = time.monotonic() + _SEALED_WITHIN
        while not is_sealed(self.client, name) and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)
        return set(self.client.get_collection(name, embedding_function=None).get(include=[])["ids"])


class _MadeUp:
    """The vectors that the server gives, for nothing."""

    is_paid = True

    def __init__(self, name: str) -> None:
        self.name = name

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text."""
        return [unit(np.asarray(hash_vector(one, _DIMENSIONS), dtype=np.float32)) for one in texts]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return self.embed([question])[0]


def passages_of(data: Path) -> int:
    """How many passages a replica's ledger has."""
    with Ledger(data) as ledger:
        return ledger.passage_count()


def unlike_a_fresh_one(documents: Path, replicas: Sequence[Path], commons: Commons) -> list[str]:
    """In what the replicas' indexes and their generation differ from an index built afresh."""
    with tempfile.TemporaryDirectory() as fresh:
        Indexer(documents, Path(fresh), _MadeUp(commons.model)).sync()
        files, passages, postings = _held(Path(fresh))
        unlike = [] if commons.ids(Path(fresh)) == set(passages) else ["ids in Chroma"]
    for number, data in enumerate(replicas):
        whats = ("files", "passages", "postings")
        compared = zip(whats, _held(data), (files, passages, postings), strict=True)
        unlike += [f"{what} of replica {number}" for what, has, ought in compared if has != ought]
    return unlike


def _held(data: Path) -> tuple[dict[str, str], list[str], list[str]]:
    """Files by name with their hashes, ids of passages, and ids of those that can be found."""

    def work(ledger: Ledger, snapshot: Snapshot) -> tuple[dict[str, str], list[str], list[str]]:
        files = {path: sha for path, (*_, sha) in ledger.file_states().items()}
        ids = {one.id: one.key for one in ledger.stored_passages()}
        index = snapshot.lexical
        alive = [int(one) for one in index.passages[index.alive]]
        return files, sorted(ids.values()), sorted(ids.get(one, "") for one in alive)

    with closing(IndexReader(data)) as reader:
        return reader.read(work)
