"""The database in a file: damaged, older and newer ones."""

import sqlite3
from pathlib import Path

import pytest

from bot.store import Database, DatabaseUnavailable, Place, Store
from bot.store.migrations import MIGRATIONS, statements_of
from rag.errors import IsnadError
from rag.knowledge_base import Turn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite3"


def test_a_damaged_database_is_one_clear_line(path: Path) -> None:
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(IsnadError, match="cannot be opened"):
        Database.open(path)


def test_a_database_that_fails_later_is_told_too(path: Path) -> None:
    database = Database.open(path)
    other = sqlite3.connect(path)
    other.execute("DROP TABLE readers")
    other.close()
    with (
        pytest.raises(DatabaseUnavailable, match="cannot be read or written"),
        database.transaction() as cursor,
    ):
        cursor.execute("INSERT INTO readers VALUES (?, ?)", (1, "ar"))
    database.close()


def test_what_is_deleted_is_nowhere_in_the_file(path: Path) -> None:
    secret = "مقتل الصحافي في السابعة".encode()
    store = Store(Database.open(path))
    store.remember(store.thread(Place(1, 0), 6), 5, Turn(secret.decode(), "جواب", ()), 1e9)
    store.close()
    assert secret in path.read_bytes()
    store = Store(Database.open(path))
    store.forget_asker(5)
    store.close()
    assert not [one for one in path.parent.iterdir() if secret in one.read_bytes()]


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
        assert cursor.execute("SELECT * FROM inbox").fetchall() == []
    database.close()


def test_a_database_of_a_newer_release_is_refused(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(IsnadError, match="newer Isnad"):
        Database.open(path)
