"""Several bots behind one webhook, over PostgreSQL: order, losses, and one budget of messages.

    python -m benchmarks.telegram_replicas               2 bots, 100 chats, 24 questions/s, 60 s
    python -m benchmarks.telegram_replicas --replicas 3

Each bot is a process of its own with scripted answers; a proxy hands updates to them in turn. More
is asked than may be answered in some seconds, so that the bots reach the limit together. Every
question must be answered, in the order of its chat, and no more than 30 messages sent in a second.
As more is asked at times than signs are allowed, no bar is set for the first sign. Exit status 1
where another bar is missed.
"""

import argparse
import os
import socket
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.telegram_judge import Asked, Outcome, Question, judge
from benchmarks.telegram_load import BotProcess
from benchmarks.verdict import report
from tests.servers.bot_api import BotApiServer
from tests.servers.postgresql import PostgreSQL

ROOT: Final = Path(__file__).parents[1]
ADDRESS: Final = "https://isnad.example"
LATENCY: Final = 0.05
ANSWER: Final = 0.3
"""Seconds that an answer takes."""
RUSH: Final = 2.0
"""How many times as much is asked in every other second, and nothing in the others."""
PATIENCE: Final = 120.0
"""Seconds for the answers that are missing when the last question was asked."""


@dataclass(frozen=True)
class Load:
    """What the bots are put to."""

    replicas: int = 2
    chats: int = 100
    per_second: float = 24
    seconds: float = 60


def run(load: Load) -> Outcome:
    """Puts the bots under the load; what came of it."""
    with ExitStack() as stack:
        server = stack.enter_context(BotApiServer())
        database = stack.enter_context(PostgreSQL.running()).new_database()
        ports = [_free_port() for _ in range(load.replicas)]
        server.webhook.route(ADDRESS, *(f"http://127.0.0.1:{port}" for port in ports))
        for port in ports:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            bot = BotProcess(place, _environment(database, port), _command(server, place))
            bot.start()
            stack.callback(bot.stop)
        server.latency = LATENCY
        time.sleep(5)  # until each has its share
        first = len(server.requests)
        asked = _ask(server, load)
        until = time.monotonic() + PATIENCE
        while True:
            outcome = judge(server, asked, [], server.requests[first:])
            outcome.is_disturbed = True
            if not outcome.lost or time.monotonic() > until:
                return outcome
            time.sleep(0.5)


def _environment(database: str, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "WARNING",
        "DATABASE_URL": database,
        "WEBHOOK_URL": f"{ADDRESS}/telegram",
        "WEBHOOK_SECRET": "of-the-webhook-01",
        "WEBHOOK_PORT": str(port),
        "QUESTIONS_PER_HOUR_IN_ALL": "0",
    }


def _command(server: BotApiServer, place: Path) -> tuple[str | Path, ...]:
    program = (sys.executable, "-m", "benchmarks.scripted_bot")
    return (*program, server.url, server.token, place / "data", str(ANSWER))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ask(server: BotApiServer, load: Load) -> Asked:
    """Asks in rushes, each chat in its turn."""
    asked = Asked()
    people = [server.user(1_000 + number, "ar") for number in range(load.chats)]
    started = time.monotonic()
    for number in range(round(load.per_second * load.seconds)):
        whole, part = divmod(number / load.per_second, RUSH)
        time.sleep(max(0.0, started + whole * RUSH + part / RUSH - time.monotonic()))
        person = people[number % load.chats]
        now = time.monotonic()
        asked[person.chat().id, person.chat().say(person, f"سؤال {number}؟")] = Question(now)
    return asked


def main() -> int:
    """Prints one JSON object, and the bars; 1 where one is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Load()
    parser.add_argument("--replicas", type=int, default=default.replicas)
    parser.add_argument("--chats", type=int, default=default.chats)
    parser.add_argument("--per-second", type=float, default=default.per_second)
    parser.add_argument("--seconds", type=float, default=default.seconds)
    load = Load(**vars(parser.parse_args()))
    outcome = run(load)
    return report({"load": asdict(load), **outcome.as_json()}, outcome.bars)


if __name__ == "__main__":
    sys.exit(main())
