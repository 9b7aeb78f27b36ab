"""Who wanted to be forgotten a short while ago. Every call blocks.

An answer that is under way then, in whichever process, is not to be kept when it is there.
"""

from bot.store.database import Database


class Forgettings:
    """Those in the database. Moments are seconds since 1970, by the clock of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, asker: int) -> None:
        """Somebody wants to be forgotten, now. It is known for an hour: see `Store.expire`."""
        with self._database.transaction() as cursor:
            cursor.execute(
                f"INSERT INTO forgettings (asker, at) VALUES (?, {self._database.clock})",  # noqa: S608
                (asker,),
            )

    def since(self, moment: float) -> frozenset[int]:
        """Who wanted to be forgotten at this moment or after it."""
        with self._database.reading() as cursor:
            rows = cursor.execute(
                "SELECT DISTINCT asker FROM forgettings WHERE at >= ?", (moment,)
            ).fetchall()
        return frozenset(int(asker) for (asker,) in rows)
