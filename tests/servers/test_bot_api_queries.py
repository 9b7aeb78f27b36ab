"""Presses, inline queries and guests' questions are answered once, and choices are told."""

import asyncio

import pytest
from telegram import (
    Bot,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedDocument,
    InputTextMessageContent,
)
from telegram.error import BadRequest, Forbidden

from .bot_api import BotApiServer, Chat, Person
from .telegram_client import KEYBOARD, news


def article(text: str, name: str = "1") -> InlineQueryResultArticle:
    said = InputTextMessageContent(text)
    return InlineQueryResultArticle(name, "عنوان", said, reply_markup=KEYBOARD)


async def test_a_press_is_answered_with_words(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    await news(bot)  # by default there are no such updates
    await bot.send_message(7, "مفيد؟", reply_markup=KEYBOARD)
    press = sara.presses(chat.wait_for(), "👍")
    assert server.unanswered == [press] and not press.answer
    waiting = asyncio.create_task(asyncio.to_thread(press.wait_for_answer))
    (update,) = await news(bot)
    assert update.callback_query and update.callback_query.data == "good"
    await update.callback_query.answer("شكراً", show_alert=True)
    assert (await waiting)["text"] == "شكراً"
    assert (press.text, press.alert, server.unanswered) == ("شكراً", True, [])
    with pytest.raises(TimeoutError, match="no answer to a callback_query"):
        sara.presses(chat.messages[0], "good").wait_for_answer(0.01)


async def test_a_result_of_an_inline_query_is_sent(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    friends = server.elsewhere(-1007, "أصدقاء")
    asked = sara.ask_inline("صاروخ")
    (update,) = await news(bot)
    assert update.inline_query
    await update.inline_query.answer([article("1000 كم")])
    message = sara.chooses(asked, "1", friends)
    assert (message.text, message.sender, message.by_bot) == ("1000 كم", "Sara", False)
    assert message.object["via_bot"]["id"] == bot.id
    (update,) = await news(bot)
    chosen = update.chosen_inline_result
    assert chosen and chosen.query == "صاروخ" and chosen.inline_message_id == message.inline_id
    assert await bot.edit_message_text("مصحح", inline_message_id=message.inline_id) is True
    assert message.text == "مصحح"
    with pytest.raises(LookupError, match="no result '2'"):
        sara.chooses(asked, "2", friends)
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="inline-0")


async def test_a_press_below_an_inline_message_says_which(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    asked = sara.ask_inline("صاروخ")
    await bot.answer_inline_query(asked, [article("1000 كم")])
    message = sara.chooses(asked, "1", server.elsewhere(-1007, "أصدقاء"))
    await news(bot)
    sara.presses(message, "good")
    (update,) = await news(bot)
    query = update.callback_query
    assert query and query.message is None and query.inline_message_id == message.inline_id


async def test_inline_results_have_limits(bot: Bot, sara: Person, chat: Chat) -> None:
    asked = sara.ask_inline("x")
    wrong: list[tuple[list[InlineQueryResult], str]] = [
        ([article("x", str(i)) for i in range(51)], "Results_too_much"),
        ([article("x"), article("y")], "Result_id_duplicate"),
        ([article("x", "x" * 65)], "Result_id_invalid"),
        ([article("  ")], "Message text is empty"),
        ([article("x" * 4097)], "too long|4097 characters"),
        ([InlineQueryResultCachedDocument("1", "t", "none")], "Wrong file identifier"),
    ]
    for results, words in wrong:
        with pytest.raises(BadRequest, match=words):
            await bot.answer_inline_query(asked, results)
    sent = await bot.send_document(7, b"x", filename="x.txt")
    assert sent.document
    file = InlineQueryResultCachedDocument("1", "t", sent.document.file_id, caption="c")
    await bot.answer_inline_query(asked, [file])
    assert sara.chooses(asked, "1", chat).object["document"]["file_name"] == "x.txt"


async def test_a_guest_is_answered_where_the_bot_is_no_member(
    server: BotApiServer, bot: Bot, sara: Person
) -> None:
    friends = server.elsewhere(-1007, "أصدقاء")
    query = sara.asks_guest(friends, "@isnad_test_bot كم المدى؟")
    (update,) = await news(bot)
    asked = update.guest_message
    assert asked and asked.guest_query_id == query.id and asked.chat.id == -1007
    sent = await bot.answer_guest_query(query.id, article("1000 كم"))
    answer = friends.wait_for()
    assert answer.text == "1000 كم" and answer.inline_id == sent.inline_message_id
    assert answer.object["reply_to_message"]["message_id"] == asked.message_id
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_guest_query(query.id, article("مرة ثانية"))
    with pytest.raises(Forbidden):
        await bot.send_message(-1007, "x")
    with pytest.raises(ValueError, match="the bot is a member"):
        sara.asks_guest(server.group(-5, "G"), "x")
