"""Getting updates by webhook: a small HTTP server behind the proxy that ends TLS.

Telegram is told that an update was received only when it is in the inbox; what fails is sent
again by Telegram. Health routes stand beside: `/healthz` and `/readyz`.
"""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web

from rag.errors import IsnadError, UsageError

_log = logging.getLogger(__name__)

Accept = Callable[[list[dict[str, Any]]], Awaitable[None]]

SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
LARGEST: Final = 2**20
"""Bytes of an update."""


def webhook_app(path: str, secret: str, accept: Accept, is_ready: Callable[[], bool]) -> Any:
    """The routes of the server."""

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403, text="the secret is wrong\n")
        try:
            update = json.loads(await request.read())
            known = isinstance(update, dict) and isinstance(update.get("update_id"), int)
        except ValueError:
            known = False
        if not known:
            return web.Response(status=400, text="this is no update\n")
        try:
            await accept([update])
        except IsnadError as error:
            _log.error("An update could not be kept; Telegram will send it again: %s", error)
            return web.Response(status=503, text="try again\n")
        return web.Response()

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_: web.Request) -> web.Response:
        if is_ready():
            return web.Response(text="ready\n")
        return web.Response(status=503, text="no index yet\n")

    app = web.Application(client_max_size=LARGEST)
    app.router.add_post(f"/{path}", take)
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    return app


@asynccontextmanager
async def serving(app: Any, port: int) -> AsyncIterator[None]:
    """The server while it listens. UsageError where the port cannot be had."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, "0.0.0.0", port).start()  # noqa: S104  # behind a proxy
        except OSError as error:
            raise UsageError(
                f"WEBHOOK_PORT: {port} cannot be listened on ({error.strerror})."
            ) from None
        yield
    finally:
        await runner.cleanup()
