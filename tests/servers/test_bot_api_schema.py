"""The published schema is a judge of every request."""

import json
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    Update,
)

from .bot_api import SCHEMA, BotApiServer, Chat, Person
from .bot_api_schema import Upload
from .telegram_client import KEYBOARD, call, needs_schema


@needs_schema
@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"chat_ids": 7}, "sendMessage: unknown parameter 'chat_ids'"),
        ("sendMessage", {"chat_id": 7}, "sendMessage: text is missing"),
        ("sendMessage", {"protect_content": "yes"}, "protect_content: not Boolean: 'yes'"),
        ("sendMessage", {"entities": [{"type": "bold"}]}, "entities[0]: offset is missing"),
        ("sendMessage", {"link_preview_options": {"disabled": True}}, "parameter 'disabled'"),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [{}]}}, "[0]: not an array: {}"),
        ("sendMessageDraft", {"draft_id": True}, "draft_id: not Integer: True"),
        ("sendMessageDraft", {"can_stop": 1}, "can_stop: not Boolean: 1"),
        ("getUpdates", {"allowed_updates": ["mesage"]}, "no update is called 'mesage'"),
        ("setMyCommands", {"scope": {"type": "chat"}}, "scope: chat_id is missing"),
        ("answerCallbackQuery", {"text": "x" * 201}, "201 characters, allowed are 0 to 200"),
        ("sendDocument", {"thumbnail": 1}, "thumbnail: not a file: 1"),
    ],
)
def test_what_the_schema_does_not_allow_is_a_violation(
    server: BotApiServer, chat: Chat, method: str, parameters: dict[str, Any], words: str
) -> None:
    answer = call(server, method, **parameters)
    assert answer["error_code"] == 400 and words in answer["description"]
    assert any(words in violation for violation in server.violations)
    assert not chat.messages


@needs_schema
def test_forms_are_checked_like_json(server: BotApiServer, chat: Chat) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    markup = json.dumps({"inline_keyboard": [[{"text": "b", "callback_dat": "d"}]]})
    answer = httpx.post(url, data={"chat_id": "7", "text": "[1]", "reply_markup": markup})
    assert "unknown parameter 'callback_dat'" in answer.json()["description"]
    assert httpx.post(url, data={"chat_id": "7", "text": "[1]"}).json()["result"]["text"] == "[1]"


@needs_schema
async def test_all_that_is_handed_out_is_valid(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    group = server.group(-5, "G", owner=sara)
    asked = chat.say(sara, "/start@isnad_test_bot for @sara and a@b.c")
    chat.edit(sara, asked, "edited")
    group.say(sara, "ok", reply_to=group.say(sara, "@isnad_test_bot", entities=[]))
    chat.send_photo(sara, "caption")
    chat.send_voice(sara)
    chat.send_sticker(sara)
    chat.send_document(sara, Upload("a.txt", b"a"))
    sara.ask_inline("x")
    await bot.send_message(7, "x", reply_markup=KEYBOARD)
    chat.press(sara, "good", chat.wait_for())
    await bot.send_message_draft(7, 1, "x", api_kwargs={"can_stop": True})
    chat.press_stop()
    sara.blocks_bot()
    raw = call(server, "getUpdates")["result"]
    assert [words for update in raw for words in SCHEMA.check(update, ["Update"], "update")] == []
    updates = await bot.get_updates()
    assert len(updates) == 12 and all(isinstance(update, Update) for update in updates)
    start = updates[0].message
    assert start and list(start.parse_entities().values()) == ["/start@isnad_test_bot", "@sara"]
    assert [entity.type for entity in start.entities] == ["bot_command", "mention"]
    for method, kind in [("getMe", "User"), ("getWebhookInfo", "WebhookInfo")]:
        assert SCHEMA.check(call(server, method)["result"], [kind], kind) == []
    full = call(server, "getChat", chat_id=-5)["result"]
    assert SCHEMA.check(full, ["ChatFullInfo"], "chat") == []
    for message in chat.messages:
        assert SCHEMA.check(message.object, ["Message"], "message") == []
