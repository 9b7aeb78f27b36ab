"""The bot as a Telegram application: from its start to its end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, MessageHandler, filters

from bot.conversation import FOR_ADMINS, FOR_EVERYONE, Conversation
from bot.rendering import WORDS, Renderer
from bot.telegram.handlers import Handlers
from bot.telegram.updates import AT_ONCE, OrderedUpdates
from bot.upkeep import Upkeep
from rag.errors import IsnadError
from rag.knowledge_base import Progress
from rag.settings import Settings
from rag.text.language import DEFAULT, LANGUAGES

_log = logging.getLogger(__name__)

UPDATES: Final = ("message",)
"""The kinds of updates that are asked for."""
LAST_WORDS: Final = 10.0
"""Seconds that running answers have when the bot is stopped."""

App = Application[Any, Any, Any, Any, Any, Any]
Say = Callable[[str], None]


def run_telegram(
    settings: Settings, conversation: Conversation, upkeep: Upkeep, say: Say, language: str
) -> None:
    """Answers in Telegram until it is stopped. IsnadError where it cannot begin.

    `say` shows the operator a line, in `language`.
    """
    asyncio.run(_run(settings, conversation, upkeep, say, language))


def build(settings: Settings, conversation: Conversation) -> App:
    """The application, not yet started."""
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN is needed")
    address = str(settings.telegram_api_url)
    handlers = Handlers(conversation)
    application = (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .base_url(f"{address}/bot")
        .base_file_url(f"{address}/file/bot")
        .concurrent_updates(OrderedUpdates())
        # httpx looks at every connection for each request: no more than are needed.
        .connection_pool_size(2 * AT_ONCE)
        .pool_timeout(30)
        .build()
    )
    application.add_handler(MessageHandler(filters.ALL, handlers.on_message))
    application.add_error_handler(handlers.on_error)
    return application


async def _run(
    settings: Settings, conversation: Conversation, upkeep: Upkeep, say: Say, language: str
) -> None:
    terminated = False

    def terminate() -> None:
        nonlocal terminated
        terminated = True
        running.cancel()

    running = asyncio.create_task(_serve(settings, conversation, upkeep, say, language))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminate)
    try:
        await running
    except asyncio.CancelledError:
        if not terminated:
            raise


async def _serve(
    settings: Settings, conversation: Conversation, upkeep: Upkeep, say: Say, language: str
) -> None:
    application = build(settings, conversation)
    async with _initialized(application, settings):
        if not upkeep.ready:
            await upkeep.sync(_teller(say, language))
        async with _listening(application, settings):
            say(WORDS("serving", language, name=application.bot.username))
            await asyncio.gather(
                upkeep.run(for_long=True),
                _announce_commands(application, settings.telegram_admin_ids),
                asyncio.Event().wait(),
            )


def _teller(say: Say, language: str) -> Callable[[Progress], None]:
    """Says how indexing comes along: a line for each stage."""
    renderer, said = Renderer(quotes=False), set[str]()

    def tell(progress: Progress) -> None:
        if progress.stage not in said:
            said.add(progress.stage)
            say(renderer.progress(progress, language))

    return tell


@asynccontextmanager
async def _initialized(application: App, settings: Settings) -> AsyncIterator[None]:
    """The application while it knows who it is. IsnadError where Telegram does not let it in."""
    host = urlsplit(str(settings.telegram_api_url)).netloc.rpartition("@")[2]
    try:
        await application.initialize()
    except InvalidToken:
        # Its own message holds the token.
        raise IsnadError(
            f"{host} refused TELEGRAM_BOT_TOKEN.", "Copy it anew from @BotFather (/mybots)."
        ) from None
    except TelegramError as error:
        raise IsnadError(
            f"The Bot API server {host} cannot be reached ({error}).",
            "Check the network and TELEGRAM_API_URL, then start again.",
        ) from None
    try:
        yield
    finally:
        await application.shutdown()


@asynccontextmanager
async def _listening(application: App, settings: Settings) -> AsyncIterator[None]:
    """The application while updates come in; at the end running answers get `LAST_WORDS`."""
    updater = application.updater
    if updater is None:
        raise ValueError("the application has no updater")
    try:
        if settings.webhook_url and settings.webhook_secret:
            await updater.start_webhook(
                listen="0.0.0.0",  # noqa: S104  # behind the proxy that ends TLS
                port=settings.webhook_port,
                url_path=urlsplit(str(settings.webhook_url)).path.strip("/"),
                webhook_url=str(settings.webhook_url),
                secret_token=settings.webhook_secret.get_secret_value(),
                allowed_updates=UPDATES,
                drop_pending_updates=False,
            )
        else:
            await updater.start_polling(
                allowed_updates=UPDATES,
                drop_pending_updates=False,
                error_callback=lambda error: _log.warning("Telegram: %s", error),
            )
    except (TelegramError, OSError, RuntimeError) as error:
        raise IsnadError(f"Telegram's updates cannot be received ({error}).") from None
    await application.start()
    try:
        yield
    finally:
        await updater.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(application.stop(), LAST_WORDS)


async def _announce_commands(application: App, admins: frozenset[int]) -> None:
    """Fills the menus: for everyone, and for each admin with the admin commands too.

    A menu without a language is for people who speak none of ours.
    """
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeDefault(), FOR_EVERYONE),
        *((BotCommandScopeChat(admin), FOR_EVERYONE + FOR_ADMINS) for admin in sorted(admins)),
    ]
    for scope, names in scopes:
        for language in (None, *LANGUAGES):
            commands = [
                BotCommand(name, WORDS(f"command-{name}", language or DEFAULT)) for name in names
            ]
            try:
                await application.bot.set_my_commands(commands, scope, language)
            except TelegramError as error:
                # An admin who has never written to the bot has no chat with it.
                _log.info("A menu of commands was not set: %s", error)
                break
