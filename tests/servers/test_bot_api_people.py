"""What people do in Telegram reaches a bot of python-telegram-bot as it does in the real one."""

import pytest
from telegram import (
    Bot,
    ForumTopic,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatMemberStatus, UpdateType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from .bot_api import BotApiServer, Chat, Person, Upload
from .telegram_client import news


async def told(bot: Bot) -> Message:
    """The one message that came."""
    (update,) = await news(bot)
    assert update.effective_message
    return update.effective_message


async def test_a_link_starts_the_bot(bot: Bot, sara: Person) -> None:
    sara.starts("invite-42")
    assert (await told(bot)).text == "/start invite-42"
    sara.starts()
    assert (await told(bot)).text == "/start"


async def test_a_reply_quotes_a_part(bot: Bot, sara: Person, chat: Chat) -> None:
    sent = await bot.send_message(7, "😀 أول، ثانٍ")
    chat.say(sara, "كيف؟", reply_to=sent.message_id, quote="ثانٍ")
    message = await told(bot)
    assert message.quote and (message.quote.text, message.quote.position) == ("ثانٍ", 8)
    assert message.quote.is_manual
    quoting = ReplyParameters(message.message_id, quote="كيف")
    assert (await bot.send_message(7, "هكذا", reply_parameters=quoting)).quote
    with pytest.raises(BadRequest, match="Quote_text_invalid"):
        await bot.send_message(7, "x", reply_parameters=ReplyParameters(1, quote="ثالث"))


async def test_edits_of_texts_and_captions_are_told(bot: Bot, sara: Person, chat: Chat) -> None:
    chat.edit(sara, chat.say(sara, "أول"), "ثانٍ")
    chat.edit(sara, chat.send_document(sara, Upload("a.txt", b"a"), "c"), "/add")
    edited = [update.edited_message for update in await news(bot) if update.edited_message]
    assert [message.text or message.caption for message in edited] == ["ثانٍ", "/add"]
    assert edited[1].caption_entities[0].type == "bot_command"
    sent = await bot.send_message(7, "x")
    with pytest.raises(LookupError, match="Sara has no message"):
        chat.edit(sara, sent.message_id, "y")


async def test_somebody_deletes_a_message(bot: Bot, sara: Person, chat: Chat) -> None:
    asked = chat.say(sara, "?")
    chat.delete(asked)
    assert (await told(bot)).text == "?"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(7, "!", reply_parameters=ReplyParameters(asked))


async def test_a_topic_is_a_thread_of_its_own(server: BotApiServer, bot: Bot, sara: Person) -> None:
    forum = server.group(-1001234567890, "غرفة", forum=True)
    topic = forum.open_topic(sara, "أخبار")
    opened = await told(bot)
    assert opened.forum_topic_created and opened.chat.is_forum
    forum.say(sara, "سؤال", topic=topic)
    message = await told(bot)
    assert message.is_topic_message and message.message_thread_id == topic
    assert message.reply_to_message == opened  # which is how Telegram says "no reply"
    answer = await message.reply_text("جواب")
    assert answer.message_thread_id == topic and answer.is_topic_message
    assert (await bot.send_message(forum.id, "عام")).message_thread_id is None
    for wrong in (topic + 99, message.message_id):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=wrong)
    made = await bot.create_forum_topic(forum.id, "ثانٍ")
    assert isinstance(made, ForumTopic)
    await bot.close_forum_topic(forum.id, made.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "x", message_thread_id=made.message_thread_id)
    await bot.reopen_forum_topic(forum.id, made.message_thread_id)
    await bot.edit_forum_topic(forum.id, made.message_thread_id, name="ثالث")
    await bot.send_message(forum.id, "x", message_thread_id=made.message_thread_id)
    server.group(-5, "G")
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await bot.create_forum_topic(-5, "x")


