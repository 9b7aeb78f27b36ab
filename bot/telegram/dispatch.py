"""From an update that has come in to the handler that deals with it, and to its end.

Every update is in the inbox before its handler begins, and is done with only when that has ended:
what a kill interrupts is dealt with after the next start.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Final, Protocol

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.rendering import WORDS
from bot.store import Place
from bot.store.inbox import Received, Unfinished
from bot.styled import Styled
from bot.telegram.hearing import heard
from bot.telegram.inbox import Handling, Inbox, begin_handling
from bot.telegram.letter import Letter
from bot.telegram.outbox import Outbox
from bot.telegram.stopping import Stoppable
from bot.telegram.updates import FLEETING, Turns, kind_of, place_of, stop_of, waits_its_turn

_log = logging.getLogger(__name__)

FAREWELL: Final = 3.0
"""Seconds for telling those whose answers are put off."""


class Handlers(Protocol):
    """Has a method `on_<kind>` for each kind of update that it deals with."""

    def arrives(self, update: Update, *, was_taken: bool) -> bool:
        """Hears of an update that has come in; False where it is not to wait its turn.

        `was_taken`: an earlier run has done so, and was not to turn it away.
        """

    async def put_off(self, update: Update) -> None:
        """Tells who asked that an update which waits is dealt with after the next start."""

    async def on_error(self, update: Update, error: Exception) -> None:
        """Tells reader and log that an update could not be dealt with."""


class Dispatch:
    """Hands updates to their handlers, each in its turn."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        outbox: Outbox,
        handlers: Handlers,
        hears: Callable[[Update], None] = lambda _: None,
    ) -> None:
        """`hears` is told of each update as it comes in."""
        self._hears = hears
        self._bot, self._inbox, self._outbox, self._handlers = bot, inbox, outbox, handlers
        self._turns = Turns(bot)
        self._waiting: dict[int, Update] = {}
        self._signs: set[asyncio.Task[None]] = set()

    async def accept(self, batch: list[dict[str, Any]]) -> None:
        """Takes updates over; when it returns, none of them can be lost.

        IsnadError where they cannot be kept: then none of them was taken over.
        """
        self.begin(await self.keep(self.read(batch)))

    def read(self, batch: list[dict[str, Any]]) -> list[tuple[Update, dict[str, Any]]]:
        """The updates that were asked for and can be read, each once. For any thread."""
        found = {update.update_id: (update, raw) for raw in batch if (update := self._read(raw))}
        return list(found.values())

    def calls_for_sign(self, update: Update) -> bool:
        """Whether somebody asks the bot, and waits to see that it has heard. For any thread."""
        message = update.message
        if message is None or not waits_its_turn(update, self._bot):
            return False
        try:
            return heard(message, self._bot) is not None
        except Exception:  # noqa: BLE001  # whatever its form is, it is only a sign
            return False

    async def keep(self, fresh: list[tuple[Update, dict[str, Any]]]) -> list[Update]:
        """Keeps updates; those that are to be dealt with. May be called in another loop."""
        kept = [
            Received(update.update_id, place_of(update), raw)
            for update, raw in fresh
            if kind_of(update) not in FLEETING
        ]
        new = await self._inbox.put(kept) if kept else set()
        known = {one.update_id for one in kept} - new
        return [update for update, _ in fresh if update.update_id not in known]

    def begin(self, updates: Iterable[Update], greeted: Collection[int] = ()) -> None:
        """Has updates dealt with; those `greeted` have been shown a sign."""
        for update in updates:
            self._begin(update, None, greeted=update.update_id in greeted)

    async def resume(self) -> None:
        """Begins what an earlier run has left."""
        left = await self._inbox.unfinished()
        if left:
            _log.info("%d updates of an earlier run are dealt with now.", len(left))
        for one in left:
            self._resume(one)

    async def follow(self) -> None:
        """Begins what other processes leave to this one, until it is cancelled."""
        await self._inbox.follow(self._resume)

    def _resume(self, left: Unfinished) -> None:
        update = self._read(left.update)
        if update:
            self._begin(update, left)

    async def end(self, patience: float) -> None:
        """Gives running answers so many seconds, ends the rest, and tells who waits for them."""
        await self._turns.finish(patience)
        put_off, waiting = self._outbox.running.answers, list(self._waiting.values())
        self._waiting.clear()
        await self._turns.cancel()
        for sign in self._signs:
            sign.cancel()
        if put_off or waiting:
            count = len(put_off) + len(waiting)
            _log.info("%d answers are put off until the next start.", count)
            tellings = [asyncio.create_task(self._tell(one)) for one in put_off]
            tellings += [asyncio.create_task(self._put_off(update)) for update in waiting]
            await asyncio.wait(tellings, timeout=FAREWELL)

    async def _tell(self, answer: Stoppable) -> None:
        words = Styled(WORDS("restarting", answer.language))
        letter = Letter(answer.place, answer.question, answer.language, (words,))
        with suppress(TelegramError):
            await answer.withdraw()
            await self._outbox.send_part(letter, 0)

    async def _put_off(self, update: Update) -> None:
        with suppress(TelegramError):
            await self._handlers.put_off(update)

    def _stop(self, place: Place, draft: int) -> None:
        """The stop button of a draft was pressed: Telegram stops showing it, we the work."""
        answer = self._outbox.running.find(place.chat, draft)
        if answer:
            answer.stop()

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """An update of a kind that was asked for; None for others, and what cannot be read."""
        try:
            update = Update.de_json(raw, self._bot)
            place_of(update)
        except Exception as error:  # noqa: BLE001  # it must not hold up others
            _log.error("An update of an unknown form was passed over: %r", error)
            return None
        return update if kind_of(update) else None

    def _begin(self, update: Update, left: Unfinished | None, *, greeted: bool = False) -> None:
        if greeted:
            self._outbox.signs.were_shown(place_of(update))
        elif self.calls_for_sign(update):
            # At once: its turn may come later, and looking up who asks takes a moment too.
            sign = asyncio.create_task(self._show_sign(place_of(update)))
            self._signs.add(sign)
            sign.add_done_callback(self._signs.discard)
        self._hears(update)
        work = partial(self._deal_with, update, left)
        at_once = not self._arrives(update, left)
        if waits_its_turn(update, self._bot) and not at_once:
            self._waiting[update.update_id] = update
        self._turns.begin(update, work, at_once=at_once)

    def _arrives(self, update: Update, left: Unfinished | None) -> bool:
        """Has an update heard of. Where that fails, those that came with it go on."""
        if left and left.reply:
            return True  # it was dealt with but for the sending
        try:
            return self._handlers.arrives(update, was_taken=bool(left and not left.is_new))
        except Exception:  # noqa: BLE001  # whatever it is, others go on
            _log.exception("An update was not heard of as it came in.")
            return True

    async def _show_sign(self, place: Place) -> None:
        with suppress(TelegramError):
            await self._outbox.signs.typing(*place)

    async def _deal_with(self, update: Update, left: Unfinished | None) -> None:
        one = Handling(self._inbox, update.update_id, repeats=left.repeats if left else 0)
        begin_handling(one)
        self._waiting.pop(update.update_id, None)
        kind = kind_of(update)
        try:
            if left and left.shown:
                await self._outbox.delete(place_of(update).chat, left.shown)
            if left and left.reply:
                letter = Letter.from_json(left.reply)
                await self._outbox.deliver(letter, first=left.arrived)
            elif stop := stop_of(update):
                self._stop(*stop)
            elif handler := getattr(self._handlers, f"on_{kind}", None):
                await handler(update)
        except Exception as error:  # noqa: BLE001  # whatever it is, others go on
            await self._fail(update, error)
        if kind not in FLEETING:
            one.finish()

    async def _fail(self, update: Update, error: Exception) -> None:
        try:
            await self._handlers.on_error(update, error)
        except Exception:  # noqa: BLE001  # the update is done with all the same
            _log.exception("Nor could it be said that an update was not dealt with.")
