"""Writing down what admins do: in the journal, and in the log."""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.store.journal import Action, Entry, Journal
from rag.errors import IsnadError

_log = logging.getLogger(__name__)


class Recorder:
    """Writes entries. What was done stands, also where it could not be written down."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.time) -> None:
        self.journal = journal
        self._clock = clock

    async def record(self, admin: int, action: Action, **details: str | int) -> None:
        """Writes down that an admin has done something just now."""
        told = ", ".join(f"{name} {value!r}" for name, value in details.items())
        _log.info("Admin %d: %s%s", admin, action, f" ({told})" if told else "")
        try:
            await asyncio.to_thread(
                self.journal.write, Entry(self._clock(), admin, action, details)
            )
        except IsnadError as error:
            _log.error("The journal could not be written: %s", error)
