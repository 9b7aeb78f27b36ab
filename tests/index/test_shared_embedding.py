"""Replicas that share what they pay for, over a real Chroma server and a lease."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexBusy, IndexUnavailable, ModelUnavailable
from rag.index.chroma import ChromaServer
from rag.index.embedding import Vector
from rag.index.shared_embedding import SharedEmbedder
from rag.index.shared_vectors import SharedVectors, text_key
from tests.index.counted_model import CountedModel
from tests.library import settings_of
from tests.servers.chroma import ChromaRun

COMMUNITY = "c0ffee"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with ChromaRun.running(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


class OneLease:
    """The lease of replicas in one process."""

    community = COMMUNITY

    def __init__(self) -> None:
        self.holders: list[object] = []

    def of(self, replica: object) -> "OneHolder":
        return OneHolder(self, replica)


class OneHolder:
    def __init__(self, lease: OneLease, replica: object) -> None:
        self._lease, self._replica = lease, replica

    community = COMMUNITY

    @contextmanager
    def held(self) -> Iterator[bool]:
        holders = self._lease.holders
        ours = all(one is self._replica for one in holders)
        if ours:
            holders.append(self._replica)
        try:
            yield ours
        finally:
            if ours:
                holders.pop()

    def announce(self, contents: str) -> None:
        """Nobody listens."""

    def announced(self) -> str:
        return ""


class Replicas:
    """Replicas of one model."""

    def __init__(self, chroma: ChromaRun, model: CountedModel) -> None:
        server = ChromaServer.of(settings_of(chroma_url=chroma.url))
        assert server
        self.model, self.lease, self._server = model, OneLease(), server
        self.made: list[SharedVectors] = []

    def vectors(self) -> SharedVectors:
        self.made.append(SharedVectors(self._server, lambda: COMMUNITY, self.model.name))
        return self.made[-1]

    def replica(self) -> SharedEmbedder:
        return SharedEmbedder(self.model, self.vectors(), self.lease.of(object()))


@pytest.fixture
def replicas(chroma: ChromaRun, request: pytest.FixtureRequest) -> Iterator[Replicas]:
    made = Replicas(chroma, CountedModel(request.node.name))
    yield made
    for one in made.made:
        one.close()


def same(ours: Sequence[Vector], theirs: Sequence[Vector]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))


def test_what_one_replica_paid_for_the_others_take_to_the_last_place(replicas: Replicas) -> None:
    # More than Chroma writes to its index at once: what comes from there must be no other.
    texts = [f"نص {n}" for n in range(1100)]
    first, second = replicas.replica(), replicas.replica()
    paid = first.embed(texts)
    taken = second.embed(list(reversed(texts)))
    assert same(taken, list(reversed(paid)))
    assert same(paid, [replicas.model.vector(text) for text in texts])
    assert len(replicas.model.asked) == first.bought == len(texts)
    assert second.bought == 0


def test_only_what_is_missing_is_bought_and_equal_texts_once(replicas: Replicas) -> None:
    replicas.replica().embed(["أ", "ب"])
    found = replicas.replica().embed(["ب", "ج", "ج"])
    assert same(found, [replicas.model.vector(text) for text in ("ب", "ج", "ج")])
    assert replicas.model.asked == ["أ", "ب", "ج"]


def test_who_has_not_the_lease_waits_for_who_has(replicas: Replicas) -> None:
    first, second = replicas.replica(), replicas.replica()
    with first.indexing(0):
        first.embed(["أ"])
        with second.indexing(0), pytest.raises(IndexBusy):
            second.embed(["ب"])
        got: list[Vector] = []
        with second.indexing(60):
            waiting = threading.Thread(target=lambda: got.extend(second.embed(["أ", "ب"])))
            waiting.start()
            first.embed(["ب"])
            waiting.join(60)
        assert same(got, [replicas.model.vector(text) for text in ("أ", "ب")])
    assert replicas.model.asked == ["أ", "ب"]
    assert second.bought == 0
    assert not replicas.lease.holders


def test_a_model_that_fails_leaves_the_lease_to_another(replicas: Replicas) -> None:
    first, second = replicas.replica(), replicas.replica()
    replicas.model.fails = True
    with pytest.raises(ModelUnavailable), first.indexing(0):
        first.embed(["أ"])
    replicas.model.fails = False
    second.embed(["أ"])
    assert second.bought == 1


def test_a_model_that_changed_its_width_is_asked_again(replicas: Replicas) -> None:
    first = replicas.replica()
    first.embed(["أ", "ب"])
    replicas.model.width = 32
    found = first.embed(["أ", "ج"])
    assert {len(vector) for vector in found} == {32}
    assert same(replicas.replica().embed(["أ", "ج"]), found)
    assert sorted(replicas.model.asked) == ["أ", "أ", "ب", "ج"]


def test_vectors_that_another_began_anew_are_found_again(replicas: Replicas) -> None:
    first, second = replicas.vectors(), replicas.vectors()
    first.keep({text_key("أ"): replicas.model.vector("أ")})
    assert second.missing([text_key("أ"), text_key("ب")]) == {text_key("ب")}
    first.begin_anew()
    first.begin_anew()
    assert second.known([text_key("أ")]) == {}
    second.keep({text_key("ب"): replicas.model.vector("ب")})
    assert list(first.known([text_key("أ"), text_key("ب")])) == [text_key("ب")]


def test_a_server_that_is_away_is_said_and_comes_back(tmp_path: Path) -> None:
    with ChromaRun.running(tmp_path / "server") as server:
        replicas = Replicas(server, CountedModel("away"))
        replica = replicas.replica()
        replica.embed(["أ"])
        server.kill()
        with pytest.raises(IndexUnavailable, match="CHROMA_URL"):
            replica.embed(["أ", "ب"])
        assert replicas.model.asked == ["أ"]  # nothing is bought that could not be shared
        server.start()
        replica.embed(["أ", "ب"])
        assert replicas.model.asked == ["أ", "ب"]


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        server = ChromaServer.of(settings_of(chroma_url=url))
        assert server
        vectors = SharedVectors(replace(server, patience=0.1), lambda: COMMUNITY, "model")
        with pytest.raises(IndexUnavailable, match="cannot be reached"):
            vectors.missing(["a"])
        vectors.close()
