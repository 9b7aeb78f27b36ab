"""What was counted, by day (UTC). Every call blocks."""

from collections import Counter
from collections.abc import Mapping

from bot.store.database import Database


class FigureStore:
    """The counts in the database; those of several processes add up. Days are since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, day: int, counts: Mapping[str, int]) -> None:
        """Adds counts to those of a day: all or none."""
        with self._database.transaction(together=True) as cursor:
            for name, count in sorted(counts.items()):
                cursor.execute(
                    "INSERT INTO figures (day, name, count) VALUES (?, ?, ?)"
                    " ON CONFLICT (day, name) DO UPDATE SET count = figures.count + excluded.count",
                    (day, name, count),
                )

    def since(self, day: int) -> dict[int, Counter[str]]:
        """The counts of this day and those after it, by day."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT day, name, count FROM figures WHERE day >= ?", (day,)
            ).fetchall()
        days: dict[int, Counter[str]] = {}
        for on, name, count in rows:
            days.setdefault(int(on), Counter())[name] = int(count)
        return days

    def expire(self, before: int) -> None:
        """Deletes the counts of days before this one."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM figures WHERE day < ?", (before,))
