"""In which chats Telegram shows the menu of admins. Every call blocks."""

from bot.store.database import Database


class AdminMenus:
    """The menus in the database: whoever is no admin any more is to lose theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> frozenset[int]:
        """The chats that may have one."""
        with self._database.reading() as cursor:
            rows = cursor.execute("SELECT chat FROM admin_menus").fetchall()
        return frozenset(int(row[0]) for row in rows)

    def add(self, chat: int) -> None:
        """A chat is about to get one."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "INSERT INTO admin_menus (chat) VALUES (?) ON CONFLICT (chat) DO NOTHING", (chat,)
            )

    def drop(self, chat: int) -> None:
        """A chat has none any more."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM admin_menus WHERE chat = ?", (chat,))
