"""The conversations of the bot's tests."""

from tests.bot.conftest import folder, knowledge, settings, store, talk, upkeep

__all__ = ["folder", "knowledge", "settings", "store", "talk", "upkeep"]
