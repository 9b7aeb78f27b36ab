"""Replicas of one index: a folder, a real Chroma server and a real PostgreSQL in common."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from rag.errors import IndexBusy, IndexUnavailable
from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import Embedder, LocalEmbedder
from rag.index.indexer import Indexer
from rag.index.lease import PostgreSQLLease
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.replica import Replica
from rag.index.report import SyncReport
from rag.index.shared_building import Task, do, in_child
from rag.index.shared_vectors import SharedVectors
from rag.index.snapshot import Snapshot
from tests.index.counted_model import CountedModel
from tests.library import Library, settings_of
from tests.servers.chroma import ChromaRun
from tests.servers.postgresql import PostgreSQL
from tests.waiting import until, wait_until

TEXTS = {
    "a": "وصل باقري إلى موسكو. والتقى وزير الدفاع هناك.",
    "b": "افتتح الوزير مكتبة الموصل.",
    "c": "Asim Munir met the prime minister in Riyadh.",
}


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    with ChromaRun.running(tmp_path_factory.mktemp("chroma") / "server") as server:
        yield server


def the_server() -> ChromaServer:
    server = ChromaServer.of(settings_of(chroma_url=os.environ["CHROMA_URL"]))
    assert server
    return server


def here(task: str, data: Path, community: str) -> bool:
    """Does in this process what replicas have done in others: that takes seconds to start."""
    try:
        do(task, data, community)
    except IndexUnavailable:
        return False
    return True


def builds_apart(task: str, data: Path, community: str) -> bool:
    """Builds in a process of its own, as replicas do."""
    return (in_child if task == "build" else here)(task, data, community)


class Process:
    """What one replica is made of."""

    def __init__(self, place: Path, documents: Path, embedder: Embedder, run: Task) -> None:
        lease = PostgreSQLLease(SecretStr(os.environ["DATABASE_URL"]))
        self.replica = Replica(place, the_server(), lease, embedder, run)
        self.reader, self.generation = IndexReader(place), self.replica.generation
        self._indexer = Indexer(documents, place, self.replica.embedder)

    def sync(self, **options: Any) -> SyncReport:
        return self.replica.index(lambda: self._indexer.sync(**options), 0)

    def nearest(self, text: str, count: int) -> list[str] | None:
        """The keys of the passages that Chroma finds nearest."""
        vector = self.replica.embedder.embed_question(text)
        found = self.generation.nearest(self.generation.key or "", vector, count)
        if found is None:
            return None
        keys = self.reader.read(lambda ledger, _: {p.id: p.key for p in ledger.stored_passages()})
        return [keys[one] for one in found]

    def exactly_nearest(self, text: str, count: int) -> list[str]:
        vector = self.replica.embedder.embed_question(text)

        def work(ledger: Ledger, snapshot: Snapshot) -> list[str]:
            index = snapshot.lexical
            keys = {p.id: p.key for p in ledger.stored_passages()}
            scores = np.where(index.alive, index.similarities(vector), -np.inf)
            best = np.argsort(-scores, kind="stable")[:count]
            return [keys[int(one)] for one in index.passages[best]]

        return self.reader.read(work)

    def close(self) -> None:
        self.reader.close()
        self.replica.close()


class Group:
    """Replicas with a folder in common."""

    def __init__(self, place: Path, embedder: Embedder) -> None:
        self.library, self._embedder = Library(place, embedder), embedder
        self._place, self._made = place, list[Process]()
        for name, text in TEXTS.items():
            self.library.write(f"{name}.txt", text)

    def replica(self, run: Task = here) -> Process:
        folder = self._place / f"replica {len(self._made)}"
        folder.mkdir()
        self._made.append(Process(folder, self.library.documents, self._embedder, run))
        return self._made[-1]

    def collections(self) -> list[str]:
        """The generations on the server."""
        with Shelf(Path("x"), the_server()).client() as client:
            names = [one.name for one in client.list_collections()]
        community = self._made[0].replica.community
        return [name for name in names if name.startswith(f"isnad-{community}-at-")]

    def close(self) -> None:
        for one in self._made:
            one.close()


@pytest.fixture
def shared(chroma: ChromaRun, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the processes that build read from their environment."""
    monkeypatch.setenv("CHROMA_URL", chroma.url)
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())


