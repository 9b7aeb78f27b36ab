"""A bot that runs in a thread against the test bench, over what its knowledge is told to say."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
from bot.telegram.dispatch import Dispatch
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.polling import Polling
from bot.telegram.routes import Routes
from bot.telegram.stop_button import StopButton
from bot.telegram.transport import Client, Wire
from bot.telegram.updates import KINDS
from bot.telegram.waiting import Line
from rag.settings import Settings
from tests.bot.conftest import EVERYONE
from tests.servers.bot_api import BotApiServer


class RunningBot:
    """One run of the bot; another one with the same place finds what this one has kept."""

    def __init__(
        self, place: Path, folder: Path, knowledge: Any, access: Access, line: Line
    ) -> None:
        self.loop = asyncio.new_event_loop()
        self.line = line
        self.database = Database.open(place / "bot.sqlite3")
        store = Store(self.database)
        office = Office.open(Settings.model_construct(), knowledge, store, access, Counting())
        documents = CitedFiles(folder, knowledge.search)
        self.conversation = Conversation(knowledge, store, access, office, documents, WORDS)

    async def run(self, server: BotApiServer, started: threading.Event) -> None:
        """Answers until it is cancelled."""
        base, files = f"{server.url}/bot", f"{server.url}/file/bot"
        async with (
            Client(server.token, base_url=base, base_file_url=files, request=Wire()) as client,
            Wire(connections=1) as wire,
        ):
            outbox, inbox = Outbox(client, Limiter()), Inbox(StoredInbox(self.database))
            self.running = outbox.running
            routes = Routes()
            StopButton(outbox).register(routes)
            handlers = Handlers(self.conversation, outbox, routes, self.line)
            dispatch = Dispatch(client, inbox, outbox, handlers)
            self.dispatch = dispatch
            started.set()
            try:
                await Polling(wire, client.base_url, KINDS, dispatch.accept, poll=1).run()
            finally:
                await dispatch.end(5)
                await inbox.close()


@contextmanager
def running(
    place: Path,
    folder: Path,
    knowledge: Any,
    server: BotApiServer,
    access: Access = EVERYONE,
    *,
    restarted: bool = False,
    line: Line | None = None,
) -> Iterator[RunningBot]:
    """A bot while it answers; afterwards it owes nothing and has broken no rule of Telegram's.

    One that is `restarted` does not know what was sent a moment ago, and may send too soon.
    """
    bot = RunningBot(place, folder, knowledge, access, line or Line())
    loop, started = bot.loop, threading.Event()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    task = asyncio.run_coroutine_threadsafe(bot.run(server, started), loop)
    try:
        assert started.wait(60)
        yield bot
    finally:
        task.cancel()
        asyncio.run_coroutine_threadsafe(_rest(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
        bot.database.close()
        print(server.transcript())  # pytest shows it where a test failed, and with -rP
    assert server.violations == []
    assert server.misformed == []
    assert restarted or server.floods == []
    assert server.unanswered == []


async def _rest() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
