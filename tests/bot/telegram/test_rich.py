"""Rich messages: a whole answer in one, until the server turns out not to know them."""

import pytest

from bot.rendering import Renderer
from bot.store import Place
from bot.styled import Styled, parts
from bot.telegram.buttons import below_answer
from bot.telegram.letter import Letter
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.rich import LONGEST, RichMessages, rich_html
from bot.telegram.transport import Client
from tests.bot.doubles import answered, cited
from tests.servers.bot_api import BotApiServer, Chat

ANSWER = answered(
    text="زار <باقري> موسكو [1].\n\nوعاد [2].",
    citations=(cited(quote="سطر أول\nسطر & ثان"), cited(n=2, file="b.txt")),
)
TEXT = Renderer(quotes=True, buttons=True).answer(ANSWER)


def letter(chat: Chat, text: Styled = TEXT, question: int | None = None) -> Letter:
    place, keyboard = Place(chat.id, 0), below_answer(ANSWER, "ar")
    return Letter(place, question, "ar", tuple(parts(text, "ar")), keyboard, rich_html(text))


@pytest.fixture
async def rich(bot: Client) -> Outbox:
    return Outbox(bot, Limiter(), RichMessages(wanted=True))


def test_sources_are_folded_up_and_nothing_is_markup() -> None:
    html = rich_html(TEXT)
    assert html
    assert html.startswith("<p>زار &lt;باقري&gt; موسكو [1].</p><p>وعاد [2].</p><details><summary>")
    assert "<blockquote><p>سطر أول</p><p>سطر &amp; ثان</p></blockquote>" in html
    assert html.endswith("</details>")
    assert rich_html(Styled("كلمة\n" * LONGEST)) is None
    assert rich_html(Styled("كلمة")) == "<p>كلمة</p>"


async def test_an_answer_is_one_message_from_right_to_left(
    server: BotApiServer, rich: Outbox, chat: Chat
) -> None:
    question = chat.say(server.user(7), "من؟")
    long = Styled("كلمة " * 2_000, ())
    await rich.deliver(letter(chat, long, question))
    (shown,) = [message for message in chat.messages if message.by_bot]
    assert shown.object["rich_message"]["is_rtl"]
    assert shown.text.split() == long.text.split()
    assert shown.object["reply_to_message"]["message_id"] == question
    assert len(shown.buttons) == 4


async def test_its_sources_can_be_unfolded(rich: Outbox, chat: Chat) -> None:
    await rich.deliver(letter(chat))
    (shown,) = chat.messages
    *_, sources = shown.object["rich_message"]["blocks"]
    assert sources["type"] == "details"
    assert [one["type"] for one in sources["blocks"]].count("blockquote") == 2


async def test_where_they_are_unknown_the_answer_comes_in_the_classic_form(
    server: BotApiServer, rich: Outbox, chat: Chat
) -> None:
    server.takes_rich_messages = False
    for _ in range(2):
        await rich.deliver(letter(chat))
    assert [message.text for message in chat.messages] == [TEXT.text] * 2
    assert all(message.buttons for message in chat.messages)
    tried = [one for one in server.requests if one.method == "sendRichMessage"]
    assert len(tried) == 1
    assert not rich.rich.is_on


async def test_one_that_is_refused_comes_in_the_classic_form_and_three_end_them(
    server: BotApiServer, rich: Outbox, chat: Chat
) -> None:
    server.fail("sendRichMessage", 400, times=3)
    for _ in range(4):
        await rich.deliver(letter(chat))
    assert [message.text for message in chat.messages] == [TEXT.text] * 4
    assert not rich.rich.is_on