@pytest.fixture
def model() -> CountedModel:
    return CountedModel("model")


@pytest.fixture
def group(shared: None, tmp_path: Path, model: CountedModel) -> Iterator[Group]:
    made = Group(tmp_path, model)
    yield made
    made.close()


def test_one_replica_pays_and_builds_and_all_of_them_serve(
    group: Group, model: CountedModel
) -> None:
    first, second = group.replica(builds_apart), group.replica()
    reports = [one.sync() for one in (first, second)]
    assert [one.passages for one in reports] == [3, 3]
    assert [one.embedded for one in reports] == [3, 0]
    assert len(model.asked) == 3
    second.generation.refresh()
    assert second.nearest("باقري", 3) is None  # nothing is sealed yet: searched exactly
    assert first.generation.build()
    for one in (first, second):
        one.generation.refresh()
        assert one.nearest("باقري", 3) == one.exactly_nearest("باقري", 3)
    assert first.nearest("باقري", 3) == second.nearest("باقري", 3)


def test_a_change_is_heard_of_and_paid_for_once(group: Group, model: CountedModel) -> None:
    first, second = group.replica(), group.replica()
    first.sync()
    assert second.replica.is_behind()
    second.sync()
    assert not first.replica.is_behind()
    assert not second.replica.is_behind()
    group.library.write("d.txt", "زار الوفد مدينة حلب.")
    (group.library.documents / "a.txt").rename(group.library.documents / "z.txt")
    assert second.sync().added == ("d.txt", "z.txt")
    assert first.replica.is_behind()
    first.sync()
    assert not first.replica.is_behind()
    assert len(model.asked) == 4


async def test_who_follows_the_others_takes_over_what_they_bring_in(group: Group) -> None:
    first, second = group.replica(), group.replica()

    async def sync() -> SyncReport:
        return await asyncio.to_thread(second.sync)

    following = asyncio.create_task(second.replica.follow(sync))
    for text in ("خبر أول", "خبر ثان"):
        group.library.write("d.txt", text)
        await asyncio.to_thread(first.sync)
        await asyncio.to_thread(wait_until, lambda: not second.replica.is_behind())
        assert second.generation.contents == first.generation.contents
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


def test_one_that_could_not_be_brought_up_to_date_is_behind_until_it_is(
    group: Group, model: CountedModel
) -> None:
    first, second = group.replica(), group.replica()
    first.sync()
    second.sync()
    group.library.write("d.txt", "خبر")
    lease = PostgreSQLLease(SecretStr(os.environ["DATABASE_URL"]))
    with lease.held(), pytest.raises(IndexBusy):
        second.sync()  # whoever holds the lease may be embedding this very text
    lease.close()
    wait_until(second.replica.is_behind)
    assert second.sync().embedded == 1
    assert not second.replica.is_behind()


def test_a_new_replica_pays_for_nothing_and_finds_what_is_there(
    group: Group, model: CountedModel
) -> None:
    first = group.replica()
    first.sync()
    assert first.generation.build()
    third = group.replica()
    assert third.sync().added == ("a.txt", "b.txt", "c.txt")
    third.generation.refresh()
    assert third.generation.key
    assert len(model.asked) == 3


