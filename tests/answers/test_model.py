import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from benchmarks.process_life import targets_of
from rag.answers.answer import Usage
from rag.answers.model import Message, Model
from rag.answers.reply import LONGEST_REPLY, Reply
from rag.errors import ModelUnavailable
from tests.library import settings_of
from tests.servers.openai_api import (
    Body,
    Choices,
    Cut,
    Drip,
    Empty,
    Fail,
    Garbage,
    Hang,
    OpenAIServer,
    Reset,
)
from tests.servers.openai_api import Reply as Answer
from tests.waiting import until

KEY = "sk-test-1234567890"
MESSAGES = [Message("system", "Answer."), Message("user", "من هو باقري؟")]


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(key=KEY) as running:
        yield running


def model_at(url: str, key: str = KEY, name: str = "any-name") -> Model:
    return Model.from_settings(
        settings_of(openai_api_key=key, openai_base_url=url, openai_model=name)
    )


@pytest.fixture
async def model(server: OpenAIServer) -> AsyncIterator[Model]:
    made = model_at(server.url)
    await made.prepare()
    yield made
    await made.aclose()


def soon(seconds: float = 60.0) -> float:
    return time.monotonic() + seconds


async def failure_of(reply: Reply) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        await reply.text()
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__suppress_context__
    return caught.value


async def test_imports_that_leave_no_time_for_a_reply_are_not_waited_for(
    server: OpenAIServer,
) -> None:
    made = model_at(server.url)
    failure = await failure_of(made.stream(MESSAGES, soon(0.4)))
    assert "did not answer in time" in str(failure)
    assert server.requests == []
    await made.prepare()
    server.replies.append(Answer("وصل باقري إلى موسكو."))
    assert await made.complete(MESSAGES, soon()) == "وصل باقري إلى موسكو."
    await made.aclose()


async def test_a_reply_streams_and_its_tokens_are_counted(
    server: OpenAIServer, model: Model
) -> None:
    server.replies.append(Answer("وصل باقري إلى موسكو [1.1].", chunk_size=5))
    reply = model.stream(MESSAGES, soon())
    pieces = [piece async for piece in reply]
    assert "".join(pieces) == "وصل باقري إلى موسكو [1.1]."
    assert len(pieces) > 3
    assert reply.usage == Usage(prompt_tokens=4, completion_tokens=5)
    (request,) = server.requests
    assert request.body["messages"] == [
        {"role": "system", "content": "Answer."},
        {"role": "user", "content": "من هو باقري؟"},
    ]


async def test_a_whole_reply(server: OpenAIServer, model: Model) -> None:
    server.replies.append(Answer("yes"))
    assert await model.complete(MESSAGES, soon()) == "yes"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fail(401), "refused the key (401). Check OPENAI_API_KEY."),
        (Fail(403), "refused the key (403)"),
        (Fail(404), "does not know the model any-name (404)"),
        (
            Fail(429, body={"error": {"message": KEY, "code": "insufficient_quota"}}),
            "quota of the model's key is used up",
        ),
    ],
)
async def test_what_trying_again_cannot_help_is_asked_once(
    server: OpenAIServer, model: Model, fault: Fail, words: str
) -> None:
    server.replies.append(fault)
    failure = await failure_of(model.stream(MESSAGES, soon()))
    assert words in str(failure)
    assert not failure.retryable
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault", [Fail(429), Fail(500), Fail(503), Fail(408), Reset(), Garbage()], ids=repr
)
async def test_one_more_try_helps(
    server: OpenAIServer, model: Model, fault: Fail | Reset | Garbage
) -> None:
    server.replies.extend([fault, Answer("here")])
    assert await model.complete(MESSAGES, soon()) == "here"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fail(429), "asked too often (429)"),
        (Fail(500, body="<html>oops</html>"), "failed (500)"),
        (Reset(), "cannot be reached"),
        (Garbage(), "cannot be read"),
    ],
    ids=repr,
)
async def test_there_are_two_tries_and_no_more(
    server: OpenAIServer, model: Model, fault: Fail | Reset | Garbage, words: str
) -> None:
    server.replies.extend([fault] * 4)
    failure = await failure_of(model.stream(MESSAGES, soon()))
    assert words in str(failure)
    assert failure.retryable
    assert len(server.requests) == 2


async def test_a_refused_connection() -> None:
    with OpenAIServer(key=KEY) as server:
        url = server.url
    model = model_at(url)
    await model.prepare()
    failure = await failure_of(model.stream(MESSAGES, soon()))
    assert f"The model server at {model.host} cannot be reached." in str(failure)
    await model.aclose()


