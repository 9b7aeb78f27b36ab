"""A strict OpenAI-compatible server on loopback, for tests: real HTTP, from a thread of its own.

What OpenAI would refuse is refused, and takes nothing from the queues. Times are monotonic.
"""

import asyncio
import base64
import json
import math
import random
import re
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias, TypeVar

from aiohttp import web

Json: TypeAlias = dict[str, Any]
T = TypeVar("T")
Ending: TypeAlias = Literal["whole", "closed", "ended", "reset"]
"""How an answer ends: as it should; without the end of its body; with it, but without a finish and
`[DONE]`; by a reset."""


@dataclass(frozen=True)
class ChatRequest:
    """A chat request that was accepted."""

    messages: list[Json]
    model: str
    stream: bool
    body: Json
    arrived_at: float


@dataclass(frozen=True)
class Reply:
    """A good answer; `delay` is the pause between two chunks of a streamed one."""

    text: str = ""
    chunk_size: int = 16
    delay: float = 0.0
    first_byte_delay: float = 0.0
    cut_after: int | None = None
    ending: Ending = "whole"
    finish: str = "stop"


class Cut(Reply):
    """An answer that breaks off after so many characters of the text."""

    def __init__(self, text: str, after_characters: int, ending: Ending = "closed") -> None:
        super().__init__(text, cut_after=after_characters, ending=ending)


class Drip(Reply):
    """A slow answer: headers at once, then deltas or (not streamed) pieces of the JSON body."""

    def __init__(self, text: str, seconds_per_chunk: float, chunk_size: int = 8) -> None:
        super().__init__(text, chunk_size, seconds_per_chunk)


class Empty(Reply):
    """A well-formed answer with nothing in it: no text, or no vectors."""


@dataclass(frozen=True)
class Fail:
    """An HTTP error; `body` (a string is sent as HTML) replaces OpenAI's usual one."""

    status: int
    retry_after: float | str | None = None
    body: Json | str | None = None


@dataclass(frozen=True)
class Hang:
    """Nothing for so long, then the connection is closed without an answer."""

    seconds: float = 0.0


class Reset(Hang):
    """The connection is closed without an answer."""


class Crash(Hang):
    """The connection is reset without an answer, and from then on every other one is refused."""


@dataclass(frozen=True)
class Garbage:
    """Status 200 with invalid JSON, as the body or in an event stream."""


@dataclass(frozen=True)
class Body:
    """Status 200 and a body of these bytes, whatever was asked; then silence for so long."""

    content: bytes = b""
    content_type: str = "text/event-stream; charset=utf-8"
    silence: float = 0.0


@dataclass(frozen=True)
class Choices:
    """A streamed answer of these choices, as they are, one a chunk; with `endless`, for ever."""

    choices: tuple[Json, ...]
    endless: bool = False


Fault: TypeAlias = Fail | Hang | Garbage | Empty | Body | Choices
Answer: TypeAlias = Reply | Fault


@dataclass
class Received:
    """A request as it came in; header names are in lower case, and the key is left out."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    at: float
    ended_at: float | None = None  # when the server had no more to send, or hung up
    disconnected_at: float | None = None  # when the client hung up, if that was before `ended_at`


class Refusal(Exception):
    """An error answer in OpenAI's shape."""

    def __init__(self, status: int, message: str, code: str = "", param: str = "") -> None:
        kind = {429: "requests", 500: "server_error", 503: "server_error"}.get(status)
        error = {"message": message, "type": kind or "invalid_request_error"}
        self.status = status
        self.body = {"error": {**error, "param": param or None, "code": code or None}}


USUAL = {
    401: ("Incorrect API key provided: ***.", "invalid_api_key"),
    429: ("Rate limit reached for requests.", "rate_limit_exceeded"),
    500: ("The server had an error while processing your request.", ""),
    503: ("The engine is currently overloaded, please try again later.", ""),
}
CHAT = """messages model audio frequency_penalty function_call functions logit_bias logprobs
    max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction
    presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort
    response_format safety_identifier seed service_tier stop store stream stream_options temperature
    tool_choice tools top_logprobs top_p user verbosity web_search_options"""
