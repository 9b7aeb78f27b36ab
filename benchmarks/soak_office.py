"""The admin of a soak, who adds, changes and removes documents all the time."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.synthetic import Recombination
from tests.servers.bot_api import BotApiServer, Message, Upload

ADMIN: Final = 1
KEPT: Final = 12
"""Documents of the admin's at a time."""
PATIENCE: Final = 180.0
"""Seconds for a piece of work to come to its end."""
_COMMANDS: Final = ("/status", "/users", "/sources", "/sources Report", "/help", "/language en")


class Interrupted(Exception):
    """The bot was ended while something was waited for."""


class Office:
    """Works in a thread of its own, a round whenever so many things were asked."""

    def __init__(
        self, server: BotApiServer, documents: Path, *, every: int, asked: Callable[[], int]
    ) -> None:
        """`every` so many things, of which `asked` says how many there were."""
        self.done: Counter[str] = Counter()
        self.failed: list[str] = []
        self.lives = 0
        """How often the bot was ended, which ends its work for the admin too."""
        self._every, self._asked = every, asked
        self._documents = documents
        self._texts = Recombination(
            [path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.txt"))]
        )
        self._admin = server.user(ADMIN, "en", "Ada")
        self._chat = self._admin.chat()
        self._number = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="office", daemon=True)

    def open(self) -> None:
        """Begins to work."""
        self._thread.start()

    def close(self) -> None:
        """Lets the round under way come to its end, and no other begin."""
        self._closing.set()
        self._thread.join()

    def _work(self) -> None:
        due = 0
        while not self._closing.wait(0.2):
            if self._asked() < due:
                continue
            due = self._asked() + self._every
            works = (self._add, self._run, self._change, self._remove, self._look)
            for work in works:
                self._do(work)

    def _do(self, work: Callable[[], None]) -> None:
        name = work.__name__.strip("_")
        try:
            work()
        except Interrupted:
            self.done[f"{name}, interrupted"] += 1
        except Exception as error:  # noqa: BLE001  (it is what is counted)
            self.failed.append(f"{name}: {type(error).__name__} {error}"[:2_000])
        else:
            self.done[name] += 1

    # What is done in a round

    def _add(self) -> None:
        """Sends a document, which is added."""
        self._number += 1
        content = self._texts.report(self._number).encode()
        name = f"report-{self._number}.txt"
        lives = self.lives
        self._chat.send_document(self._admin, Upload(name, content))
        offer = self._wait(lives, lambda one: "to the documents?" in one.text)
        self._admin.presses(offer, "Add")
        self._wait(lives, lambda one: one.id == offer.id and _is_over(one))

    def _run(self) -> None:
        """Puts good and bad files into the folder, and has it read again."""
        folder = self._documents / "fed"
        folder.mkdir(exist_ok=True)
        self._number += 1
        (folder / f"fed-{self._number % KEPT}.txt").write_text(
            self._texts.report(self._number), encoding="utf-8"
        )
        (folder / "empty.txt").write_bytes(b"")
        (folder / "broken.pdf").write_bytes(f"%PDF-1.7 of nothing {self._number}".encode())
        (folder / "torn.txt").write_bytes("خبر".encode()[:-1] * self._number)
        self._reindex()

    def _change(self) -> None:
        """Writes a document anew while the others are read."""
        path = self._documents / "fed" / f"fed-{self._number % KEPT}.txt"
        path.write_text(self._texts.report(10_000 + self._number), encoding="utf-8")
        self._reindex()

    def _remove(self) -> None:
        """Removes the oldest document."""
        oldest = sorted(self._documents.glob("report-*.txt"), key=lambda one: one.stat().st_mtime)
        if len(oldest) <= KEPT // 2:
            return
        lives = self.lives
        self._chat.say(self._admin, f"/remove {oldest[0].name}")
        offer = self._wait(lives, lambda one: "cannot be undone" in one.text)
        self._admin.presses(offer, "Delete")
        self._wait(lives, lambda one: one.id == offer.id and _is_over(one))

    def _look(self) -> None:
        """Asks how the bot is doing."""
        for command in _COMMANDS:
            lives = self.lives
            number = self._chat.say(self._admin, command)
            self._wait(lives, lambda one, asked=number: _answers(one, asked))  # type: ignore[misc]

    def _reindex(self) -> None:
        lives = self.lives
        number = self._chat.say(self._admin, "/reindex")
        self._wait(lives, lambda one: _answers(one, number) and _is_over(one))

    def _wait(self, lives: int, wanted: Callable[[Message], bool]) -> Message:
        """The message that is wanted. Interrupted where the bot was ended since life `lives`."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._chat.wait_for(wanted, 1)
            except TimeoutError:
                if time.monotonic() < until:
                    continue
                if self.lives != lives:
                    raise Interrupted from None
                raise


def _answers(message: Message, number: int) -> bool:
    return bool(message.object.get("reply_to_message", {}).get("message_id") == number)


def _is_over(message: Message) -> bool:
    """Whether a task has come to its end, one way or the other."""
    ends = ("up to date", "being read right now", "I could not do that", "Nothing has changed")
    return any(end in message.text for end in ends)
