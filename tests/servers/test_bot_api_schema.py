"""The published schema is a judge of every request."""

import json
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
)

from .bot_api import SCHEMA, BotApiServer, Chat
from .telegram_client import call, needs_schema
from .telegram_scenes import KINDS, everything


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
async def test_all_that_is_handed_out_is_valid(server: BotApiServer, bot: Bot) -> None:
    everything(server)
    raw = call(server, "getUpdates")["result"]
    assert {kind for update in raw for kind in update} == KINDS | {"update_id"}
    assert [words for update in raw for words in SCHEMA.check(update, ["Update"], "update")] == []
    updates = await bot.get_updates()
    assert len(updates) == len(raw) == len(server.told)
    start = updates[1].message
    assert start and list(start.parse_entities().values()) == ["/start@isnad_test_bot", "@sara"]
    assert [entity.type for entity in start.entities] == ["bot_command", "mention"]
    chats = [-1001234567891, -1009, 7]
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("getMe", "User", {}),
        ("getWebhookInfo", "WebhookInfo", {}),
        *[("getChat", "ChatFullInfo", {"chat_id": chat}) for chat in chats],
        *[("getChatMember", "ChatMember", {"chat_id": chat, "user_id": 7}) for chat in chats],
        ("createForumTopic", "ForumTopic", {"chat_id": 7, "name": "x"}),
    ]
    for method, kind, parameters in asked:
        assert SCHEMA.check(call(server, method, **parameters)["result"], [kind], kind) == []
    for chat in server.chats.values():
        for message in chat.messages:
            assert SCHEMA.check(message.object, ["Message"], "message") == []
    assert server.violations == server.misformed == []