_UNTIL_READ = 0.05  # a reset takes with it what the client has not read yet
_BETWEEN_ROUNDS = 0.002
MESSAGE = "role content name refusal tool_calls tool_call_id"
PARTS = {"user": "text image_url input_audio file", "assistant": "text refusal", "tool": "text",
         "system": "text", "developer": "text"}  # fmt: skip
TYPES: dict[str, list[type]] = {
    "model": [str], "messages": [list], "stream": [bool], "stream_options": [dict], "n": [int],
    "temperature": [int, float], "top_p": [int, float], "max_tokens": [int], "stop": [str, list],
    "max_completion_tokens": [int], "seed": [int], "tools": [list], "response_format": [dict],
    "reasoning_effort": [str], "role": [str], "content": [str, list], "type": [str], "text": [str],
    "input": [str, list], "dimensions": [int], "encoding_format": [str], "include_usage": [bool],
}  # fmt: skip


def require(good: object, param: str, why: str, code: str = "invalid_value") -> None:
    """Refuse the request unless `good`."""
    if not good:
        raise Refusal(400, f"Invalid '{param}': {why}.", code, param)


def check(value: Any, known: str, required: Iterable[str], at: str = "") -> None:
    """Refuse fields that are missing, unknown or of a wrong type; null is as good as absent."""
    require(isinstance(value, dict), at.rstrip(".") or "body", "not an object", "invalid_type")
    for name in required:
        require(value.get(name) is not None, at + name, "missing", "missing_required_parameter")
    for name, item in value.items():
        require(name in known.split(), at + name, "unknown parameter", "unknown_parameter")
        fits = item is None or type(item) in TYPES.get(name, [type(item)])
        require(fits, at + name, "wrong type", "invalid_type")


def check_chat(body: Json) -> None:
    """Refuse a chat request that OpenAI would refuse, or that asks for several choices."""
    check(body, CHAT, ("model", "messages"))
    if body.get("stream_options") is not None:
        require(body.get("stream"), "stream_options", "only allowed when 'stream' is enabled")
        check(body["stream_options"], "include_usage include_obfuscation", (), "stream_options.")
    require(0 <= (body.get("temperature") or 0) <= 2, "temperature", "not from 0 to 2")
    require(body.get("n") in (None, 1), "n", "not 1")
    require(body["messages"], "messages", "empty array", "empty_array")
    for number, message in enumerate(body["messages"]):
        at = f"messages[{number}]."
        check(message, MESSAGE, ("role",), at)
        role, content = message["role"], message.get("content")
        require(role in PARTS, at + "role", "no such role")
        called = role == "assistant" and message.get("tool_calls")
        require(called or content not in (None, []), at + "content", "missing", "invalid_type")
        require(role != "tool" or message.get("tool_call_id"), at + "tool_call_id", "missing")
        for index, part in enumerate(content if isinstance(content, list) else ()):
            inside = f"{at}content[{index}]."
            kind = part.get("type") if isinstance(part, dict) else None
            require(kind in PARTS[role].split(), inside + "type", f"not a part for the {role}")
            check(part, f"type {kind}", (str(kind),), inside)


def text_of(message: Json) -> str:
    """The text of a message, whether its content is a string or an array of parts."""
    content = message.get("content") or ""
    parts = [{"text": content}] if isinstance(content, str) else content
    return "\n".join(part["text"] for part in parts if "text" in part)


FRAME = re.compile(r'<source id="([0-9]+)"[^>]*>(.*?)</source>', re.DOTALL)
SENTENCE = re.compile(r"^[ \t]*\[([0-9]+)\.([1-9][0-9]*)\][ \t]+(\S.*)$", re.MULTILINE)


