"""What a Telegram message says to the bot."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from telegram import Message
from telegram.ext import ExtBot

from bot import message as talk
from bot.telegram.buttons import below_answer
from bot.telegram.hearing import heard
from tests.bot.doubles import answered
from tests.servers.bot_api import BotApiServer, Chat

Bot = ExtBot[None]


@pytest.fixture(scope="module")
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with ExtBot(server.token, base_url=f"{server.url}/bot") as bot:
        yield bot


def told(bot: Bot, chat: Chat, message_id: int, **changes: Any) -> talk.Message | None:
    sent = chat.find(message_id)
    assert sent
    message = Message.de_json({**sent.object, **changes}, bot)
    return heard(message, bot)


@pytest.fixture
def group(server: BotApiServer) -> Chat:
    return server.group(-1001234567890, "مجموعة")


async def test_a_private_message_is_heard(server: BotApiServer, bot: Bot) -> None:
    sara = server.user(7, "fa")
    number = sara.chat().say(sara, " من؟ ")
    assert told(bot, sara.chat(), number) == talk.Message(
        chat=7, topic=0, asker=7, text="من؟", language="fa", number=number
    )


async def test_attachments_are_noticed_and_captions_are_text(
    server: BotApiServer, bot: Bot
) -> None:
    sara = server.user(7)
    chat = sara.chat()
    for sent in (chat.send_photo(sara), chat.send_voice(sara), chat.send_sticker(sara)):
        message = told(bot, chat, sent)
        assert message
        assert message.attachment
        assert not message.text
    captioned = told(bot, chat, chat.send_photo(sara, "من هذه؟"))
    assert captioned
    assert captioned.text == "من هذه؟"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@isnad_test_bot من هي؟", "من هي؟"),
        ("من هي @Isnad_Test_Bot؟", "من هي؟"),
        ("/ask من هي؟", "/ask من هي؟"),
        ("/help@isnad_test_bot", "/help"),
        ("@isnad_test_bot", ""),
        ("من هي؟", None),
        ("@someone_else من هي؟", None),
        ("/help@some_other_bot", None),
        ("/weather Paris", None),
        ("/weather@isnad_test_bot Paris", "/weather Paris"),
        ("/New", "/New"),
        ("سؤال عن /help", None),
    ],
)
async def test_in_a_group_it_listens_only_when_addressed(
    server: BotApiServer, bot: Bot, group: Chat, text: str, question: str | None
) -> None:
    message = told(bot, group, group.say(server.user(7), text))
    assert (message and message.text) == question


async def test_a_reply_to_the_bot_is_addressed_to_it(
    server: BotApiServer, bot: Bot, group: Chat
) -> None:
    sara, ali = server.user(7), server.user(8)
    answer = await bot.send_message(group.id, "جواب")
    message = told(bot, group, group.say(sara, "ومتى؟", reply_to=answer.message_id))
    assert message
    assert message.text == "ومتى؟"
    assert message.chat == group.id
    others = group.say(ali, "كلام")
    assert told(bot, group, group.say(sara, "ومتى؟", reply_to=others)) is None


async def test_a_topic_is_a_conversation_of_its_own_but_a_thread_of_replies_is_not(
    server: BotApiServer, bot: Bot, group: Chat
) -> None:
    said = group.say(server.user(7), "/ask من؟")
    topic = told(bot, group, said, message_thread_id=5, is_topic_message=True)
    thread = told(bot, group, said, message_thread_id=5)
    assert topic
    assert thread
    assert (topic.topic, thread.topic) == (5, 0)


async def test_somebody_joining_is_nothing_to_answer(
    server: BotApiServer, bot: Bot, group: Chat
) -> None:
    said = group.say(server.user(7), "x")
    joined = {"text": None, "entities": [], "new_chat_members": [server.user(8).user]}
    assert told(bot, group, said, **joined) is None


async def test_the_marked_part_of_an_answer_is_heard(server: BotApiServer, bot: Bot) -> None:
    sara = server.user(7)
    keyboard = below_answer(answered(id="a7"), "ar")
    sent = await bot.send_message(sara.chat().id, "كارولين روز محللة", reply_markup=keyboard)
    whole = told(bot, sara.chat(), sara.chat().say(sara, "متى؟", reply_to=sent.message_id))
    assert whole and whole.quoted == talk.Quoted("كارولين روز محللة", answer_id="a7")
    part = sara.chat().say(sara, "متى؟", reply_to=sent.message_id, quote="كارولين")
    message = told(bot, sara.chat(), part)
    assert message and message.quoted == talk.Quoted("كارولين", is_part=True, answer_id="a7")


async def test_what_others_said_is_heard_and_the_bots_own_small_talk_is_not(
    server: BotApiServer, bot: Bot, group: Chat
) -> None:
    sara, ali = server.user(7), server.user(8)
    asked = group.say(ali, "من هي؟")
    message = told(bot, group, group.say(sara, "@isnad_test_bot", reply_to=asked))
    assert message and message.quoted == talk.Quoted("من هي؟")
    help_ = await bot.send_message(group.id, "اكتب سؤالك")
    message = told(bot, group, group.say(sara, "من؟", reply_to=help_.message_id))
    assert message and message.quoted is None


async def test_the_bots_own_results_and_forwarded_posts_are_nothing_to_answer(
    server: BotApiServer, bot: Bot
) -> None:
    sara = server.user(7)
    said = sara.chat().say(sara, "قالت كارولين")
    own = {"via_bot": {"id": 123456789, "is_bot": True, "first_name": "Isnad"}}
    assert told(bot, sara.chat(), said, **own) is None
    post = {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}}
    assert told(bot, sara.chat(), said, **post) is None


async def test_other_bots_are_not_answered_but_anonymous_people_are_heard(
    server: BotApiServer, bot: Bot, group: Chat
) -> None:
    said = group.say(server.user(7), "/ask من هي؟")
    sender = {"id": 9, "is_bot": True, "first_name": "Bot"}
    assert told(bot, group, said, **{"from": sender}) is None
    assert told(bot, group, said, **{"from": sender, "sender_chat": group.info}) is not None
