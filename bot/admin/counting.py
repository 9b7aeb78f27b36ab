"""Counting what happens, in memory, until it is written down. From any thread."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from bot.admin.figures import ERRORS, counts_of
from bot.store import DAY
from rag.answers.answer import Answer


class Counting:
    """The counts since they were last taken, by day (UTC)."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._days: dict[int, Counter[str]] = {}

    def count(self, answer: Answer) -> None:
        """Counts an answer."""
        self._add({self.today: counts_of(answer)})

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Counts, while it is open, what is logged as an error."""
        handler = _ErrorCounter(lambda: self._add({self.today: {ERRORS: 1}}))
        logging.getLogger().addHandler(handler)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(handler)

    @property
    def today(self) -> int:
        """Days since 1970."""
        return int(self._clock() // DAY)

    def take(self) -> dict[int, Counter[str]]:
        """The counts, which are not counted any more: whoever takes them writes them down."""
        with self._lock:
            days, self._days = self._days, {}
        return days

    def put_back(self, days: Mapping[int, Mapping[str, int]]) -> None:
        """Counts again what was taken and could not be written down."""
        self._add(days)

    def _add(self, days: Mapping[int, Mapping[str, int]]) -> None:
        with self._lock:
            for day, counts in days.items():
                self._days.setdefault(day, Counter()).update(counts)


class _ErrorCounter(logging.Handler):
    """Counts what is logged as an error, wherever in the program it comes from."""

    def __init__(self, count: Callable[[], None]) -> None:
        super().__init__(logging.ERROR)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Counts one."""
        self._count()
