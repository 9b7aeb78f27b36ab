"""Menus and what the bot says about itself, by scope and language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import BotCommandScopeAllGroupChats, BotCommandScopeChat, Update

from bot.store import Database
from bot.store.admin_menus import AdminMenus
from bot.telegram.profile import Profile
from bot.telegram.transport import Client
from tests.servers.bot_api import BotApiServer
from tests.waiting import until


@pytest.fixture
def menus(tmp_path: Path) -> Iterator[AdminMenus]:
    database = Database.open(tmp_path / "bot.sqlite3")
    yield AdminMenus(database)
    database.close()


def settings_made(server: BotApiServer) -> list[str]:
    return [one.method for one in server.requests if one.method.startswith("setMy")]


async def test_menus_and_profile_are_in_three_languages_by_scope(
    server: BotApiServer, bot: Client, menus: AdminMenus
) -> None:
    server.user(1).chat()
    await Profile(bot, frozenset({1, 2}), menus).announce()  # 2 has never written to the bot
    everyone = [one.command for one in await bot.get_my_commands()]
    group = await bot.get_my_commands(BotCommandScopeAllGroupChats(), "fa")
    admin = await bot.get_my_commands(BotCommandScopeChat(1), "en")
    assert "reindex" not in everyone and "ask" not in everyone and "forget" in everyone
    assert group[0].command == "ask" and "سؤال" in group[0].description
    assert {"reindex", "users"} <= {one.command for one in admin}
    texts = [(await bot.get_my_short_description(tag)).short_description for tag in ("", "en")]
    assert "وثائقك" in texts[0] and "documents" in texts[1]
    assert "كل جملة" in (await bot.get_my_description("ar")).description


async def test_what_has_not_changed_is_not_set_again(
    server: BotApiServer, bot: Client, menus: AdminMenus
) -> None:
    await Profile(bot, frozenset(), menus).announce()
    made = len(settings_made(server))
    assert made
    await Profile(bot, frozenset(), menus).announce()
    assert len(settings_made(server)) == made


async def test_an_admin_who_first_writes_later_gets_the_menu_then(
    server: BotApiServer, bot: Client, menus: AdminMenus
) -> None:
    profile = Profile(bot, frozenset({1}), menus)
    await profile.announce()
    admin = server.user(1)
    admin.chat().say(admin, "/start")
    assert "reindex" not in server.bot.menu(1, "fa")
    profile.hears(Update.de_json(server.updates[-1], bot))
    await until(lambda: "reindex" in server.bot.menu(1, "fa"))


async def test_who_is_no_admin_any_more_loses_the_menu(
    server: BotApiServer, bot: Client, menus: AdminMenus
) -> None:
    server.user(1).chat()
    await Profile(bot, frozenset({1, 2}), menus).announce()
    assert "reindex" in server.bot.menu(1, "fa")
    await Profile(bot, frozenset(), menus).announce()
    assert "reindex" not in server.bot.menu(1, "fa")
    assert menus.all() == frozenset()


async def test_a_flood_wait_or_a_fault_leaves_no_menu_out(
    server: BotApiServer, bot: Client, menus: AdminMenus
) -> None:
    server.user(1).chat()
    server.fail("setMyCommands", 429, retry_after=1)
    server.fail("getMyCommands", 502)
    await Profile(bot, frozenset({1}), menus).announce()
    assert "reindex" in server.bot.menu(1, "") and "forget" in server.bot.menu(1, "")
