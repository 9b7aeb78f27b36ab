"""Each test of the store runs against SQLite and against PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.store import Database
from tests.servers.postgresql import PostgreSQL

Opener = Callable[[], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one and the same database, each time anew."""
    url = None
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = SecretStr(server.new_database())
    opened: list[Database] = []

    def opens() -> Database:
        opened.append(Database.open(tmp_path / "a" / "b.sqlite3", url))
        return opened[-1]

    yield opens
    for database in opened:
        database.close()


@pytest.fixture
def database(opener: Opener) -> Database:
    """A database, new and empty."""
    return opener()