def test_the_last_two_generations_are_kept_and_what_was_not_sealed_is_not(group: Group) -> None:
    first = group.replica()
    for text in ("واحد", "اثنان", "ثلاثة"):
        group.library.write("e.txt", text)
        first.sync()
        assert first.generation.build()
    assert len(group.collections()) == 2
    group.library.write("e.txt", "أربعة")
    first.sync()
    half = f"isnad-{first.replica.community}-at-{first.generation.contents}"
    shelf = Shelf(Path(half), the_server())
    with shelf.client() as client:
        shelf.create_collection(client)
    first.generation.refresh()
    assert first.generation.key is None
    assert first.generation.build()
    first.generation.refresh()
    assert first.nearest("أربعة", 1) == first.exactly_nearest("أربعة", 1)
    assert len(group.collections()) == 2


def test_a_generation_that_was_lost_is_built_again(group: Group) -> None:
    first, second = group.replica(), group.replica()
    for one in (first, second):
        one.sync()
    assert first.generation.build()
    second.generation.refresh()
    (name,) = group.collections()
    shelf = Shelf(Path(name), the_server())
    with shelf.client() as client:
        collection = shelf.get_collection(client)
        collection.delete(ids=collection.get(limit=1)["ids"])
        # Half a generation answers no more than none.
        first.generation.refresh()
        assert first.generation.key is None
        client.delete_collection(name)
    assert second.nearest("باقري", 1) is None
    assert second.generation.build()
    assert group.collections() == [name]


async def test_a_generation_that_is_lost_while_it_is_served_is_built_again(group: Group) -> None:
    first = group.replica()
    first.sync()
    assert first.generation.build()
    (name,) = group.collections()

    def key() -> str:
        return first.reader.read(lambda _, snapshot: snapshot.key)

    def nearest() -> list[str] | None:
        return first.nearest("باقري", 3)

    keeping = asyncio.create_task(first.generation.keep(key))
    await until(nearest)
    with Shelf(Path(name), the_server()).client() as client:
        client.delete_collection(name)
    assert nearest() is None  # searched exactly meanwhile
    await until(nearest)
    assert nearest() == first.exactly_nearest("باقري", 3)
    assert group.collections() == [name]
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


def test_a_passage_that_is_too_long_for_chroma_cloud_is_there_all_the_same(group: Group) -> None:
    group.library.write("long.txt", "𐤀𐤁𐤂𐤃𐤄𐤅𐤆𐤇𐤈𐤉 " * 1000)
    first = group.replica()
    first.sync()
    assert first.generation.build()
    (name,) = group.collections()
    shelf = Shelf(Path(name), the_server())
    with shelf.client() as client:
        found = shelf.get_collection(client).get(include=["metadatas"])
    longest = max(len(one["text"].encode()) for one in found["metadatas"])
    assert 4000 < longest <= 4096


def test_local_vectors_need_no_lease_and_are_served_all_the_same(
    shared: None, tmp_path: Path
) -> None:
    group = Group(tmp_path, LocalEmbedder())
    first, second = group.replica(), group.replica()
    for one in (first, second):
        one.sync()
    assert second.generation.build()
    first.generation.refresh()
    assert first.nearest("مكتبة الموصل", 3) == first.exactly_nearest("مكتبة الموصل", 3)
    group.close()


def test_what_the_server_lost_it_gets_back_from_whoever_builds(
    group: Group, model: CountedModel
) -> None:
    first, second = group.replica(), group.replica()
    first.sync()
    vectors = SharedVectors(the_server(), lambda: first.replica.community, model.name)
    vectors.begin_anew()
    assert first.generation.build()
    second.sync()
    assert len(model.asked) == 3
    vectors.close()


def test_a_damaged_ledger_is_made_again_and_nothing_paid_for_it(
    group: Group, model: CountedModel, tmp_path: Path
) -> None:
    first, second = group.replica(), group.replica()
    for one in (first, second):
        one.sync()
    for path in (tmp_path / "replica 1").glob("ledger.sqlite3*"):
        path.write_bytes(b"damaged" * 1000)
    report = second.sync(rebuild=True)
    assert (report.passages, report.embedded) == (3, 0)
    assert len(model.asked) == 3
