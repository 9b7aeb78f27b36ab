"""The way to the Bot API: python-telegram-bot's methods over aiohttp.

The stock layer looks at every connection for each request, so that it becomes slower the more
there are, and its pool can wedge without an error. This one says of each failure whether the
request can have arrived: only where it can, a message sent anew may be a repeat.
"""

import json
from functools import cache
from io import BytesIO
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 64
"""To one server at the same time."""
CONNECT: Final = 10.0
"""Seconds that making a connection may take."""
ANSWER: Final = 20.0
"""Seconds that an answer may take, unless a request says otherwise."""
UPLOAD: Final = 300.0
"""Seconds that sending or getting a file may take."""
_FAULT: Final = 500
"""The first status that tells of a fault of the server."""
_KEPT: Final = 20.0
"""Seconds that an idle connection is kept: less than servers keep theirs."""


class NotSent(NetworkError):
    """The request has certainly not reached Telegram."""


class Lost(NetworkError):
    """The connection broke before the answer: whether Telegram has acted is not known."""


class Wire(BaseRequest):
    """Requests over one pool of connections, which can be thrown away and made anew."""

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where a request does not say."""
        return ANSWER

    def failures(self) -> int:
        """How many requests had no answer, or one that tells of a fault of the server."""
        return self._failures

    async def initialize(self) -> None:
        """Makes the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEPT)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Closes every connection."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def renew(self) -> None:
        """Throws the connections away: the next request makes a new one."""
        await self.shutdown()
        await self.initialize()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer. NotSent, Lost or TimedOut where none came."""
        try:
            status, body = await self._request(url, method, request_data, read_timeout)
        except NetworkError:
            self._failures += 1
            raise
        self._failures += status >= _FAULT
        return status, body

    async def _request(
        self, url: str, method: str, request_data: RequestData | None, read_timeout: Any
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("the connections to Telegram are closed")
        with_file = method == "GET" or bool(request_data and request_data.contains_files)
        given = read_timeout if isinstance(read_timeout, int | float) else None
        seconds = max(given or 0, UPLOAD) if with_file else given or ANSWER
        # An exception of aiohttp may show the address, and the address holds the token.
        try:
            async with self._session.request(
                method,
                url,
                timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT),
                proxy=proxy_for(url.partition("/bot")[0]),
                **_body(request_data),
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut(f"no answer within {seconds:.0f} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise Lost(f"the connection broke ({type(error).__name__})") from None


@cache
def proxy_for(server: str) -> str | None:
    """The proxy on the way to a server, from HTTPS_PROXY, NO_PROXY and the like.

    Not everybody reaches Telegram without. They are looked up once, and not for each request.
    """
    parts = urlsplit(server)
    if parts.hostname is None or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> dict[str, Any]:
    """A request's parameters: as JSON, or with its files in parts."""
    if data is None or not data.parameters:
        return {}
    if not data.contains_files:
        text = json.dumps(data.parameters, ensure_ascii=False).encode()
        return {"data": text, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in (data.multipart_data or {}).items():
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=kind)
    return {"data": form}


class Client(Bot):
    """The Bot API's methods. What it shows of itself leaves out the token."""

    def __repr__(self) -> str:
        """Its kind only."""
        return "Client[...]"

    __str__ = __repr__

    async def __aenter__(self) -> Self:
        await self.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.shutdown()
