"""A Chroma server in place of the embedded one: a real one, on this machine."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import LocalEmbedder
from rag.index.generation import build_in_child, current, folder_of
from rag.index.serving import ServedGeneration
from tests.index.test_generation import exactly_nearest
from tests.library import Library, settings_of
from tests.servers.chroma import ChromaRun


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with ChromaRun.running(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


def test_a_generation_lives_on_a_server_where_one_is_set(
    library: Library, running: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="افتتح الوزير مكتبة الموصل.")
    monkeypatch.setenv("CHROMA_URL", running.url)
    server = ChromaServer.of(settings_of())
    assert build_in_child(library.data)
    assert current(library.data, None) is None
    assert not [path for path in folder_of(library.data).iterdir() if path.is_dir()]
    served = ServedGeneration(library.data, server)
    try:
        served.refresh()
        assert served.key == library.snapshot.key
        (vector,) = LocalEmbedder().embed(["من افتتح المكتبة؟"])
        assert served.nearest(served.key, vector, 2) == exactly_nearest(
            library, "من افتتح المكتبة؟", 2
        )
    finally:
        served.close()


PATIENCE = 1.0
"""Seconds; a server that is there answers within them, however busy the machine is."""


def connections_to(server: socket.socket) -> int:
    """How many connections were made that nobody has taken yet."""
    server.setblocking(False)
    made = 0
    with suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            made += 1
    return made


def test_a_server_that_falls_silent_holds_no_question_up(
    library: Library, running: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="افتتح الوزير مكتبة الموصل.")
    (vector,) = LocalEmbedder().embed(["من افتتح المكتبة؟"])
    monkeypatch.setenv("CHROMA_URL", running.url)
    assert build_in_child(library.data)
    server = ChromaServer.of(settings_of())
    assert server
    served = ServedGeneration(library.data, replace(server, patience=PATIENCE))
    served.refresh()
    key = library.snapshot.key
    assert served.nearest(key, vector, 2) is not None
    running.kill()
    # It takes connections, and that is all.
    with socket.create_server(("127.0.0.1", server.port)) as silent:
        assert served.nearest(key, vector, 2) is None
        asked = connections_to(silent)
        assert [served.nearest(key, vector, 2) for _ in range(50)] == [None] * 50
        assert (asked > 0, connections_to(silent)) == (True, 0)  # it is not asked each time
        assert served.key == key
        anew = ServedGeneration(library.data, replace(server, patience=PATIENCE))
        anew.refresh()
        assert anew.key is None
        assert anew.nearest(key, vector, 2) is None
        with pytest.raises(IndexUnavailable, match="does not answer"):
            Shelf(Path("any"), replace(server, patience=PATIENCE)).open()
    # The generation was not at fault: it is served again once the server is there.
    running.start()
    anew.refresh()
    assert anew.nearest(key, vector, 2) == exactly_nearest(library, "من افتتح المكتبة؟", 2)
    served.close()
    anew.close()


def test_the_address_is_taken_apart_and_the_key_is_not_shown() -> None:
    server = ChromaServer.of(
        settings_of(chroma_url="https://api.example.com", chroma_api_key="hidden-word")
    )
    assert server
    assert (server.host, server.port, server.ssl) == ("api.example.com", 443, True)
    assert server.key == "hidden-word"
    assert "hidden-word" not in repr(server)
    local = ChromaServer.of(settings_of(chroma_url="http://127.0.0.1:8123"))
    assert local
    assert (local.host, local.port, local.ssl, local.key) == ("127.0.0.1", 8123, False, "")
    assert ChromaServer.of(settings_of()) is None
