"""The chat server: a LlamaIndex LLM for OpenAI-compatible servers that reads their streams itself.

LlamaIndex and OpenAI's library make models of every piece of a stream, a word most often, at a
quarter of a millisecond each; and they leave the end of each stream unread, which costs the next
request a connection of its own. Here a piece is the JSON that it is, and a stream is read to its
end.
"""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass
from typing import Any, Final

from anyio import move_on_after
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.llms.openai.utils import to_openai_message_dicts
from llama_index.llms.openai_like import OpenAILike
from openai import APIError

_DATA: Final = b"data:"
_DONE: Final = b"[DONE]"
_LAST_WORDS: Final = 0.05
"""Seconds that a server has to end its stream after it said that it is done."""
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
    """`OpenAILike` with a stream of its own; `raw` is a `Piece`, `message` stays empty."""

    async def astream_chat(
        self, messages: Sequence[ChatMessage], **kwargs: Any
    ) -> AsyncGenerator[ChatResponse, None]:
        """The answer as it is written; what OpenAI's library raises where that fails."""
        fields = self._get_model_kwargs(stream=True, **kwargs)
        asked = self._get_aclient().chat.completions.with_streaming_response.create(
            messages=to_openai_message_dicts(messages, model=self.model), **fields
        )
        return _responses(asked)


async def _responses(
    asked: AbstractAsyncContextManager[Any],
) -> AsyncGenerator[ChatResponse, None]:
    async with asked as response, aclosing(_events(response.iter_bytes())) as events:
        async for data in events:
            if data.startswith(_DONE):
                # Not `asyncio.timeout`: httpx closes behind a shield that only a scope respects,
                # and a connection whose closing is cut off stays open and in its pool for ever.
                with move_on_after(_LAST_WORDS):
                    async for _ in events:
                        pass
                return
            yield _response(json.loads(data), response)


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


def _response(chunk: Any, response: Any) -> ChatResponse:
    """A chunk of the stream. ValueError where it is none, APIError where it tells of a failure."""
    if not isinstance(chunk, dict):
        raise ValueError("a chunk is an object")
    if error := chunk.get("error"):
        raise APIError("The stream tells of a failure.", response.http_request, body=error)
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
