"""How a reply gets to its reader, over HTTP."""

import asyncio
import itertools
import time

import pytest
from telegram import Message
from telegram.error import Forbidden

from bot.rendering import WORDS
from bot.styled import Style, Styled, joined, styled
from bot.telegram.delivery import Delivery
from bot.telegram.form import entities_of
from bot.telegram.outbox import Outbox
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until


def delivery(outbox: Outbox, chat: Chat, question: int | None = None) -> Delivery:
    """The delivery of the reply to a question in the chat."""
    sara = chat.server.user(7)
    sent = chat.find(question or chat.say(sara, "/ask سؤال"))
    assert sent
    message = Message.de_json(sent.object, outbox.bot)
    return Delivery(outbox, message, "ar")


def replies(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages if message.by_bot]


async def test_the_reply_answers_the_question(outbox: Outbox, chat: Chat) -> None:
    question = chat.say(chat.server.user(7), "سؤال")
    await delivery(outbox, chat, question).send(Styled("جواب"), "ar")
    (message,) = [message for message in chat.messages if message.by_bot]
    assert message.text == "جواب"
    assert message.object["reply_to_message"]["message_id"] == question


async def test_quotations_are_expandable_and_counted_in_utf_16(outbox: Outbox, chat: Chat) -> None:
    text = joined([styled("المصادر 😀", Style.BOLD), styled("نص 😀 الاقتباس", Style.QUOTE)], "\n")
    await delivery(outbox, chat).send(text, "ar")
    entities = chat.messages[-1].object["entities"]
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 10),
        ("expandable_blockquote", 11, 14),
    ]
    assert [e.offset for e in entities_of(text)] == [0, 11]


async def test_a_long_reply_comes_in_parts_of_which_the_first_answers(
    outbox: Outbox, chat: Chat
) -> None:
    paragraphs = [f"فقرة {n}. " + "كلام " * 150 + "." for n in range(12)]
    await delivery(outbox, chat).send(Styled("\n\n".join(paragraphs)), "ar")
    messages = [message for message in chat.messages if message.by_bot]
    assert len(messages) == 3
    assert ["reply_to_message" in message.object for message in messages] == [True, False, False]
    assert "\n\n".join(replies(chat)) == "\n\n".join(paragraphs)


async def test_a_sign_comes_at_once(outbox: Outbox, chat: Chat) -> None:
    async with delivery(outbox, chat):
        await until(lambda: chat.actions)
    assert chat.actions == ["typing"]


async def test_a_growing_answer_is_shown_as_a_growing_draft(outbox: Outbox, chat: Chat) -> None:
    async with delivery(outbox, chat) as one:
        for size in itertools.count(1):
            one.draft("كلمة " * size)
            await asyncio.sleep(0.02)
            if len(chat.drafts) == 2:
                break
    shown = [draft.text for draft in chat.drafts]
    assert len(shown[0]) < len(shown[1])


async def test_nothing_is_shown_after_the_reply(outbox: Outbox, chat: Chat) -> None:
    chat.server.stall("sendMessageDraft", 0.3)
    async with delivery(outbox, chat) as one:
        one.draft("بعض الجواب")
        await until(lambda: "sendMessageDraft" in [made.method for made in chat.server.requests])
    await one.send(Styled("الجواب"), "ar")
    await until(lambda: all(made.outcome for made in chat.server.requests))
    assert chat.drafts
    assert chat.draft is None
    assert replies(chat) == ["الجواب"]


async def test_groups_have_no_drafts(server: BotApiServer, outbox: Outbox) -> None:
    group = server.group(-1001234567890, "مجموعة")
    async with delivery(outbox, group) as one:
        one.draft("بعض الجواب")
        await until(lambda: group.actions)
    assert group.actions == ["typing"]
    assert not any(request.method == "sendMessageDraft" for request in server.requests)


async def test_a_flood_wait_is_waited_out(server: BotApiServer, outbox: Outbox, chat: Chat) -> None:
    server.fail("sendMessage", 429, retry_after=1)
    started = time.monotonic()
    await delivery(outbox, chat).send(Styled("جواب"), "ar")
    assert replies(chat) == ["جواب"]
    assert time.monotonic() - started >= 1


async def test_a_fault_of_the_server_is_overcome(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.fail("sendMessage", 502, times=2)
    await delivery(outbox, chat).send(Styled("جواب"), "ar")
    assert replies(chat) == ["جواب"]


async def test_whoever_may_have_read_it_already_is_told_so(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.reset("sendMessage", after=True)
    await delivery(outbox, chat).send(Styled("جواب"), "ar")
    first, second = replies(chat)
    assert first == "جواب"
    assert second == f"{WORDS('sent-again', 'ar')}\n\nجواب"


async def test_signs_that_are_refused_cost_nothing(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.fail("sendChatAction", 400)
    server.fail("sendMessageDraft", 404)
    async with delivery(outbox, chat) as one:
        one.draft("بعض الجواب")
        await asyncio.sleep(0.05)
    await one.send(Styled("جواب"), "ar")
    assert replies(chat) == ["جواب"]


async def test_a_question_that_is_gone_is_answered_without_reference(
    outbox: Outbox, chat: Chat
) -> None:
    question = chat.say(chat.server.user(7), "سؤال")
    one = delivery(outbox, chat, question)
    await outbox.delete(chat.id, question)
    await one.send(Styled("جواب"), "ar")
    assert replies(chat) == ["جواب"]


async def test_a_form_that_is_refused_is_given_up_for_plain_text(
    outbox: Outbox, chat: Chat
) -> None:
    chat.server.fail("sendMessage", 400)
    await delivery(outbox, chat).send(styled("جواب", Style.BOLD), "ar")
    assert replies(chat) == ["جواب"]
    assert "entities" not in chat.messages[-1].object


async def test_whoever_blocks_the_bot_gets_nothing(outbox: Outbox, chat: Chat) -> None:
    one = delivery(outbox, chat)
    chat.server.user(7).blocks_bot()
    async with one:
        one.draft("بعض الجواب")
    with pytest.raises(Forbidden):
        await one.send(Styled("جواب"), "ar")
