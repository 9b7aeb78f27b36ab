"""Health: what a supervisor or Prometheus asks a running bot over HTTP.

`/healthz`: the process lives. `/readyz`: it can answer. `/metrics`: counts and times.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from bot.metrics import Metrics
from rag.errors import UsageError

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


@contextmanager
def health_server(
    port: int | None, is_ready: Callable[[], bool], metrics: Metrics
) -> Iterator[None]:
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
                self._say(*((200, "ready\n") if is_ready() else (503, "no index yet\n")))
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
