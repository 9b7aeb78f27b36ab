"""Transactions: whole or not at all, one after the other, over threads and processes."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Database, DatabaseUnavailable
from bot.store.migrations import MIGRATIONS, statements_of
from rag.errors import IsnadError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database.open(path)
    yield database
    database.close()


def languages(database: Database) -> list[tuple[int, str]]:
    with database.reading() as cursor:
        return cursor.execute("SELECT asker, language FROM readers ORDER BY asker").fetchall()


def greet(database: Database, asker: int, language: str) -> None:
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (asker, language))


def test_a_transaction_is_whole_or_not_at_all(database: Database) -> None:
    greet(database, 1, "ar")

    def fail() -> None:
        with database.transaction() as cursor:
            cursor.execute("INSERT INTO readers VALUES (?, ?)", (2, "fa"))
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert languages(database) == [(1, "ar")]
    greet(database, 3, "en")  # and the database goes on
    assert languages(database) == [(1, "ar"), (3, "en")]


def test_what_is_read_in_a_transaction_stays_so_until_it_ends(database: Database) -> None:
    greet(database, 1, "0")

    def count_up() -> None:
        for _ in range(25):
            with database.transaction() as cursor:
                (so_far,) = cursor.execute("SELECT language FROM readers").fetchone()
                cursor.execute("UPDATE readers SET language = ?", (str(int(so_far) + 1),))

    workers = [threading.Thread(target=count_up) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert languages(database) == [(1, "100")]


def test_new_rows_are_given_their_ids(database: Database) -> None:
    with database.transaction() as cursor:
        ids = [
            cursor.execute(
                "INSERT INTO journal (at, admin, action, details) VALUES (?, ?, ?, ?) RETURNING id",
                (1.5, 2**40, "reindex", "100 % ؟"),
            ).fetchone()[0]
            for _ in range(2)
        ]
        rows = cursor.execute("SELECT at, admin, details FROM journal").fetchall()
    assert ids == [1, 2]
    assert rows == [(1.5, 2**40, "100 % ؟")] * 2


def test_the_clock_tells_seconds_since_1970(database: Database) -> None:
    with database.reading() as cursor:
        (now,) = cursor.execute(f"SELECT {database.clock}").fetchone()
    assert now > 1_700_000_000
    assert isinstance(now, float)


def test_a_damaged_database_is_one_clear_line(path: Path) -> None:
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(IsnadError, match="cannot be opened"):
        Database.open(path)


def test_a_database_that_fails_later_is_told_too(path: Path) -> None:
    database = Database.open(path)
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE readers")
    with pytest.raises(DatabaseUnavailable, match="cannot be read or written"):
        greet(database, 1, "ar")
    database.close()


def test_a_database_of_the_first_release_is_brought_up_to_date(path: Path) -> None:
    with sqlite3.connect(path) as old:
        for statement in statements_of(MIGRATIONS[0]):
            old.execute(statement)
        old.execute("INSERT INTO tokens VALUES (7, 100)")
        old.execute("PRAGMA user_version = 1")
    old.close()
    database = Database.open(path)
    with database.reading() as cursor:
        assert cursor.execute("SELECT spent FROM tokens").fetchall() == [(100,)]
    assert languages(database) == []
    database.close()


def test_a_database_of_a_newer_release_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(IsnadError, match="newer Isnad"):
        Database.open(path)
