"""The edge to the model: an OpenAI-compatible server, or any other LLM of LlamaIndex.

One retry policy, ours: at most two tries, and only before the first token; Retry-After is honoured
as far as the deadline allows. One deadline for everything, a slow drip included.
"""

import asyncio
import logging
import random
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from rag.answers.answer import Usage
from rag.answers.chunks import Told, heard
from rag.answers.contact import Contact
from rag.answers.framing import BUDGET
from rag.answers.model_failure import TooLong, failure_of
from rag.answers.reply import MOST_REQUESTS, Reply
from rag.errors import ModelUnavailable
from rag.importing import ONE_AT_A_TIME
from rag.settings import Settings
from rag.tracing import log_stage

if TYPE_CHECKING:
    from httpx import AsyncClient
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM

_log = logging.getLogger(__name__)

_MOST_TRIES: Final = 2
_JITTER: Final = (0.2, 0.6)
"""Seconds between two tries."""
_CONTEXT_WINDOW: Final = 128_000
"""Only LlamaIndex's own prompt packing reads it, which is not used here."""
_LEAST_FOR_A_REPLY: Final = 0.5
"""Seconds that a reply needs at the least: imports or a pause that leave fewer do not pay."""
_MOST_CONNECTIONS: Final = 1000
_CONNECTION_LASTS: Final = 30.0
"""Seconds that a connection is kept for the next question."""
_NO_KEY: Final = "none"
"""Sent to a server that wants no key, since the library insists on one."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a model reads."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model:
    """A chat model.

    >>> model = Model.from_settings(load_settings())
    >>> async for piece in model.stream([Message("user", "…")], time.monotonic() + 60):
    ...     print(piece, end="")
    """

    def __init__(self, llm: "LLM | None", name: str, *, settings: Settings | None = None) -> None:
        """Any LLM of LlamaIndex, under the name that answers are to carry."""
        self.name = name
        self.host = _host(settings.model_address) if settings else ""
        """Where text is sent, as `host:port`; empty where the LLM was passed in."""
        self.budget = settings.evidence_characters if settings else BUDGET
        """The most characters of sources, of a conversation or of statements in one request."""
        self.contact = Contact()
        self._llm = llm
        self._settings = settings
        self._opening: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[_Opened]] = (
            WeakKeyDictionary()
        )
        self._options = {"stream_options": {"include_usage": True}} if settings else {}

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The model that the settings name. Nothing is imported or sent before the first use."""
        return cls(None, settings.openai_model, settings=settings)

    def stream(
        self, messages: Sequence[Message], deadline: float, requests: int = MOST_REQUESTS
    ) -> Reply:
        """The model's reply, piece by piece. `deadline` is a time of `time.monotonic()`.

        `requests` are the most that it may take: what an earlier reply at the same step left.
        """
        return Reply(lambda reply: self._pieces(messages, deadline, reply), requests)

    async def complete(self, messages: Sequence[Message], deadline: float) -> str:
        """The model's whole reply; its usage is had from `stream(…).text()`."""
        return await self.stream(messages, deadline).text()

    async def prepare(self) -> None:
        """Do beforehand what the first request would have to wait for: seconds of imports."""
        await self._opened()

    @property
    def is_prepared(self) -> bool:
        """Whether the imports are done that a request of the running event loop waits for."""
        opening = self._opening.get(asyncio.get_running_loop())
        return opening is not None and opening.done()

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        opening = self._opening.pop(asyncio.get_running_loop(), None)
        if opening is not None:
            await (await opening).client.aclose()

    async def _pieces(
        self, messages: Sequence[Message], deadline: float, reply: Reply
    ) -> AsyncGenerator[str, None]:
        tries, options = 0, self._options
        while True:
            begun, began = False, time.monotonic()
            try:
                async with aclosing(self._request(messages, deadline, reply, options)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
                self._options = options
                self._note(reply, began)
                return
            except _Refused as refused:
                self._note(reply, began, refused.failure)
                if begun or not options or not reply.requests_left:
                    raise refused.failure from None
                # Some servers refuse fields that they do not know: leave those out.
                options = {}
            except ModelUnavailable as failure:
                self._note(reply, began, failure)
                tries += 1
                may_try = failure.retryable and tries < _MOST_TRIES and reply.requests_left
                if begun or not may_try:
                    raise
                await _pause(failure, deadline)

    def _note(self, reply: Reply, began: float, failure: ModelUnavailable | None = None) -> None:
        """Notes what came of a request that began at `began`."""
        if failure:
            self.contact.failed()
        else:
            self.contact.answered()
        log_stage(
            _log,
            "asked the model",
            model=self.name,
            request=reply.requests,
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
            milliseconds=round(1000 * (time.monotonic() - began)),
            failure=failure.message if failure else None,
        )

    async def _request(
        self, messages: Sequence[Message], deadline: float, reply: Reply, options: dict[str, Any]
    ) -> AsyncGenerator[str, None]:
        """One request. The connection is closed as soon as the generator is."""
        told = Told()
        try:
            async with asyncio.timeout(deadline - _LEAST_FOR_A_REPLY - time.monotonic()):
                llm = await self._opened()
            if time.monotonic() >= deadline:
                raise TimeoutError
            self.contact.begins(again=reply.requests > 0)
            reply.requests += 1
            asked = llm.astream_chat(_chat_messages(messages), **self._fields(options))
            async with aclosing(heard(asked, deadline)) as chunks:
                async for chunk in chunks:
                    _count(chunk, reply)
                    for piece in told.text(chunk):
                        yield piece
        except Exception as error:  # noqa: BLE001  (whatever a library raises, the model failed)
            failure = failure_of(error, self.name, self.host, past=time.monotonic() >= deadline)
            is_refused = getattr(error, "status_code", None) in (400, 422)
            if is_refused and not isinstance(failure, TooLong):
                raise _Refused(failure) from None
            raise failure from None
        # Other LLMs than those of OpenAI's interface do not say how a reply ends.
        if self._settings and (ended := told.failure):
            raise ended

    def _fields(self, options: dict[str, Any]) -> dict[str, Any]:
        """The optional fields of a request; with none left, not even a temperature."""
        if options or self._settings is None:
            return options
        from openai import NOT_GIVEN

        return {"temperature": NOT_GIVEN}

    async def _opened(self) -> "LLM":
        if self._llm is not None:
            return self._llm
        # Connections belong to an event loop, so every loop has an LLM of its own. The import
        # takes seconds and must not hold up other conversations, nor die with the first of them.
        loop = asyncio.get_running_loop()
        if loop not in self._opening:
            self._opening[loop] = loop.create_task(asyncio.to_thread(_open, self._settings))
        return (await asyncio.shield(self._opening[loop])).llm


@dataclass(frozen=True, slots=True)
class _Opened:
    llm: "LLM"
    client: "AsyncClient"


class _Refused(Exception):
    """The server refused the request as it was."""

    def __init__(self, failure: ModelUnavailable) -> None:
        super().__init__()
        self.failure = failure


def _open(settings: Settings | None) -> _Opened:
    with ONE_AT_A_TIME:
        from httpx import Limits
        from openai import DefaultAsyncHttpxClient

        from rag.answers.chat_server import ChatServer

    if settings is None:
        raise ValueError("a model needs an LLM or settings")
    key = settings.openai_api_key
    limits = Limits(max_connections=_MOST_CONNECTIONS, keepalive_expiry=_CONNECTION_LASTS)
    client = DefaultAsyncHttpxClient(timeout=settings.openai_timeout, limits=limits)
    llm = ChatServer(
        model=settings.openai_model,
        api_base=settings.model_address,
        api_key=key.get_secret_value() if key else _NO_KEY,
        is_chat_model=True,
        max_retries=0,
        timeout=settings.openai_timeout,
        context_window=_CONTEXT_WINDOW,
        async_http_client=client,
    )
    return _Opened(llm, client)


def _chat_messages(messages: Sequence[Message]) -> list[Any]:
    from llama_index.core.base.llms.types import ChatMessage

    return [ChatMessage(role=message.role, content=message.content) for message in messages]


def _count(chunk: "ChatResponse", reply: Reply) -> None:
    counts = chunk.additional_kwargs or {}
    if counts.get("prompt_tokens") or counts.get("completion_tokens"):
        reply.usage = Usage(
            int(counts.get("prompt_tokens") or 0), int(counts.get("completion_tokens") or 0)
        )


async def _pause(failure: ModelUnavailable, deadline: float) -> None:
    """Wait before another try; raise `failure` where that leaves no time for one."""
    wait = random.uniform(*_JITTER) + (failure.retry_after or 0.0)  # noqa: S311
    if time.monotonic() + wait >= deadline - _LEAST_FOR_A_REPLY:
        raise failure
    await asyncio.sleep(wait)


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
