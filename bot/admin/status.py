"""How the bot is doing, as `/status` tells it."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.admin.books import Books
from bot.admin.figures import Bar, Figures, bars
from bot.store.journal import Entry, Journal
from bot.upkeep import Knowledge

DAYS: Final = 14
"""How many days the figures are of."""
_ENTRIES: Final = 5
"""Of the journal, so that a picture's caption can hold them."""


@dataclass(frozen=True, slots=True)
class Status:
    """The index, the figures of today and of the last days, and what admins did last."""

    revision: int
    files: int
    passages: int
    skipped: int
    days: int
    today: Figures
    total: Figures
    bars: tuple[Bar, ...]
    journal: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `bot --json` prints."""
        return asdict(self)


class StatusDesk:
    """Finds out how the bot is doing."""

    def __init__(self, knowledge: Knowledge, books: Books, journal: Journal) -> None:
        self._knowledge, self._books, self._journal = knowledge, books, journal

    async def status(self) -> Status:
        """How it is doing now."""
        sources = await asyncio.to_thread(self._knowledge.sources)
        days = await self._books.days(DAYS)
        today = self._books.today
        return Status(
            revision=sources.revision,
            files=len(sources.files),
            passages=sum(file.passages for file in sources.files),
            skipped=len(sources.skipped),
            days=DAYS,
            today=Figures.of([days.get(today, {})]),
            total=Figures.of(list(days.values())),
            bars=tuple(bars(days, today, DAYS)),
            journal=tuple(await asyncio.to_thread(self._journal.latest, _ENTRIES)),
        )
