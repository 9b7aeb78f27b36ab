"""From updates to their handlers, with nothing lost: the inbox, resuming, and the end."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.error import Forbidden

from bot.rendering import WORDS
from bot.store import Database
from bot.store.inbox import Inbox as StoredInbox
from bot.store.inbox import Received
from bot.styled import Styled, parts
from bot.telegram.delivery import Delivery
from bot.telegram.dispatch import Dispatch
from bot.telegram.inbox import Inbox
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.stopping import Stopped
from bot.telegram.transport import Client
from bot.telegram.updates import place_of
from rag.errors import IsnadError
from tests.servers.bot_api import BotApiServer, Chat
from tests.waiting import until


class Scripted:
    """Handlers that answer each message with its own text, or as they are told."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.handled: list[int] = []
        self.errors: list[Exception] = []
        self.put_offs: list[int] = []
        self.unheard = 0
        self.begun = asyncio.Event()
        self.handle: Callable[[Delivery, str], Awaitable[None]] | None = None

    def arrives(self, update: Update, *, was_taken: bool) -> bool:
        if update.update_id == self.unheard:
            raise ValueError("an entity of an unknown form")
        return True

    async def on_message(self, update: Update) -> None:
        self.handled.append(update.update_id)
        assert update.message
        async with Delivery(self.outbox, update.message, "ar") as delivery:
            text = f"جواب {update.message.text}"
            if self.handle:
                await self.handle(delivery, text)
        await delivery.send(Styled(text), "ar")

    async def put_off(self, update: Update) -> None:
        self.put_offs.append(update.update_id)

    async def on_error(self, update: Update, error: Exception) -> None:
        self.errors.append(error)


class Run:
    """One run of the bot, from its start to its end or its kill."""

    def __init__(self, outbox: Outbox, database: Database, *, alone: bool = True) -> None:
        self.handlers = Scripted(outbox)
        self.inbox = Inbox(StoredInbox(database, alone=alone))
        self.dispatch = Dispatch(outbox.bot, self.inbox, outbox, self.handlers)

    async def end(self, patience: float = 60) -> None:
        await self.dispatch.end(patience)
        await self.inbox.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "bot.sqlite3")
    yield database
    database.close()


@pytest.fixture
def run(outbox: Outbox, database: Database) -> Callable[[], Run]:
    return lambda: Run(outbox, database)


Start = Callable[[], Run]


def replies(chat: Chat) -> list[str]:
    return [message.text for message in chat.messages if message.by_bot]


def updates_of(server: BotApiServer, chat: Chat, *texts: str) -> list[dict[str, Any]]:
    for text in texts:
        chat.say(server.user(7), text)
    return list(server.updates)


