"""Getting updates by long polling, for as long as it takes.

A batch is confirmed, by asking for what comes after it, only when it was accepted here. Every
fault is waited out: a network that is gone, a server that fails, another program that polls with
the same token. A poll that never ends is given up and begun anew over new connections.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.telegram.patience import pause, seconds_of
from bot.telegram.transport import Wire
from rag.errors import IsnadError

_log = logging.getLogger(__name__)

Accept = Callable[[list[dict[str, Any]]], Awaitable[None]]

POLL: Final = 20.0
"""Seconds for which Telegram keeps a poll open while there is nothing new."""
GRACE: Final = 8.0
"""Seconds after which a poll that should have ended is given up."""
REVOKED_AFTER: Final = 60.0
"""Seconds for which a token may be refused before the bot gives up."""
REMIND: Final = 60.0
"""Seconds after which a trouble that goes on is logged again."""


class TokenRevoked(IsnadError):
    """The token is none any more."""


class Polling:
    """Polls until it is cancelled. `address` holds the token; it is shown nowhere."""

    def __init__(
        self,
        wire: Wire,
        address: str,
        kinds: Sequence[str],
        accept: Accept,
        *,
        poll: float = POLL,
        grace: float = GRACE,
        revoked_after: float = REVOKED_AFTER,
    ) -> None:
        """`accept` is given each batch; one that it raises on is asked for again."""
        self._wire, self._address, self._kinds, self._accept = wire, address, kinds, accept
        self._poll, self._grace, self._revoked_after = poll, grace, revoked_after
        self._offset = 0
        self._failures = 0
        self._since = self._said = 0.0
        self._refused_since: float | None = None
        self._heard = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether Telegram has answered within the time of three polls."""
        return time.monotonic() - self._heard < 3 * (self._poll + self._grace)

    async def run(self) -> None:
        """Polls. TokenRevoked where no patience helps."""
        while True:
            try:
                # The bound of the wire, and one of our own: nothing may wait for ever.
                async with asyncio.timeout(self._poll + 2 * self._grace):
                    updates = await self._updates()
                self._heard = time.monotonic()
                if updates:
                    await self._accept(updates)
                    self._offset = updates[-1]["update_id"] + 1
                self._recovered()
            except RetryAfter as flood:
                await asyncio.sleep(seconds_of(flood))
            except Conflict as error:
                await self._conflict(error)
            except InvalidToken:
                await self._refused()
            except (TimedOut, TimeoutError):
                await self._trouble("a poll did not end; beginning anew over new connections")
                await self._wire.renew()
            except TelegramError as error:
                await self._trouble(str(error))
            except IsnadError as error:
                await self._trouble(f"updates cannot be kept: {error}")
            except Exception as error:  # noqa: BLE001  # a poll that dies would be a silent bot
                _log.error("A poll failed.", exc_info=error)
                await self._trouble(f"a poll failed ({type(error).__name__})")

    async def _updates(self) -> list[dict[str, Any]]:
        parameters = {
            "offset": self._offset,
            "timeout": int(self._poll),
            "allowed_updates": json.dumps(self._kinds),
        }
        answer = await self._wire.post(
            f"{self._address}/getUpdates?{urlencode(parameters)}",
            read_timeout=self._poll + self._grace,
        )
        return list(answer)  # type: ignore[arg-type]

    async def _conflict(self, error: Conflict) -> None:
        """Somebody else polls, or has set a webhook; ours is asked to give way to neither."""
        if "webhook" in error.message:
            await self._trouble("a webhook is set for this token; taking it away")
            # Where that fails, the next poll meets it again.
            with suppress(TelegramError):
                await self._wire.post(f"{self._address}/deleteWebhook")
        else:
            await self._trouble(
                "another program gets updates with the same TELEGRAM_BOT_TOKEN; stop it, or give"
                " one of the two a token of its own"
            )

    async def _refused(self) -> None:
        now = time.monotonic()
        since = self._refused_since or now
        if now - since > self._revoked_after:
            raise TokenRevoked(
                "Telegram refuses TELEGRAM_BOT_TOKEN; it was revoked.",
                "Copy the new one from @BotFather (/mybots) and start again: what was asked"
                " meanwhile will be answered.",
            )
        await self._trouble("TELEGRAM_BOT_TOKEN was refused")
        self._refused_since = since

    async def _trouble(self, what: str) -> None:
        """Says what is wrong, not too often, and waits a little longer each time."""
        now = time.monotonic()
        self._failures += 1
        self._refused_since = None
        if self._failures == 1:
            self._since = now
        if self._failures == 1 or now - self._said > REMIND:
            self._said = now
            _log.warning("Telegram: %s. Trying on.", what)
        await asyncio.sleep(pause(self._failures))

    def _recovered(self) -> None:
        if self._failures:
            seconds = time.monotonic() - self._since
            _log.warning("Telegram: updates come in again, after %.0f s.", seconds)
        self._failures, self._refused_since = 0, None
