"""The Bot API server is tested with python-telegram-bot, and below it with plain HTTP."""

import asyncio
import itertools
import time
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    ReplyParameters,
    Update,
)
from telegram.error import (
    EndPointNotFound,
    InvalidToken,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from .bot_api import BotApiServer, Chat, Person
from .telegram_client import KEYBOARD, new_bot


async def test_getme_is_a_bot(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot and me.username == "isnad_test_bot"


async def test_a_wrong_token_is_unauthorized(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        await new_bot(server, "123456789:AA" + "x" * 33).initialize()


def test_an_error_has_its_code_in_the_answer_and_in_its_status(server: BotApiServer) -> None:
    answer = httpx.get(f"{server.url}/bot1:x/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert httpx.get(f"{server.url}/file/bot{server.token}/documents/none").status_code == 404


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendRumour")


def test_parameters_come_in_every_documented_way(server: BotApiServer, chat: Chat) -> None:
    url = f"{server.url}/bot{server.token}/SENDmessage"  # method names ignore case
    parameters: dict[str, Any] = {"chat_id": 7, "text": "123"}
    answers = [
        httpx.get(url, params=parameters),
        httpx.post(url, json=parameters),
        httpx.post(url, data=parameters),
        httpx.post(url, files={"chat_id": (None, "7"), "text": (None, "123")}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [message.text for message in chat.messages] == ["123"] * 4
    assert [request.parameters for request in server.requests] == [parameters] * 4
    assert server.requests[0].time <= time.monotonic()


async def test_waiting_passes_over_what_was_seen(bot: Bot, chat: Chat) -> None:
    sent = [await bot.send_message(7, text) for text in "abcd"]
    assert chat.wait_for().text == "a"
    assert [message.text for message in chat.wait_for(2)] == ["b", "c"]
    await bot.edit_message_text("b, better", 7, sent[1].message_id)
    assert chat.wait_for(lambda message: "better" in message.text).id == sent[1].message_id
    assert chat.wait_for().text == "d"
    with pytest.raises(TimeoutError, match=r"b, better"):
        chat.wait_for(timeout=0.05)
    later = asyncio.create_task(asyncio.to_thread(chat.wait_for, 2))
    await bot.send_message(7, "e")
    await bot.send_message(7, "f")
    assert [message.text for message in await later] == ["e", "f"]


async def test_a_transcript_can_be_read(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    asked = chat.say(sara, "ما المدى؟")
    reply = ReplyParameters(asked)
    sent = await bot.send_message(7, "…", reply_parameters=reply)
    await bot.edit_message_text("1000 كم [1]", 7, sent.message_id, reply_markup=KEYBOARD)
    chat.send_photo(sara, "وهذه؟")
    await bot.send_message_draft(7, 1, "أكتب")
    lines = [line.partition(" ")[2] for line in server.transcript(chat).splitlines()]
    assert lines == [
        "#1 Sara: ما المدى؟",
        "#2 Isnad (edited 1×) (reply to #1): 1000 كم [1]",
        "   [👍]",
        "#4 Sara: <photo> وهذه؟",
        "أكتب",
    ]


async def test_an_application_polls_and_answers(
    server: BotApiServer, sara: Person, chat: Chat
) -> None:
    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message and update.message.text
        await update.message.reply_text(update.message.text[::-1])

    application = Application.builder().token(server.token).base_url(f"{server.url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        assert application.updater
        await application.updater.start_polling()
        await application.start()
        for text in ("abc", "def"):
            await asyncio.to_thread(chat.say, sara, text)
        answers = await asyncio.to_thread(chat.wait_for, 2)
        assert [answer.text for answer in answers] == ["cba", "fed"]
        await application.updater.stop()
        await application.stop()
    assert not server.violations and not server.refusals and not server.floods
    assert list(itertools.islice((r.method for r in server.requests), 2)) == [
        "getMe",
        "deleteWebhook",
    ]
