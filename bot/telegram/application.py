"""The bot as a Telegram application: from its start to its end."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from bot import store
from bot.conversation import Conversation
from bot.health import Pulse
from bot.metrics import Metrics
from bot.rendering import WORDS, Renderer
from bot.store.admin_menus import AdminMenus
from bot.store.inbox import Inbox as StoredInbox
from bot.telegram.budget import shared
from bot.telegram.dispatch import Dispatch
from bot.telegram.door import Door, elsewhere
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.limiter import Limiter
from bot.telegram.loop import new_event_loop
from bot.telegram.outbox import Outbox
from bot.telegram.patience import patiently
from bot.telegram.polling import Polling
from bot.telegram.profile import Profile
from bot.telegram.rich import RichMessages
from bot.telegram.routes import Routes
from bot.telegram.stop_button import StopButton
from bot.telegram.transport import Client, Wire
from bot.telegram.updates import KINDS
from bot.telegram.waiting import Line
from bot.telegram.webhook import serving, webhook_app
from bot.upkeep import Upkeep
from rag.errors import IsnadError
from rag.knowledge_base import Progress
from rag.settings import Settings
from rag.text.language import LANGUAGES
from rag.text.lexicon import lexicon

_log = logging.getLogger(__name__)

LAST_WORDS: Final = 10.0
"""Seconds that running answers have when the bot is stopped."""
_EXPIRES_EVERY: Final = 3_600.0

Say = Callable[[str], None]
Register = Callable[[Routes, Outbox], None]
"""Adds handlers of commands, buttons and documents to the routes; they answer by the outbox."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the bot needs in Telegram."""

    settings: Settings
    conversation: Conversation
    upkeep: Upkeep
    database: store.Database
    say: Say
    """Shows the operator a line."""
    language: str
    """The operator's."""
    register: Sequence[Register] = ()
    pulse: Pulse = field(default_factory=Pulse)
    """Told how to see whether updates come in."""
    metrics: Metrics = field(default_factory=Metrics)


def run_telegram(front: Front) -> None:
    """Answers in Telegram until it is stopped. IsnadError where it cannot begin."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_run(front))


async def _run(front: Front) -> None:
    terminated = False

    def terminate() -> None:
        nonlocal terminated
        terminated = True
        running.cancel()

    running = asyncio.create_task(_serve(front))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminate)
    try:
        await running
    except asyncio.CancelledError:
        if not terminated:
            raise


async def _serve(front: Front) -> None:
    settings, upkeep = front.settings, front.upkeep
    wire = Wire()
    async with _connected(settings, wire) as bot:
        await asyncio.to_thread(_read_words)
        rich = RichMessages(wanted=settings.telegram_rich_messages)
        limiter = Limiter()
        outbox = Outbox(bot, limiter, rich)
        line = Line()
        front.metrics.watch_count("flood_waits", "Waits that Telegram asked for.", limiter.waits)
        front.metrics.watch("requests_waiting", "Requests not yet sent.", limiter.queue)
        front.metrics.watch("questions_waiting", "Not yet answered.", line.length)
        front.metrics.watch_count("telegram_failures", "Requests that failed.", wire.failures)
        routes = Routes()
        StopButton(outbox).register(routes)
        for register in front.register:
            register(routes, outbox)
        handlers = Handlers(front.conversation, outbox, routes, line)
        if not upkeep.ready:
            await upkeep.sync(_teller(front.say, front.language))
        async with _budget(front, limiter):
            await _answer(front, bot, outbox, handlers)


def _budget(front: Front, limiter: Limiter) -> AbstractAsyncContextManager[None]:
    """While it is open, all processes together keep to Telegram's limit."""
    return shared(limiter, front.database) if front.settings.database_url else nullcontext()


