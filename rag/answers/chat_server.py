"""The chat server: a LlamaIndex LLM for OpenAI-compatible servers that reads their streams itself.

LlamaIndex and OpenAI's library make models of every piece of a stream, a word most often, at a
quarter of a millisecond each; they leave the end of each stream unread, which costs the next
request a connection of its own; and with httpx they work 12 ms on each request, in which a bot can
do nothing else. Here a piece is the JSON that it is, a stream is read to its end, and requests go
over aiohttp. What fails is raised as OpenAI's library would.
"""

import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector
from anyio import move_on_after
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.llms.openai.utils import to_openai_message_dicts
from llama_index.llms.openai_like import OpenAILike
from openai import APIConnectionError, APIError, APIStatusError, NotGiven
from pydantic import PrivateAttr

_DATA: Final = b"data:"
_DONE: Final = b"[DONE]"
_LAST_WORDS: Final = 0.05
"""Seconds that a server has to end its stream after it said that it is done."""
_MOST_CONNECTIONS: Final = 1000
_CONNECTION_LASTS: Final = 30.0
"""Seconds that a connection is kept for the next question."""
_REFUSED: Final = 300
"""The first status that is no success."""
_LONGEST_REFUSAL: Final = 65_536
"""Bytes of the answer to a request that was refused; what is longer says nothing more."""
_ACCOUNT: Final = {
    "OPENAI_ORG_ID": "OpenAI-Organization",
    "OPENAI_PROJECT_ID": "OpenAI-Project",
}
"""What OpenAI's library reads from the environment, and the headers that it sends it in."""
_ASSISTANT: Final = ChatMessage(role=MessageRole.ASSISTANT)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a piece says of one of the answers that were asked for."""

    index: int
    finish_reason: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a stream, as far as somebody looks at it."""

    choices: tuple[Choice, ...]
    usage: dict[str, Any] | None


class ChatServer(OpenAILike):  # type: ignore[misc]
    """`OpenAILike` with a stream of its own; `raw` is a `Piece`, `message` stays empty.

    Belongs to the event loop in which it is first asked, and is closed with that at the latest.
    """

    _session: ClientSession | None = PrivateAttr(default=None)
    _sessions: AsyncGenerator[ClientSession, None] | None = PrivateAttr(default=None)

    async def astream_chat(
        self, messages: Sequence[ChatMessage], **kwargs: Any
    ) -> AsyncGenerator[ChatResponse, None]:
        """The answer as it is written; what OpenAI's library raises where that fails."""
        fields = self._get_model_kwargs(stream=True, **kwargs)
        fields["messages"] = to_openai_message_dicts(messages, model=self.model)
        return _responses(self._asked(fields))

    async def aclose(self) -> None:
        """Closes the connections."""
        sessions, self._sessions, self._session = self._sessions, None, None
        if sessions:
            await sessions.aclose()

    @asynccontextmanager
    async def _asked(self, fields: dict[str, Any]) -> AsyncIterator[ClientResponse]:
        """The answer to a request, which has begun."""
        url = f"{str(self.api_base).rstrip('/')}/chat/completions"
        given = {name: one for name, one in fields.items() if not isinstance(one, NotGiven)}
        if self._session is None:
            self._sessions = self._opened()
            self._session = await anext(self._sessions)
        begun = False
        try:
            async with self._session.post(
                url, data=json.dumps(given, ensure_ascii=False).encode()
            ) as response:
                begun = True
                if response.status >= _REFUSED:
                    raise await _refusal(response)
                yield response
        except ClientError as error:  # whose words may show the address
            request, kind = httpx.Request("POST", url), type(error).__name__
            if begun:
                raise httpx.ReadError(f"the connection broke ({kind})", request=request) from None
            raise APIConnectionError(message=f"no answer ({kind})", request=request) from None

    async def _opened(self) -> AsyncGenerator[ClientSession, None]:
        """The session. A generator, as an event loop closes those when it ends."""
        account = {
            header: os.environ[name] for name, header in _ACCOUNT.items() if os.environ.get(name)
        }
        async with ClientSession(
            headers={
                "Authorization": f"Bearer {self.api_key}",
                "Content-Type": "application/json",
                **account,
            },
            connector=TCPConnector(limit=_MOST_CONNECTIONS, keepalive_timeout=_CONNECTION_LASTS),
            timeout=ClientTimeout(total=None, sock_connect=self.timeout, sock_read=self.timeout),
            trust_env=True,  # for the proxy
        ) as session:
            yield session


async def _refusal(response: ClientResponse) -> APIStatusError:
    """What OpenAI's library would raise at such an answer."""
    text = (await response.content.read(_LONGEST_REFUSAL)).decode(errors="replace").strip()
    try:
        body: Any = json.loads(text)
    except ValueError:
        body = text
    told = body.get("error", body) if isinstance(body, dict) else body
    retry_after = response.headers.get("retry-after")
    seen = httpx.Response(
        response.status,
        headers={"retry-after": retry_after} if retry_after else None,
        request=httpx.Request("POST", str(response.url)),
    )
    return APIStatusError(f"Error code: {response.status} - {body}", response=seen, body=told)


async def _responses(
    asked: AbstractAsyncContextManager[ClientResponse],
) -> AsyncGenerator[ChatResponse, None]:
    async with asked as response, aclosing(_events(response.content.iter_any())) as events:
        async for data in events:
            if data.startswith(_DONE):
                with move_on_after(_LAST_WORDS):
                    async for _ in events:
                        pass
                return
            yield _response(json.loads(data), str(response.url))


async def _events(came: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """The data of server-sent events, as they come."""
    told, kept = list[bytes](), b""
    async for some in came:
        *lines, kept = (kept + some).split(b"\n")
        for line in (one.removesuffix(b"\r") for one in lines):
            if line.startswith(_DATA):
                told.append(line.removeprefix(_DATA).removeprefix(b" "))
            elif not line and told:
                yield b"\n".join(told)
                told.clear()


def _response(chunk: Any, url: str) -> ChatResponse:
    """A chunk of the stream. ValueError where it is none, APIError where it tells of a failure."""
    if not isinstance(chunk, dict):
        raise ValueError("a chunk is an object")
    if error := chunk.get("error"):
        asked = httpx.Request("POST", url)
        raise APIError("The stream tells of a failure.", asked, body=error)
    choices = tuple(chunk["choices"])
    deltas = [one.get("delta") or {} for one in choices]
    usage = chunk.get("usage") or None
    return ChatResponse.model_construct(
        message=_ASSISTANT,
        delta=deltas[0].get("content") or "" if deltas else "",
        raw=Piece(
            tuple(Choice(one.get("index") or 0, one.get("finish_reason")) for one in choices), usage
        ),
        additional_kwargs=usage or {},
    )
