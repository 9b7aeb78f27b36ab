"""The database on a server: lost connections, refusals, and a password that nobody sees."""

import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from bot.store import Database, DatabaseUnavailable
from rag.errors import IsnadError, UsageError
from tests.servers.postgresql import PASSWORD, PostgreSQL

NOWHERE = Path("/nowhere")


@pytest.fixture
def url(postgresql: PostgreSQL) -> SecretStr:
    return SecretStr(postgresql.new_database())


@pytest.fixture
def database(url: SecretStr) -> Iterator[Database]:
    database = Database.open(NOWHERE, url)
    yield database
    database.close()


def greet(database: Database, asker: int) -> None:
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (asker, "ar"))


def askers(database: Database) -> list[int]:
    with database.reading() as cursor:
        return [one for (one,) in cursor.execute("SELECT asker FROM readers ORDER BY asker")]


def cut_every_connection(url: SecretStr) -> None:
    with psycopg.connect(url.get_secret_value(), autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_connections_that_were_cut_are_made_anew(database: Database, url: SecretStr) -> None:
    greet(database, 1)
    cut_every_connection(url)
    greet(database, 2)
    assert askers(database) == [1, 2]


def test_a_transaction_that_is_cut_is_undone_and_said_to_be(
    database: Database, url: SecretStr
) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1"), database.transaction() as one:
        one.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
        cut_every_connection(url)
    greet(database, 2)
    assert askers(database) == [2]


def test_a_failure_passed_over_is_not_committed_in_silence(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable), database.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
        with pytest.raises(psycopg.IntegrityError):
            cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "fa"))
    assert askers(database) == []


def test_a_server_that_restarts_is_waited_for() -> None:
    with PostgreSQL.running() as server:
        database = Database.open(NOWHERE, SecretStr(server.new_database()))
        greet(database, 1)
        server.stop()
        waiting = threading.Thread(target=greet, args=(database, 2))
        waiting.start()
        server.start()
        waiting.join(60)
        assert askers(database) == [1, 2]
        database.close()


def test_many_threads_share_few_connections(database: Database, url: SecretStr) -> None:
    workers = [threading.Thread(target=greet, args=(database, n)) for n in range(40)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert askers(database) == list(range(40))
    with psycopg.connect(url.get_secret_value()) as own:
        row = own.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchone()
    assert row and row[0] <= 9


def test_those_that_write_together_do_not_wait_for_each_other(database: Database) -> None:
    with database.transaction(together=True) as one, database.transaction(together=True) as other:
        one.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
        other.execute("INSERT INTO readers VALUES (?, ?)", (2, "fa"))
    assert askers(database) == [1, 2]


def test_whoever_writes_alone_waits_for_them(database: Database) -> None:
    alone = threading.Thread(target=greet, args=(database, 2))
    with database.transaction(together=True) as cursor:
        alone.start()
        alone.join(0.2)
        assert alone.is_alive()
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
    alone.join(60)
    assert askers(database) == [1, 2]


def test_null_characters_are_kept_as_what_can_be_kept(database: Database) -> None:
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "a\0b"))
        assert cursor.execute("SELECT language FROM readers").fetchone() == ("a\ufffdb",)


@pytest.mark.parametrize(
    "damage",
    [
        lambda url: url.replace(PASSWORD, "another-hidden-word"),
        lambda url: url.rpartition("/")[0] + "/nowhere",
        lambda url: url.replace("127.0.0.1:", "127.0.0.1:1"),
        lambda url: url + "?sslmode=hidden-word",
        lambda url: url + "?no_such=hidden-word",
    ],
)
def test_what_is_wrong_is_told_at_once_without_the_password(
    url: SecretStr, damage: Callable[[str], str]
) -> None:
    began = time.monotonic()
    with pytest.raises(IsnadError, match="DATABASE_URL") as told:
        Database.open(NOWHERE, SecretStr(damage(url.get_secret_value())))
    assert time.monotonic() - began < 30
    shown = "".join(traceback.format_exception(told.value))
    assert PASSWORD not in shown
    assert "another-hidden-word" not in shown


def test_what_is_no_address_is_refused(url: SecretStr) -> None:
    with pytest.raises(UsageError, match="DATABASE_URL"):
        Database.open(NOWHERE, SecretStr(f"{PASSWORD}={url}"))


def test_a_database_of_a_newer_release_is_refused(database: Database, url: SecretStr) -> None:
    with database.transaction() as cursor:
        cursor.execute("UPDATE form SET number = 99")
    with pytest.raises(IsnadError, match="newer Isnad"):
        Database.open(NOWHERE, url)
