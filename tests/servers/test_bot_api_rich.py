"""Rich messages are read, shown and refused; what is shown is one to the schema."""

from typing import Any

import pytest

from .bot_api import SCHEMA, BotApiServer, Chat
from .telegram_client import call

HTML = """
<h2>الجواب</h2><p>يبلغ المدى <b>1000 <i>كم</i></b> <a href="https://isnad.example">[1]</a>.</p>
<details open><summary>المصادر</summary><ol><li>ملف &lt;a&gt;</li><li><p>ثانٍ</p></li></ol></details>
<blockquote collapsed>اقتباس</blockquote><blockquote><p>آخر</p><cite>باقري</cite></blockquote>
<table><tr><th>سنة</th></tr><tr><td align="right">2021</td></tr></table><hr><footer>تذييل</footer>
"""


def send(server: BotApiServer, **message: Any) -> dict[str, Any]:
    return call(server, "sendRichMessage", chat_id=7, rich_message=message)


def test_html_becomes_blocks(server: BotApiServer, chat: Chat) -> None:
    sent = send(server, html=HTML, is_rtl=True)["result"]
    blocks = sent["rich_message"]["blocks"]
    assert sent["rich_message"]["is_rtl"]
    assert [block["type"] for block in blocks] == [
        "heading",
        "paragraph",
        "details",
        "expandable_blockquote",
        "blockquote",
        "table",
        "divider",
        "footer",
    ]
    assert blocks[1]["text"] == [
        "يبلغ المدى ",
        {"type": "bold", "text": ["1000 ", {"type": "italic", "text": "كم"}]},
        " ",
        {"type": "url", "text": "[1]", "url": "https://isnad.example"},
        ".",
    ]
    assert [item["label"] for item in blocks[2]["blocks"][0]["items"]] == ["1.", "2."]
    assert blocks[4]["credit"] == "باقري"
    assert SCHEMA.check(sent, ["Message"], "message") == [] == server.violations
    assert chat.wait_for().text.startswith("الجواب\nيبلغ المدى 1000 كم [1].\nالمصادر")


def test_blocks_may_be_sent_and_edited(server: BotApiServer, chat: Chat) -> None:
    blocks = [{"type": "paragraph", "text": ["a", {"type": "bold", "text": "b"}]}]
    sent = send(server, blocks=blocks)["result"]
    assert sent["rich_message"] == {"blocks": blocks}
    edit = {"chat_id": 7, "message_id": sent["message_id"], "rich_message": {"html": "<p>c</p>"}}
    assert call(server, "editMessageText", **edit)["ok"]
    assert chat.messages[0].text == "c"
    assert not call(server, "editMessageText", **edit)["ok"]
    back = {"chat_id": 7, "message_id": sent["message_id"], "text": "d"}
    assert "rich_message" not in call(server, "editMessageText", **back)["result"]


def test_rich_drafts_may_show_that_it_thinks(server: BotApiServer, chat: Chat) -> None:
    thinking = {"html": "<tg-thinking>أفكر</tg-thinking>"}
    draft = {"chat_id": 7, "draft_id": 3, "rich_message": thinking, "can_stop": True}
    assert call(server, "sendRichMessageDraft", **draft)["ok"]
    assert chat.draft and chat.draft.text == "أفكر" and chat.draft.can_stop
    assert "only in drafts" in send(server, **thinking)["description"]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({}, "exactly one of"),
        ({"html": "<p>x</p>", "markdown": "x"}, "exactly one of"),
        ({"html": " "}, "is empty"),
        ({"html": "<script>x</script>"}, "unsupported tag <script>"),
        ({"html": "<p>x"}, "<p> is not closed"),
        ({"html": "<b>x</i>"}, "unexpected end tag </i>"),
        ({"html": "<li>x</li>"}, "<li> is out of place"),
        ({"html": "ا" * 32_769}, "too many characters"),
        ({"html": "<p>x</p>" * 501}, "too many blocks"),
        ({"html": "<blockquote>" * 17 + "x" + "</blockquote>" * 17}, "too many levels"),
        ({"html": f"<table><tr>{'<td>x</td>' * 21}</tr></table>"}, "too many columns"),
    ],
)
def test_rich_messages_have_limits(
    server: BotApiServer, chat: Chat, message: dict[str, Any], words: str
) -> None:
    assert words in send(server, **message)["description"]
    assert not chat.messages


def test_an_older_server_does_not_know_them(server: BotApiServer, chat: Chat) -> None:
    server.takes_rich_messages = False
    assert send(server, html="<p>x</p>") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }
