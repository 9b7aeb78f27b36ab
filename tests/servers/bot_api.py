"""A strict, stateful Telegram Bot API server on loopback, and people who talk to its bot.

    with BotApiServer() as server:  # TELEGRAM_API_URL=server.url TELEGRAM_BOT_TOKEN=server.token
        sara = server.user(7, first_name="Sara")
        sara.chat().say(sara, "/start")
        assert "Isnad" in sara.chat().wait_for().text

It lives in a thread of its own, so it serves a bot in another process as well as one in this
event loop; an async test waits with `await asyncio.to_thread(chat.wait_for, 2)`.
"""

import asyncio
import itertools
import threading
from collections.abc import Iterable
from functools import partial
from typing import Self

from .bot_api_schema import SCHEMA
from .telegram_bot import BotSide
from .telegram_chats import Chat
from .telegram_faults import Fault, Faults, refused
from .telegram_floods import Flood
from .telegram_history import History
from .telegram_http import Listener
from .telegram_messages import Draft, Message, Query, Request
from .telegram_people import BOT, Person, membership
from .telegram_refusals import Object, Refusal, Upload, filled
from .telegram_transcript import transcript
from .telegram_webhook import Webhook

__all__ = [
    "BOT",
    "SCHEMA",
    "BotApiServer",
    "Chat",
    "Draft",
    "Flood",
    "Message",
    "Person",
    "Query",
    "Refusal",
    "Request",
    "Upload",
]


class BotApiServer:
    """The server, its people and chats, and the faults it was told to make."""

    token = "123456789:AA" + "token-of-the-loopback-server".ljust(33, "0")

    def __init__(self) -> None:
        self.url = ""
        self.enforce_floods = False
        self.takes_rich_messages = True  # an older Bot API server does not know them
        self.requests: list[Request] = []
        self.violations: list[str] = []  # of the published schema
        self.refusals: list[str] = []  # every error that was answered, faults included
        self.misformed: list[str] = []  # what Telegram's parser refuses or drops, where it is here
        self.floods: list[Flood] = []  # what came too soon, refused or not
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.answers: dict[str, Object | None] = {}  # to callback and inline queries, by their id
        self.updates: list[Object] = []  # not yet confirmed
        self.told: list[Object] = []  # all updates there were
        self.numbers = itertools.count(1)
        self.queries: dict[str, Query] = {}
        self._update_ids = itertools.count(100_000_001)
        self.changed = threading.Condition()  # its lock guards all of the above
        self.bot = BotSide(self)
        self.webhook = Webhook(self)
        self.latency = 0.0  # seconds that each request takes
        self.offline = False  # whether every connection is cut at once
        self.faults = Faults()
        self._listener = Listener(self)

    def __enter__(self) -> Self:
        ready = threading.Event()
        serving = partial(asyncio.run, self._listener.serve(ready))
        self._thread = threading.Thread(target=serving, daemon=True)
        self._thread.start()
        if not ready.wait(60):
            raise RuntimeError("the Bot API server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join()

    # The user's side

    def user(self, id: int, language_code: str = "ar", first_name: str = "سارة") -> Person:
        """A new person, or the one with this id."""
        user = {"id": id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        return self.people.setdefault(id, Person(self, user))

    def group(self, id: int, title: str, owner: Person | None = None, forum: bool = False) -> Chat:
        """A group of which the bot is a member; below -10^12 it is a supergroup."""
        kind = "supergroup" if id < -(10**12) else "group"
        info = {"id": id, "type": kind, "title": title, "is_forum": forum or None}
        return self.open_chat(filled(info), owner)

    def channel(self, id: int, title: str) -> Chat:
        """A channel in which the bot may post."""
        channel = self.open_chat({"id": id, "type": "channel", "title": title}, None)
        channel.bot = membership("administrator", BOT)
        return channel

    def elsewhere(self, id: int, title: str) -> Chat:
        """A group that the bot is not in."""
        chat = self.group(id, title)
        chat.left, chat.bot = True, membership("left", BOT)
        return chat

    def open_chat(self, info: Object, owner: Person | None) -> Chat:
        """The chat with this id, which the bot can find from now on."""
        with self.changed:
            return self.chats.setdefault(info["id"], Chat(self, info, owner))

    def transcript(self, chat: History | None = None) -> str:
        """A conversation as plain text, or all of them."""
        return transcript([chat] if chat else list(self.chats.values()))

    @property
    def unanswered(self) -> list[Query]:
        """The presses and queries that the bot still owes an answer."""
        return [query for query in self.queries.values() if query.answer is None]

    def update(self, kind: str, content: Object) -> None:
        """Hands an update to the bot, if it wants this kind."""
        with self.changed:
            if self.bot.wants(kind):
                update = {"update_id": next(self._update_ids), kind: content}
                self.told.append(update)
                self.updates += self.faults.handed(update)
        self._listener.loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self.bot.news.set()
        self.webhook.wake.set()

    def query(self, kind: str, person: Person, content: Object) -> str:
        """Hands a query to the bot, which has to answer it once."""
        query_id = self.expect(kind, person, content).id
        self.update(kind, {"id": query_id, "from": person.user, **content})
        return query_id

    def expect(self, kind: str, person: Person, content: Object) -> Query:
        """A query that the bot has to answer once."""
        query = Query(self, str(10**15 + next(self.numbers)), kind, person, content)
        self.queries[query.id], self.answers[query.id] = query, None
        return query

    def keep(self, upload: Upload) -> Object:
        """Stores a file; what Telegram tells about any."""
        file_id = f"file-{next(self.numbers)}"
        self.files[file_id] = upload
        size = len(upload.content)
        return {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": size}

    def document(self, upload: Upload) -> Object:
        """Stores a file; the document it is in a message."""
        return {**self.keep(upload), "file_name": upload.name, "mime_type": upload.mime_type}

    # Faults

    def fail(
        self, method: str, error_code: int = 429, retry_after: int = 2, times: int = 1
    ) -> None:
        """Answers the next requests with an error, without acting."""
        self._plan(method, refused(error_code, retry_after), times)

    def reset(self, method: str, times: int = 1, after: bool = False) -> None:
        """Closes the connection of the next requests unanswered, before or after acting."""
        self._plan(method, Fault(cut="after" if after else "before"), times)

    def stall(self, method: str, seconds: float, times: int = 1) -> None:
        """Lets the next requests wait before acting."""
        self._plan(method, Fault(seconds=seconds), times)

    def scatter(
        self, share: float, *, seed: int = 0, retry_after: int = 1, spare: Iterable[str] = ()
    ) -> None:
        """Lets chance spoil this share of all requests: floods, 500, 502, resets before and after.

        Requests of the methods in `spare` are left alone.
        """
        faults = [refused(429, retry_after), refused(500, 0), refused(502, 0)]
        faults += [Fault(cut="before"), Fault(cut="after")]
        with self.changed:
            self.faults.scatter(share, faults, seed, spare)

    def repeat_updates(self, times: int = 1) -> None:
        """Hands each of the next updates out twice."""
        with self.changed:
            self.faults.repeats = times

    def swap_updates(self) -> None:
        """Holds the next update back until the one after it, and hands out that one first."""
        with self.changed:
            self.faults.swaps = True

    def _plan(self, method: str, fault: Fault, times: int) -> None:
        if method not in self.bot.methods:
            raise ValueError(f"no method is called {method}")
        with self.changed:
            self.faults.plan(method, fault, times)
