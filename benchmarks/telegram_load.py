"""The bot under load in Telegram, on loopback: order, losses, floods, repeats, the first sign.

    python -m benchmarks.telegram_load                   200 chats, 20 questions/s, 3 minutes
    python -m benchmarks.telegram_load --faults 0.05     with 5 % of floods, 5xx and resets
    python -m benchmarks.telegram_load --kills 20        with 20 `kill -9` while it answers
    python -m benchmarks.telegram_load --webhook         by webhook instead of polling
    python -m benchmarks.telegram_load --scripted 0.5    with scripted answers, half a second each

The command `bot` runs as a process of its own over the documents in `seeds`, with a scripted model,
against the strict Bot API server of the tests; each API call takes 50 ms. With `--scripted` the
answers are, and what is measured is the way of questions and answers alone. Every question must be
answered, in the order of its chat. A repeat is counted as rightful where the server accepted a
message and the receipt cannot have been noted: it was cut off, or the bot was killed then.
"""

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.servers.bot_api import BotApiServer, Request
from tests.servers.openai_api import OpenAIServer

HERE = Path(__file__).parent
BOT: Final = Path(sysconfig.get_path("scripts")) / "bot"
QUESTIONS: Final = (
    "من هي كارولين روز؟",
    "كم يوما استمرت زيارة باقري لروسيا؟",
    "ما طول الحدود بين إيران وباكستان؟",
    "who is Caroline Rose?",
    "باقری چند روز در روسیه بود؟",
)
SIGNS: Final = ("sendChatAction", "sendMessageDraft", "sendMessage")
KEY: Final = "sk-of-nobody-0123456789"
CITED: Final = "[1]"
"""What every answer to one of the questions has, and no notice: that it failed, that the queue is
full, that one has to wait, that the bot starts anew."""
REPEAT_MARKS: Final = ("أُرسلت مرة أخرى", "Sent again", "دوباره فرستاده شد")
DYING: Final = 1.0
"""Seconds before a kill in which a message may have been accepted whose receipt was not noted."""


@dataclass(frozen=True)
class Load:
    """What the bot is put to."""

    chats: int = 200
    per_second: float = 20
    seconds: float = 180
    latency: float = 0.05
    faults: float = 0
    kills: int = 0
    webhook: bool = False
    with_model: bool = True
    scripted: float | None = None
    """Seconds that an answer takes that is scripted itself; None: the documents answer."""
    patience: float = 180
    """Seconds for the answers that are missing when the last question was asked."""


@dataclass
class Outcome:
    """What came of it; times in milliseconds."""

    asked: int = 0
    lost: int = 0
    """Questions that got no answer, whatever else they got."""
    out_of_order: int = 0
    repeats: int = 0
    repeats_without_cause: int = 0
    repeats_unmarked: int = 0
    floods: int = 0
    busiest_second: int = 0
    """The most requests within any second: messages, edits, drafts and signs."""
    violations: int = 0
    refusals: dict[str, int] = field(default_factory=dict)
    first_sign_p50: float = 0
    first_sign_p99: float = 0
    answer_p50: float = 0
    answer_p99: float = 0
    cpu_per_answer: float = 0
    requests_per_answer: float = 0
    kills: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, out of order, too fast, or repeated without need or mark."""
        faults = (self.lost, self.out_of_order, self.floods, self.violations)
        return not any((*faults, self.repeats_without_cause, self.repeats_unmarked))


class BotProcess:
    """The bot, which can be killed and started again."""

    def __init__(
        self, place: Path, environment: dict[str, str], command: Sequence[str | Path] = (BOT,)
    ) -> None:
        self._place, self._environment, self._command = place, environment, command
        self._cpu = 0.0
        self.killed: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        log = self._place / "log.txt"
        before = log.stat().st_size if log.exists() else 0
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._place,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        until = time.monotonic() + 120
        while b"isnad_test_bot" not in log.read_bytes()[before:]:
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-3000:])
            time.sleep(0.02)

    @property
    def number(self) -> int:
        """The process's id. ValueError where none runs."""
        if self._process is None:
            raise ValueError("the bot does not run")
        return self._process.pid

    @property
    def cpu(self) -> float:
        """Seconds of processor time of all its lives."""
        if self._process is None:
            return self._cpu
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return self._cpu + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """`kill -9`."""
        if self._process:
            self._cpu = self.cpu
            self.killed.append(time.monotonic())
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """Ends it politely; its exit status."""
        if self._process is None:
            return 0
        self._cpu, process = self.cpu, self._process
        process.terminate()
        status = process.wait(60)
        self._process = None
        return status


