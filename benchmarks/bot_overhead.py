"""What our part of an answer costs in Telegram, beside a bare echo bot, in one run.

    python -m benchmarks.bot_overhead

Two bots run side by side, each against a Bot API server of its own on loopback: the echo bot of
python-telegram-bot, and Isnad with scripted answers, so without search and model. In turns each is
asked at a steady pace. Printed are the milliseconds of processor time of each bot's process for
one answer, round by round, and what Isnad's takes above the echo's of that round (median and
quartiles): the inbox, the history, the answer's form, its buttons, the signs, the limits. A third
bot takes 1.5 s for each answer and shows it in drafts as it grows; what drafts cost is
printed beside, without a bar. Exit status 1 where the median of the first is above 3 ms.
"""

import argparse
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

from benchmarks.aims import Aim
from benchmarks.telegram_load import BotProcess
from benchmarks.verdict import report
from tests.servers.bot_api import BotApiServer

HERE: Final = Path(__file__).parent
CHATS: Final = 50
MOST: Final = 3.0
"""Milliseconds of processor time an answer, above the echo bot's."""
BOTS: Final[dict[str, str | None]] = {"echo": None, "isnad": "0", "isnad with drafts": "1.5"}
"""The seconds that each takes for an answer; None for the echo bot."""


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


def measure(rounds: int, questions: int, per_second: float) -> dict[str, list[float]]:
    """Milliseconds an answer of each bot, round by round."""
    with ExitStack() as stack:
        bots = {name: _begun(stack, name) for name in BOTS}
        for one in bots.values():
            one.round(CHATS, per_second)  # to be warm
        costs: dict[str, list[float]] = {name: [] for name in bots}
        for _ in range(rounds):
            for name, one in bots.items():
                costs[name].append(one.round(questions, per_second))
        return costs


def _begun(stack: ExitStack, name: str) -> Asked:
    """A bot that runs until the stack is left."""
    place = stack.enter_context(tempfile.TemporaryDirectory())
    server = stack.enter_context(BotApiServer())
    seconds = BOTS[name]
    module = "benchmarks.echo_bot" if seconds is None else "benchmarks.scripted_bot"
    given = () if seconds is None else (place, seconds)
    command = (sys.executable, "-m", module, server.url, server.token, *given)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE.parent)}
    bot = BotProcess(Path(place), environment, command)
    bot.start()
    stack.callback(bot.stop)
    return Asked(server, bot)


def _spread(values: Sequence[float]) -> dict[str, float | list[float]]:
    """The median, the quartiles, and all of them in their order."""
    lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
    return {
        "median": round(statistics.median(values), 2),
        "quartiles": [round(lower, 2), round(upper, 2)],
        "rounds": [round(value, 2) for value in values],
    }


def main() -> int:
    """Prints one JSON object, and the bar; 1 where it is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="at least 2")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=20)
    given = parser.parse_args()
    if given.rounds < 2:
        parser.error("a spread takes two rounds at least")
    costs = measure(given.rounds, given.questions, given.per_second)
    more = {
        name: [one - echo for one, echo in zip(costs[name], costs["echo"], strict=True)]
        for name in ("isnad", "isnad with drafts")
    }
    figures = {name: _spread(values) for name, values in costs.items()}
    figures |= {f"{name}: more": _spread(values) for name, values in more.items()}
    median = statistics.median(more["isnad"])
    return report(figures, [Aim("ms an answer more than the echo bot, median", median, MOST)])


if __name__ == "__main__":
    sys.exit(main())
