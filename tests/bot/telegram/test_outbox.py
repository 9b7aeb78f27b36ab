"""What holds for everything that goes to Telegram, over HTTP."""

import asyncio
import time

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle
from telegram import InputTextMessageContent as Content
from telegram.error import BadRequest, Forbidden

from bot.styled import Style, Styled, styled
from bot.telegram.outbox import Attachment, Outbox
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until

BUTTONS = InlineKeyboardMarkup.from_button(InlineKeyboardButton("زر", callback_data="x:1"))


def texts(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages if message.by_bot]


def requests(server: BotApiServer, method: str) -> int:
    return sum(request.method == method for request in server.requests)


async def test_only_the_last_of_several_messages_has_buttons(outbox: Outbox, chat: Chat) -> None:
    text = Styled("\n\n".join("كلمة " * 300 for _ in range(3)))
    sent = await outbox.send(chat.id, text, "ar", keyboard=BUTTONS)
    assert len(sent) == 2
    assert [bool(message.buttons) for message in chat.messages] == [False, True]


async def test_while_an_edit_waits_a_newer_one_takes_its_place(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    (sent,) = await outbox.send(chat.id, Styled("صفر"), "ar")
    server.stall("editMessageText", 0.2)
    edits = [
        asyncio.create_task(outbox.edit(chat.id, sent.message_id, Styled(f"نص {number}")))
        for number in range(20)
    ]
    assert all(await asyncio.gather(*edits))
    assert texts(chat) == ["نص 19"]
    assert requests(server, "editMessageText") <= 2


async def test_an_edit_that_changes_nothing_stands(outbox: Outbox, chat: Chat) -> None:
    (sent,) = await outbox.send(chat.id, Styled("نص"), "ar")
    assert await outbox.edit(chat.id, sent.message_id, Styled("نص"))
    assert not await outbox.edit(chat.id, 10**6, Styled("نص"))


async def test_after_a_flood_wait_on_an_edit_nobody_waits_for_it(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    (sent,) = await outbox.send(chat.id, Styled("نص"), "ar")
    server.fail("editMessageText", 429, retry_after=120)
    started = time.monotonic()
    assert not await outbox.edit(chat.id, sent.message_id, Styled("نص جديد"))
    assert time.monotonic() - started < 60


async def test_a_flood_wait_in_one_chat_holds_no_other(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.fail("sendMessage", 429, retry_after=120)
    held = asyncio.create_task(outbox.send(chat.id, Styled("نص"), "ar"))
    await until(lambda: requests(server, "sendMessage"))
    other = server.user(8).chat()
    await asyncio.wait_for(outbox.send(other.id, Styled("نص"), "ar"), 60)
    assert not held.done()
    held.cancel()


async def test_a_keyboard_that_is_refused_costs_only_the_keyboard(
    outbox: Outbox, chat: Chat
) -> None:
    wrong = InlineKeyboardMarkup.from_button(InlineKeyboardButton("زر", callback_data="x" * 65))
    await outbox.send(chat.id, styled("نص", Style.BOLD), "ar", keyboard=wrong)
    (message,) = chat.messages
    assert message.text == "نص"
    assert message.object["entities"]
    assert not message.buttons


async def test_a_topic_that_is_gone_costs_only_the_topic(
    server: BotApiServer, outbox: Outbox
) -> None:
    group = server.group(-1001234567890, "مجموعة", forum=True)
    await outbox.send(group.id, Styled("نص"), "ar", topic=999)
    assert texts(group) == ["نص"]


async def test_a_group_that_moves_takes_its_messages_along(
    server: BotApiServer, outbox: Outbox
) -> None:
    sara, group = server.user(7), server.group(-55, "مجموعة")
    group.say(sara, "x")
    moved = group.migrate(sara, -1001234567999)
    await outbox.send(-55, Styled("نص"), "ar")
    await outbox.send(-55, Styled("آخر"), "ar")
    assert texts(moved)[-2:] == ["نص", "آخر"]


async def test_what_cannot_be_cured_is_raised(outbox: Outbox, chat: Chat) -> None:
    chat.server.user(7).blocks_bot()
    with pytest.raises(Forbidden):
        await outbox.send(chat.id, Styled("نص"), "ar")
    with pytest.raises(BadRequest):
        await outbox.send(10**9, Styled("نص"), "ar")


async def test_files_go_up_and_are_retried(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.fail("sendDocument", 500)
    file = Attachment("ملف.txt", "محتوى".encode())
    message = await outbox.send_file(chat.id, file, "ar", caption=styled("شرح", Style.BOLD))
    assert message.document is not None
    assert chat.messages[-1].text == "شرح"
    assert [one.content for one in server.files.values()] == ["محتوى".encode()]
    again = await outbox.send_file(chat.id, message.document.file_id, "ar")
    assert again.document is not None


async def test_a_message_can_be_deleted_once(outbox: Outbox, chat: Chat) -> None:
    (sent,) = await outbox.send(chat.id, Styled("نص"), "ar")
    assert await outbox.delete(chat.id, sent.message_id)
    assert not await outbox.delete(chat.id, sent.message_id)


async def test_a_press_that_is_too_old_is_let_be(outbox: Outbox) -> None:
    await outbox.answer_callback("123", "نص")


async def test_queries_are_answered_in_spite_of_faults(
    server: BotApiServer, outbox: Outbox
) -> None:
    server.fail("answerInlineQuery", 502)
    query = server.user(7).ask_inline("من؟")
    result = InlineQueryResultArticle("1", "عنوان", Content("نص"))
    await outbox.answer_inline(query, [result], cache_time=0)
    assert server.answers[query]


async def test_a_sign_that_fails_is_no_trouble(
    server: BotApiServer, outbox: Outbox, chat: Chat
) -> None:
    server.reset("sendChatAction")
    server.fail("sendMessageDraft", 429, retry_after=30)
    await outbox.signs.typing(chat.id)
    assert chat.actions == ["typing"]
    await outbox.signs.draft(chat.id, 1, "نص")
    await outbox.send(chat.id, Styled("نص"), "ar")
    assert texts(chat) == ["نص"]
