"""What the bot remembers, in SQLite or PostgreSQL."""

from bot.store.conversations import DAY, HOUR, Place, Spent, Store, Thread, Wait
from bot.store.database import Cursor, Database
from rag.errors import DatabaseUnavailable

__all__ = [
    "DAY",
    "HOUR",
    "Cursor",
    "Database",
    "DatabaseUnavailable",
    "Place",
    "Spent",
    "Store",
    "Thread",
    "Wait",
]
