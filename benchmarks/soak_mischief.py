"""What goes wrong on purpose in a soak: Telegram's faults, and the bot's ends."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.telegram_load import BotProcess
from tests.servers.bot_api import BotApiServer

_EVERY: Final = 150
"""Things that are asked between two faults of their own kind."""
_OFFLINE: Final = 0.7
"""Seconds without Telegram."""


class Mischief:
    """Spoils a share of all requests to Telegram, and has something special now and then."""

    def __init__(self, server: BotApiServer, share: float, seed: int) -> None:
        self.forms = 0
        """How many messages were refused for their form."""
        self._server, self._chance = server, random.Random(seed)
        self._due, self._online_at = _EVERY, 0.0
        self._is_on = bool(share)
        if share:
            server.scatter(share, seed=seed, spare=("getMe",))
        self._works: tuple[Callable[[], None], ...] = (
            self._offline,
            self._refuse,
            lambda: server.repeat_updates(3),
            lambda: server.stall("sendMessage", 1.5, 3),
            lambda: server.fail("getUpdates", 409),
            lambda: server.fail("sendMessage", 429, retry_after=3),
            lambda: server.fail("answerCallbackQuery", 400),
            self._refuse_edit,
            lambda: server.fail("sendMessageDraft", 400),
            lambda: server.reset("getUpdates", after=True),
            lambda: server.fail("sendChatAction", 429, retry_after=2, times=3),
        )

    def go_on(self, asked: int) -> None:
        """Does what is due when so many things were asked."""
        if self._server.offline and time.monotonic() > self._online_at:
            self._server.offline = False
        if self._is_on and asked >= self._due:
            self._due = asked + _EVERY
            self._chance.choice(self._works)()

    def end(self) -> None:
        """From now on nothing fails."""
        self._is_on = self._server.offline = False
        self._server.scatter(0)

    def _offline(self) -> None:
        self._server.offline, self._online_at = True, time.monotonic() + _OFFLINE

    def _refuse_edit(self) -> None:
        self._server.fail("editMessageText", 400)
        self.forms += 1

    def _refuse(self) -> None:
        self._server.fail("sendMessage", 400)
        self.forms += 1


class Restarts:
    """Ends the bot, by turns politely and by `kill -9`, and starts it again. In a thread."""

    def __init__(
        self,
        bot: BotProcess,
        asked: Callable[[], int],
        at: Sequence[int],
        ended: Callable[[float], None],
    ) -> None:
        """It is ended `at` these counts of what was asked, and `ended` is told when."""
        self.statuses: list[int] = []
        """Of the polite ends."""
        self.failed = ""
        self._bot, self._asked, self._at, self._ended = bot, asked, at, ended
        self._thread = threading.Thread(target=self._work, name="restarts", daemon=True)

    def begin(self) -> None:
        """Begins to end it."""
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether it was ended as often as it was to be."""
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            for number, count in enumerate(self._at):
                while self._asked() < count:
                    time.sleep(0.02)
                self._ended(time.monotonic())
                if number % 2:
                    self.statuses.append(self._bot.stop())
                    self._ended(time.monotonic())
                else:
                    self._bot.kill()
                self._bot.start()
        except Exception as error:  # noqa: BLE001  (it is told in the end)
            self.failed = f"{type(error).__name__} {error}"
