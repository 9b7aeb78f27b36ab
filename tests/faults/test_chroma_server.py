"""A Chroma server that answers with errors, or has something else under the name."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rag.index.chroma import ChromaServer
from rag.index.embedding import LocalEmbedder
from rag.index.generation import Generation, Pointer, address, current, folder_of, point_to
from rag.index.serving import ServedGeneration
from tests.library import Library, settings_of
from tests.servers.chroma import ChromaRun

WHO = "من افتتح المكتبة؟"


class _Failing(BaseHTTPRequestHandler):
    """Answers 500 to whatever it is asked."""

    def do_GET(self) -> None:
        self.send_response(500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815  # the name that the library looks for

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def failing() -> Iterator[str]:
    """The address of a server that fails."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Failing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def served_at(library: Library, url: str, name: str) -> ServedGeneration:
    """What serves the library's vectors, where the pointer names a generation on that server."""
    server = ChromaServer.of(settings_of(chroma_url=url))
    assert server
    key = library.snapshot.key
    folder_of(library.data).mkdir()
    point_to(
        library.data, Pointer(Generation(name, 1, key, "local", 1, "ids", server=address(server)))
    )
    assert current(library.data, server)
    served = ServedGeneration(library.data, server)
    served.refresh()
    return served


def answers_without(served: ServedGeneration, library: Library) -> bool:
    """Whether a question is answered, and by exact search."""
    (vector,) = LocalEmbedder().embed([WHO])
    nearest = served.nearest(library.snapshot.key, vector, 5)
    return nearest is None and library.files(WHO) == ["a.txt"]


def test_a_server_that_answers_with_errors_is_done_without_and_tried_again(
    library: Library,
) -> None:
    library.fill(a="افتتح الوزير مكتبة الموصل.")
    with failing() as url:
        served = served_at(library, url, "isnad-1")
        assert served.key is None
        assert answers_without(served, library)
    assert not list(folder_of(library.data).glob("*.unsound"))


def test_a_collection_that_holds_something_else_is_not_served(
    library: Library, tmp_path: Path
) -> None:
    library.fill(a="افتتح الوزير مكتبة الموصل.")
    with ChromaRun.running(tmp_path / "server") as running:
        database = f"{running.url}/api/v2/tenants/default_tenant/databases/default_database"
        asked = urllib.request.Request(
            f"{database}/collections",
            json.dumps({"name": "isnad-1"}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked) as reply:
            assert reply.status == 200
        served = served_at(library, running.url, "isnad-1")
        assert served.key is None
        assert answers_without(served, library)
    assert list(folder_of(library.data).glob("*.unsound"))  # so another is built in its place