async def _answer(front: Front, bot: Client, outbox: Outbox, handlers: Handlers) -> None:
    """Takes updates and answers them, until it is cancelled or one of the works ends."""
    settings, upkeep = front.settings, front.upkeep
    inbox = Inbox(StoredInbox(front.database, alone=not settings.database_url))
    profile = Profile(bot, settings.telegram_admin_ids, AdminMenus(front.database))
    dispatch = Dispatch(bot, inbox, outbox, handlers, profile.hears)
    try:
        # What was read so far stays: looking through it for garbage would stop all for 0.1 s.
        gc.collect()
        gc.freeze()
        await dispatch.resume()
        async with _receiving(front, bot, dispatch) as receiving:
            front.say(WORDS("serving", front.language, name=bot.username))
            async with asyncio.TaskGroup() as works:
                works.create_task(receiving)
                works.create_task(upkeep.run(for_long=True))
                works.create_task(profile.announce())
                works.create_task(dispatch.follow())
                works.create_task(_expire(inbox))
    except ExceptionGroup as group:
        # What one of the works ended with is told as if there were but that one.
        raise next(iter(group.exceptions)) from None
    finally:
        await dispatch.end(LAST_WORDS)
        await inbox.close()


def _read_words() -> None:
    """Reads what the first answers would else read while everybody waits."""
    for language in LANGUAGES:
        lexicon(language)


def _teller(say: Say, language: str) -> Callable[[Progress], None]:
    """Says how indexing comes along: a line for each stage."""
    renderer, said = Renderer(quotes=False), set[str]()

    def tell(progress: Progress) -> None:
        if progress.stage not in said:
            said.add(progress.stage)
            say(renderer.progress(progress, language))

    return tell


@asynccontextmanager
async def _connected(settings: Settings, wire: Wire) -> AsyncIterator[Client]:
    """The bot while it knows who it is. IsnadError where Telegram does not let it in."""
    token, address = settings.telegram_bot_token, str(settings.telegram_api_url)
    if token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN is needed")
    bot = Client(
        token.get_secret_value(),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=wire,
        get_updates_request=Wire(connections=1),
    )
    try:
        try:
            await patiently(bot.initialize)
        except InvalidToken:
            # Its own message holds the token.
            raise IsnadError(
                f"{settings.telegram_host} refused TELEGRAM_BOT_TOKEN.",
                "Copy it anew from @BotFather (/mybots).",
            ) from None
        except TelegramError as error:
            raise IsnadError(
                f"The Bot API server {settings.telegram_host} cannot be reached ({error}).",
                "Check the network and TELEGRAM_API_URL, then start again.",
            ) from None
        yield bot
    finally:
        await bot.shutdown()


@asynccontextmanager
async def _receiving(front: Front, bot: Client, dispatch: Dispatch) -> AsyncIterator[Any]:
    """What receives updates, by webhook or by polling: to be awaited while the context is open."""
    settings, secret = front.settings, front.settings.webhook_secret
    door = Door(dispatch, bot.base_url)
    async with elsewhere() as there, there.inside(door):
        if not settings.webhook_url or not secret:
            polling_wire = Wire(connections=1)
            async with there.inside(polling_wire):
                polling = Polling(polling_wire, bot.base_url, KINDS, door.accept)
                front.pulse.beats = lambda: polling.is_alive
                yield there.run(polling.run())
            return
        path = urlsplit(str(settings.webhook_url)).path.strip("/")
        app = webhook_app(path, secret.get_secret_value(), door.accept, lambda: front.upkeep.ready)
        async with there.inside(serving(app, settings.webhook_port)):
            await _set_webhook(bot, str(settings.webhook_url), secret.get_secret_value())
            yield asyncio.Event().wait()


async def _set_webhook(bot: Client, address: str, secret: str) -> None:
    try:
        await patiently(
            lambda: bot.set_webhook(address, allowed_updates=KINDS, secret_token=secret)
        )
    except TelegramError as error:
        raise IsnadError(f"Telegram's updates cannot be received ({error}).") from None


async def _expire(inbox: Inbox) -> None:
    while True:
        try:
            await inbox.expire()
        except IsnadError as error:
            _log.warning("Old updates were not deleted: %s", error)
        await asyncio.sleep(_EXPIRES_EVERY)
