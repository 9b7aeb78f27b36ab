"""The Bot API server is tested with python-telegram-bot, and below it with plain HTTP."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    Message,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from .bot_api import SCHEMA, BotApiServer, Chat, Person
from .bot_api_schema import FloodJudge, Upload, parse_html

needs_schema = pytest.mark.skipif(not SCHEMA.present, reason="the published schema is not here")
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("👍", callback_data="good")]])


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with new_bot(server) as bot:
        yield bot


@pytest.fixture
def sara(server: BotApiServer) -> Person:
    return server.user(7, first_name="Sara")


@pytest.fixture
def chat(sara: Person) -> Chat:
    return sara.chat()


def new_bot(server: BotApiServer, token: str = "") -> Bot:
    base, files = f"{server.url}/bot", f"{server.url}/file/bot"
    return Bot(token or server.token, base_url=base, base_file_url=files)


def call(server: BotApiServer, method: str, **parameters: Any) -> dict[str, Any]:
    """One request with a JSON body; the whole answer."""
    url = f"{server.url}/bot{server.token}/{method}"
    # Nothing here is encrypted, and loading the certificates would take longer than the request.
    answer: dict[str, Any] = httpx.post(url, json=parameters, verify=False).json()
    return answer


# Requests


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


# Updates


def test_an_offset_confirms_what_is_below_it(
    server: BotApiServer, sara: Person, chat: Chat
) -> None:
    for text in "abc":
        chat.say(sara, text)

    def texts(**parameters: int) -> list[str]:
        result = call(server, "getUpdates", **parameters)["result"]
        return [update["message"]["text"] for update in result]

    first = call(server, "getUpdates")["result"][0]["update_id"]
    assert texts() == texts(limit=100) == ["a", "b", "c"]
    assert texts(limit=1) == ["a"]
    assert texts(offset=first + 1) == ["b", "c"]
    assert texts() == ["b", "c"]  # "a" is forgotten
    assert texts(offset=-1) == ["c"]
    assert texts() == ["c"]
    assert texts(offset=first + 3) == texts() == []


async def test_a_long_poll_waits_for_news(bot: Bot, sara: Person, chat: Chat) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    assert not poll.done()
    started = time.monotonic()
    await asyncio.to_thread(chat.say, sara, "ما المدى؟")
    updates = await poll
    assert time.monotonic() - started < 1
    assert updates[0].message and updates[0].message.text == "ما المدى؟"
    await bot.get_updates(offset=updates[0].update_id + 1)
    started = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - started > 0.9


async def test_allowed_updates_are_remembered(bot: Bot, sara: Person, chat: Chat) -> None:
    await bot.get_updates(allowed_updates=["edited_message", "stopped_message_generation"])
    message_id = chat.say(sara, "first")
    chat.edit(sara, message_id, "second")
    (update,) = await bot.get_updates()
    assert update.edited_message and update.edited_message.text == "second"
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])  # the default kinds
    chat.say(sara, "third")
    assert len(await bot.get_updates()) == 1


async def test_a_second_poller_ends_the_first(server: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    async with new_bot(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure"):
            await first
        assert await second == ()


async def test_polling_is_a_conflict_while_a_webhook_is_set(server: BotApiServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.1)
    await bot.set_webhook("https://isnad.example/hook", secret_token="s3cret")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    server.user(7).chat().say(server.user(7), "hello")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://isnad.example/hook", 1)
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://isnad.example")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://isnad.example", secret_token="no spaces")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


# Messages


async def test_a_message_is_trimmed_and_shown(server: BotApiServer, bot: Bot, chat: Chat) -> None:
    bold = MessageEntity("bold", 3, 4)
    sent = await bot.send_message(7, " \n جواب 😀 \n", entities=[bold], reply_markup=KEYBOARD)
    assert sent.text == "جواب 😀"
    assert sent.parse_entities() == {MessageEntity("bold", 0, 4): "جواب"}
    assert sent.reply_markup == KEYBOARD
    (message,) = chat.messages
    assert (message.id, message.text, message.by_bot) == (sent.message_id, "جواب 😀", True)
    assert [button["text"] for button in message.buttons] == ["👍"]
    assert not server.violations and not server.refusals


async def test_text_has_1_to_4096_code_points(bot: Bot, chat: Chat) -> None:
    for text in ("", " \n "):
        with pytest.raises(BadRequest, match="^Message text is empty$"):
            await bot.send_message(7, text)
    assert (await bot.send_message(7, " " + "😀" * 4096 + "\n")).text == "😀" * 4096
    with pytest.raises(BadRequest, match="^Message is too long$"):
        await bot.send_message(7, "ا" * 4097)
    with pytest.raises(BadRequest, match="^Message text is empty$"):
        await bot.edit_message_text(" ", 7, chat.messages[0].id)


@pytest.mark.parametrize(
    ("offset", "length", "words"),
    [
        (0, 2, None),
        (2, 3, None),
        (0, 5, None),
        (1, 1, "begins in a middle of a UTF-16 symbol at byte offset 4"),
        (0, 1, "offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
        (3, 6, "beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9"),
        (9, 1, "begins after the end of the text at UTF-16 offset 9"),
        (-1, 2, "receive an entity with incorrect offset -1"),
    ],
)
def test_entities_keep_to_the_characters(
    server: BotApiServer, chat: Chat, offset: int, length: int, words: str | None
) -> None:
    entity = {"type": "bold", "offset": offset, "length": length}
    answer = call(server, "sendMessage", chat_id=7, text="😀مرح", entities=[entity])
    assert answer["ok"] is (words is None)
    assert words is None or answer["description"].endswith(words)


# What TDLib 1.8.69 says to the same markup.
@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("مد<br/>", 'Unsupported start tag "br/" at byte offset 4'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i></b>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</ b>", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<b =>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<span>s</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_markup_is_refused_as_telegram_refuses_it(
    server: BotApiServer, chat: Chat, markup: str, words: str
) -> None:
    answer = call(server, "sendMessage", chat_id=7, text=markup, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {words}"


def test_markup_becomes_text_and_entities() -> None:
    markup = '<b>😀 <i>a</i></b> &lt;&#1575;&apos; <a href="https://t.me/x">y</a><a href="x">z</a>'
    text, entities = parse_html(markup + "<blockquote expandable>q</blockquote><b></b>")
    assert text == "😀 a <ا&apos; yzq"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 4),
        ("italic", 3, 1),
        ("text_link", 14, 1),
        ("expandable_blockquote", 16, 1),
    ]


async def test_buttons_have_limits(bot: Bot, chat: Chat) -> None:
    def keyboard(data: str, count: int = 1) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data=data)]] * count)

    await bot.send_message(7, "x", reply_markup=keyboard("ا" * 32, 100))
    for data in ("ا" * 32 + "x", ""):
        with pytest.raises(BadRequest, match="Button_data_invalid"):
            await bot.send_message(7, "x", reply_markup=keyboard(data))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(7, "x", reply_markup=keyboard("d", 101))
    with pytest.raises(BadRequest, match="text buttons are unallowed"):
        await bot.send_message(
            7, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("b")]])
        )


async def test_a_chat_must_be_known_and_open(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    server.user(8)  # exists, but never opened the chat
    for chat_id in (8, 99, "@nobody"):
        with pytest.raises(BadRequest, match="^Chat not found$"):
            await bot.send_message(chat_id, "x")
    sara.blocks_bot()
    with pytest.raises(Forbidden, match="^Forbidden: bot was blocked by the user$"):
        await bot.send_message(7, "x")
    assert (await bot.get_chat(7)).first_name == "Sara"
    sara.blocks_bot(False)
    await bot.send_message(7, "x")
    changes = [u.my_chat_member for u in await bot.get_updates()]
    assert [c.new_chat_member.status for c in changes if c] == ["kicked", "member"]
    server.group(-5, "G")
    await bot.leave_chat(-5)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(-5, "x")
    with pytest.raises(BadRequest, match="private chats"):
        await bot.leave_chat(7)


async def test_an_edit_must_change_something(bot: Bot, sara: Person, chat: Chat) -> None:
    sent = await bot.send_message(7, "one", reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="^Message is not modified: specified new message content"):
        await bot.edit_message_text("one ", 7, sent.message_id, reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("two", 7, sent.message_id)
    assert isinstance(edited, Message) and edited.edit_date and edited.reply_markup is None
    await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=KEYBOARD)
    with pytest.raises(BadRequest, match="^Message is not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=KEYBOARD)
    (message,) = chat.messages
    assert message.text == "two" and [old["text"] for old in message.history] == ["one", "two"]
    with pytest.raises(BadRequest, match="^Message to edit not found$"):
        await bot.edit_message_text("x", 7, 999)
    with pytest.raises(BadRequest, match="^Message can't be edited$"):
        await bot.edit_message_text("x", 7, chat.say(sara, "mine"))
    document = await bot.send_document(7, b"x", filename="x.txt")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("x", 7, document.message_id)


async def test_messages_are_deleted_and_answered(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    asked = chat.say(sara, "?")
    answer = await bot.send_message(7, "!", reply_parameters=ReplyParameters(asked))
    assert answer.reply_to_message and answer.reply_to_message.text == "?"
    assert await bot.delete_message(7, asked)
    with pytest.raises(BadRequest, match="^Message to delete not found$"):
        await bot.delete_message(7, asked)
    with pytest.raises(BadRequest, match="^Message to be replied not found$"):
        await bot.send_message(7, "!", reply_parameters=ReplyParameters(asked))
    lenient = ReplyParameters(asked, allow_sending_without_reply=True)
    assert (await bot.send_message(7, "!", reply_parameters=lenient)).reply_to_message is None
    group = server.group(-5, "G")
    with pytest.raises(BadRequest, match="^Message can't be deleted$"):
        await bot.delete_message(-5, group.say(sara, "x"))


async def test_a_press_is_answered_once(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    sent = await bot.send_message(7, "good?", reply_markup=KEYBOARD)
    ids = [chat.press(sara, "👍", chat.wait_for()), chat.press(sara, "good", sent.message_id)]
    updates = await bot.get_updates()
    queries = [update.callback_query for update in updates]
    assert [query.id for query in queries if query] == ids
    assert queries[0] and queries[0].data == "good" and queries[0].message == sent
    await queries[0].answer("شكراً")
    answer = server.answers[ids[0]]
    assert answer and answer["text"] == "شكراً" and server.answers[ids[1]] is None
    for query_id in (ids[0], "1"):
        with pytest.raises(BadRequest, match="^Query is too old and response timeout expired or"):
            await bot.answer_callback_query(query_id)
    with pytest.raises(LookupError, match="no button 'bad'"):
        chat.press(sara, "bad", sent.message_id)


async def test_a_draft_shows_until_the_message(
    server: BotApiServer, bot: Bot, sara: Person, chat: Chat
) -> None:
    assert await bot.send_message_draft(7, 5, "")
    assert await bot.send_message_draft(7, 5, "الجواب", api_kwargs={"can_stop": True})
    assert chat.draft and (chat.draft.id, chat.draft.text) == (5, "الجواب")
    assert [draft.text for draft in chat.drafts] == ["", "الجواب"]
    chat.press_stop()
    assert chat.draft is None
    (update,) = await bot.get_updates(allowed_updates=["message", "stopped_message_generation"])
    assert update.api_kwargs["stopped_message_generation"] == {"chat": chat.info, "draft_id": 5}
    with pytest.raises(LookupError):
        chat.press_stop()
    await bot.send_message_draft(7, 6, "x", api_kwargs={"can_stop": True, "keep_on_stop": True})
    chat.press_stop()
    assert chat.draft and not chat.draft.can_stop
    await bot.send_message(7, "الجواب كله")
    assert chat.draft is None
    server.group(-5, "G")
    for chat_id, draft_id, text, words in [
        (-5, 1, "x", "Textdraft_peer_invalid"),
        (7, 0, "x", "Random_id_invalid"),
        (7, 1, "x" * 4097, "Message is too long"),
    ]:
        with pytest.raises(BadRequest, match=words):
            await bot.send_message_draft(chat_id, draft_id, text)
    assert not server.violations


async def test_files_go_both_ways(server: BotApiServer, bot: Bot, sara: Person, chat: Chat) -> None:
    content = "تقرير".encode()
    sent = await bot.send_document(7, InputFile(content, filename="t.txt"), caption="<b>c</b>")
    assert sent.document and sent.caption == "<b>c</b>"
    assert (sent.document.file_name, sent.document.mime_type) == ("t.txt", "text/plain")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await bot.send_document(7, sent.document.file_id, caption="<b>c</b>", parse_mode="HTML")
    assert again.document and again.caption_entities[0].type == "bold"
    chat.send_document(sara, Upload("q.pdf", b"%PDF", "application/pdf"), caption="this")
    (update,) = await bot.get_updates()
    assert update.message and update.message.document and update.message.caption == "this"
    file = await bot.get_file(update.message.document)
    assert bytes(await file.download_as_bytearray()) == b"%PDF"
    for wrong, words in [("nothing", "Wrong file_id"), ("http", "Wrong file identifier")]:
        with pytest.raises(BadRequest, match=words):
            await (bot.get_file(wrong) if wrong == "nothing" else bot.send_document(7, wrong))
    with pytest.raises(BadRequest, match="^Message caption is too long$"):
        await bot.send_document(7, b"x", caption="x" * 1025)


# The bot and its chats


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


# Faults and floods


async def test_faults_come_when_asked_for(server: BotApiServer, bot: Bot, chat: Chat) -> None:
    server.fail("sendMessage", retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as flood:
            await bot.send_message(7, "x")
        assert "0:00:03" in flood.value.message
    server.fail("sendMessage", 502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(7, "x")
    server.reset("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(7, "x")
    assert chat.messages == []
    server.reset("sendMessage", after=True)
    with pytest.raises(NetworkError):
        await bot.send_message(7, "accepted")
    assert [message.text for message in chat.messages] == ["accepted"]
    with pytest.raises(ValueError, match="sendMesage"):
        server.fail("sendMesage")
    server.stall("sendMessage", 0.3)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "late", read_timeout=0.1)
    assert await asyncio.to_thread(chat.wait_for, lambda m: m.text == "late", 1)
    await bot.send_message(7, "x")
    assert [request.method for request in server.requests].count("sendMessage") == 7


def test_a_stalled_request_does_not_keep_the_server_open() -> None:
    with BotApiServer() as server:
        server.stall("getMe", 3600)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/bot{server.token}/getMe", timeout=0.1)
        started = time.monotonic()
    assert time.monotonic() - started < 1


def floods(method: str, chat_id: int, times: list[float]) -> list[int]:
    """Which requests, by number, come too soon."""
    judge = FloodJudge()
    return [i for i, time in enumerate(times) if judge.judge(time, method, chat_id)]


@pytest.mark.parametrize(
    ("method", "chat_id", "times", "too_soon"),
    [
        ("sendMessage", 7, [0, 0, 0, 1, 2, 3], []),
        ("sendMessage", 7, [0, 0, 0, 0.5, 1], [3]),
        ("editMessageText", 7, [0, 0, 0, 0.9], [3]),
        ("sendMessage", -5, [i * 2.0 for i in range(21)] + [60], [20]),
        ("sendMessageDraft", 7, [i / 10 for i in range(21)] + [5], [20]),
        ("sendMessageDraft", 7, [i * 0.7 for i in range(42)] + [30], [40, 41]),
        ("sendChatAction", 7, [0.0] * 100, []),
    ],
)
def test_the_judge_knows_the_limits_of_a_chat(
    method: str, chat_id: int, times: list[float], too_soon: list[int]
) -> None:
    assert floods(method, chat_id, times) == too_soon


def test_the_judge_knows_the_limit_of_all_chats() -> None:
    judge = FloodJudge()
    judged = [judge.judge(0.5, "sendMessage", chat_id) for chat_id in range(1, 32)]
    assert judged[:30] == [None] * 30
    assert judged[30] and judged[30].rule == "30 in 1 s" and judged[30].retry_after == 1
    assert judge.judge(1.5, "sendMessage", 99) is None


async def test_floods_are_recorded_and_refused_only_if_wanted(
    server: BotApiServer, bot: Bot, chat: Chat
) -> None:
    for _ in range(4):
        await bot.send_message(7, "x")
    (flood,) = server.floods
    assert (flood.method, flood.chat_id, flood.retry_after) == ("sendMessage", 7, 1)
    server.enforce_floods = True
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "x")
    assert len(chat.messages) == 4 and len(server.floods) == 2


# The schema


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


# Waiting and reading


async def test_waiting_passes_over_what_was_seen(bot: Bot, chat: Chat) -> None:
    sent = [await bot.send_message(7, text) for text in "abcd"]
    assert chat.wait_for().text == "a"
    assert [message.text for message in chat.wait_for(2)] == ["b", "c"]
    await bot.edit_message_text("b, better", 7, sent[1].message_id)
    assert chat.wait_for(lambda message: "better" in message.text).id == sent[1].message_id
    assert chat.wait_for().text == "d"
    with pytest.raises(TimeoutError, match=r"b, better"):
        chat.wait_for(timeout=0.05)
    later = asyncio.create_task(asyncio.to_thread(chat.wait_for, 2, 2))
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
