"""A Chroma server in place of the embedded one: a real one, on this machine."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import IndexUnavailable
from rag.index.building import build
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import LocalEmbedder
from rag.index.generation import (
    Generation,
    Pointer,
    build_in_child,
    current,
    folder_of,
    point_to,
    pointer,
)
from rag.index.naming import former_prefix_of, prefix_of
from rag.index.serving import ServedGeneration
from tests.index.test_generation import exactly_nearest
from tests.library import Library, settings_of
from tests.servers.chroma import ChromaRun
from tests.waiting import until

WHO = "من افتتح المكتبة؟"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with ChromaRun.running(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


@pytest.fixture
def running(chroma: ChromaRun) -> ChromaRun:
    """The server, with nothing in it."""
    server = ChromaServer.of(settings_of(chroma_url=chroma.url))
    with Shelf(Path("any"), server).client() as client:
        for one in client.list_collections():
            client.delete_collection(one.name)
    return chroma


def generations(server: ChromaServer | None) -> list[str]:
    """The collections of the server."""
    with Shelf(Path("any"), server).client() as client:
        return [one.name for one in client.list_collections()]


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
        (vector,) = LocalEmbedder().embed([WHO])
        assert served.nearest(served.key, vector, 2) == exactly_nearest(library, WHO, 2)
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
    (vector,) = LocalEmbedder().embed([WHO])
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
    assert anew.nearest(key, vector, 2) == exactly_nearest(library, WHO, 2)
    served.close()
    anew.close()


async def test_a_collection_that_the_server_lost_while_it_is_served_is_built_again(
    library: Library, running: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="افتتح الوزير مكتبة الموصل.")
    monkeypatch.setenv("CHROMA_URL", running.url)
    server, key = ChromaServer.of(settings_of()), library.snapshot.key
    lost = build(library.data, server)
    assert lost
    (vector,) = LocalEmbedder().embed([WHO])
    served = ServedGeneration(library.data, server)

    def nearest() -> list[int] | None:
        return served.nearest(key, vector, 2)

    keeping = asyncio.create_task(served.keep(lambda: key))
    await until(nearest)
    with Shelf(Path(lost.name), server).client() as client:
        client.delete_collection(lost.name)
    assert nearest() is None  # searched exactly meanwhile
    assert library.files(WHO)[0] == "b.txt"
    await until(nearest)
    assert nearest() == exactly_nearest(library, WHO, 2)
    assert len(generations(server)) == 1
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    served.close()


def test_folders_of_one_path_in_two_containers_leave_each_others_generations_alone(
    tmp_path: Path, running: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMA_URL", running.url)
    server = ChromaServer.of(settings_of())
    containers, names = [tmp_path / name for name in ("first", "second")], []
    data = tmp_path / "data"
    for place in containers:
        library = Library(place).fill(a="وصل باقري إلى موسكو.")
        library.data.rename(data)
        folder_of(data).mkdir()
        names.append(f"{prefix_of(data)}1-1")
        assert names[-1].startswith(prefix_of(data))  # it knows its own again
        data.rename(place / "data")
    # Left by who was killed, or superseded; and what no mark tells from another folder's.
    alike = f"{former_prefix_of(data)}7-7"
    with Shelf(Path("any"), server).client() as client:
        for name in (*names, alike):
            client.create_collection(name, embedding_function=None)
    (containers[0] / "data").rename(data)
    built = build(data, server)
    assert built
    assert set(generations(server)) == {built.name, names[1], alike}


def test_a_generation_of_the_time_before_marks_goes_when_it_is_old(
    library: Library, running: ChromaRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMA_URL", running.url)
    server = ChromaServer.of(settings_of())
    library.fill(a="وصل باقري إلى موسكو.")
    folder_of(library.data).mkdir()
    first, second = (
        Generation(f"{former_prefix_of(library.data)}{number}-1", number, "key", "local", 1, "ids",
                   server=f"127.0.0.1:{running.url.rpartition(':')[2]}")
        for number in (1, 2)
    )  # fmt: skip
    with Shelf(Path("any"), server).client() as client:
        for one in (first, second):
            client.create_collection(one.name, embedding_function=None)
    point_to(library.data, Pointer(second, first))
    built = build(library.data, server)
    assert built
    assert pointer(library.data) == Pointer(built, second)
    assert set(generations(server)) == {built.name, second.name}


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
