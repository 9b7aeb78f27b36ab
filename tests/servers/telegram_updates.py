"""The bot's methods that bring it updates."""

import asyncio
import copy
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from .telegram_methods import Methods
from .telegram_refusals import Object, Refusal, bad_request

if TYPE_CHECKING:
    from .bot_api import BotApiServer

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
ONLY_ONE = "other getUpdates request; make sure that only one bot instance is running"


class UpdateMethods(Methods):
    """Long polling and the webhook."""

    def __init__(self, server: "BotApiServer") -> None:
        super().__init__(server)
        self.allowed: list[str] = []
        self.news = asyncio.Event()
        self.webhook: Object = {}  # the parameters it was set with; empty: none is set
        self._poll, self._poll_ended_by = 0, ""

    async def get_updates(self, p: Object) -> list[Object]:
        if self.webhook:
            words = "can't use getUpdates method while webhook is active"
            raise Refusal(409, f"Conflict: {words}; use deleteWebhook to delete the webhook first")
        offset, updates = p.get("offset", 0), self._server.updates
        with self._server.changed:
            self._allow(p)
            self._end_poll(ONLY_ONE)
            kept = [u for u in updates if u["update_id"] >= offset] if offset >= 0 else updates
            updates[:] = kept[min(offset, 0) :]
        mine, until = self._poll, time.monotonic() + p.get("timeout", 0)
        while True:
            self.news.clear()
            with self._server.changed:  # a test may be in the middle of making several
                ready = copy.deepcopy(updates[: p.get("limit", 100)])
            if ready:
                return ready
            left = until - time.monotonic()
            if left <= 0:
                return []
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), left)
            if mine != self._poll:
                raise Refusal(409, f"Conflict: terminated by {self._poll_ended_by}")

    def set_webhook(self, p: Object) -> bool:
        if p["url"] and not p["url"].startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[\w-]{0,256}", p.get("secret_token", ""), re.ASCII):
            raise bad_request("secret token contains unallowed characters")
        self._allow(p)
        self._end_poll("setWebhook request")
        self.webhook = p if p["url"] else {}
        self._server.webhook.wake.set()
        return self._drop(p)

    def delete_webhook(self, p: Object) -> bool:
        self.webhook = {}
        return self._drop(p)

    def get_webhook_info(self, p: Object) -> Object:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self._server.updates)
        if self.webhook:
            info |= self._server.webhook.error
            info["max_connections"] = self.webhook.get("max_connections", 40)
        return info | ({"allowed_updates": self.allowed} if self.allowed else {})

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _allow(self, p: Object) -> None:
        self.allowed = p.get("allowed_updates", self.allowed)

    def _drop(self, p: Object) -> bool:
        if p.get("drop_pending_updates"):
            self._server.updates.clear()
        return True

    def _end_poll(self, by: str) -> None:
        """Ends the poll under way, if there is one: it is answered with a conflict."""
        self._poll, self._poll_ended_by = self._poll + 1, by
        self.news.set()