def run(load: Load) -> Outcome:
    """Puts the bot under the load; what came of it."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(HERE.parent / "seeds", place / "seeds")
        server = stack.enter_context(BotApiServer())
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "en_US.UTF-8",
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "QUESTIONS_PER_HOUR": "0",
            "LOG_LEVEL": "WARNING",
        }
        if load.with_model:
            model = stack.enter_context(OpenAIServer(key=KEY))
            environment |= {
                "OPENAI_BASE_URL": model.url,
                "OPENAI_API_KEY": KEY,
                "VERIFY_WITH_MODEL": "false",
            }
        if load.webhook:
            environment |= _webhook(server)
        command: tuple[str | Path, ...] = (BOT,)
        if load.scripted is not None:
            command = (sys.executable, "-m", "benchmarks.scripted_bot")
            command += (server.url, server.token, place / "data", str(load.scripted))
            environment["PYTHONPATH"] = str(HERE.parent)
        bot = BotProcess(place, environment, command)
        bot.start()
        stack.callback(bot.stop)
        server.latency = load.latency
        early = server.user(999)
        for question in QUESTIONS:  # what is made on the first use is made by then
            early.chat().say(early, question)
            early.chat().wait_for(timeout=120)
        if load.faults:
            server.scatter(load.faults, spare=("getMe", "setWebhook"))
        first, before = len(server.requests), bot.cpu
        asked = _ask(server, load, bot)
        _wait(server, asked, load.patience)
        outcome = judge(server, asked, bot.killed, server.requests[first:])
        outcome.cpu_per_answer = 1000 * (bot.cpu - before) / len(asked)
        outcome.requests_per_answer = len(server.requests[first:]) / len(asked)
        return outcome


def _webhook(server: BotApiServer) -> dict[str, str]:
    """The settings of a webhook behind the proxy that the server plays."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server.webhook.route("https://isnad.example", f"http://127.0.0.1:{port}")
    return {
        "WEBHOOK_URL": "https://isnad.example/telegram",
        "WEBHOOK_SECRET": "of-the-webhook-01",
        "WEBHOOK_PORT": str(port),
    }


Asked = dict[tuple[int, int], float]
"""When each question was asked, by its chat and number."""


def _ask(server: BotApiServer, load: Load, bot: BotProcess) -> Asked:
    """Asks at a steady pace, each chat in its turn; kills the bot meanwhile as often as told."""
    asked, chance = Asked(), random.Random(0)
    people = [server.user(1_000 + number, "ar") for number in range(load.chats)]
    started = time.monotonic()
    with _killing(bot, load):
        for number in range(round(load.per_second * load.seconds)):
            due = started + number / load.per_second
            time.sleep(max(0.0, due - time.monotonic()))
            person = people[number % load.chats]
            now = time.monotonic()
            question = person.chat().say(person, chance.choice(QUESTIONS))
            asked[person.chat().id, question] = now
    return asked


@contextmanager
def _killing(bot: BotProcess, load: Load) -> Iterator[None]:
    """Kills the bot at moments that it cannot foresee."""

    def work() -> None:
        chance = random.Random(1)
        for _ in range(load.kills):
            time.sleep(chance.uniform(0.3, 1.7) * load.seconds / load.kills)
            bot.kill()
            bot.start()

    killer = threading.Thread(target=work)
    killer.start()
    yield
    killer.join()


