"""`rag doctor`: checks the configuration part by part."""

import argparse
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from rag.cli.terminal import print_json, say
from rag.documents.reading import scan
from rag.errors import IndexUnavailable, IsnadError
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import LocalEmbedder
from rag.index.generation import current, is_sound
from rag.index.ledger import Ledger, exists
from rag.index.reader import IndexReader
from rag.index.replica import Replica
from rag.knowledge_base import embedder_of
from rag.postgresql import connect, shown
from rag.settings import Settings, load_settings

_TIMEOUT: Final = 10
_LEAST_SPACE: Final = 200 * 2**20


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `ok` is None where there was nothing to check."""

    part: str
    ok: bool | None
    says: str
    advice: str = ""


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status: 1 where a part does not work."""
    settings = load_settings()
    findings = []
    for part, check in _CHECKS:
        try:
            findings.append(check(settings))
        except IsnadError as error:
            findings.append(Finding(part, False, error.message, error.advice))
        except Exception as error:  # noqa: BLE001 (a doctor reports whatever ails)
            findings.append(Finding(part, False, f"{type(error).__name__}: {error}"))
    if options.json:
        print_json({"checks": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(_described(finding))
    return 1 if any(finding.ok is False for finding in findings) else 0


def _described(finding: Finding) -> str:
    mark = {True: "ok", False: "FAILS", None: "–"}[finding.ok]
    advice = f" {finding.advice}" if finding.advice and not finding.ok else ""
    return f"{finding.part:11} {mark:6} {finding.says}{advice}"


def _documents(settings: Settings) -> Finding:
    files, skipped = scan(settings.documents_dir)
    says = f"{settings.documents_dir}: {len(files)} files to read, {len(skipped)} passed over."
    if not files:
        return Finding("documents", False, says, "Put documents (.txt, .md) into the folder.")
    return Finding("documents", True, says)


def _storage(settings: Settings) -> Finding:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    trial = settings.data_dir / ".trial"
    trial.write_bytes(b"")
    trial.unlink()
    free = shutil.disk_usage(settings.data_dir).free
    says = f"{settings.data_dir} can be written; {free // 2**20} MB free."
    return Finding("storage", free > _LEAST_SPACE, says, "Make room on the disk.")


def _index(settings: Settings) -> Finding:
    if not exists(settings.data_dir):
        return Finding(
            "index", None, "There is none yet; `rag index` or the first question makes it."
        )
    reader = IndexReader(settings.data_dir)
    if not reader.ready:
        return Finding("index", None, "It is empty; `rag index` or the first question fills it.")
    revision, passages = reader.read(lambda ledger, found: (found.revision, found.lexical.size))
    return Finding("index", True, f"Revision {revision} with {passages} passages opens.")


def _chroma(settings: Settings) -> Finding:
    from importlib.metadata import version

    name, server = f"Chroma {version('chromadb')}", ChromaServer.of(settings)
    if server:
        _reach(server)
    if replica := Replica.of(settings, LocalEmbedder()):
        with closing(replica):
            replica.generation.refresh()
            if replica.generation.key:
                return Finding("chroma", True, f"{name}; the replicas' generation opens.")
        return Finding("chroma", None, f"{name}; none of the newest revision yet: a bot builds it.")
    generation = current(settings.data_dir, server)
    if generation is None:
        return Finding(
            "chroma", None, f"{name}; no generation yet: the bot or `rag index` builds it."
        )
    sound = is_sound(settings.data_dir, generation)
    with Ledger(settings.data_dir) as ledger:
        behind = " (behind; searched exactly until the next)" * (ledger.key != generation.key)
    says = f"{name}; the generation of revision {generation.revision} opens{behind}."
    broken = f"{name}; the generation of revision {generation.revision} does not open."
    return Finding(
        "chroma", sound, says if sound else broken, "`rag index --rebuild` makes another."
    )


def _reach(server: ChromaServer) -> None:
    try:
        with Shelf(Path("doctor"), server).client() as client:
            client.heartbeat()
    except Exception as error:  # noqa: BLE001 (httpx and chromadb raise what they like)
        raise IndexUnavailable(
            f"The server at {server.host}:{server.port} does not answer ({type(error).__name__}).",
            "Check CHROMA_URL and CHROMA_API_KEY, and that it runs.",
        ) from None


def _database(settings: Settings) -> Finding:
    if not settings.database_url:
        return Finding("database", True, "SQLite, in DATA_DIR.")
    connect(settings.database_url).close()
    return Finding("database", True, f"PostgreSQL at {shown(settings.database_url)} answers.")


def _embeddings(settings: Settings) -> Finding:
    if not settings.embedding_model:
        return Finding("embeddings", True, "Local, with no model.")
    (vector,) = embedder_of(settings).embed(["سلام"])
    return Finding("embeddings", True, f"{settings.embedding_model}: {len(vector)} dimensions.")


def _model(settings: Settings) -> Finding:
    if not settings.model_enabled:
        return Finding("model", None, "None; answers are made of quotes. OPENAI_API_KEY sets one.")
    key = settings.openai_api_key
    body = {
        "model": settings.openai_model,
        "messages": [{"role": "user", "content": "Say: yes"}],
        "max_tokens": 5,
    }
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key.get_secret_value()}"
    status = _post(f"{settings.shown_model_address}/chat/completions", headers, body)
    where = f"{settings.openai_model} at {settings.shown_model_address}"
    if status == 200:
        return Finding("model", True, f"{where} answers.")
    advice = {
        401: "The key is refused: check OPENAI_API_KEY.",
        403: "The key may not use it: check OPENAI_API_KEY and OPENAI_MODEL.",
        404: "There is no such model or address: check OPENAI_MODEL and OPENAI_BASE_URL.",
        429: "Its limits are reached: wait, or check the account.",
        0: "It cannot be reached: check OPENAI_BASE_URL and the network.",
    }.get(status, "Check the server.")
    return Finding("model", False, f"{where} does not answer (status {status or 'none'}).", advice)


def _telegram(settings: Settings) -> Finding:
    token = settings.telegram_bot_token
    if not token:
        return Finding("telegram", None, "No token; the bot talks in the terminal.")
    address = f"{settings.telegram_api_url}/bot{token.get_secret_value()}/getMe"
    status = _post(address, {"Content-Type": "application/json"}, {})
    if status == 200:
        return Finding("telegram", True, f"{settings.telegram_host} knows the token.")
    advice = {
        401: "The token is refused: get one from @BotFather.",
        404: "The token is refused: get one from @BotFather.",
        0: "It cannot be reached: check TELEGRAM_API_URL and the network.",
    }.get(status, "Try again later.")
    says = f"{settings.telegram_host} does not accept the token (status {status or 'none'})."
    return Finding("telegram", False, says, advice)


def _post(address: str, headers: dict[str, str], body: dict[str, Any]) -> int:
    """The status of a POST request; 0 where the server cannot be reached."""
    request = urllib.request.Request(  # noqa: S310
        address, data=json.dumps(body).encode(), headers=headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return 0


_CHECKS: Final[tuple[tuple[str, Callable[[Settings], Finding]], ...]] = (
    ("documents", _documents),
    ("storage", _storage),
    ("index", _index),
    ("chroma", _chroma),
    ("database", _database),
    ("embeddings", _embeddings),
    ("model", _model),
    ("telegram", _telegram),
)
