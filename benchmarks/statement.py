"""How soon a statement is read: from the last byte of its mark to the terminal, and to Telegram.

The command `bot` runs over the seeds with a model that pauses before each statement, so that each
can be timed alone. The mark comes in one piece with the first letter of what follows, or with the
end. In a terminal the reader is at the other end of a pseudo-terminal; in Telegram it is the Bot
API server of the tests, and what counts is when the request arrives that shows the statement.
Two drafts come no sooner after each other than Telegram allows, which the pauses are longer than.
"""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.scripted_model import KEY, Said, ScriptedModel
from benchmarks.telegram_load import BOT, BotProcess
from tests.servers.bot_api import BotApiServer

HERE: Final = Path(__file__).parent
QUESTIONS: Final = (
    "من هي كارولين روز؟",
    "كم يوما استمرت زيارة باقري لروسيا؟",
    "ما طول الحدود بين إيران وباكستان؟",
    "من استقبل باقري في موسكو؟",
)
PAUSE: Final = 1.5
"""Seconds before each statement: longer than from "Thinking…" to the next draft."""
PATIENCE: Final = 120.0
_TELLING: Final = 24
"""Letters of a statement that tell it from others."""
_READ: Final = 65_536


def in_terminal(times: int) -> list[float]:
    """Milliseconds of each statement until it stands in a terminal."""
    with ExitStack() as stack:
        place = stack.enter_context(_place())
        model = stack.enter_context(ScriptedModel(PAUSE))
        ours, theirs = pty.openpty()
        stack.callback(os.close, ours)
        bot = subprocess.Popen(
            [BOT],
            cwd=place,
            env=_environment(model) | {"TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs)
        stack.callback(bot.wait, PATIENCE)
        stack.callback(bot.terminate)
        reader = _Reader(ours)
        reader.wait("> ")
        took = list[float]()
        for number in range(times + 1):
            first = len(model.said)
            os.write(ours, f"{QUESTIONS[number % len(QUESTIONS)]}\n".encode())
            reader.wait("\n> ")
            shown = [(one, reader.seen(one.text)) for one in model.said[first:]]
            if number:  # what is made on the first use is made by then
                took += _milliseconds(shown)
        return took


def in_telegram(times: int) -> list[float]:
    """Milliseconds of each statement until the request that shows it arrives."""
    with ExitStack() as stack:
        place = stack.enter_context(_place())
        model = stack.enter_context(ScriptedModel(PAUSE))
        server = stack.enter_context(BotApiServer())
        environment = _environment(model) | {
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "QUESTIONS_PER_HOUR": "0",
        }
        bot = BotProcess(place, environment)
        bot.start()
        stack.callback(bot.stop)
        took = list[float]()
        for number in range(times + 1):
            first, asked = len(model.said), len(server.requests)
            sara = server.user(1_000 + number)
            sara.chat().say(sara, QUESTIONS[number % len(QUESTIONS)])
            sara.chat().wait_for(timeout=PATIENCE)
            requests = [
                (one.time, _letters(str(one.parameters.get("text"))))
                for one in server.requests[asked:]
            ]
            shown = [(one, _first(requests, one.text)) for one in model.said[first:]]
            if number:
                took += _milliseconds(shown)
        return took


@contextmanager
def _place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(HERE.parent / "seeds", Path(folder) / "seeds")
        yield Path(folder)


def _environment(model: ScriptedModel) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LANG": "ar_EG.UTF-8",
        "OPENAI_BASE_URL": model.url,
        "OPENAI_API_KEY": KEY,
        "VERIFY_WITH_MODEL": "false",
    }


def _milliseconds(shown: Sequence[tuple[Said, float | None]]) -> Iterator[float]:
    """How long each statement took that was shown; one that a check withheld was not."""
    for said, at in shown:
        if at is not None:
            yield 1000 * max(0.0, at - said.at)


def _first(shown: Sequence[tuple[float, str]], statement: str) -> float | None:
    telling = _letters(statement)[:_TELLING]
    return next((at for at, text in shown if telling in text), None)


def _letters(text: str) -> str:
    """The letters alone: what is put between them for a reader is not the statement's."""
    return re.sub(r"\W", "", text)


class _Reader:
    """Reads what a terminal is sent, and when."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._came: list[tuple[float, bytes]] = []
        self._from = 0

    def wait(self, end: str) -> None:
        """Reads until `end` comes, and nothing after it for a moment."""
        self._from, until = len(self._came), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ready, _, _ = select.select([self._terminal], [], [], 0.3)
            if ready:
                self._came.append((time.monotonic(), os.read(self._terminal, _READ)))
            elif _plain(b"".join(came for _, came in self._came[self._from :])).endswith(end):
                return
        raise TimeoutError("the terminal is silent")

    def seen(self, statement: str) -> float | None:
        """When enough of a statement had come since the last wait began to tell it from others."""
        text, telling = b"", _letters(statement)[:_TELLING]
        for at, came in self._came[self._from :]:
            text += came
            if telling in _letters(_plain(text)):
                return at
        return None


def _plain(text: bytes) -> str:
    """The text without a terminal's sequences."""
    written = text.decode("utf-8", "ignore").replace("\r", "")
    return re.sub(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])", "", written)
