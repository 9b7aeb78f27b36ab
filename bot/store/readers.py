"""What askers have chosen for themselves: the language of the interface. Every call blocks."""

from bot.store.database import Database


class Readers:
    """The askers in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def language(self, asker: int) -> str | None:
        """The language that somebody has chosen; None where they have chosen none."""
        with self._database.reading() as cursor:
            row = cursor.execute(
                "SELECT language FROM readers WHERE asker = ?", (asker,)
            ).fetchone()
        return str(row[0]) if row else None

    def choose(self, asker: int, language: str) -> None:
        """Keeps the language that somebody has chosen."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO readers (asker, language) VALUES (?, ?)"
                " ON CONFLICT (asker) DO UPDATE SET language = excluded.language",
                (asker, language),
            )

    def forget(self, asker: int) -> None:
        """Deletes what somebody has chosen."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM readers WHERE asker = ?", (asker,))
