"""A replica that indexes in a process of its own, to be killed: FOLDER, DATA and a file of what the
model was asked for. The servers are those of the environment."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import SecretStr

from rag.index.chroma import ChromaServer
from rag.index.embedding import Vector
from rag.index.indexer import Indexer
from rag.index.lease import PostgreSQLLease
from rag.index.replica import Replica
from rag.index.shared_vectors import text_key
from rag.settings import load_settings
from tests.index.counted_model import CountedModel

LEASE = 3.0


class LoggedModel(CountedModel):
    """A slow model that writes down what it is asked for, whoever asks."""

    def __init__(self, log: Path) -> None:
        super().__init__("logged")
        self._log = log

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        with self._log.open("a") as file:
            file.write("".join(f"{text_key(text)}\n" for text in texts))
        time.sleep(0.3)
        return super().embed(texts)


def replica_of(data: Path, log: Path) -> Replica:
    """A replica whose lease is short."""
    server = ChromaServer.of(load_settings())
    assert server
    lease = PostgreSQLLease(SecretStr(os.environ["DATABASE_URL"]), LEASE)
    return Replica(data, server, lease, LoggedModel(log))


def main() -> None:
    """Indexes until it is killed."""
    documents, data, log = map(Path, sys.argv[1:])
    replica = replica_of(data, log)
    replica.index(Indexer(documents, data, replica.embedder).sync, 60)


if __name__ == "__main__":
    main()
