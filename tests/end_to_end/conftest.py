"""The documents, indexed once for all; the strict Bot API server, and the bot in a directory."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.telegram_bot import ADMIN, SEEDS, Serving, Start, starting, strict_server
from tests.servers.bot_api import BotApiServer

RAG = Path(sysconfig.get_path("scripts")) / "rag"


@pytest.fixture(scope="session")
def indexed_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory whose documents are indexed; only to be copied."""
    place = tmp_path_factory.mktemp("indexed_seeds")
    shutil.copytree(SEEDS, place / "seeds")
    environment = {"PATH": os.environ["PATH"]}
    subprocess.run([RAG, "index"], cwd=place, env=environment, capture_output=True, check=True)
    return place


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """A working directory with the documents in it, and no index of them yet."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def place(indexed_seeds: Path, tmp_path: Path) -> Path:
    """A working directory with the documents and their index in it."""
    return shutil.copytree(indexed_seeds, tmp_path, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def indexed(indexed_seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for all tests of a file, whose documents are not to be changed."""
    return shutil.copytree(indexed_seeds, tmp_path_factory.mktemp("indexed"), dirs_exist_ok=True)


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with strict_server() as server:
        yield server


@pytest.fixture
def start(server: BotApiServer, place: Path) -> Iterator[Start]:
    with starting(server, place) as start:
        yield start


@pytest.fixture(scope="module")
def serving(indexed_seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    place = shutil.copytree(indexed_seeds, tmp_path_factory.mktemp("served"), dirs_exist_ok=True)
    with strict_server() as server, starting(server, place) as start:
        server.user(ADMIN).chat()
        # Of each refusal, python-telegram-bot logs a traceback at the level below.
        yield Serving(server, start(LOG_LEVEL="INFO"))


@pytest.fixture
def served(serving: Serving) -> BotApiServer:
    """The server of that bot."""
    return serving.server
