"""Menus and what the bot says about itself, by scope and language."""

from telegram import BotCommandScopeAllGroupChats, BotCommandScopeChat

from bot.telegram.profile import announce
from bot.telegram.transport import Client
from tests.servers.bot_api import BotApiServer


def settings_made(server: BotApiServer) -> list[str]:
    return [one.method for one in server.requests if one.method.startswith("setMy")]


async def test_menus_and_profile_are_in_three_languages_by_scope(
    server: BotApiServer, bot: Client
) -> None:
    server.user(1).chat()
    await announce(bot, frozenset({1, 2}))  # 2 has never written to the bot
    everyone = [one.command for one in await bot.get_my_commands()]
    group = await bot.get_my_commands(BotCommandScopeAllGroupChats(), "fa")
    admin = await bot.get_my_commands(BotCommandScopeChat(1), "en")
    assert "reindex" not in everyone and "ask" not in everyone and "forget" in everyone
    assert group[0].command == "ask" and "سؤال" in group[0].description
    assert {"reindex", "users"} <= {one.command for one in admin}
    texts = [(await bot.get_my_short_description(tag)).short_description for tag in ("", "en")]
    assert "وثائقك" in texts[0] and "documents" in texts[1]
    assert "كل جملة" in (await bot.get_my_description("ar")).description


async def test_what_has_not_changed_is_not_set_again(server: BotApiServer, bot: Client) -> None:
    await announce(bot, frozenset())
    made = len(settings_made(server))
    assert made
    await announce(bot, frozenset())
    assert len(settings_made(server)) == made
