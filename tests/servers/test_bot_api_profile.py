"""What the bot is told about itself, its commands and its chats."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeChat,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReactionTypeEmoji,
)
from telegram.error import (
    BadRequest,
    RetryAfter,
)

from .bot_api import SCHEMA, BotApiServer, Chat, Person


async def test_commands_are_kept_by_scope_and_language(bot: Bot, chat: Chat) -> None:
    ask, admin = BotCommand("ask", "اسأل"), BotCommand("reindex", "فهرسة")
    await bot.set_my_commands([ask])
    await bot.set_my_commands([admin], BotCommandScopeChat(7), "fa")
    assert await bot.get_my_commands() == (ask,)
    assert await bot.get_my_commands(BotCommandScopeChat(7), "fa") == (admin,)
    assert await bot.get_my_commands(language_code="fa") == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Ask!", "x")])
    with pytest.raises(BadRequest, match="^Chat not found$"):
        await bot.set_my_commands([admin], BotCommandScopeChat(99))


async def test_profile_texts_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("answers")
    await bot.set_my_description("پاسخ می‌دهد", language_code="fa")
    await bot.set_my_short_description("short")
    await bot.set_my_name("إسناد", language_code="ar")
    assert (await bot.get_my_description()).description == "answers"
    assert (await bot.get_my_description("fa")).description == "پاسخ می‌دهد"
    assert (await bot.get_my_description("ar")).description == "answers"
    assert (await bot.get_my_short_description()).short_description == "short"
    assert ((await bot.get_my_name("ar")).name, (await bot.get_my_name()).name) == (
        "إسناد",
        "Isnad",
    )


async def test_reactions_and_actions_show(bot: Bot, sara: Person, chat: Chat) -> None:
    asked = chat.say(sara, "?")
    await bot.set_message_reaction(7, asked, "👀")
    assert chat.messages[0].reactions == ["👀"]
    await bot.set_message_reaction(7, asked, [])
    assert chat.messages[0].reactions == []
    with pytest.raises(BadRequest, match="Reactions_too_many"):
        await bot.set_message_reaction(7, asked, ["👀", "👍"])
    if SCHEMA.present:
        with pytest.raises(BadRequest, match="Reaction_invalid"):
            await bot.set_message_reaction(7, asked, [ReactionTypeEmoji("x")])
    await bot.send_chat_action(7, "typing")
    assert chat.actions == ["typing"]
    with pytest.raises(BadRequest, match="^Wrong parameter action"):
        await bot.send_chat_action(7, "thinking")


async def test_chats_and_members_are_told(server: BotApiServer, bot: Bot, sara: Person) -> None:
    group = server.group(-1001234567890, "غرفة الأخبار", owner=sara)
    full = await bot.get_chat(group.id)
    assert (full.type, full.title) == ("supergroup", "غرفة الأخبار")
    ali = server.user(8)
    states = [(await bot.get_chat_member(group.id, i)).status for i in (7, 8, bot.id)]
    group.say(ali, "أنا هنا")
    states.append((await bot.get_chat_member(group.id, 8)).status)
    assert states == ["creator", "left", "member", "member"]
    with pytest.raises(BadRequest, match="^User not found$"):
        await bot.get_chat_member(group.id, 99)


async def test_an_inline_query_is_answered_once(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    query_id = sara.ask_inline("صاروخ")
    (update,) = await bot.get_updates()
    assert update.inline_query and update.inline_query.query == "صاروخ"
    result = InlineQueryResultArticle("1", "t", InputTextMessageContent("x"))
    await update.inline_query.answer([result])
    assert (server.answers[query_id] or {})["results"][0]["title"] == "t"
    with pytest.raises(BadRequest, match="^Query is too old"):
        await bot.answer_inline_query(query_id, [])


async def test_close_and_log_out(bot: Bot) -> None:
    with pytest.raises(RetryAfter):
        await bot.close()
    await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_a_menu_is_the_narrowest(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    group = server.group(-1001234567890, "غرفة", owner=sara)
    ali = server.user(8)
    ali.chat()
    await bot.set_my_commands([BotCommand("ask", "x")])
    await bot.set_my_commands([BotCommand("soal", "x")], language_code="fa")
    await bot.set_my_commands([BotCommand("reindex", "x")], BotCommandScopeChat(7))
    await bot.set_my_commands([BotCommand("rules", "x")], BotCommandScopeAllChatAdministrators())
    assert server.bot.menu(7, "fa") == server.bot.menu(7, "ar") == ["reindex"]
    assert (server.bot.menu(8, "fa"), server.bot.menu(8, "ar")) == (["soal"], ["ask"])
    assert server.bot.menu(7, "ar", group.id) == ["rules"]
    assert server.bot.menu(8, "ar", group.id) == ["ask"]


async def test_profile_texts_have_limits(bot: Bot) -> None:
    await bot.set_my_description("ا" * 512)
    for setting, length in [(bot.set_my_description, 513), (bot.set_my_short_description, 121)]:
        with pytest.raises(BadRequest):
            await setting("ا" * length)
    with pytest.raises(BadRequest):
        await bot.set_my_commands([BotCommand("ask", "x" * 257)])


async def test_administrators_are_listed(server: BotApiServer, bot: Bot, sara: Person) -> None:
    group = server.group(-1001234567890, "غرفة", owner=sara)
    server.user(8)
    group.admins.add(8)
    admins = await bot.get_chat_administrators(group.id)
    assert [(admin.user.id, admin.status) for admin in admins] == [
        (7, "creator"),
        (8, "administrator"),
    ]
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(sara.chat().id)
