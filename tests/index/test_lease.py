"""The lease of the replicas, in a real PostgreSQL."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
from pydantic import SecretStr

from rag.errors import DatabaseUnavailable
from rag.index.lease import PostgreSQLLease
from tests.servers.postgresql import PASSWORD, PostgreSQL
from tests.waiting import wait_until

Replica = Callable[..., PostgreSQLLease]


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    return postgresql.new_database()


@pytest.fixture
def replica(url: str) -> Iterator[Replica]:
    made = []

    def make(seconds: float = 10.0) -> PostgreSQLLease:
        made.append(PostgreSQLLease(SecretStr(url), seconds))
        return made[-1]

    yield make
    for one in made:
        one.close()


def cut_every_connection(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_one_replica_has_it_at_a_time(replica: Replica) -> None:
    first, second = replica(), replica()
    with first.held() as ours:
        assert ours
        with second.held() as theirs:
            assert not theirs
    with second.held() as theirs:
        assert theirs


def test_a_replica_has_it_until_its_last_block_ends(replica: Replica) -> None:
    first, second = replica(), replica()
    with first.held():
        with first.held() as again:
            assert again
        with second.held() as theirs:
            assert not theirs


def is_past(url: str, seconds: float) -> bool:
    """Whether, by the server's clock, so many seconds since 1970 are over."""
    with psycopg.connect(url) as own:
        row = own.execute("SELECT extract(epoch from clock_timestamp())::float8 > %s", [seconds])
        return bool(row.fetchone() == (True,))


def test_it_is_renewed_for_as_long_as_it_is_held(replica: Replica, url: str) -> None:
    first, second = replica(3.0), replica()
    with first.held(), psycopg.connect(url) as own:
        (ends,) = own.execute("SELECT until::float8 FROM lease").fetchone() or (0.0,)
        wait_until(lambda: is_past(url, ends))
        with second.held() as theirs:
            assert not theirs


def test_of_a_holder_that_was_killed_it_is_taken(replica: Replica, url: str) -> None:
    second = replica()
    assert second.announced() == ""
    with psycopg.connect(url, autocommit=True) as killed:
        killed.execute(
            "INSERT INTO lease VALUES"
            " ('index', 'killed', extract(epoch from clock_timestamp()) + 3600)"
        )
        with second.held() as ours:
            assert not ours
        killed.execute("UPDATE lease SET until = extract(epoch from clock_timestamp())")
        with second.held() as ours:
            assert ours


def test_replicas_share_a_name_and_what_was_announced(replica: Replica) -> None:
    replicas = [replica() for _ in range(3)]
    names: list[str] = []
    asking = [threading.Thread(target=lambda r=r: names.append(r.community)) for r in replicas]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(names) == 3
    assert len(set(names)) == 1
    assert replicas[0].announced() == ""
    replicas[0].announce("a")
    replicas[1].announce("b")
    assert replicas[2].announced() == "b"


def test_a_cut_connection_is_made_anew(replica: Replica, url: str) -> None:
    first = replica()
    first.announce("a")
    cut_every_connection(url)
    assert first.announced() == "a"


def test_where_nobody_can_be_asked_that_is_said_without_the_password() -> None:
    lease = PostgreSQLLease(SecretStr(f"postgresql://isnad:{PASSWORD}@127.0.0.1:1/isnad"))
    with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1:1") as told, lease.held():
        pass
    assert PASSWORD not in str(told.value)
