"""An Arabic conversation is drawn; a person may look, and the sides of its lines are measured."""

from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters

from .bot_api import BotApiServer, Chat, Person, Upload
from .telegram_browser import CHROMIUM, Paragraph, draw, laid_out
from .telegram_client import call
from .telegram_page import page

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
ANSWER = "يبلغ المدى 1000 كم [1].\n1. \u2068report.txt\u2069، سطر 9\nقال: «ألف»\nnote: ok"


async def conversation(bot: Bot, sara: Person, chat: Chat) -> None:
    asked = chat.say(sara, "كم يبلغ المدى؟")
    buttons = [
        InlineKeyboardButton(text, callback_data="x") for text in ("[1] \u2068a.txt\u2069", "👍")
    ]
    await bot.send_message(
        7,
        ANSWER,
        entities=[
            MessageEntity("bold", 0, 4),
            MessageEntity("blockquote", ANSWER.index("قال"), 10),
        ],
        reply_parameters=ReplyParameters(asked),
        reply_markup=InlineKeyboardMarkup([buttons]),
    )
    chat.send_document(sara, Upload("<b>.txt", b"x"), "سؤال: <script>")
    await bot.send_message_draft(7, 1, "أكتب…")


async def test_a_page_shows_what_the_chat_shows(bot: Bot, sara: Person, chat: Chat) -> None:
    await conversation(bot, sara, chat)
    html = page(chat, sara)
    for part in (
        '<article class="mine"><section><p>كم يبلغ المدى؟</p>',
        '<div class="reply"><p>كم يبلغ المدى؟</p></div><p><span class="bold">يبلغ</span> المدى',
        "<blockquote><p>قال: «ألف»</p></blockquote><p>note: ok</p>",
        "<nav><button><bdi>[1] \u2068a.txt\u2069</bdi></button>",
        "&lt;b&gt;.txt</bdi>",
        "<p>سؤال: &lt;script&gt;</p>",
        '<article class="draft"><section><p>أكتب…</p>',
    ):
        assert part in html
    assert "كم يبلغ" not in page(chat, sara, first=chat.messages[2].id)


def test_a_page_shows_rich_messages(server: BotApiServer, sara: Person, chat: Chat) -> None:
    html = "<h2>الجواب</h2><p>a <b>b</b></p><ol><li>&lt;i&gt;</li></ol><hr>"
    html += "<details><summary>s</summary><blockquote>q</blockquote></details>"
    html += "<table><tr><td>1</td></tr></table>"
    call(server, "sendRichMessage", chat_id=7, rich_message={"html": html, "is_rtl": True})
    assert (
        '<div dir="rtl"><h2>الجواب</h2><div class="paragraph">a <span class="bold">b</span></div>'
        '<ul><li><b>1.</b><div><div class="paragraph">&lt;i&gt;</div></div></li></ul><hr>'
        "<details open><summary>s</summary><blockquote>"
        '<div class="paragraph">q</div></blockquote></details>'
        "<table><tr><td>1</td></tr></table></div>"
    ) in page(chat, sara)


@needs_chromium
async def test_an_arabic_conversation_is_drawn(
    bot: Bot, sara: Person, chat: Chat, tmp_path: Path
) -> None:
    await conversation(bot, sara, chat)
    html = page(chat, sara)
    paragraphs, height = laid_out(html)
    sides = dict(paragraphs)
    assert sides["1. \u2068report.txt\u2069، سطر 9"] == sides["قال: «ألف»"] == "right"
    assert Paragraph("note: ok", "left") in paragraphs
    draw(html, tmp_path / "conversation.png", height)
    assert (tmp_path / "conversation.png").read_bytes().startswith(b"\x89PNG")
