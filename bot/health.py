"""Health: what a supervisor or Prometheus asks a running bot over HTTP.

`/healthz`: the process lives. `/readyz`: it has an index to answer from. `/metrics`: counts.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from rag.answers.answer import Answer
from rag.errors import UsageError

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Pulse:
    """How to see whether the bot still hears its readers."""

    beats: Callable[[], bool] = lambda: True


class Tally:
    """Counts of answers since the start."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._revision = 0
        self._lock = threading.Lock()

    def count(self, answer: Answer) -> None:
        """Counts an answer."""
        with self._lock:
            self._counts[f'isnad_answers_total{{mode="{answer.mode}"}}'] += 1
            self._counts["isnad_withheld_total"] += len(answer.withheld)
            self._counts["isnad_disagreements_total"] += len(answer.disagreements)
            self._counts["isnad_tokens_total"] += (
                answer.usage.prompt_tokens + answer.usage.completion_tokens
            )
            self._revision = answer.revision

    def metrics(self) -> str:
        """The counts in Prometheus' text form."""
        with self._lock:
            lines = [f"{name} {count}" for name, count in sorted(self._counts.items())]
            return "\n".join([*lines, f"isnad_index_revision {self._revision}", ""])


@contextmanager
def health_server(port: int | None, is_ready: Callable[[], bool], tally: Tally) -> Iterator[None]:
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
                self._say(200, tally.metrics())
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
