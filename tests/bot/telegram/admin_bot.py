"""A bot with its admins' half, running in a thread against the test bench."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bot.access import Access
from bot.admin.counting import Counting
from bot.admin.office import Office
from bot.conversation import Conversation
from bot.evidence import CitedFiles
from bot.rendering import WORDS
from bot.store import Database, Store
from bot.store.inbox import Inbox as StoredInbox
from bot.store.journal import Action, Journal
from bot.telegram.admin import register_admin
from bot.telegram.dispatch import Dispatch
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.polling import Polling
from bot.telegram.routes import Routes
from bot.telegram.transport import Client, Wire
from bot.telegram.updates import KINDS
from tests.library import settings_of
from tests.servers.bot_api import BotApiServer

ADMIN, LISTED = 1, 7


class AdminBot:
    """The parts of a bot that tests look at; `documents` is its folder."""

    def __init__(self, place: Path, knowledge: Any) -> None:
        self.documents = place / "documents"
        settings = settings_of(
            documents_dir=self.documents,
            data_dir=place / "data",
            telegram_admin_ids=str(ADMIN),
            telegram_allowed_ids=str(LISTED),
        )
        self.database = Database.open(place / "bot.sqlite3")
        self.counting = Counting()
        access = Access.for_telegram(settings)
        store = Store(self.database)
        self.office = Office.open(settings, knowledge, store, access, self.counting)
        self.conversation = Conversation(
            knowledge,
            store,
            access,
            self.office,
            CitedFiles(self.documents, lambda *_: []),
            WORDS,
            self.counting.count,
        )

    @property
    def actions(self) -> list[Action]:
        """What admins have done, the first thing first."""
        return [entry.action for entry in Journal(self.database).latest(100)][::-1]

    async def run(self, server: BotApiServer, started: threading.Event, end: asyncio.Event) -> None:
        """Answers until the end."""
        base, files = f"{server.url}/bot", f"{server.url}/file/bot"
        async with (
            Client(server.token, base_url=base, base_file_url=files, request=Wire()) as client,
            Wire(connections=1) as wire,
        ):
            outbox, routes = Outbox(client, Limiter()), Routes()
            register_admin(routes, outbox, self.office)
            inbox = Inbox(StoredInbox(self.database))
            dispatch = Dispatch(client, inbox, outbox, Handlers(self.conversation, outbox, routes))
            await dispatch.resume()
            polling = Polling(wire, client.base_url, KINDS, dispatch.accept, poll=1)
            receiving = asyncio.create_task(polling.run())
            started.set()
            await asyncio.wait(
                [receiving, asyncio.create_task(end.wait())],
                return_when=asyncio.FIRST_COMPLETED,
            )
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)
            await dispatch.end(1)
            await inbox.close()


@contextmanager
def running(bot: AdminBot, server: BotApiServer, *, restarted: bool = False) -> Iterator[AdminBot]:
    """The bot while it answers; afterwards it has broken no rule of Telegram's.

    One that was `restarted` at once does not know what it sent in the second before.
    """
    started, end = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    work = partial(loop.run_until_complete, bot.run(server, started, end))
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        assert started.wait(60)
        yield bot
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(60)
        loop.close()
        bot.database.close()
    assert server.violations == []
    assert restarted or server.floods == []
    assert [query for query in server.unanswered if query.kind == "callback_query"] == []
