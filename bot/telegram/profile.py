"""What Telegram shows of the bot: its menus of commands, and what it says about itself.

All of it in three languages, set only where it has changed: Telegram limits how often. What has no
language is for people who speak none of ours.
"""

import logging
from collections.abc import Awaitable
from functools import partial
from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.commands import FOR_ADMINS, FOR_EVERYONE, FOR_GROUPS
from bot.rendering import WORDS
from bot.telegram.patience import patiently
from rag.text.language import DEFAULT, LANGUAGES

_log = logging.getLogger(__name__)

_TAGS: Final = ("", *LANGUAGES)


async def announce(bot: Bot, admins: frozenset[int]) -> None:
    """Fills the menus, for everyone, for groups and for each admin, and the profile."""
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeDefault(), FOR_EVERYONE),
        (BotCommandScopeAllGroupChats(), FOR_GROUPS),
        *((BotCommandScopeChat(admin), FOR_EVERYONE + FOR_ADMINS) for admin in sorted(admins)),
    ]
    for scope, names in scopes:
        # An admin who has never written to the bot has no chat with it.
        await _tried("A menu", _fill(bot, scope, names))
    await _tried("The profile", _describe(bot))


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
    except TelegramError as error:
        _log.info("%s was not set: %s", what, error)
