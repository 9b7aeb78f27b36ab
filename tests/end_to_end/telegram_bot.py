"""The command `bot` in Telegram as a process of its own."""

import os
import signal
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tests.library import SECRET
from tests.servers.bot_api import BotApiServer
from tests.waiting import PATIENCE, wait_until

BOT: Final = Path(sysconfig.get_path("scripts")) / "bot"
SEEDS: Final = Path(__file__).parents[2] / "seeds"
WHO: Final = "من هي كارولين روز؟"
FILE: Final = "003_bc0966837ce6fdc6.txt"
ADMIN: Final = 1
KEY: Final = "sk-key-of-nobody-0123456789"


class RunningBot:
    """The bot as a process; `output` is all it has printed and logged."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self.place = place
        self.may_fail = False  # whether a traceback in the log is what is wanted
        self._log = place / "output.txt"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [BOT], cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> None:
        with suppress(TimeoutError):
            wait_until(lambda: text in self.output or self.process.poll() is not None)
        assert text in self.output, self.output

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()


class Serving(NamedTuple):
    """A bot that runs for all tests of a file; each has people of its own."""

    server: BotApiServer
    bot: RunningBot


Start = Callable[..., RunningBot]


@contextmanager
def strict_server() -> Iterator[BotApiServer]:
    """A server that the bot has to treat as Telegram's is to be treated."""
    with BotApiServer() as server:
        try:
            yield server
        finally:
            print(server.transcript())  # pytest shows it where a test failed, and with -rP
        assert server.violations == []
        assert server.misformed == []
        assert server.unanswered == []
        assert server.floods == []


@contextmanager
def starting(server: BotApiServer, place: Path) -> Iterator[Start]:
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
        assert not SECRET.search(bot.output)
        assert bot.may_fail or "Traceback" not in bot.output, bot.output