async def test_a_private_chat_can_have_topics(bot: Bot, sara: Person, chat: Chat) -> None:
    topic = chat.open_topic(sara, "سفر")
    await news(bot)
    chat.say(sara, "سؤال", topic=topic)
    message = await told(bot)
    assert message.is_topic_message and message.message_thread_id == topic
    draft = {"can_stop": True}
    await bot.send_message_draft(7, 3, "…", message_thread_id=topic, api_kwargs=draft)
    assert chat.draft and chat.draft.topic == topic


async def test_a_reply_in_a_supergroup_has_a_thread_but_no_topic(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    group = server.group(-1001234567890, "غرفة")
    first = group.say(sara, "أول")
    second = group.say(sara, "ثانٍ", reply_to=first)
    group.say(sara, "ثالث", reply_to=second)
    messages = [update.effective_message for update in await news(bot)]
    assert [m.message_thread_id for m in messages if m] == [None, first, first]
    assert not any(m.is_topic_message for m in messages if m)
    assert await bot.send_message(group.id, "x", message_thread_id=first)


async def test_admins_may_hide_behind_their_group_or_channel(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    group, channel = server.group(-1001234567890, "غرفة"), server.channel(-1009, "قناة")
    group.say(sara, "/reindex", as_chat=group)
    message = await told(bot)
    assert message.from_user and message.from_user.username == "GroupAnonymousBot"
    assert message.sender_chat and message.sender_chat.id == group.id == message.chat_id
    group.say(sara, "سؤال", as_chat=channel)
    message = await told(bot)
    assert message.from_user and message.from_user.username == "Channel_Bot"
    assert message.sender_chat and message.sender_chat.title == "قناة"


async def test_channel_posts_have_no_author(server: BotApiServer, bot: Bot, sara: Person) -> None:
    channel = server.channel(-1009, "قناة")
    posted = channel.post("خبر")
    channel.edit(None, posted, "خبر مصحح")
    post, edited = await news(bot)
    assert post.channel_post and post.channel_post.from_user is None
    assert edited.edited_channel_post and edited.edited_channel_post.text == "خبر مصحح"
    sent = await bot.send_message(-1009, "من البوت")
    assert sent.from_user is None and channel.messages[-1].by_bot
    channel.bot_becomes("member", sara)
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(-1009, "x")


async def test_the_bot_is_told_what_it_becomes(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    group = server.group(-1001234567890, "غرفة", owner=sara)
    for status in ("kicked", "member", "restricted", "administrator", "left"):
        group.bot_becomes(status, sara)
    updates = await news(bot)
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == [
        ChatMemberStatus.BANNED,
        ChatMemberStatus.MEMBER,
        ChatMemberStatus.RESTRICTED,
        ChatMemberStatus.ADMINISTRATOR,
        ChatMemberStatus.LEFT,
    ]
    joined = [update.message for update in updates if update.message]
    assert [m.new_chat_members[0].id for m in joined] == [bot.id]
    group.say(sara, "هل من أحد؟")
    assert await news(bot) == []
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "x")
    group.bot_becomes("kicked", sara)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "x")
    group.bot_becomes("restricted", sara)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")


async def test_a_group_becomes_a_supergroup(server: BotApiServer, bot: Bot, sara: Person) -> None:
    old = server.group(-5, "غرفة", owner=sara)
    new = old.migrate(sara, -1001234567890)
    away, here = [update.message for update in await news(bot)]
    assert away and here and away.migrate_to_chat_id == new.id and here.migrate_from_chat_id == -5
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "x")
    assert moved.value.new_chat_id == new.id
    assert await bot.send_message(new.id, "x")


async def test_reactions_are_told_to_a_bot_that_wants_them(
    bot: Bot, sara: Person, chat: Chat
) -> None:
    await bot.get_updates(allowed_updates=list(UpdateType))
    sent = await bot.send_message(7, "x")
    chat.react(sara, sent.message_id, "👍")
    chat.react(sara, sent.message_id)
    first, second = [update.message_reaction for update in await news(bot)]
    assert first and [one.to_dict()["emoji"] for one in first.new_reaction] == ["👍"]
    assert second and len(second.old_reaction) == 1 and not second.new_reaction
