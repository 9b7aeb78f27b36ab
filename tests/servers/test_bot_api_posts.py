"""What the bot sends is taken, shown and refused as in Telegram."""

import struct
import time

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    Forbidden,
)

from .bot_api import BotApiServer, Chat, Person, Refusal
from .bot_api_schema import Upload
from .telegram_client import KEYBOARD, call
from .telegram_texts import parse_html


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


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
JPEG = (
    b"\xff\xd8\xff\xe0\0\4\0\0\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640) + b"\0\xff\xda\0\2"
)


async def test_pictures_are_looked_into(bot: Bot, chat: Chat) -> None:
    for content in (PNG, JPEG):
        sent = await bot.send_photo(7, content, caption="رسم", reply_markup=KEYBOARD)
        assert sent.caption == "رسم" and sent.photo
        assert (sent.photo[0].width, sent.photo[0].height) == (640, 480)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(7, b"GIF89a")
    narrow = PNG[:16] + struct.pack(">II", 21, 1)
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(7, narrow)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_photo(7, b"")


async def test_captions_are_edited(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_document(7, b"x", filename="x.txt", caption="one")
    await bot.edit_message_caption(7, sent.message_id, caption="two", reply_markup=KEYBOARD)
    assert (chat.messages[0].text, len(chat.messages[0].buttons)) == ("two", 1)
    text = await bot.send_message(7, "x")
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(7, text.message_id, caption="x")


async def test_several_messages_are_deleted_at_once(bot: Bot, sara: Person, chat: Chat) -> None:
    ids = [chat.say(sara, "a"), (await bot.send_message(7, "b")).message_id]
    kept = chat.say(sara, "c")
    assert await bot.delete_messages(7, [*ids, 999])
    assert [message.id for message in chat.messages] == [kept]


async def test_files_have_limits(server: BotApiServer, bot: Bot, sara: Person, chat: Chat) -> None:
    chat.send_document(sara, Upload("big.pdf", bytes(20 * 2**20 + 1)))
    chat.send_document(sara, Upload("../../a b.sh\0.txt ", b"x"))
    big, odd = [u.message.document for u in await bot.get_updates() if u.message]
    assert big and odd and odd.file_name == "../../a b.sh\0.txt "
    with pytest.raises(BadRequest, match="^File is too big$"):
        await bot.get_file(big)
    assert bytes(await (await bot.get_file(odd)).download_as_bytearray()) == b"x"


def test_uploads_end_at_50_megabytes(server: BotApiServer, chat: Chat) -> None:
    # Past HTTP, which takes seconds for it.
    document = Upload("big.pdf", bytes(50 * 2**20 + 1))
    with server.changed, pytest.raises(Refusal, match="^Request Entity Too Large$"):
        server.bot.send_document({"chat_id": 7, "document": document})


async def test_a_draft_expires_by_itself(bot: Bot, chat: Chat) -> None:
    await bot.send_message_draft(7, 1, "x")
    assert chat.shown_draft and chat.draft
    chat.shown_draft = chat.shown_draft._replace(time=time.monotonic() - 30)
    assert chat.draft is None
