"""Transactions: whole or not at all, one after the other, over threads and processes."""

import sqlite3
import threading

import psycopg
import pytest

from bot.store import Database, DatabaseUnavailable
from tests.bot.store.conftest import Opener


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


def test_a_change_is_seen_by_all_at_once_and_only_when_it_is_whole(opener: Opener) -> None:
    writer, reader = opener(), opener()
    with writer.transaction() as cursor:
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
        assert languages(reader) == []
    assert languages(reader) == [(1, "ar")]


def test_processes_that_open_it_at_once_make_one_database(opener: Opener) -> None:
    opened: list[Database] = []
    openers = [threading.Thread(target=lambda: opened.append(opener())) for _ in range(4)]
    for one in openers:
        one.start()
    for one in openers:
        one.join()
    for number, database in enumerate(opened):
        greet(database, number, "fa")
    assert len(languages(opened[0])) == 4


def test_a_doubled_row_is_refused_as_what_it_is_and_the_database_goes_on(
    database: Database,
) -> None:
    greet(database, 1, "ar")
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        greet(database, 1, "fa")
    assert languages(database) == [(1, "ar")]


def test_a_closed_database_says_so(database: Database) -> None:
    database.close()
    with pytest.raises(DatabaseUnavailable):
        languages(database)