async def test_each_update_is_answered_once_however_often_it_comes(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one, batch = run(), updates_of(server, chat, "أ", "ب")
    await one.dispatch.accept([*batch, batch[0]])
    await one.dispatch.accept(batch[1:] + batch[:1])
    await one.end()
    assert replies(chat) == ["جواب أ", "جواب ب"]
    two = run()
    await two.dispatch.resume()
    await two.dispatch.accept(batch)
    await two.end()
    assert not two.handlers.handled


async def test_what_was_not_dealt_with_is_after_the_next_start_and_in_order(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    batch = updates_of(server, chat, "أ", "ب", "ج")
    kept = [
        Received(raw["update_id"], place_of(Update.de_json(raw)), raw) for raw in reversed(batch)
    ]
    assert StoredInbox(database).put(kept) == {raw["update_id"] for raw in batch}
    one = run()
    await one.dispatch.resume()
    await one.end()
    assert replies(chat) == ["جواب أ", "جواب ب", "جواب ج"]


async def test_an_answer_that_is_cut_off_while_it_is_sent_is_marked_as_a_repeat(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one = run()
    server.stall("sendMessage", 1)
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await until(lambda: any(request.method == "sendMessage" for request in server.requests))
    await one.end(patience=0)
    await until(lambda: replies(chat))  # it has arrived, without our receipt
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert not two.handlers.handled  # what was to be said had been kept
    assert replies(chat) == ["جواب أ", f"{WORDS('sent-again', 'ar')}\n\nجواب أ"]


async def test_an_answer_that_was_not_accepted_is_no_repeat(
    server: BotApiServer, chat: Chat, run: Start, outbox: Outbox, database: Database
) -> None:
    one = run()
    server.fail("sendMessage", 429, retry_after=60)
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await until(lambda: server.refusals)

    def noted() -> bool:
        with database.reading() as cursor:
            return bool(cursor.execute("SELECT 1 FROM inbox WHERE state = 'waiting'").fetchall())

    await until(noted)
    await one.end(patience=0)
    two = Run(Outbox(outbox.bot, Limiter()), database)
    await two.dispatch.resume()
    await two.end()
    assert replies(chat)[-1] == "جواب أ"


async def test_a_long_answer_goes_on_from_where_it_was_cut_off(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    long = "\n\n".join(f"فقرة {number} " + "كلمة " * 300 for number in range(6))
    one = run()

    async def longer(delivery: Delivery, _: str) -> None:
        await delivery.send(Styled(long), "ar")

    one.handlers.handle = longer
    server.stall("sendMessage", 0)
    server.stall("sendMessage", 30)  # the second
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await until(lambda: sum(one.method == "sendMessage" for one in server.requests) == 2)
    await one.end(patience=0)
    two = run()
    await two.dispatch.resume()
    await two.end()
    pieces = [part.text for part in parts(Styled(long), "ar")]
    again = f"{WORDS('sent-again', 'ar')}\n\n{pieces[1]}"
    assert replies(chat) == [pieces[0], again, *pieces[2:]]


class InParts(Scripted):
    """Handlers that say something in parts, none of which is kept, and then work on."""

    parts: tuple[str, ...] = ("أول", "ثان", "ثالث")

    async def on_message(self, update: Update) -> None:
        assert update.message
        for part in self.parts:
            await self.outbox.send(update.message.chat.id, Styled(part), "ar")
        self.parts = ()
        await asyncio.sleep(60)


async def test_every_part_that_is_said_again_after_a_kill_is_marked(
    server: BotApiServer, chat: Chat, outbox: Outbox, database: Database
) -> None:
    again = WORDS("sent-again", "ar")
    update = updates_of(server, chat, "أ")
    dispatches = []
    for said in (2, 1, 3):  # before each kill
        handlers = InParts(Outbox(outbox.bot, Limiter()))
        handlers.parts = handlers.parts[:said]
        inbox = Inbox(StoredInbox(database))
        dispatches.append(Dispatch(outbox.bot, inbox, handlers.outbox, handlers))
        await (dispatches[-1].resume() if dispatches[1:] else dispatches[-1].accept(update))
        before = len(replies(chat))
        await until(lambda: not handlers.parts)  # noqa: B023
        assert len(replies(chat)) == before + said
        await dispatches[-1].end(patience=0)
        await inbox.close()
    first, second = f"{again}\n\nأول", f"{again}\n\nثان"
    assert replies(chat) == ["أول", "ثان", first, first, second, "ثالث"]


async def test_a_refusal_of_the_second_part_leaves_the_first_a_repeat(
    server: BotApiServer, chat: Chat, outbox: Outbox, database: Database
) -> None:
    one = Run(outbox, database)
    handlers = InParts(outbox)
    dispatch = Dispatch(outbox.bot, one.inbox, outbox, handlers)
    server.stall("sendMessage", 0)
    server.fail("sendMessage", 429, retry_after=60)
    await dispatch.accept(updates_of(server, chat, "أ"))

    def noted() -> bool:
        with database.reading() as cursor:
            return bool(
                cursor.execute(
                    "SELECT 1 FROM inbox WHERE state = 'waiting' AND arrived = 1"
                ).fetchall()
            )

    await until(noted)
    await dispatch.end(patience=0)
    (left,) = await one.inbox.unfinished()
    assert left.repeats == 1
    await one.inbox.close()


async def test_the_end_gives_answers_time_and_tells_who_has_to_wait(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    one, ali = run(), server.user(8)
    gate = asyncio.Event()

    async def slowly(delivery: Delivery, text: str) -> None:
        if "طويل" in text:
            await delivery.work(gate.wait())

    one.handlers.handle = slowly
    ali.chat().say(ali, "طويل")
    await one.dispatch.accept(updates_of(server, chat, "قصير"))

    def is_dealt_with() -> bool:
        with database.reading() as cursor:
            return bool(cursor.execute("SELECT 1 FROM inbox WHERE state = 'done'").fetchall())

    await until(is_dealt_with)
    await one.end(patience=0.1)
    assert replies(ali.chat()) == [WORDS("restarting", "ar")]
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert replies(ali.chat()) == [WORDS("restarting", "ar"), "جواب طويل"]
    assert replies(chat) == ["جواب قصير"]


async def test_the_end_tells_those_whose_turn_has_not_come(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one = run()

    async def for_ever(delivery: Delivery, _: str) -> None:
        await delivery.work(asyncio.Event().wait())

    one.handlers.handle = for_ever
    batch = updates_of(server, chat, "أ", "ب", "ج")
    await one.dispatch.accept(batch)
    await until(lambda: one.handlers.outbox.running.answers)
    await one.end(patience=0)
    assert replies(chat) == [WORDS("restarting", "ar")]
    assert one.handlers.put_offs == [raw["update_id"] for raw in batch[1:]]
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert two.handlers.handled == [raw["update_id"] for raw in batch]


async def test_an_update_that_cannot_be_heard_holds_up_no_other(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one, batch = run(), updates_of(server, chat, "أ", "ب")
    one.handlers.unheard = batch[0]["update_id"]
    await one.dispatch.accept(batch)
    await one.end()
    assert replies(chat) == ["جواب أ", "جواب ب"]


async def test_a_reply_that_is_given_up_is_sent_after_the_next_start(
    server: BotApiServer, chat: Chat, run: Start, outbox: Outbox, database: Database
) -> None:
    one = Run(Outbox(outbox.bot, Limiter(), patience=0), database)
    server.fail("sendMessage", 502)
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await one.end()
    assert replies(chat) == []
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert replies(chat) == ["جواب أ"]
    assert not two.handlers.handled


async def test_what_showed_how_far_an_answer_had_come_goes_with_the_run(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    group = server.group(-1001234567890, "مجموعة")
    one = run()

    async def for_ever(delivery: Delivery, _: str) -> None:
        await delivery.work(asyncio.Event().wait())

    def noted() -> bool:
        with database.reading() as cursor:
            return bool(cursor.execute("SELECT 1 FROM inbox WHERE message > 0").fetchall())

    one.handlers.handle = for_ever
    await one.dispatch.accept(updates_of(server, group, "/ask أ"))
    await until(lambda: [message.buttons for message in group.messages if message.by_bot])
    await until(noted)
    await one.end(patience=0)
    assert replies(group) == [WORDS("restarting", "ar")]
    left = await one.handlers.outbox.send(group.id, Styled("ما بقي بعد قتل"), "ar")
    StoredInbox(database).shows(one.handlers.handled[0], left[0].message_id)
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert replies(group) == [WORDS("restarting", "ar"), "جواب /ask أ"]


async def test_a_failure_is_told_and_done_with(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one = run()
    chat.server.user(7).blocks_bot()
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await one.end()
    assert [type(error) for error in one.handlers.errors] == [Forbidden]
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert not two.handlers.handled


async def test_what_cannot_be_read_or_was_not_asked_for_holds_up_nothing(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one = run()
    odd: list[dict[str, Any]] = [
        {"update_id": 1, "message": {"message_id": "x"}},
        {"update_id": 2, "message": {}},
        {"update_id": 3, "something_new": {}},
        {"update_id": 4},
    ]
    await one.dispatch.accept([*odd, *updates_of(server, chat, "أ")])
    await one.end()
    assert replies(chat) == ["جواب أ"]


async def test_where_nothing_can_be_kept_nothing_is_taken(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    one = run()
    database.close()
    with pytest.raises(IsnadError):
        await one.dispatch.accept(updates_of(server, chat, "أ"))
    assert not one.handlers.handled


async def test_what_was_done_long_ago_is_forgotten(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    one = run()
    await one.dispatch.accept(updates_of(server, chat, "سؤال سري"))
    await one.end()
    with database.transaction() as cursor:
        ((payload, reply),) = cursor.execute("SELECT payload, reply FROM inbox").fetchall()
        assert not payload and reply is None
        cursor.execute("UPDATE inbox SET received = 0")
    await run().inbox.expire()
    with database.reading() as cursor:
        assert cursor.execute("SELECT * FROM inbox").fetchall() == []


async def test_two_that_share_an_inbox_keep_a_chats_order_and_its_stops(
    server: BotApiServer, chat: Chat, bot: Client, database: Database
) -> None:
    one, two = (Run(Outbox(bot, Limiter()), database, alone=False) for _ in range(2))
    following = [asyncio.create_task(each.dispatch.follow()) for each in (one, two)]

    async def slowly(delivery: Delivery, text: str) -> None:
        if "أ" in text.rsplit(maxsplit=1)[-1]:
            with suppress(Stopped):
                await delivery.work(asyncio.Event().wait())

    one.handlers.handle = two.handlers.handle = slowly
    first, second = updates_of(server, chat, "أ", "ب")
    await one.dispatch.accept([first])
    await two.dispatch.accept([second])
    stopped = {"chat": chat.info, "draft_id": first["message"]["message_id"]}
    await until(lambda: one.handlers.outbox.running.answers)
    await two.dispatch.accept([{"update_id": 10**9, "stopped_message_generation": stopped}])
    await until(lambda: len(replies(chat)) == 2)
    assert replies(chat) == ["جواب أ", "جواب ب"]
    assert not two.handlers.handled
    for task in following:
        task.cancel()
    await one.end()
    await two.end()


async def test_an_answer_is_sent_also_where_it_cannot_be_noted(
    server: BotApiServer, chat: Chat, run: Start, database: Database
) -> None:
    one = run()

    async def lose_the_database(_: Delivery, __: str) -> None:
        database.close()

    one.handlers.handle = lose_the_database
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await one.dispatch.end(60)
    assert replies(chat) == ["جواب أ"]


async def test_a_handler_that_is_run_again_marks_what_it_may_have_sent_before(
    server: BotApiServer, chat: Chat, run: Start
) -> None:
    one = run()

    async def with_a_picture_first(delivery: Delivery, _: str) -> None:
        await one.handlers.outbox.send(chat.id, Styled("صورة"), "ar")
        await asyncio.Event().wait()

    one.handlers.handle = with_a_picture_first
    await one.dispatch.accept(updates_of(server, chat, "أ"))
    await until(lambda: replies(chat))
    await one.end(patience=0)
    two = run()
    await two.dispatch.resume()
    await two.end()
    assert replies(chat)[-1] == f"{WORDS('sent-again', 'ar')}\n\nجواب أ"