class EchoCiter:
    """A model that cites the first sentence framed in the last user message or system prompt."""

    def __call__(self, request: ChatRequest) -> str:
        """The sentence and its label; [2.0] is a title, not a sentence."""
        users = [message for message in request.messages if message["role"] == "user"]
        prompts = [m for m in request.messages if m["role"] in ("system", "developer")]
        for frame in FRAME.finditer("\n".join(map(text_of, users[-1:] + prompts))):
            for source, number, sentence in SENTENCE.findall(frame[2]):
                if source == frame[1]:
                    return f"{sentence.strip()} [{source}.{number}]"
        return "[[NO ANSWER]]"


def obey(request: ChatRequest) -> str:
    """A gullible `EchoCiter` that says whatever follows each `SAY:` outside of the source frames.

    A frame ends at the first `</source>`, so what a document smuggles past its frame is obeyed.
    """
    outside = "\n".join(FRAME.sub("\n", text_of(message)) for message in request.messages)
    return "\n".join(re.findall(r"SAY:[ \t]*(.*\S)", outside)) or EchoCiter()(request)


def unit(vector: list[float]) -> list[float]:
    """The vector scaled to length 1."""
    norm = math.hypot(*vector) or 1.0
    return [value / norm for value in vector]


def hash_vector(text: str, dimensions: int) -> list[float]:
    """A unit vector that depends on the text alone, the same in every process."""
    source = random.Random(text)
    return unit([source.gauss() for _ in range(dimensions)])


def dumps(value: Json) -> str:
    """JSON with its text in UTF-8, as OpenAI sends it."""
    return json.dumps(value, ensure_ascii=False)


