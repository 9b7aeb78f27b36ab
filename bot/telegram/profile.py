"""What Telegram shows of the bot: its menus of commands, and what it says about itself.

All of it in three languages, set only where it has changed: Telegram limits how often. What has no
language is for people who speak none of ours.
"""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial
from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import BadRequest, TelegramError

from bot.commands import FOR_ADMINS, FOR_EVERYONE, FOR_GROUPS
from bot.rendering import WORDS
from bot.store import DatabaseUnavailable
from bot.store.admin_menus import AdminMenus
from bot.telegram.patience import patiently
from rag.text.language import DEFAULT, LANGUAGES

_log = logging.getLogger(__name__)

_TAGS: Final = ("", *LANGUAGES)


class Profile:
    """The menus, for everyone, for groups and for each admin, and the profile."""

    def __init__(self, bot: Bot, admins: frozenset[int], menus: AdminMenus) -> None:
        self._bot, self._admins, self._menus = bot, admins, menus
        self._without = set(admins)
        self._tasks: set[asyncio.Task[None]] = set()

    async def announce(self) -> None:
        """Fills them all. Whoever is no admin any more loses their menu."""
        bot = self._bot
        await _tried("A menu", _fill(bot, BotCommandScopeDefault(), FOR_EVERYONE))
        await _tried("A menu", _fill(bot, BotCommandScopeAllGroupChats(), FOR_GROUPS))
        for admin in sorted(self._admins):
            await _tried("An admin's menu", self._give(admin))
        await _tried("A former admin's menu", self._take())
        await _tried("The profile", _describe(bot))

    def hears(self, update: Update) -> None:
        """An admin who writes for the first time has a chat with the bot from now on, to fill."""
        chat = update.message.chat.id if update.message else 0
        if chat in self._without:
            self._without.discard(chat)
            task = asyncio.create_task(_tried("An admin's menu", self._give(chat)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _give(self, admin: int) -> None:
        await asyncio.to_thread(self._menus.add, admin)
        await _fill(self._bot, BotCommandScopeChat(admin), FOR_EVERYONE + FOR_ADMINS)
        self._without.discard(admin)

    async def _take(self) -> None:
        for chat in await asyncio.to_thread(self._menus.all) - self._admins:
            for tag in _TAGS:
                delete = partial(self._bot.delete_my_commands, BotCommandScopeChat(chat))
                with suppress(BadRequest):  # they have never written to the bot
                    await patiently(partial(delete, tag or None))
            await asyncio.to_thread(self._menus.drop, chat)


async def _fill(bot: Bot, scope: BotCommandScope, names: tuple[str, ...]) -> None:
    for tag in _TAGS:
        commands = tuple(
            BotCommand(name, WORDS(f"command-{name}", tag or DEFAULT)) for name in names
        )
        if await patiently(partial(bot.get_my_commands, scope, tag or None)) != commands:
            await patiently(partial(bot.set_my_commands, commands, scope, tag or None))


async def _describe(bot: Bot) -> None:
    for tag in _TAGS:
        language = tag or DEFAULT
        long, short = WORDS("profile-description", language), WORDS("profile-short", language)
        told = await patiently(partial(bot.get_my_description, tag or None))
        if told.description != long:
            await patiently(partial(bot.set_my_description, long, tag or None))
        told_short = await patiently(partial(bot.get_my_short_description, tag or None))
        if told_short.short_description != short:
            await patiently(partial(bot.set_my_short_description, short, tag or None))


async def _tried(what: str, work: Awaitable[None]) -> None:
    try:
        await work
    except (TelegramError, DatabaseUnavailable) as error:
        _log.info("%s was not set: %s", what, error)
