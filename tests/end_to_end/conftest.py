"""The strict Bot API server, and the bot in a directory of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.telegram_bot import ADMIN, SEEDS, RunningBot, Start
from tests.servers.bot_api import BotApiServer


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
        assert server.violations == []
        assert server.floods == []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def start(server: BotApiServer, place: Path) -> Iterator[Start]:
    """Starts the bot; at the end it is stopped, and the token must be in nothing that it said."""
    started: list[RunningBot] = []

    def launch(**variables: str) -> RunningBot:
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "en_US.UTF-8",
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_ADMIN_IDS": str(ADMIN),
            "LOG_LEVEL": "DEBUG",
            **variables,
        }
        bot = RunningBot(place, environment)
        started.append(bot)
        bot.wait_for("@\u2068isnad_test_bot\u2069")
        return bot

    yield launch
    for bot in started:
        if bot.process.poll() is None:
            assert bot.stop() == 0, bot.output
        secret = server.token.partition(":")[2]
        assert secret not in bot.output
        assert bot.may_fail or "Traceback" not in bot.output, bot.output
