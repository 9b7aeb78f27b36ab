"""The stores beside the ledger: Chroma and the database."""

import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Final
from uuid import uuid4

from rag.doctor.examination import Examination, Finding
from rag.errors import IndexUnavailable
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import LocalEmbedder
from rag.index.generation import current, is_sound
from rag.index.ledger import Ledger
from rag.index.replica import Replica
from rag.postgresql import connect, shown
from rag.settings import Settings

_VECTORS: Final = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def chroma(examination: Examination) -> Finding:
    """Whether Chroma takes vectors and finds them, and whether the generation in place opens."""
    settings = examination.settings
    server = ChromaServer.of(settings)
    name = f"Chroma {version('chromadb')}"
    if server:
        with tempfile.TemporaryDirectory() as place:
            name += f", on the server {_tried(Shelf(Path(place) / _trial_name(), server))}"
    else:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        # On the disk that it will live on. What may be damaged is opened by another process.
        with tempfile.TemporaryDirectory(prefix="trial-", dir=settings.data_dir) as place:
            _tried(Shelf(Path(place)))
    if replica := Replica.of(settings, LocalEmbedder()):
        with closing(replica):
            return _shared(name, replica)
    return _own(name, settings, server)


def chroma_answers(examination: Examination) -> bool:
    """Whether there is a server at CHROMA_URL; found out in a moment, without Chroma's library."""
    address = str(examination.settings.chroma_url)
    return examination.ask("Chroma", f"{address}/api/v2/heartbeat").status != 0


def _trial_name() -> str:
    return f"isnad-doctor-{uuid4().hex[:12]}"


def _tried(shelf: Shelf) -> str:
    """The version of whatever serves a shelf on which a vector was kept and found again.

    The trial's collection is removed. IndexUnavailable where that does not work.
    """
    try:
        with shelf.client() as client:
            told = str(client.get_version())
            collection = shelf.create_collection(client)
            try:
                collection.add(["a", "b"], embeddings=[list(one) for one in _VECTORS])
                found = collection.query(list(_VECTORS[1]), n_results=1)["ids"]
            finally:
                client.delete_collection(shelf.collection)
    except Exception as error:  # noqa: BLE001 (httpx and chromadb raise what they like)
        raise _unavailable(shelf.server, error) from None
    if found != [["b"]]:
        raise IndexUnavailable("Chroma does not find a vector that it was just given.")
    return told


def _unavailable(server: ChromaServer | None, error: Exception) -> IndexUnavailable:
    if server is None:
        return IndexUnavailable(
            f"Chroma cannot be used in DATA_DIR ({type(error).__name__}).",
            "Look at the disk and the rights; then install Isnad anew.",
        )
    return IndexUnavailable(
        f"The server at {server.host}:{server.port} does not answer ({type(error).__name__}).",
        "Check CHROMA_URL and CHROMA_API_KEY, and that it runs.",
    )


def _shared(name: str, replica: Replica) -> Finding:
    replica.generation.refresh()
    if replica.generation.key:
        return Finding("chroma", True, f"{name}; the replicas' generation opens.")
    return Finding("chroma", None, f"{name}; none of the newest revision yet: a bot builds it.")


def _own(name: str, settings: Settings, server: ChromaServer | None) -> Finding:
    generation = current(settings.data_dir, server)
    if generation is None:
        return Finding(
            "chroma", True, f"{name} works; no generation yet: the bot or `rag index` builds it."
        )
    if not is_sound(settings.data_dir, generation):
        return Finding(
            "chroma",
            False,
            f"{name}; the generation of revision {generation.revision} does not open.",
            "`rag index --rebuild` makes another.",
        )
    with Ledger(settings.data_dir) as ledger:
        behind = " (behind; searched exactly until the next)" * (ledger.key != generation.key)
    found = generation.recall
    recall = "" if found is None else f"; it finds {found:.1%} of the ten nearest passages"
    return Finding(
        "chroma",
        True,
        f"{name}; the generation of revision {generation.revision} opens{behind}{recall}.",
    )


def database(examination: Examination) -> Finding:
    """Whether the database answers, and lets tables be made."""
    url = examination.settings.database_url
    if not url:
        return Finding("database", True, "SQLite, in DATA_DIR.")
    with closing(connect(url)) as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), extract(epoch FROM now())::float8,"
            " has_schema_privilege(current_user, current_schema(), 'CREATE')"
        ).fetchone()
    if row is None:
        return Finding("database", False, "PostgreSQL answers nothing.", "Check DATABASE_URL.")
    number, now, may_create = row
    examination.note_time("PostgreSQL", now)
    if not may_create:
        return Finding(
            "database",
            False,
            f"PostgreSQL at {shown(url)} does not let its user make tables.",
            "GRANT CREATE ON SCHEMA public TO that user.",
        )
    return Finding("database", True, f"PostgreSQL {number.split()[0]} at {shown(url)} answers.")
