"""A year of the bot in minutes: whether it loses, leaks, slows down or fails in silence.

    python -m benchmarks.soak                            20,000 questions; 15 to 30 minutes
    python -m benchmarks.soak --questions 2000 --restarts 4
    python -m benchmarks.soak --faults 0                 with nothing spoilt on purpose

The command `bot` runs as a process of its own over the documents in `seeds` and those that an admin
adds, changes and removes meanwhile, against the strict Bot API server and the OpenAI-compatible
server of the tests. Readers ask, tap, edit and type; each waits for what they asked, so that the
machine decides how fast it goes. The most of it, 17 of 20 things, is asked in one life of the
process, of which memory, descriptors and threads are told; in the rest it is stopped and killed.
Exit status 1 where a bar is missed.
"""

import argparse
import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.process_life import Vitals, sizes_in, vitals
from benchmarks.soak_ledger import Judgement, Ledger
from benchmarks.soak_log import Log, read_log
from benchmarks.soak_mischief import Mischief, Restarts
from benchmarks.soak_model import PATIENCE, ScriptedModel
from benchmarks.soak_office import ADMIN, Office
from benchmarks.soak_readers import Readers
from benchmarks.soak_report import missed, told
from benchmarks.telegram_load import KEY, BotProcess
from tests.servers.bot_api import BotApiServer, Request
from tests.servers.openai_api import OpenAIServer

HERE: Final = Path(__file__).parent
ONE_LIFE: Final = 0.85
"""The share that is asked before the restarts."""
_LOOK_EVERY: Final = 0.004
_SAMPLE_EVERY: Final = 1.0
_BUSY: Final = 2.0
"""Processes that want each core, from which on the machine is not quiet."""
_PATIENCE: Final = 240.0
"""Seconds for what is unanswered when nothing is asked any more."""


@dataclass(frozen=True)
class Plan:
    """What the bot is put to."""

    questions: int = 20_000
    restarts: int = 10
    faults: float = 0.02
    """The share of requests to Telegram, and of those to the model, that are spoilt."""
    places: int = 40
    groups: int = 8
    every: int = 400
    """Things that are asked between two rounds of the admin."""
    seed: int = 1
    log: Path | None = None
    """Where the bot's log is kept; None: nowhere."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the bot held when so many things were asked."""

    asked: int
    time: float
    vitals: Vitals
    stored: int
    """Bytes in the data folder."""


@dataclass
class Outcome:
    """What came of it."""

    plan: Plan
    one_life: int
    """How many things were asked in the first life of the process."""
    seconds: float
    ledger: Ledger
    judgement: Judgement
    log: Log
    samples: list[Sample]
    faults: dict[str, int]
    work: Counter[str]
    failed_work: list[str]
    violations: list[str]
    floods: int
    statuses: list[int]
    cpu: float
    stored: dict[str, int] = field(default_factory=dict)
    metrics: list[int] = field(default_factory=list)
    """How many lines of metrics there were, from time to time."""


