import asyncio
import time
from collections.abc import AsyncGenerator
from types import SimpleNamespace
from typing import Any

import pytest

from rag.answers.chunks import Told, heard

BOUND = 60.0


def chunk(
    text: str | None = None,
    finish: str | None = None,
    *,
    answer: int = 0,
    tokens: int | None = None,
) -> Any:
    """A chunk as the library gives it, with the server's own words in `raw`."""
    choice = SimpleNamespace(index=answer, finish_reason=finish)
    return SimpleNamespace(delta=text, raw=SimpleNamespace(choices=[choice], usage=tokens))


class Server:
    """A reply as the library streams it; `ends` says how it was left."""

    def __init__(self, *texts: str, error: Exception | None = None, stays: bool = False) -> None:
        self.texts, self.error, self.stays = texts, error, stays
        self.ends = ""

    async def reply(self) -> AsyncGenerator[Any, None]:
        async def chunks() -> AsyncGenerator[Any, None]:
            try:
                for text in self.texts:
                    yield chunk(text)
                if self.error:
                    raise self.error
                if self.stays:
                    await asyncio.Event().wait()
                self.ends = "at its end"
            except asyncio.CancelledError:
                self.ends = "hung up"
                raise

        return chunks()


async def texts_of(server: Server, seconds: float = BOUND) -> list[str]:
    deadline = time.monotonic() + seconds
    return [one.delta or "" async for one in heard(server.reply(), deadline)]


async def test_chunks_are_given_out_as_they_came() -> None:
    server = Server("He ", "came", ".")
    assert await texts_of(server) == ["He ", "came", "."]
    assert server.ends == "at its end"


async def test_what_came_before_a_failure_is_given_out_first() -> None:
    server, got = Server("He ", error=ConnectionResetError("gone")), list[str | None]()
    with pytest.raises(ConnectionResetError, match="gone"):
        async for one in heard(server.reply(), time.monotonic() + BOUND):
            got.append(one.delta)
    assert got == ["He "]


async def test_a_server_that_refuses_to_begin_is_told() -> None:
    async def refused() -> AsyncGenerator[Any, None]:
        raise PermissionError("no")

    with pytest.raises(PermissionError):
        await anext(heard(refused(), time.monotonic() + BOUND))


async def test_a_silent_server_is_left_at_the_deadline_and_hung_up() -> None:
    server = Server("He ", stays=True)
    with pytest.raises(TimeoutError):
        await texts_of(server, seconds=0.05)
    assert server.ends == "hung up"


async def test_whoever_stops_listening_hangs_up() -> None:
    server = Server("He ", stays=True)
    chunks = heard(server.reply(), time.monotonic() + BOUND)
    assert (await anext(chunks)).delta == "He "
    await chunks.aclose()
    assert server.ends == "hung up"


def told(*chunks: Any) -> tuple[list[str], Told]:
    reply = Told()
    return [text for one in chunks for text in reply.text(one)], reply


def test_a_reply_is_whole_when_the_server_says_so_or_has_counted_it() -> None:
    texts, reply = told(chunk("He "), chunk("came."), chunk(None, "stop"))
    assert texts == ["He ", "came."]
    assert reply.failure is None
    _, counted = told(chunk("He came."), SimpleNamespace(delta="", raw=SimpleNamespace(usage=7)))
    assert counted.failure is None
    # A chunk that follows says neither again.
    assert told(chunk("Yes.", "stop", tokens=3), chunk(""))[1].failure is None


def test_a_reply_without_an_end_has_broken_off_and_none_at_all_cannot_be_read() -> None:
    broken, nothing = told(chunk("He "))[1].failure, told()[1].failure
    assert broken and nothing
    assert broken.retryable and nothing.retryable
    assert "broke off" in str(broken) and "cannot be read" in str(nothing)


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_a_reply_that_was_cut_short_is_not_whole_though_it_was_counted(reason: str) -> None:
    failure = told(chunk("He "), chunk(None, reason, tokens=2))[1].failure
    assert failure and not failure.retryable


def test_of_several_answers_only_the_first_is_read() -> None:
    texts, reply = told(chunk("one"), chunk("two", "stop", answer=1))
    assert texts == ["one"]
    assert reply.failure


def test_a_wall_of_text_is_given_out_in_pieces_and_nothing_of_it_is_lost() -> None:
    wall = "".join(map(str, range(3_000)))
    texts, _ = told(chunk(wall))
    assert len(texts) > 1 and "".join(texts) == wall
    assert max(map(len, texts)) <= 4_096