def _answers(requests: Sequence[Request]) -> dict[tuple[int, int], list[Request]]:
    """The accepted messages that answer each question, in their order."""
    found = defaultdict[tuple[int, int], list[Request]](list)
    for one in requests:
        reply = one.parameters.get("reply_parameters")
        # A message that shows the text so far has a button to stop it; it is no answer yet.
        interim = "stop:" in json.dumps(one.parameters.get("reply_markup", {}))
        answers = CITED in one.parameters.get("text", "") and not interim
        if one.method == "sendMessage" and one.accepted and reply and answers:
            found[one.parameters["chat_id"], reply["message_id"]].append(one)
    return found


def _wait(server: BotApiServer, asked: Asked, patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if asked.keys() <= _answers(list(server.requests)).keys():
            time.sleep(1)  # for a repeat that is still to come
            return
        time.sleep(0.2)


def judge(
    server: BotApiServer, asked: Asked, killed: Sequence[float], requests: Sequence[Request]
) -> Outcome:
    """What the server's log says."""
    answers = _answers(requests)
    outcome = Outcome(asked=len(asked), kills=len(killed))
    outcome.lost = len(asked.keys() - answers.keys())
    for sent in answers.values():
        for earlier, later in pairwise(sent):
            outcome.repeats += 1
            cut = earlier.outcome == "cut after"
            dying = any(earlier.time - DYING < at < earlier.time + DYING for at in killed)
            outcome.repeats_without_cause += not (cut or dying)
            marked = any(mark in later.parameters["text"] for mark in REPEAT_MARKS)
            outcome.repeats_unmarked += not marked
    order = defaultdict[int, list[int]](list)
    for chat, question in sorted(answers, key=lambda one: answers[one][0].time):
        order[chat].append(question)
    outcome.out_of_order = sum(
        later < earlier for one in order.values() for earlier, later in pairwise(one)
    )
    outcome.floods = len(server.floods)
    outcome.busiest_second = _busiest_second(requests)
    outcome.violations = len(server.violations) + len(server.misformed)
    outcome.refusals = dict(Counter(one.partition(" (")[0] for one in server.refusals))
    signs = _signs(asked, requests)
    waits = [1000 * (answers[one][0].time - asked[one]) for one in asked if one in answers]
    outcome.first_sign_p50, outcome.first_sign_p99 = _percentiles(signs)
    outcome.answer_p50, outcome.answer_p99 = _percentiles(waits)
    return outcome


def _busiest_second(requests: Sequence[Request]) -> int:
    times = sorted(one.time for one in requests if one.method.startswith(("send", "edit")))
    first, most = 0, 0
    for last, time_ in enumerate(times):
        while times[first] <= time_ - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def _signs(asked: Asked, requests: Sequence[Request]) -> list[float]:
    """Milliseconds from each question to the first sign in its chat."""
    by_chat = defaultdict[int, list[float]](list)
    for one in requests:
        if one.method in SIGNS:
            by_chat[one.parameters["chat_id"]].append(one.time)
    found = []
    for (chat, _), at in asked.items():
        after = [time for time in by_chat[chat] if time >= at]
        if after:
            found.append(1000 * (min(after) - at))
    return found


def _percentiles(values: list[float]) -> tuple[float, float]:
    if len(values) < 2:
        return (values[0], values[0]) if values else (0, 0)
    cuts = statistics.quantiles(values, n=100)
    return round(cuts[49], 1), round(cuts[98], 1)


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Load()
    parser.add_argument("--chats", type=int, default=default.chats)
    parser.add_argument("--per-second", type=float, default=default.per_second)
    parser.add_argument("--seconds", type=float, default=default.seconds)
    parser.add_argument("--latency", type=float, default=default.latency)
    parser.add_argument("--faults", type=float, default=default.faults)
    parser.add_argument("--kills", type=int, default=default.kills)
    parser.add_argument("--webhook", action="store_true")
    parser.add_argument("--without-model", action="store_true")
    parser.add_argument("--scripted", type=float)
    given = parser.parse_args()
    load = Load(
        chats=given.chats,
        per_second=given.per_second,
        seconds=given.seconds,
        latency=given.latency,
        faults=given.faults,
        kills=given.kills,
        webhook=given.webhook,
        with_model=not given.without_model and given.scripted is None,
        scripted=given.scripted,
    )
    print(json.dumps({"load": asdict(load), **asdict(run(load))}, indent=2))


if __name__ == "__main__":
    main()
