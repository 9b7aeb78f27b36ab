"""The books: what was counted, written down day by day, and read again."""

import asyncio
from collections import Counter

from bot.admin.counting import Counting
from bot.store.figures import FigureStore


class Books:
    """The counts of all processes."""

    def __init__(self, counting: Counting, figures: FigureStore) -> None:
        self._counting, self._figures = counting, figures

    @property
    def today(self) -> int:
        """Days since 1970."""
        return self._counting.today

    async def write(self) -> None:
        """Writes down what was counted. DatabaseUnavailable; then it is kept for the next time."""
        await asyncio.to_thread(self._write)

    async def days(self, count: int) -> dict[int, Counter[str]]:
        """The counts of the last days, today's included, those of this moment too."""
        return await asyncio.to_thread(self._read, self.today - count + 1)

    def _write(self) -> None:
        days = self._counting.take()
        try:
            while days:
                day, counts = next(iter(days.items()))
                self._figures.add(day, counts)
                del days[day]
        finally:
            self._counting.put_back(days)

    def _read(self, since: int) -> dict[int, Counter[str]]:
        self._write()
        return self._figures.since(since)