async def test_retry_after_is_honoured_within_the_deadline(
    server: OpenAIServer, model: Model
) -> None:
    server.replies.extend([Fail(429, retry_after=1), Answer("here")])
    assert await model.complete(MESSAGES, soon()) == "here"
    first, second = (request.at for request in server.requests)
    assert second - first >= 1


async def test_retry_after_past_the_deadline_is_not_waited_for(
    server: OpenAIServer, model: Model
) -> None:
    server.replies.append(Fail(429, retry_after=300))
    began = time.monotonic()
    failure = await failure_of(model.stream(MESSAGES, soon(100)))
    assert time.monotonic() - began < 60
    assert failure.retry_after == 300


@pytest.mark.parametrize("fault", [Hang(60), Drip("word " * 500, 0.1)], ids=["hang", "drip"])
async def test_the_deadline_holds_for_a_hang_and_for_a_slow_drip(
    server: OpenAIServer, model: Model, fault: Hang | Drip
) -> None:
    server.replies.append(fault)
    began = time.monotonic()
    failure = await failure_of(model.stream(MESSAGES, soon(1.5)))
    assert 1.4 < time.monotonic() - began < 30
    assert "in time" in str(failure)
    await until(lambda: server.requests)
    assert len(server.requests) == 1


async def test_after_the_first_token_nothing_is_tried_again(
    server: OpenAIServer, model: Model
) -> None:
    server.replies.append(Cut("one two three four", 12))
    reply = model.stream(MESSAGES, soon())
    pieces = aiter(reply)
    assert await anext(pieces) == "one two thre"
    with pytest.raises(ModelUnavailable, match="broke off"):
        await anext(pieces)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (Cut("one two", 7, "ended"), "broke off"),
        (Cut("one two", 7, "reset"), "broke off"),
        (Answer("one two", finish="length"), "longer than its server allows"),
        (Answer("one two", finish="content_filter"), "filter stopped the answer"),
    ],
    ids=repr,
)
async def test_an_answer_that_is_not_whole_is_told_from_one_that_is(
    server: OpenAIServer, model: Model, ending: Answer, words: str
) -> None:
    server.replies.append(ending)
    reply, heard = model.stream(MESSAGES, soon()), ""
    with pytest.raises(ModelUnavailable, match=words):
        async for piece in reply:
            heard += piece
    assert heard == "one two"
    assert len(server.requests) == 1


async def test_a_server_that_counts_tokens_but_gives_no_reason_has_ended(
    server: OpenAIServer, model: Model
) -> None:
    text = b'data: {"choices": [{"index": 0, "delta": {"content": "one"}}]}\n\n'
    count = b'data: {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 1}}\n\n'
    server.replies.append(Body(text + count))
    assert await model.complete(MESSAGES, soon()) == "one"


async def test_what_is_no_stream_is_tried_again(server: OpenAIServer, model: Model) -> None:
    server.replies.extend([Body(b"<html>502</html>", "text/html"), Answer("here")])
    assert await model.complete(MESSAGES, soon()) == "here"
    assert len(server.requests) == 2


async def test_of_several_answers_the_first_is_heard(server: OpenAIServer, model: Model) -> None:
    said = [(0, "one ", None), (1, "uno ", None), (0, "two", "stop"), (1, "dos", "length")]
    server.replies.append(
        Choices(
            tuple(
                {"index": index, "delta": {"content": content}, "finish_reason": finish}
                for index, content, finish in said
            )
        )
    )
    assert await model.complete(MESSAGES, soon()) == "one two"


async def test_a_reply_without_end_is_not_heard_out(server: OpenAIServer, model: Model) -> None:
    endless = Choices(({"index": 0, "delta": {"content": "word " * 500}},), endless=True)
    server.replies.append(endless)
    began = time.monotonic()
    assert len(await model.complete(MESSAGES, soon(60))) == LONGEST_REPLY
    assert time.monotonic() - began < 30
    await until_disconnected(server)


async def test_a_huge_piece_is_given_out_in_small_ones(server: OpenAIServer, model: Model) -> None:
    server.replies.append(Answer("x" * 10_000, chunk_size=10_000))
    pieces = [piece async for piece in model.stream(MESSAGES, soon())]
    assert "".join(pieces) == "x" * 10_000
    assert max(map(len, pieces)) < 5_000


async def test_past_the_deadline_nothing_is_asked(server: OpenAIServer, model: Model) -> None:
    reply = model.stream(MESSAGES, time.monotonic() - 1)
    assert "in time" in str(await failure_of(reply))
    assert (server.requests, reply.requests) == ([], 0)


