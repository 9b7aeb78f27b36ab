"""Health: what a supervisor or Prometheus asks a running bot over HTTP.

`/healthz`: the process lives. `/readyz`: it can answer, part by part. `/metrics`: counts and times.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from bot.metrics import Metrics
from rag.errors import UsageError
from rag.knowledge_base import KnowledgeBase

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Pulse:
    """How to see whether the bot still hears its readers."""

    beats: Callable[[], bool] = lambda: True


def age_of(database: Path) -> float:
    """Seconds since a SQLite database was written to; not a number where there is none."""
    files = (database, database.with_name(f"{database.name}-wal"))
    times = [one.stat().st_mtime for one in files if one.exists()]
    return time.time() - max(times) if times else math.nan


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the bot can do its work: all of its parts have to be well."""

    parts: Mapping[str, Callable[[], bool]]
    """By name; one that raises is not well. Asked from any thread."""

    def __call__(self) -> bool:
        """Whether all are well."""
        return all(self.found().values())

    def found(self) -> dict[str, bool]:
        """Whether each part is well."""
        return {name: _holds(check) for name, check in self.parts.items()}


def readiness_of(knowledge: KnowledgeBase, pulse: Pulse) -> Readiness:
    """What has to be well: the index opens, updates come in, the model has answered lately."""
    parts: dict[str, Callable[[], bool]] = {
        "index": lambda: knowledge.ready,
        "updates": lambda: pulse.beats(),  # noqa: PLW0108  # who beats is known later
    }
    if contact := knowledge.contact:
        parts["model"] = lambda: contact.is_well
    return Readiness(parts)


def watch_knowledge(metrics: Metrics, knowledge: KnowledgeBase, ledger: Path) -> None:
    """Shows how the index and the model's server are."""
    metrics.watch("index_revision", "The newest revision.", lambda: knowledge.revision)
    metrics.watch("index_age_seconds", "Since the index changed.", lambda: age_of(ledger))
    if contact := knowledge.contact:
        metrics.watch("model_reachable", "Whether it answers.", lambda: contact.is_well)
        metrics.watch_count("model_requests", "Made of the model.", lambda: contact.requests)
        metrics.watch_count("model_retries", "Requests made again.", lambda: contact.retries)
        metrics.watch_count("model_failures", "Requests that failed.", lambda: contact.failures)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001  # whatever ails it, a probe is to be told that it does
        return False


@contextmanager
def health_server(port: int | None, readiness: Readiness, metrics: Metrics) -> Iterator[None]:
    """Serves the routes on `port` while it is open; nothing where that is None.

    UsageError where the port cannot be had.
    """
    if port is None:
        yield
        return

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._say(200, "alive\n")
            elif self.path == "/readyz":
                parts = readiness.found()
                told = (f"{name}: {'ok' if well else 'FAILS'}\n" for name, well in parts.items())
                self._say(200 if all(parts.values()) else 503, "".join(told))
            elif self.path == "/metrics":
                self._say(200, metrics.text())
            else:
                self._say(404, "there is nothing here\n")

        def _say(self, status: int, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", _TEXT)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: probes come every few seconds."""

    try:
        # A probe comes from outside the container that the bot runs in.
        server = ThreadingHTTPServer(("0.0.0.0", port), Handler)  # noqa: S104
    except OSError as error:
        raise UsageError(f"HTTP_PORT: {port} cannot be listened on ({error.strerror}).") from None
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