def chat_pieces(request: ChatRequest, reply: Reply) -> list[bytes]:
    """The body of an answer, in the pieces to send it in."""
    kept, size = reply.text[: reply.cut_after], reply.chunk_size
    whole = reply.ending == "whole"
    texts = [kept[at : at + size] for at in range(0, len(kept), size)] or [""]
    asked, said = sum(len(text_of(m).split()) for m in request.messages), len(kept.split())
    usage = {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
    head: Json = {"id": f"chatcmpl-{time.monotonic_ns()}", "created": int(time.time()),
                  "model": request.model, "object": "chat.completion"}  # fmt: skip
    if not request.stream:  # what is cut off the body is all that follows the text
        message = {"role": "assistant", "refusal": None, "content": kept}
        choice = {"index": 0, "finish_reason": reply.finish, "message": message}
        body = dumps({**head, "usage": usage, "choices": [choice]}).encode()
        body = body if whole else body.removesuffix(b'"}}]}')
        step = math.ceil(len(body) / len(texts)) if isinstance(reply, Drip) else len(body)
        return [body[at : at + step] for at in range(0, len(body), step)]
    counted = (request.body.get("stream_options") or {}).get("include_usage")
    head = {**head, "object": "chat.completion.chunk", **({"usage": None} if counted else {})}

    def event(delta: Json, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {dumps({**head, 'choices': [choice]})}\n\n"

    pieces = [event({"content": text}) if text else "" for text in texts]
    pieces[0] = event({"role": "assistant", "content": ""}) + pieces[0]
    if whole:
        last = f"data: {dumps({**head, 'choices': [], 'usage': usage})}\n\n" if counted else ""
        pieces[-1] += event({}, reply.finish) + last + "data: [DONE]\n\n"
    return [piece.encode() for piece in pieces]


class OpenAIServer:
    """The server, a context manager; its settings and queues may be changed while it runs.

    Its callables run in threads; one that raises makes a 500, and a traceback in the log.
    """

    def __init__(
        self, key: str = "sk-test", models: Iterable[str] = (), dimensions: int = 64
    ) -> None:
        self.key, self.models, self.dimensions, self.url = key, list(models), dimensions, ""
        self.default: Callable[[ChatRequest], Answer | str] = EchoCiter()
        self.replies: deque[Answer | Callable[[ChatRequest], Answer | str]] = deque()
        self.embed: Callable[[list[str]], list[list[float]]] = self._hash_vectors
        self.embedding_faults: deque[Fault | None] = deque()  # None lets one request through
        self.embedded: Counter[str] = Counter()
        self.requests: list[Received] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.url = self._run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _start(self) -> str:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def _stop(self) -> None:
        for record in self.requests:  # it is the server that hangs up now
            record.ended_at = record.ended_at or time.monotonic()
        await self._runner.cleanup()

    def _hash_vectors(self, texts: list[str]) -> list[list[float]]:
        return [hash_vector(text, self.dimensions) for text in texts]

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        """Log a request, answer or refuse it, and note when its client hangs up."""
        raw = await http.read()
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = raw.decode(errors="replace")
        headers = {name.lower(): v for name, v in http.headers.items() if self.key not in v}
        headers.pop("authorization", None)
        record = Received(http.method, http.path, headers, body, time.monotonic())
        self.requests.append(record)
        try:
            return await self._answer(http, record)
        except Refusal as refusal:
            return web.json_response(refusal.body, status=refusal.status)
        except asyncio.CancelledError:
            if record.ended_at is None:
                record.disconnected_at = time.monotonic()
            raise
        except ConnectionError:  # the client hung up while something was sent to it
            if record.ended_at is None:
                record.disconnected_at = time.monotonic()
            return web.Response()
        finally:
            record.ended_at = record.ended_at or time.monotonic()

    async def _answer(self, http: web.Request, record: Received) -> web.StreamResponse:
        if http.headers.get("Authorization") != f"Bearer {self.key}":
            raise Refusal(401, *USUAL[401])
        if (http.method, http.path) == ("GET", "/v1/models"):
            about = {"object": "model", "created": 0, "owned_by": "tests"}
            models = [{"id": model, **about} for model in self.models]
            return web.json_response({"object": "list", "data": models})
        answers = {"/v1/chat/completions": self._chat, "/v1/embeddings": self._embeddings}
        if http.method != "POST" or http.path not in answers:
            raise Refusal(404, f"Invalid URL ({http.method} {http.path})")
        require(http.content_type == "application/json", "Content-Type", "not application/json")
        return await answers[http.path](http, record)

    def _check_model(self, model: str) -> None:
        if self.models and model not in self.models:
            raise Refusal(404, f"The model `{model}` does not exist.", "model_not_found", "model")

    async def _chat(self, http: web.Request, record: Received) -> web.StreamResponse:
        body = record.body
        check_chat(body)
        self._check_model(body["model"])
        stream = bool(body.get("stream"))
        request = ChatRequest(body["messages"], body["model"], stream, body, record.at)
        scripted = self.replies.popleft() if self.replies else self.default
        answer: Answer | str
        if isinstance(scripted, Answer):
            answer = scripted
        else:
            answer = await asyncio.to_thread(scripted, request)
        reply = Reply(answer) if isinstance(answer, str) else answer
        if not isinstance(reply, Reply):
            return await self._fault(http, record, reply, stream)
        await asyncio.sleep(reply.first_byte_delay)
        pieces = chat_pieces(request, reply)
        return await self._send(http, record, pieces, stream, reply.delay, reply.ending)

    async def _embeddings(self, http: web.Request, record: Received) -> web.StreamResponse:
        body = record.body
        check(body, "input model dimensions encoding_format user", ("model", "input"))
        self._check_model(body["model"])
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        good = 1 <= len(texts) <= 2048 and all(isinstance(text, str) and text for text in texts)
        require(good, "input", "not 1 to 2048 strings, none of them empty")
        form, size = body.get("encoding_format") or "float", body.get("dimensions")
        require(form in ("float", "base64"), "encoding_format", "neither 'float' nor 'base64'")
        require(size is None or 1 <= size <= self.dimensions, "dimensions", "out of range")
        fault = self.embedding_faults.popleft() if self.embedding_faults else None
        if fault is not None and not isinstance(fault, Empty):
            return await self._fault(http, record, fault, stream=False)
        vectors = [] if fault is not None else await self._paid_for(texts)
        data: list[Json] = []
        for index, vector in enumerate(vectors):
            value = vector if size is None else unit(vector[:size])
            packed = base64.b64encode(struct.pack(f"<{len(value)}f", *value)).decode()
            embedding = packed if form == "base64" else value
            data.append({"object": "embedding", "index": index, "embedding": embedding})
        usage = dict.fromkeys(("prompt_tokens", "total_tokens"), sum(map(len, texts)) // 4)
        answer = {"object": "list", "data": data, "model": body["model"], "usage": usage}
        return web.json_response(answer)

    async def _paid_for(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, which are counted at once: a client that hangs up pays too."""
        self.embedded.update(texts)
        try:
            return await asyncio.to_thread(self.embed, texts)
        except Exception:
            self.embedded -= Counter(texts)
            raise

    async def _fault(
        self, http: web.Request, record: Received, fault: Fault, stream: bool
    ) -> web.StreamResponse:
        if isinstance(fault, Fail):
            usual = Refusal(fault.status, *USUAL.get(fault.status, ("The request failed.",)))
            headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            if isinstance(fault.body, str):
                return web.Response(
                    status=fault.status, headers=headers, text=fault.body, content_type="text/html"
                )
            body = usual.body if fault.body is None else fault.body
            return web.json_response(body, status=fault.status, headers=headers)
        if isinstance(fault, Crash):
            await self._site.stop()
            return self._hang_up(http, record, web.Response(), reset=True)
        if isinstance(fault, Hang):
            await asyncio.sleep(fault.seconds)
            return self._hang_up(http, record, web.Response())
        if isinstance(fault, Body):
            return await self._send_body(http, record, fault)
        if isinstance(fault, Choices):
            require(stream, "stream", "these choices are only streamed")
            return await self._send_choices(http, record, fault)
        broken = b'{"id": "chatcmpl-0", "choices": [oops'
        pieces = [b"data: " + broken + b"\n\n"] if stream else [broken]
        return await self._send(http, record, pieces, stream)

    async def _send(
        self, http: web.Request, record: Received, pieces: list[bytes], stream: bool,
        pause: float = 0.0, ending: Ending = "whole",
    ) -> web.StreamResponse:  # fmt: skip
        kind = "text/event-stream; charset=utf-8" if stream else "application/json"
        response = web.StreamResponse(headers={"Content-Type": kind})
        await response.prepare(http)
        for number, piece in enumerate(pieces):
            await asyncio.sleep(pause if number else 0.0)
            if number == len(pieces) - 1:  # from here on, a client that leaves is not early
                record.ended_at = time.monotonic()
            await response.write(piece)
        if ending in ("whole", "ended"):
            return response
        if ending == "reset":
            await asyncio.sleep(_UNTIL_READ)
        return self._hang_up(http, record, response, reset=ending == "reset")

    async def _send_body(
        self, http: web.Request, record: Received, body: Body
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": body.content_type})
        await response.prepare(http)
        await response.write(body.content)
        await asyncio.sleep(body.silence)
        record.ended_at = time.monotonic()
        return response

    async def _send_choices(
        self, http: web.Request, record: Received, answer: Choices
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(http)
        head = {"id": "chatcmpl-0", "created": 0, "model": record.body["model"],
                "object": "chat.completion.chunk"}  # fmt: skip
        while True:
            for choice in answer.choices:
                await response.write(f"data: {dumps({**head, 'choices': [choice]})}\n\n".encode())
            if not answer.endless:
                record.ended_at = time.monotonic()
                await response.write(b"data: [DONE]\n\n")
                return response
            await asyncio.sleep(_BETWEEN_ROUNDS)

    def _hang_up(
        self, http: web.Request, record: Received, response: web.StreamResponse,
        *, reset: bool = False,
    ) -> web.StreamResponse:  # fmt: skip
        record.ended_at = record.ended_at or time.monotonic()
        if http.transport is not None and reset:
            linger = struct.pack("ii", 1, 0)
            http.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
            http.transport.abort()
        elif http.transport is not None:
            http.transport.close()  # what was written is sent, and no end of the body after it
        return response
