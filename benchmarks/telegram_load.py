"""The bot under load in Telegram, on loopback: order, losses, floods, repeats, the first sign.

    python -m benchmarks.telegram_load                   200 chats, 20 questions/s, 3 minutes
    python -m benchmarks.telegram_load --faults 0.05     with 5 % of floods, 5xx and resets
    python -m benchmarks.telegram_load --kills 20        with 20 `kill -9` while it answers
    python -m benchmarks.telegram_load --webhook         by webhook instead of polling
    python -m benchmarks.telegram_load --scripted 0.5    with scripted answers, half a second each

The command `bot` runs as a process of its own over the documents in `seeds`, with a scripted model,
against the strict Bot API server of the tests; each API call takes 50 ms. With `--scripted` the
answers are, and what is measured is the way of questions and answers alone. Every question must be
answered, in the order of its chat and topic. A repeat is counted as rightful where the server
accepted a message and the receipt cannot have been noted: it was cut off, or the bot was killed
then. The first sign of a question is what was accepted for it, or that something is written where
it was asked; one without any counts as endless. Exit status 1 where a bar is missed.
"""

import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.telegram_judge import Asked, Outcome, Question, answers_in, judge
from benchmarks.verdict import report
from tests.servers.bot_api import BotApiServer, Chat, Person
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
KEY: Final = "sk-of-nobody-0123456789"
TOPICS_OF_A_FORUM: Final = 2
"""No more: in a group, whatever its topics, 20 messages a minute are allowed."""
ASKED_OF: Final = "@isnad_test_bot "
"""How a question begins in a group, where not everything is for the bot."""


@dataclass(frozen=True)
class Load:
    """What the bot is put to."""

    chats: int = 200
    """Places to ask at: private chats, and topics of forums."""
    topics: int = 10
    """So many of them are topics, two of each forum."""
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
        outcome.is_disturbed = bool(load.faults or load.kills)
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


class Seat(NamedTuple):
    """Somebody, and where they ask."""

    person: Person
    chat: Chat
    topic: int = 0

    def ask(self, words: str) -> tuple[int, int]:
        """Asks; the chat and the number of the question."""
        if not self.topic:
            return self.chat.id, self.chat.say(self.person, words)
        return self.chat.id, self.chat.say(self.person, ASKED_OF + words, topic=self.topic)


def _seats(server: BotApiServer, load: Load) -> list[Seat]:
    """One for each chat and topic; the topics of a forum come after each other."""
    people = [server.user(1_000 + number, "ar") for number in range(load.chats)]
    seats = [Seat(person, person.chat()) for person in people[load.topics :]]
    for number, person in enumerate(people[: load.topics]):
        forum = server.group(-1_001_000_000_000 - number // TOPICS_OF_A_FORUM, "مكتبة", forum=True)
        seats.append(Seat(person, forum, forum.open_topic(person, f"{number}")))
    return seats


def _ask(server: BotApiServer, load: Load, bot: BotProcess) -> Asked:
    """Asks at a steady pace, each chat in its turn; kills the bot meanwhile as often as told."""
    asked, chance = Asked(), random.Random(0)
    seats = _seats(server, load)
    started = time.monotonic()
    with _killing(bot, load):
        for number in range(round(load.per_second * load.seconds)):
            due = started + number / load.per_second
            time.sleep(max(0.0, due - time.monotonic()))
            seat = seats[number % len(seats)]
            now = time.monotonic()
            asked[seat.ask(chance.choice(QUESTIONS))] = Question(now, seat.topic)
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


def _wait(server: BotApiServer, asked: Asked, patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if asked.keys() <= answers_in(list(server.requests)).keys():
            time.sleep(1)  # for a repeat that is still to come
            return
        time.sleep(0.2)


def main() -> int:
    """Prints one JSON object, and the bars; 1 where one is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Load()
    parser.add_argument("--chats", type=int, default=default.chats)
    parser.add_argument("--topics", type=int, default=default.topics)
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
        topics=given.topics,
        per_second=given.per_second,
        seconds=given.seconds,
        latency=given.latency,
        faults=given.faults,
        kills=given.kills,
        webhook=given.webhook,
        with_model=not given.without_model and given.scripted is None,
        scripted=given.scripted,
    )
    outcome = run(load)
    return report({"load": asdict(load), **outcome.as_json()}, outcome.bars)


if __name__ == "__main__":
    sys.exit(main())
