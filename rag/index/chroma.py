"""Chroma: where the collections of vectors live, embedded in a folder or on a server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from rag.errors import IndexUnavailable
from rag.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

PATIENCE: Final = 2.0
"""Seconds a question waits; Chroma's client itself would wait for a silent server for ever."""
REST: Final = 5.0
"""Seconds without asking a server that has failed."""
_COLLECTION: Final = "passages"
_HEARTBEAT: Final = "/api/v2/heartbeat"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """The address of a Chroma server. `headers` may hold a key: it is never shown."""

    host: str
    port: int
    ssl: bool
    tenant: str
    database: str
    key: str = ""
    patience: float = PATIENCE
    """Seconds that a question waits for it."""

    def __repr__(self) -> str:
        return f"ChromaServer({self.host}:{self.port})"

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self.ssl else 'http'}://{self.host}:{self.port}"

    def make_sure_of_life(self) -> None:
        """IndexUnavailable where it says nothing, or that it is out of order."""
        import httpx

        try:
            said = httpx.get(f"{self.url}{_HEARTBEAT}", timeout=2 * self.patience)
            if said.is_server_error:
                said.raise_for_status()
        except httpx.HTTPError as error:
            raise IndexUnavailable(
                f"The Chroma server at {self.url} does not answer ({type(error).__name__}).",
                "See whether it runs, and whether CHROMA_URL is its address.",
            ) from None

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
        """A client that tells nobody. Chroma's own errors where it cannot be opened.

        IndexUnavailable where the server cannot be reached or says nothing.
        """
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        quiet = ChromaSettings(anonymized_telemetry=False)
        if self.server is None:
            return chromadb.PersistentClient(str(self.folder), quiet)
        self.server.make_sure_of_life()
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


def is_lost(error: Exception) -> bool:
    """Whether an error of Chroma's says that the collection is not there."""
    from chromadb.errors import NotFoundError

    return isinstance(error, NotFoundError)


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives, in time. TimeoutError where it does not; then it is left to itself."""
    done: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except Exception as error:  # noqa: BLE001 (handed to whoever waits)
            done.put((None, error))

    Thread(target=run, daemon=True).start()
    try:
        value, error = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error:
        raise error
    return value  # type: ignore[return-value]