class Soak:
    """One run."""

    def __init__(self, plan: Plan, stack: ExitStack) -> None:
        self._plan, self._stack = plan, stack
        self._place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(HERE.parent / "seeds", self._place / "seeds")
        self._server = stack.enter_context(BotApiServer())
        openai = stack.enter_context(OpenAIServer(key=KEY, dimensions=512))
        self._model = ScriptedModel(openai, plan.seed)
        self._health = _free_port()
        self._bot = BotProcess(
            self._place,
            {
                "PATH": os.environ["PATH"],
                "LANG": "en_US.UTF-8",
                "TELEGRAM_BOT_TOKEN": self._server.token,
                "TELEGRAM_API_URL": self._server.url,
                "TELEGRAM_ADMIN_IDS": str(ADMIN),
                "QUESTIONS_PER_HOUR": "0",
                "OPENAI_BASE_URL": openai.url,
                "OPENAI_API_KEY": KEY,
                "OPENAI_TIMEOUT": str(int(PATIENCE)),
                "OPENAI_EMBEDDING_MODEL": "scripted",
                "HTTP_PORT": str(self._health),
                "LOG_LEVEL": "WARNING",
                "LOG_FORMAT": "json",
            },
        )
        self._ledger = Ledger()
        self._readers = Readers(
            self._server, self._ledger, places=plan.places, groups=plan.groups, seed=plan.seed
        )
        self._office = Office(
            self._server, self._place / "seeds", every=plan.every, asked=lambda: self._readers.asked
        )
        self._under_way: list[Request] = []
        self._polls = 0
        self._starts: list[float] = []
        self._load = 0.0
        self._samples: list[Sample] = []
        self._metrics: list[int] = []
        self._sampled = 0.0

    def run(self) -> Outcome:
        """Puts the bot to it."""
        plan, began = self._plan, time.monotonic()
        self._starts.append(time.time())
        self._bot.start()
        self._stack.callback(self._bot.stop)
        self._model.share = plan.faults
        mischief = Mischief(self._server, plan.faults, plan.seed)
        one_life = round(plan.questions * ONE_LIFE) if plan.restarts else plan.questions
        self._office.open()
        self._ask("one life", one_life, mischief)
        step = (plan.questions - one_life) / (plan.restarts + 1)
        at = [one_life + round(step * (number + 1)) for number in range(plan.restarts)]
        restarts = Restarts(self._bot, lambda: self._readers.asked, at, self._end_life)
        restarts.begin()
        self._ask("restarts", plan.questions, mischief)
        self._office.close()
        while not restarts.is_over:
            self._look(mischief)
        mischief.end()
        self._model.share = 0.0
        self._wait_for_the_rest(mischief)
        seconds = time.monotonic() - began
        stored = sizes_in(self._place / ".isnad")
        statuses = [*restarts.statuses, self._bot.stop()]
        if plan.log:
            shutil.copy(self._place / "log.txt", plan.log)
        faults = {
            **self._model.faults,
            "late": self._model.faults["chat"],
            "polls": self._polls,
            "forms": mischief.forms,
            "queries": sum(one.refused for one in self._ledger.all),
        }
        return Outcome(
            plan=plan,
            one_life=one_life,
            seconds=seconds,
            ledger=self._ledger,
            judgement=self._ledger.judge(),
            log=read_log(self._place / "log.txt", faults, self._starts, is_busy=self._load > _BUSY),
            samples=self._samples,
            faults=faults,
            work=self._office.done,
            failed_work=[*self._office.failed, *filter(None, [restarts.failed])],
            violations=[*self._server.violations, *self._server.misformed],
            floods=len(self._server.floods),
            statuses=statuses,
            cpu=self._bot.cpu,
            stored=stored,
            metrics=self._metrics,
        )

    def _end_life(self, at: float) -> None:
        self._starts.append(time.time())
        self._ledger.ends.append(at)
        self._office.lives += 1

    def _ask(self, phase: str, until: int, mischief: Mischief) -> None:
        self._readers.phase = phase
        while self._readers.asked < until:
            self._readers.ask(until - self._readers.asked)
            self._look(mischief)

    def _wait_for_the_rest(self, mischief: Mischief) -> None:
        until = time.monotonic() + _PATIENCE
        while self._ledger.unanswered and time.monotonic() < until:
            self._look(mischief)
        for _ in range(50):  # for a repeat that is still to come
            self._look(mischief)
            time.sleep(0.02)

    def _look(self, mischief: Mischief) -> None:
        """Takes note of what the bot has done meanwhile."""
        time.sleep(_LOOK_EVERY)
        with self._server.changed:
            self._under_way += self._server.requests
            self._server.requests.clear()
            self._server.told.clear()
        ended = [one for one in self._under_way if one.outcome]
        self._under_way = [one for one in self._under_way if not one.outcome]
        for one in ended:
            self._polls += one.method == "getUpdates" and one.outcome != "ok"
            self._readers.note(one)
        mischief.go_on(self._readers.asked)
        if time.monotonic() - self._sampled > _SAMPLE_EVERY:
            self._sampled = time.monotonic()
            self._load = max(self._load, os.getloadavg()[0] / (os.cpu_count() or 1))
            if self._readers.phase == "one life":
                self._sample()

    def _sample(self) -> None:
        stored = sum(sizes_in(self._place / ".isnad").values())
        found = vitals(self._bot.number)
        self._samples.append(Sample(self._readers.asked, time.monotonic(), found, stored))
        if len(self._samples) % 30 == 1:
            with suppress(OSError):
                address = f"http://127.0.0.1:{self._health}/metrics"
                with urllib.request.urlopen(address, timeout=5) as answer:
                    self._metrics.append(len(answer.read().splitlines()))


def soak(plan: Plan) -> Outcome:
    """Puts the bot to the plan; what came of it."""
    with ExitStack() as stack:
        return Soak(plan, stack).run()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Prints what came of it; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Plan()
    parser.add_argument("--questions", type=int, default=default.questions)
    parser.add_argument("--restarts", type=int, default=default.restarts)
    parser.add_argument("--faults", type=float, default=default.faults)
    parser.add_argument("--places", type=int, default=default.places, help="readers at a time")
    parser.add_argument("--every", type=int, default=default.every, help="admin's rounds")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--log", type=Path, help="where the bot's log is to be kept")
    outcome = soak(Plan(**vars(parser.parse_args())))
    print(told(outcome))
    return int(bool(missed(outcome)))


if __name__ == "__main__":
    sys.exit(main())
