"""Streams as they come over the wire, and the connection that they come over."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from rag.answers.model import Message, Model
from tests.library import settings_of

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"


def event(text: str, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n".encode()


WHOLE = event("وصل ") + event("باقري", "stop") + b"data: [DONE]\n\n"


class Wire:
    """Answers every request with these bytes, in pieces; counts the connections."""

    def __init__(self, pieces: Sequence[bytes], *, ends: bool = True) -> None:
        self._writers: list[asyncio.StreamWriter] = []
        self._pieces, self._ends = pieces, ends

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length))
                writer.write(HEAD)
                for piece in self._pieces:
                    writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                    await writer.drain()
                    await asyncio.sleep(0)
                writer.write(LAST if self._ends else b"")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass

    @property
    def connections(self) -> int:
        return len(self._writers)

    @asynccontextmanager
    async def model(self) -> AsyncIterator[Model]:
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        settings = settings_of(openai_base_url=f"http://127.0.0.1:{port}/v1", openai_api_key="sk-1")
        model = Model.from_settings(settings)
        yield model
        await model.aclose()
        server.close()
        for writer in self._writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def said(model: Model) -> str:
    return await model.complete([Message("user", "متى وصل؟")], time.monotonic() + 60)


async def test_the_next_question_goes_over_the_same_connection() -> None:
    wire = Wire([WHOLE])
    async with wire.model() as model:
        assert [await said(model) for _ in range(3)] == ["وصل باقري"] * 3
    assert wire.connections == 1


async def test_a_stream_that_stays_open_once_it_is_done_is_not_waited_for() -> None:
    async with Wire([WHOLE], ends=False).model() as model:
        assert await asyncio.wait_for(said(model), 30) == "وصل باقري"


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
@pytest.mark.parametrize(
    "stream",
    [
        WHOLE,
        WHOLE.replace(b"\n", b"\r\n"),
        b": a comment\n\nid: 7\nevent: message\n" + WHOLE,
        WHOLE.replace(b"data: ", b"data:"),
        WHOLE.replace(b'"delta"', b'\ndata: "delta"'),
    ],
    ids=["as OpenAI", "other line ends", "comments and ids", "no spaces", "data of two lines"],
)
async def test_events_are_read_however_they_are_cut(stream: bytes, size: int) -> None:
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    async with Wire(pieces).model() as model:
        assert await said(model) == "وصل باقري"


async def test_letters_that_end_lines_elsewhere_are_letters_here() -> None:
    async with Wire([event("قال\u2028:\u0085نعم", "stop") + b"data: [DONE]\n\n"]).model() as model:
        assert await said(model) == "قال\u2028:\u0085نعم"
