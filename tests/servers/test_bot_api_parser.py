"""TDLib's parser is a judge of every text, and of what this server says of texts without it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, MessageEntity
from telegram.error import BadRequest

from . import telegram_parser as parser
from .bot_api import BotApiServer, Chat, Refusal
from .telegram_client import call
from .telegram_refusals import Object
from .telegram_texts import check_entities, parse_html

needs_tdlib = pytest.mark.skipif(not parser.PRESENT, reason="tdjson has no build for this machine")


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
    with pytest.raises(Refusal, match=re.escape(words)):
        parse_html(markup)  # what is used where TDLib is not


TEXTS = st.text(st.sampled_from("aب😀 ه\u0651\u200c\u2068"), min_size=1, max_size=8)
STYLES = st.sampled_from(["bold", "italic", "spoiler", "code", "blockquote"])
ENTITIES = st.builds(
    lambda style, offset, length: {"type": style, "offset": offset, "length": length},
    STYLES,
    st.integers(-1, 10),
    st.integers(0, 10),
)


@needs_tdlib
@given(TEXTS, ENTITIES)
@settings(max_examples=150, deadline=None)
def test_entities_are_refused_as_telegram_refuses_them(text: str, entity: Object) -> None:
    ours = None
    try:
        check_entities(text, [entity])
    except Refusal as refusal:
        ours = refusal.description.removeprefix("Bad Request: ")
    refused, _ = parser.findings(text, [entity])
    assert (refused or "").lower() == (ours or "").lower()


@needs_tdlib
@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<", "&lt;", "😀"]), max_size=6))
@settings(max_examples=100, deadline=None)
def test_markup_is_judged_as_telegram_judges_it(pieces: list[str]) -> None:
    ours = None
    try:
        parse_html("".join(pieces))
    except Refusal as refusal:
        ours = refusal.description.removeprefix("Bad Request: can't parse entities: ")
    theirs = parser.refusal("".join(pieces), "HTML")
    assert (theirs or "").removeprefix("Can't parse entities: ") == (ours or "")


@needs_tdlib
@pytest.mark.parametrize(
    ("text", "entities", "lost"),
    [
        ("*a* [b] _c_ `d`", [("bold", 0, 3)], []),
        ("a b", [("blockquote", 0, 3), ("bold", 1, 2), ("italic", 0, 2)], []),
        ("abc", [("pre", 0, 3), ("bold", 0, 3)], ["bold of 0+3 is dropped"]),
        ("a\u202eb", [], ["text becomes 'ab'"]),
        ("\u2068a\u2069 \u200f\u200cb\u0651", [("code", 1, 1)], []),
        ("a  b", [("bold", 1, 2)], []),  # blank: nobody sees it
    ],
)
def test_what_telegram_drops_is_told(
    text: str, entities: list[tuple[str, int, int]], lost: list[str]
) -> None:
    sent = [{"type": kind, "offset": at, "length": length} for kind, at, length in entities]
    assert parser.findings(text, sent) == (None, lost)


@needs_tdlib
def test_every_kind_of_entity_is_known() -> None:
    more: dict[str, Object] = {
        "text_link": {"url": "https://isnad.example/a"},
        "text_mention": {"user": {"id": 7}},
        "custom_emoji": {"custom_emoji_id": "5368324170671202286"},
        "date_time": {"unix_time": 1},
        "pre": {"language": "python"},
    }
    for kind in parser.NAMES:
        entity = {"type": kind, "offset": 0, "length": 1, **more.get(kind, {})}
        assert parser.findings("a", [entity]) == (None, [])
    assert parser.findings("a", [{"type": "text_link", "offset": 0, "length": 1, "url": "a"}]) == (
        "Entity URL 'a' is invalid: Wrong HTTP URL",
        [],
    )


@needs_tdlib
def test_telegram_links_some_file_names_by_itself() -> None:
    assert parser.linked("في notes.md أو /new #x 10:30") == ["notes.md", "/new"]
    assert parser.linked("في 003_bc0966837ce6fdc6.txt أو report.pdf") == []


@needs_tdlib
async def test_the_server_lists_what_the_parser_finds(
    server: BotApiServer, bot: Bot, chat: Chat
) -> None:
    await bot.send_message(7, "جواب", entities=[MessageEntity("bold", 0, 4)])
    assert server.misformed == []
    await bot.send_message(7, "a\u202eb")
    with pytest.raises(BadRequest, match="Entity begins in a middle of a utf-16 symbol"):
        await bot.send_message(7, "😀", entities=[MessageEntity("bold", 1, 1)])
    with pytest.raises(BadRequest, match="(?i)unsupported start tag"):
        await bot.send_document(7, b"x", caption="<h1>x</h1>", parse_mode="HTML")
    assert [re.split(": |=", words)[0] for words in server.misformed] == [
        "text becomes 'ab'",
        "Entity begins in a middle of a UTF-16 symbol at byte offset 4",
        "Can't parse entities",
    ]
