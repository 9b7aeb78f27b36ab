"""Chroma: where the collections of vectors live, embedded in a folder or on a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rag.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_COLLECTION: Final = "passages"


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """The address of a Chroma server. `headers` may hold a key: it is never shown."""

    host: str
    port: int
    ssl: bool
    tenant: str
    database: str
    key: str = ""

    def __repr__(self) -> str:
        return f"ChromaServer({self.host}:{self.port})"

    @classmethod
    def of(cls, settings: Settings) -> "ChromaServer | None":
        """The server that the settings name, or None: embedded."""
        if not settings.chroma_url:
            return None
        address = urlsplit(str(settings.chroma_url))
        ssl = address.scheme == "https"
        key = settings.chroma_api_key
        return cls(
            address.hostname or "localhost",
            address.port or (443 if ssl else 8000),
            ssl,
            settings.chroma_tenant,
            settings.chroma_database,
            key.get_secret_value() if key else "",
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one generation: a folder of its own, or a collection of its own on a server."""

    folder: Path
    server: ChromaServer | None = None

    @property
    def collection(self) -> str:
        """The collection's name."""
        return self.folder.name if self.server else _COLLECTION

    @contextmanager
    def client(self) -> "Iterator[ClientAPI]":
        """A client, closed in the end."""
        client = self.open()
        try:
            yield client
        finally:
            client.close()

    def open(self) -> "ClientAPI":
        """A client that tells nobody. Chroma's own errors where it cannot be opened or reached."""
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        quiet = ChromaSettings(anonymized_telemetry=False)
        if self.server is None:
            return chromadb.PersistentClient(str(self.folder), quiet)
        return chromadb.HttpClient(
            host=self.server.host,
            port=self.server.port,
            ssl=self.server.ssl,
            headers={"x-chroma-token": self.server.key} if self.server.key else None,
            settings=quiet,
            tenant=self.server.tenant or chromadb.DEFAULT_TENANT,
            database=self.server.database or chromadb.DEFAULT_DATABASE,
        )

    def create_collection(self, client: "ClientAPI") -> "Collection":
        """The generation's collection, new. It has no embedding function: only vectors go in."""
        return client.create_collection(
            self.collection,
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
        )

    def get_collection(self, client: "ClientAPI") -> "Collection":
        """The generation's collection. Left to itself Chroma would attach a model to it here."""
        return client.get_collection(self.collection, embedding_function=None)
