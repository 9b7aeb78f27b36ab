"""A model that answers at once, on loopback: sentences of the sources it is shown, each cited.

    python -m benchmarks.scripted_model      prints its address, and serves until its input ends

What a question costs the server is none of Isnad's work, so measuring that has the server in a
process of its own. With a `pause` it waits before each statement, and notes when the last byte of
each statement's mark was written: for `benchmarks.statement`.
"""

import asyncio
import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Self

from aiohttp import web

from tests.servers.openai_api import SENTENCE, text_of

KEY: Final = "sk-of-nobody-0123456789"
STATEMENTS: Final = 3
_PIECE: Final = 16
"""Characters of a piece of the stream."""
_SHORTEST: Final = 40
"""Characters of a sentence that is worth repeating."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and when the last byte of its mark was written (`time.monotonic()`)."""

    text: str
    at: float


class ScriptedModel:
    """The server, a context manager: an event loop in a thread."""

    def __init__(self, pause: float = 0.0) -> None:
        """`pause`: seconds of silence before each statement."""
        self.url = ""
        self.said: list[Said] = []
        self._pause = pause
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> str:
        application = web.Application(client_max_size=2**26)
        application.router.add_post("/v1/chat/completions", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def _answer(self, http: web.Request) -> web.StreamResponse:
        asked = await http.json()
        texts = "\n".join(map(text_of, asked["messages"]))
        statements = list(islice(_statements(texts), STATEMENTS))
        if not asked.get("stream"):
            return web.json_response(_whole(" ".join(text + mark for text, mark in statements)))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(http)
        with suppress(ConnectionError):  # whoever has heard enough hangs up
            await self._stream(response, statements)
        return response

    async def _stream(
        self, response: web.StreamResponse, statements: Sequence[tuple[str, str]]
    ) -> None:
        for place, (text, mark) in enumerate(statements):
            await asyncio.sleep(self._pause)
            # The mark comes with the beginning of the next line, which shows that it is the last.
            following = f"{statements[place + 1][0][:1]}" if place + 1 < len(statements) else ""
            begun = text[1:] if place else text
            pieces = [begun[at : at + _PIECE] for at in range(0, len(begun), _PIECE)]
            for piece in pieces:
                await response.write(_event(piece))
            end = b"" if following else _ENDED
            await response.write(_event(f"{mark}\n{following}") + end)
            self.said.append(Said(text, time.monotonic()))
        if not statements:
            await response.write(_event("[[NO ANSWER]]") + _ENDED)
        await response.write_eof()


def _statements(prompt: str) -> Iterator[tuple[str, str]]:
    """Sentences of the first sources of a prompt, each with its mark."""
    seen = set[str]()
    for source, number, sentence in SENTENCE.findall(prompt):
        text = sentence.strip()
        if len(text) >= _SHORTEST and text not in seen:
            seen.add(text)
            yield text, f" [{source}.{number}]"


_HEAD: Final[dict[str, Any]] = {"id": "chatcmpl-0", "created": 0, "model": "scripted"}
_USAGE: Final = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def _whole(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {**_HEAD, "object": "chat.completion", "choices": [choice], "usage": _USAGE}


def _chunk(content: dict[str, Any]) -> bytes:
    chunk = {**_HEAD, "object": "chat.completion.chunk", **content}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def _event(text: str) -> bytes:
    return _chunk({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})


_ENDED: Final = (
    _chunk({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    + _chunk({"choices": [], "usage": _USAGE})
    + b"data: [DONE]\n\n"
)


def main() -> None:
    """Serves until standard input ends."""
    with ScriptedModel() as model:
        print(model.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
