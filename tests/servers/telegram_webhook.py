"""Updates brought to the bot's own server, as Telegram and the proxy before the bot do together."""

import asyncio
import itertools
import json
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

import aiohttp

from .telegram_refusals import Object

if TYPE_CHECKING:
    from .bot_api import BotApiServer

Call = Callable[[str, Object], Awaitable[None]]
SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE: Final = aiohttp.ClientTimeout(total=60)


class Webhook:
    """Brings updates in order to each chat's, several chats at a time, and again until accepted."""

    def __init__(self, server: "BotApiServer") -> None:
        self._server = server
        self.retry_after = 0.1  # seconds; Telegram's own patience is longer
        self.wake = asyncio.Event()
        self.error: Object = {}  # of the last delivery that failed, for getWebhookInfo
        self._routes: dict[str, itertools.cycle[str]] = {}
        self._carried: dict[int, Object] = {}  # under way, by identity
        self._busy: set[object] = set()  # the chats they are of

    def route(self, prefix: str, *servers: str) -> None:
        """Leads requests to `https://host` to these servers in turn: what a proxy is for."""
        self._routes[prefix] = itertools.cycle(servers)

    async def run(self, call: Call) -> None:
        """Delivers whatever there is, for ever; `call` carries out what the bot answers."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as tasks:
            while True:
                await self.wake.wait()
                self.wake.clear()
                for place, update in self._ready():
                    self._busy.add(place)
                    self._carried[id(update)] = update
                    tasks.create_task(self._deliver(session, call, place, update))

    def _ready(self) -> list[tuple[object, Object]]:
        """The updates to send off now, at most one of a chat."""
        webhook, found = self._server.bot.webhook, dict[object, Object]()
        if not self._route(webhook.get("url", "")):
            return []
        with self._server.changed:
            waiting = [u for u in self._server.updates if id(u) not in self._carried]
        for update in waiting:
            if (place := _place(update)) not in self._busy:
                found.setdefault(place, update)
        free = webhook.get("max_connections", 40) - len(self._carried)
        return list(found.items())[: max(free, 0)]

    def _route(self, url: str) -> str | None:
        """The beginning of this address, if requests to it are led anywhere."""
        return next((prefix for prefix in self._routes if url.startswith(prefix)), None)

    async def _deliver(
        self, session: aiohttp.ClientSession, call: Call, place: object, update: Object
    ) -> None:
        """Brings one update; what the bot does not accept comes again."""
        webhook = self._server.bot.webhook
        try:
            if prefix := self._route(webhook.get("url", "")):
                address = next(self._routes[prefix]) + webhook["url"].removeprefix(prefix)
                secret = webhook.get("secret_token")
                headers = {SECRET: secret} if secret else {}
                async with session.post(address, json=update, headers=headers) as response:
                    if response.status // 100 != 2:
                        raise OSError(f"Wrong response from the webhook: {response.status}")
                    answer = _asked_for(await response.read())
                with self._server.changed:
                    updates = self._server.updates
                    updates[:] = [other for other in updates if other is not update]
                    self._server.changed.notify_all()
                if method := answer.pop("method", None):
                    await call(method, answer)
        except (OSError, aiohttp.ClientError) as error:  # a TimeoutError is an OSError
            words = str(error) or type(error).__name__
            self.error = {"last_error_date": int(time.time()), "last_error_message": words}
            await asyncio.sleep(self.retry_after)
        finally:
            del self._carried[id(update)]
            self._busy.discard(place)
            self.wake.set()


def _asked_for(body: bytes) -> Object:
    """The method that the bot calls in its answer; empty where it calls none."""
    try:
        asked = json.loads(body)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _place(update: Object) -> object:
    """What keeps updates in order: the chat, or the person where there is none."""
    (content,) = (value for kind, value in update.items() if kind != "update_id")
    told = content.get("message") or content
    return told["chat"]["id"] if "chat" in told else content["from"]["id"]