async def test_an_empty_answer_is_empty(server: OpenAIServer, model: Model) -> None:
    server.replies.append(Empty())
    assert await model.complete(MESSAGES, soon()) == ""


async def test_a_server_that_refuses_optional_fields_is_asked_without_them(
    server: OpenAIServer, model: Model
) -> None:
    server.replies.extend([Fail(400), Answer("one"), Answer("two")])
    assert await model.complete(MESSAGES, soon()) == "one"
    assert await model.complete(MESSAGES, soon()) == "two"
    sent = [set(request.body) for request in server.requests]
    assert sent[0] >= {"stream_options", "temperature"}
    assert sent[1] == sent[2] == {"messages", "model", "stream"}


async def test_a_request_that_is_refused_either_way(server: OpenAIServer, model: Model) -> None:
    server.replies.extend([Fail(400), Fail(400), Answer("later")])
    failure = await failure_of(model.stream(MESSAGES, soon()))
    assert "refused the request (400" in str(failure)
    assert await model.complete(MESSAGES, soon()) == "later"
    assert "stream_options" in server.requests[2].body


async def test_at_most_three_requests(server: OpenAIServer, model: Model) -> None:
    server.replies.extend([Fail(400), Fail(500), Fail(500), Fail(500)])
    reply = model.stream(MESSAGES, soon())
    await failure_of(reply)
    assert reply.requests == len(server.requests) == 3


async def test_hanging_up_closes_the_connection_at_once(server: OpenAIServer, model: Model) -> None:
    server.replies.append(Drip("word " * 500, 0.02))
    reply = model.stream(MESSAGES, soon())
    async for _ in reply:
        break
    await reply.aclose()
    await until_disconnected(server)


async def test_cancelling_closes_the_connection_at_once(server: OpenAIServer, model: Model) -> None:
    server.replies.append(Hang(90))
    asking = asyncio.create_task(model.complete(MESSAGES, soon()))
    await until(lambda: bool(server.requests))
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await until_disconnected(server)


LISTED = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="descriptors are listed by Linux"
)


def connections() -> int:
    return sum(one.startswith("socket:") for one in targets_of(os.getpid()))


@LISTED
async def test_whoever_has_heard_enough_with_the_last_words_leaves_no_connection_open(
    server: OpenAIServer, model: Model
) -> None:
    async def hear_enough() -> None:
        reply = model.stream(MESSAGES, soon())
        async with aclosing(reply):
            async for piece in reply:
                if "]]" in piece:
                    break

    server.default = lambda _: "[[NO ANSWER]]"
    await hear_enough()
    before = connections()
    for _ in range(20):
        await hear_enough()
    await until(lambda: connections() <= before + 4)


@LISTED
async def test_an_event_loop_that_is_held_up_leaves_no_connection_open(
    server: OpenAIServer, model: Model
) -> None:
    async def hold_up() -> None:
        while True:
            await asyncio.sleep(0.001)
            time.sleep(0.06)  # noqa: ASYNC251  # that is what holds it up

    server.default = lambda _: "some words"
    await model.stream(MESSAGES, soon()).text()
    before = connections()
    holding = asyncio.create_task(hold_up())
    for _ in range(8):
        await asyncio.gather(*(model.stream(MESSAGES, soon()).text() for _ in range(10)))
    holding.cancel()
    await until(lambda: connections() <= before + 24)


async def until_disconnected(server: OpenAIServer) -> None:
    await until(lambda: server.requests[-1].disconnected_at is not None)


def test_a_model_serves_one_event_loop_after_another(server: OpenAIServer) -> None:
    model = model_at(server.url)
    for word in ("one", "two"):
        server.replies.append(Answer(word))
        assert asyncio.run(model.complete(MESSAGES, soon())) == word


async def test_any_model_of_llamaindex_can_be_passed_in() -> None:
    from llama_index.core.llms import MockLLM

    model = Model(MockLLM(), "mock")
    assert "من هو باقري؟" in await model.complete(MESSAGES, soon())
    assert (model.name, model.host) == ("mock", "")
    await model.aclose()


async def test_a_server_without_a_key(server: OpenAIServer) -> None:
    model = Model.from_settings(settings_of(openai_base_url=server.url, openai_model="m"))
    assert "refused the key" in str(await failure_of(model.stream(MESSAGES, soon())))
    await model.aclose()


def test_nothing_heavy_is_imported_before_the_first_use() -> None:
    code = (
        "import sys; from rag.answers.writer import Writer; from rag.answers.model import Model;"
        "from rag.settings import Settings; Writer(Model.from_settings(Settings(_env_file=None)));"
        "print([m for m in ('llama_index', 'openai', 'httpx', 'chromadb') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert found.strip() == "[]"
