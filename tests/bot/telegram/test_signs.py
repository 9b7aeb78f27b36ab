"""What a reader sees while an answer is written, minute by minute, on a clock of its own."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from telegram import Chat, Message, User
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.rendering import WORDS
from bot.store import Place
from bot.styled import Styled
from bot.telegram.delivery import STOPPED_WITHIN, Delivery
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.stopping import Stopped
from tests.bot.telegram.clockwork import run
from tests.servers.telegram_floods import FloodJudge

GROUP, SARA = Chat(-1001, "supergroup"), Chat(7, "private")


class Screen:
    """A bot whose messages go nowhere; `shown` is what it has shown, and when."""

    def __init__(self, failures: dict[str, TelegramError] | None = None) -> None:
        self.shown: list[tuple[float, str, str]] = []
        self.failures = failures or {}
        self.stop_buttons = 0

    async def _show(self, method: str, chat: Any, text: str | None) -> Message:
        await asyncio.sleep(0.05)
        self.shown.append((asyncio.get_running_loop().time(), method, text or ""))
        if failure := self.failures.get(method):
            raise failure
        return Message(len(self.shown), datetime.now(UTC), Chat(chat, "private"))

    async def send_message(self, chat_id: Any, text: str, **rest: Any) -> Message:
        self.stop_buttons += rest.get("reply_markup") is not None
        return await self._show("sendMessage", chat_id, text)

    async def edit_message_text(self, text: str, chat_id: Any = None, **_: Any) -> Message:
        return await self._show("editMessageText", chat_id, text)

    async def send_chat_action(self, chat_id: Any, *_: Any, **__: Any) -> bool:
        return bool(await self._show("sendChatAction", chat_id, ""))

    async def send_message_draft(self, chat_id: Any, _: int, text: Any = "", **__: Any) -> bool:
        return bool(await self._show("sendMessageDraft", chat_id, text))

    async def delete_message(self, chat_id: Any, message_id: Any, **_: Any) -> bool:
        return bool(await self._show("deleteMessage", chat_id, str(message_id)))

    def of(self, method: str) -> list[tuple[float, str]]:
        """When it did this, from its first sign on, and with what text."""
        first = self.shown[0][0]
        return [(round(at - first, 2), text) for at, one, text in self.shown if one == method]


Write = Callable[[Delivery], Coroutine[Any, Any, str]]


def outbox_of(screen: Any) -> Outbox:
    return Outbox(screen, Limiter())


async def answer(screen: Screen, chat: Chat, write: Write) -> None:
    """A question in this chat that is answered with what is written."""
    question = Message(5, datetime.now(UTC), chat, text="?", from_user=User(7, "S", False))
    async with Delivery(outbox_of(screen), question, "ar") as delivery:
        text = await delivery.work(write(delivery))
    await delivery.send(Styled(text), "ar")


async def slowly(delivery: Delivery) -> str:
    """Half a minute of work, in which a word comes each 0.1 s."""
    text = ""
    for number in range(300):
        await asyncio.sleep(0.1)
        text += f"كلمة{number} "
        delivery.draft(text)
    return text


async def quickly(delivery: Delivery) -> str:
    delivery.draft("جو")
    await asyncio.sleep(0.2)
    return "جواب"


async def silently(_: Delivery) -> str:
    await asyncio.sleep(50)
    return "جواب"


def test_a_quick_answer_needs_one_sign_and_one_message() -> None:
    screen = Screen()
    run(answer(screen, SARA, quickly))
    assert [method for _, method, _ in screen.shown] == ["sendChatAction", "sendMessage"]


def test_a_private_chat_sees_it_grow_at_a_measured_pace() -> None:
    screen = Screen()
    run(answer(screen, SARA, slowly))
    drafts, judge = screen.of("sendMessageDraft"), FloodJudge()
    assert 30 <= len(drafts) <= 40
    assert all(later[0] - earlier[0] >= 0.75 for earlier, later in pairwise(drafts))
    assert all(len(later[1]) > len(earlier[1]) for earlier, later in pairwise(drafts))
    assert all(judge.judge(at, "sendMessageDraft", 7) is None for at, _ in drafts)
    assert len(screen.of("sendMessage")) == 1
    assert not screen.of("editMessageText")


def test_while_nothing_is_verified_yet_a_draft_says_that_it_goes_on() -> None:
    screen = Screen()
    run(answer(screen, SARA, silently))
    drafts = screen.of("sendMessageDraft")
    assert drafts[0][0] < 1
    assert not any(text for _, text in drafts)
    assert all(later[0] - earlier[0] < 30 for earlier, later in pairwise(drafts))
    signs = screen.of("sendChatAction")
    assert all(later[0] - earlier[0] < 5 for earlier, later in pairwise(signs))


def test_a_group_sees_few_edits_far_apart_and_then_a_message_of_its_own() -> None:
    screen = Screen()
    run(answer(screen, GROUP, slowly))
    assert not screen.of("sendMessageDraft")
    edits = screen.of("editMessageText")
    assert 1 <= len(edits) <= 3
    assert all(later[0] - earlier[0] >= 6 for earlier, later in pairwise(edits))
    interim, final = screen.of("sendMessage")
    assert final[1].startswith(edits[-1][1])
    assert interim[0] < 4
    assert screen.shown[-1][1] == "deleteMessage"
    assert screen.stop_buttons == 1


def test_a_group_that_waits_is_told_that_it_is_looked_for() -> None:
    screen = Screen()
    run(answer(screen, GROUP, silently))
    interim, final = screen.of("sendMessage")
    assert interim[1] == WORDS("looking", "ar")
    assert final[1] == "جواب"


@pytest.mark.parametrize("refusal", [BadRequest("TEXTDRAFT_PEER_INVALID"), TelegramError("?")])
def test_where_drafts_are_refused_a_message_is_edited(refusal: TelegramError) -> None:
    screen = Screen({"sendMessageDraft": refusal})
    run(answer(screen, SARA, slowly))
    assert len(screen.of("sendMessageDraft")) == 1
    assert len(screen.of("sendMessage")) == 2
    assert 1 <= len(screen.of("editMessageText")) <= 3


def test_a_flood_wait_on_edits_ends_them_and_holds_up_the_answer_no_longer_than_it_says() -> None:
    screen = Screen({"editMessageText": RetryAfter(40)})
    run(answer(screen, GROUP, slowly))
    ((edited, _),) = screen.of("editMessageText")
    _, (sent, _) = screen.of("sendMessage")
    assert edited + 40 <= sent < edited + 41


async def stopped_after_3_seconds(write: Write) -> tuple[str | Stopped, float]:
    """What comes of work that is stopped, and after how many seconds."""
    question = Message(5, datetime.now(UTC), SARA, text="?", from_user=User(7, "S", False))
    outbox = outbox_of(Screen())
    loop, place = asyncio.get_running_loop(), Place(7, 0)
    loop.call_later(3, outbox.running.stop_at, place, 7)
    started = loop.time()
    async with Delivery(outbox, question, "ar") as delivery:
        try:
            outcome: str | Stopped = await delivery.work(write(delivery))
        except Stopped as stopped:
            outcome = stopped
    assert not outbox.running.answers
    return outcome, loop.time() - started


def test_a_stop_ends_work_that_has_shown_nothing_at_once() -> None:
    outcome, seconds = run(stopped_after_3_seconds(silently))
    assert isinstance(outcome, Stopped)
    assert not outcome.text
    assert seconds == pytest.approx(3, abs=0.1)


def test_work_that_has_shown_something_is_told_of_the_stop_and_gives_what_there_is() -> None:
    async def write(delivery: Delivery) -> str:
        delivery.draft("جملة [1]")
        async with delivery.wish.cutting():
            await asyncio.sleep(60)
        return "جملة [1] ومصدرها"

    outcome, seconds = run(stopped_after_3_seconds(write))
    assert outcome == "جملة [1] ومصدرها"
    assert seconds == pytest.approx(3, abs=0.1)


def test_work_that_does_not_heed_a_stop_is_ended_a_little_later() -> None:
    outcome, seconds = run(stopped_after_3_seconds(slowly))
    assert isinstance(outcome, Stopped)
    assert outcome.text.startswith("كلمة0 كلمة1")
    assert seconds == pytest.approx(3 + STOPPED_WITHIN, abs=0.1)
