"""The server's HTTP: requests in, faults, judges, answers out."""

import asyncio
import inspect
import threading
import time
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aiohttp import web

from .bot_api_schema import SCHEMA
from .telegram_faults import Cut, Fault
from .telegram_floods import FloodJudge
from .telegram_messages import Request
from .telegram_methods import MEGABYTE
from .telegram_refusals import Object, Refusal, Upload, bad_request, too_many_requests

if TYPE_CHECKING:
    from .bot_api import BotApiServer


class Listener:
    """Listens on loopback."""

    loop: asyncio.AbstractEventLoop

    def __init__(self, server: "BotApiServer") -> None:
        self._server = server
        self._closing = asyncio.Event()
        self._judge = FloodJudge()

    def close(self) -> None:
        """Ends `serve`, from another thread."""
        self.loop.call_soon_threadsafe(self._closing.set)

    async def serve(self, ready: threading.Event) -> None:
        """Answers requests until it is closed; `ready` is set when it listens."""
        self.loop = asyncio.get_running_loop()
        app = web.Application(client_max_size=51 * MEGABYTE)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        delivering = asyncio.create_task(self._server.webhook.run(self.call))
        ready.set()
        await self._closing.wait()
        delivering.cancel()
        await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            if self._server.offline:
                raise Cut
            return web.json_response({"ok": True, "result": await self._answer(request)})
        except Refusal as refusal:
            if request.transport:  # else nobody is there to read it, as after an abandoned poll
                method = request.match_info["method"]
                self._server.refusals.append(f"{method}: {refusal.description}")
            return web.json_response(refusal.answer, status=refusal.code)
        except Cut:
            if request.transport:
                request.transport.abort()
            return web.Response()
        except Exception as error:  # of the server itself; whoever asks its judges is to know
            method = request.match_info["method"]
            self._server.violations.append(f"the server failed at {method}: {error!r}")
            raise

    async def _answer(self, request: web.Request) -> object:
        if request.match_info["token"] != self._server.token:
            raise Refusal(401, "Unauthorized")
        if self._server.bot.logged_out:
            raise Refusal(400, "Logged out")
        method = self._server.bot.names.get(request.match_info["method"].lower())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        made = Request(time.monotonic(), method, await _parameters(request, method))
        with self._server.changed:
            self._server.requests.append(made)
            fault = self._server.faults.next(method)
            self._server.changed.notify_all()
        return await self._act(made, fault)

    async def call(self, method: str, parameters: Object) -> None:
        """Does what a bot asks for in its answer to a webhook's request."""
        made = Request(time.monotonic(), method, parameters)
        with self._server.changed:
            self._server.requests.append(made)
        with suppress(Refusal):  # of which nobody tells it
            await self._act(made, Fault())

    async def _act(self, made: Request, fault: Fault) -> object:
        """Does what is asked, unless the fault prevents it, and keeps what came of it."""
        await asyncio.sleep(fault.seconds + self._server.latency)
        try:
            if fault.refusal:
                raise fault.refusal
            if fault.cut != "before":
                with self._server.changed:
                    self._check(made.method, made.parameters)
                    result = self._server.bot.methods[made.method](made.parameters)
                made.result = await result if inspect.isawaitable(result) else result
        except Refusal as refusal:
            made.outcome = refusal.description
            self._judge.refused(
                time.monotonic(), made.parameters.get("chat_id"), made.method, refusal
            )
            raise
        made.outcome = f"cut {fault.cut}" if fault.cut else "ok"
        if fault.cut:
            raise Cut
        return made.result

    def _check(self, method: str, parameters: Object) -> None:
        found = SCHEMA.violations(method, parameters)
        self._server.violations += found
        if found:
            raise bad_request("; ".join(found))
        chat_id = parameters.get("chat_id")
        known = chat_id if chat_id in self._server.chats else 0
        flood = self._judge.judge(time.monotonic(), method, known)
        if flood:
            self._server.floods.append(flood)
            if self._server.enforce_floods:
                raise too_many_requests(flood.retry_after)

    async def _download(self, request: web.Request) -> web.Response:
        upload = self._server.files.get(PurePosixPath(request.match_info["path"]).stem)
        if request.match_info["token"] != self._server.token or upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content)


async def _parameters(request: web.Request, method: str) -> Object:
    """The parameters of a request: from its address, and from its body of whichever kind."""
    given: Object = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= await request.post()
    for name, value in given.items():
        if isinstance(value, web.FileField):
            given[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            given[name] = SCHEMA.read(method, name, value)
    return given
