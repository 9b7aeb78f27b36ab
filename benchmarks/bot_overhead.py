"""What our part of an answer costs in Telegram, beside a bare echo bot, in one run.

    python -m benchmarks.bot_overhead

Two bots run side by side, each against a Bot API server of its own on loopback: the echo bot of
python-telegram-bot, and Isnad with scripted answers, so without search and model. In turns each is
asked at a steady pace. Printed are the milliseconds of processor time of each bot's process for
one answer (median of the rounds), and what Isnad's take more: the inbox, the history, the answer's
form, its buttons, the signs, the limits.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.telegram_load import BotProcess
from tests.servers.bot_api import BotApiServer

HERE: Final = Path(__file__).parent
CHATS: Final = 50


@dataclass(frozen=True)
class Asked:
    """A bot and those who ask it."""

    server: BotApiServer
    bot: BotProcess

    def round(self, questions: int, per_second: float) -> float:
        """Asks so often; milliseconds of processor time an answer."""
        people = [self.server.user(1_000 + number) for number in range(CHATS)]
        before, answered, started = self.bot.cpu, self.answered, time.monotonic()
        for number in range(questions):
            time.sleep(max(0.0, started + number / per_second - time.monotonic()))
            person = people[number % CHATS]
            person.chat().say(person, "من هي كارولين روز؟")
        while self.answered < answered + questions:
            time.sleep(0.05)
        return 1000 * (self.bot.cpu - before) / questions

    @property
    def answered(self) -> int:
        """The messages that the bot has sent."""
        return sum(one.method == "sendMessage" for one in list(self.server.requests))


def measure(rounds: int, questions: int, per_second: float) -> dict[str, float]:
    """The median milliseconds of each bot."""
    with ExitStack() as stack:
        bots = {}
        for name, arguments in (("echo", ()), ("isnad", ("{place}", "0"))):
            place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = stack.enter_context(BotApiServer())
            given = [one.format(place=place) for one in arguments]
            module = "benchmarks.echo_bot" if name == "echo" else "benchmarks.scripted_bot"
            command: Sequence[str] = (
                sys.executable,
                "-m",
                module,
                server.url,
                server.token,
                *given,
            )
            environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE.parent)}
            bot = BotProcess(place, environment, command)
            bot.start()
            stack.callback(bot.stop)
            bots[name] = Asked(server, bot)
        for one in bots.values():
            one.round(CHATS, per_second)  # to be warm
        costs: dict[str, list[float]] = {name: [] for name in bots}
        for _ in range(rounds):
            for name, one in bots.items():
                costs[name].append(one.round(questions, per_second))
        medians = {name: round(statistics.median(cost), 2) for name, cost in costs.items()}
        return {**medians, "more": round(medians["isnad"] - medians["echo"], 2)}


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=20)
    given = parser.parse_args()
    print(json.dumps(measure(given.rounds, given.questions, given.per_second), indent=2))


if __name__ == "__main__":
    main()
