"""A model that misbehaves, at every step at which it is asked: what the reader gets all the same.

Each row is a fault of the model or of its server. It strikes one step of a question at a time
(rewriting a follow-up, translating a question, writing, the second try in the right language,
judging, translating quotations) while the others go well, over real HTTP and through the whole
knowledge base.

Whatever happens, within OPENAI_TIMEOUT the reader gets an answer of which every sentence is proved
by its citation: the model's where it wrote one, else quotations with a line that says why.
"""

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
import pytest_asyncio

from rag.answers.answer import Answer, ClaimKind, Mode
from rag.answers.model import Message, Model
from rag.answers.quoter import without_marks
from rag.answers.reply import MOST_REQUESTS
from rag.answers.reply import Reply as ModelReply
from rag.answers.responder import WORDS
from rag.index.embedding import LocalEmbedder
from rag.knowledge_base import RESERVE, KnowledgeBase, Turn
from rag.settings import Settings
from tests.library import settings_of
from tests.offline import sitecustomize as offline
from tests.servers import openai_api as server_of
from tests.servers.openai_api import (
    Body,
    ChatRequest,
    Choices,
    Crash,
    Cut,
    Drip,
    Empty,
    Fail,
    Garbage,
    Hang,
    OpenAIServer,
    Reply,
    Reset,
    text_of,
)
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEY = "sk-test-1234567890"
MARGIN = 30.0
"""Seconds past OPENAI_TIMEOUT that a loaded machine may take to say what there is to say."""
SILENCE = 8.0
"""OPENAI_TIMEOUT where a model falls silent. In a quarter of it, what does answer has answered."""


class Step(StrEnum):
    """Where the model is asked."""

    REWRITING = "rewriting a follow-up"
    TRANSLATING = "translating a question"
    WRITING = "writing"
    SECOND_TRY = "writing, the second try"
    JUDGING = "judging"
    QUOTATIONS = "translating quotations"


class Gets(StrEnum):
    """What the reader gets."""

    ANSWER = "the model's answer, verified and judged"
    UNJUDGED = "the model's answer, verified but not judged"
    CUT_SHORT = "the verified part of the model's answer, said to be cut short"
    LATE = "the verified part of the model's answer, said to be cut short, not judged"
    FAILED = "quotations, since the model failed"
    UNVERIFIED = "quotations, since what the model wrote could not be verified"
    FOREIGN = "quotations, since the model wrote in another language"


class Searched(StrEnum):
    """How the question is searched where the fault strikes its rewriting or translation."""

    OURS = "as it is understood without a model"
    MODELS = "as the model put it"


SaidInstead: TypeAlias = Callable[[str], server_of.Answer]
"""What the server sends, given what a good model would say."""
Fault: TypeAlias = server_of.Answer | SaidInstead


@dataclass(frozen=True)
class Row:
    """A fault, and what is promised where it strikes."""

    fault: Fault
    logged: str = ""
    """What the log says, wherever it strikes; empty: nothing."""
    requests: int = 1
    """To the server at the step that it strikes."""
    writing: Gets = Gets.FAILED
    """What the reader gets where it strikes the writing, first or second try."""
    judging: Gets = Gets.UNJUDGED
    rewriting: Searched = Searched.OURS
    only_once: bool = False
    """Whether the server behaves at the second request."""
    timeout: float = 60.0
    """OPENAI_TIMEOUT."""
    seconds: tuple[float, float] = (0.0, MARGIN)
    """The least and the most to the reader's answer."""


def refused(fault: Fault, logged: str) -> Row:
    """Quotations, without waiting for anything."""
    return Row(fault, logged)


def tried_twice(fault: Fault, logged: str, **more: Any) -> Row:
    """Quotations, after a second try and a short pause before it."""
    return Row(fault, logged, 2, **{"seconds": (0.2, MARGIN), **more})


def silent(fault: Fault, **more: Any) -> Row:
    """Quotations, at the deadline, but for what is kept to quote them."""
    late = "did not answer in time"
    seconds = (SILENCE - RESERVE, SILENCE + MARGIN)
    return Row(fault, late, timeout=SILENCE, seconds=seconds, **more)


def cut_short(fault: Fault, logged: str = "broke off") -> Row:
    """What came until then."""
    return Row(fault, logged, writing=Gets.CUT_SHORT)


def unproved(fault: Fault, **more: Any) -> Row:
    """Quotations, since nothing of what arrives can be verified."""
    return Row(fault, writing=Gets.UNVERIFIED, **more)


def no_harm(fault: Fault, rewriting: Searched = Searched.MODELS) -> Row:
    """The answer, as if nothing were wrong."""
    return Row(fault, writing=Gets.ANSWER, judging=Gets.ANSWER, rewriting=rewriting)


def in_seconds(seconds: float) -> SaidInstead:
    """Asked too often; the date on which to try again."""

    def fail(_: str) -> Fail:
        date = datetime.now(UTC) + timedelta(seconds=seconds)
        return Fail(429, retry_after=format_datetime(date, usegmt=True))

    return fail


def streamed(content: str | None, **more: Any) -> server_of.Json:
    return {"index": 0, "delta": {"content": content, **more}, "finish_reason": None}


def ended(reason: str) -> server_of.Json:
    return {"index": 0, "delta": {}, "finish_reason": reason}


def event(*choices: server_of.Json) -> bytes:
    return f"data: {server_of.dumps({'id': 'x', 'choices': list(choices)})}\n\n".encode()


POISON = "باقري رجل طيب يحب الشاي"
"""Stands in everything that a model says and no document does."""
WALL = f"{POISON} وقد قال كلاما كثيرا عن كل شيء ثم عاد إلى بيته. "
HTML = f"<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body>{POISON} {KEY}</body>"
ERROR: server_of.Json = {"error": {"message": f"{POISON} {KEY}", "type": "server_error"}}
CALL = {"index": 0, "id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
IN_RUSSIAN = "Багери очень добрый человек и любит чай"
MIXED = [{"index": 1, "delta": {"content": f"{POISON}. "}, "finish_reason": None}]


def in_turns(good: str) -> Choices:
    """Two answers although one was asked for, a piece of each in turns."""
    pieces = [good[at : at + 9] for at in range(0, len(good), 9)]
    return Choices((*(one for piece in pieces for one in (streamed(piece), *MIXED)), ended("stop")))


def midway(good: str) -> str:
    """An answer that goes on, or JSON, of which something is missing."""
    return good.removesuffix("}") if good.startswith("{") else f"{good}. {POISON} ولكن"


def cut(ending: server_of.Ending) -> SaidInstead:
    return lambda good: Cut(midway(good), len(midway(good)), ending)


ROWS = {
    # The server refuses. What trying again cannot help is not tried again.
    "401": refused(Fail(401, body=ERROR), "refused the key (401). Check OPENAI_API_KEY."),
    "403": refused(Fail(403, body=ERROR), "refused the key (403). Check OPENAI_API_KEY."),
    "404, an unknown model": refused(
        Fail(404, body=ERROR), "does not know the model gpt-4.1-mini (404). Check OPENAI_MODEL"
    ),
    "400, also without optional fields": Row(
        Fail(400, body=ERROR), "refused the request (400)", requests=2
    ),
    # It is too busy, or broken. There are two tries, and Retry-After is heeded within the deadline.
    "429": tried_twice(Fail(429), "asked too often (429)"),
    "429 once": tried_twice(Fail(429), "", only_once=True),
    "429 once, Retry-After: 1": tried_twice(
        Fail(429, retry_after=1), "", only_once=True, seconds=(1.2, MARGIN)
    ),
    "429, Retry-After: a date soon": tried_twice(
        in_seconds(1), "asked too often (429)", seconds=(0.2, MARGIN)
    ),
    "429, Retry-After: 60": refused(Fail(429, retry_after=60), "asked too often (429)"),
    "429, Retry-After: a date far off": refused(in_seconds(3600), "asked too often (429)"),
    "500": tried_twice(Fail(500, body=HTML), "failed (500)"),
    "503": tried_twice(Fail(503, body=ERROR), "failed (503)"),
    "a connection that is closed": tried_twice(Reset(), "cannot be reached"),
    # It is silent. Rewriting may take a quarter of the time, all the rest takes what is left.
    "a hang before headers": silent(Hang(90)),
    "a hang after headers": silent(Body(silence=90)),
    "a slow drip": silent(lambda good: Drip(good, 2.0, 4)),
    "a hang after the first sentence": silent(
        lambda good: Body(event(streamed(midway(good))), silence=90), writing=Gets.LATE
    ),
    # The stream breaks off. Once something was read, the request is not made again.
    "a reset in the middle": cut_short(cut("reset")),
    "a close in the middle": cut_short(cut("closed")),
    "an end in the middle, without [DONE]": cut_short(cut("ended")),
    "invalid UTF-8 in the middle": cut_short(
        lambda good: Body(event(streamed(midway(good))) + b"data: \xff\xfe\n\n"), "cannot be read"
    ),
    "finish_reason length": cut_short(
        lambda good: Reply(midway(good), finish="length"), "longer than its server allows"
    ),
    "finish_reason content_filter": cut_short(
        lambda good: Reply(midway(good), finish="content_filter"), "filter stopped the answer"
    ),
    "finish_reason length before anything": refused(
        Reply(finish="length"), "longer than its server allows"
    ),
    "an end before anything": tried_twice(Cut("", 0, "ended"), "broke off"),
    # What arrives is no answer.
    "an empty answer": Row(Empty()),
    "null content": Row(Choices((streamed(None), streamed(None), ended("stop")))),
    "a tool call": Row(Choices((streamed(None, tool_calls=[CALL]), ended("tool_calls")))),
    "an HTML page with status 200": tried_twice(Body(HTML.encode(), "text/html"), "cannot be read"),
    "a whole completion instead of a stream": tried_twice(
        lambda good: Body(server_of.dumps({"choices": [{"message": {"content": good}}]}).encode()),
        "cannot be read",
    ),
    "an error in the stream": tried_twice(
        Body(f"data: {server_of.dumps(ERROR)}\n\n".encode()), "server failed"
    ),
    "invalid JSON": tried_twice(Garbage(), "cannot be read"),
    "JSON of another shape": refused(Body(b'data: {"choices": null}\n\n'), "model failed"),
    "garbage bytes": tried_twice(Body(bytes(range(256)) * 8), "cannot be read"),
    "invalid UTF-8": tried_twice(
        Body(event(streamed("?")).replace(b"?", b"\xff\xfe\xc3\x28")), "cannot be read"
    ),
    # What arrives is an answer, but not as it was asked for.
    "no marks at all": unproved(Reply(f"{POISON}. وهو يحب السفر أيضا.")),
    "invented ids": unproved(Reply(f"{POISON} [77.3]. وهو يحب السفر أيضا [1.99].")),
    "JSON instead of prose": unproved(Reply(f'{{"answer": "{POISON} [1.1].", "confidence": 0.9}}')),
    "another language": Row(Reply(f"{IN_RUSSIAN} [1.1]."), writing=Gets.FOREIGN),
    "a remark before the answer": no_harm(
        lambda good: Reply(good if good.startswith("{") else f"{IN_RUSSIAN}:\n{good}")
    ),
    "an empty part that is missing": no_harm(
        lambda good: Reply(
            good if good.startswith("{") else f"[[MISSING:]] {good}.\n[[MISSING:]]\n"
        )
    ),
    "reasoning in <think>": no_harm(
        lambda good: Reply(f"<think>{POISON} [1.1]. {{}}</think>{good}")
    ),
    "reasoning whose tag was not opened": no_harm(
        lambda good: Reply(f"{IN_RUSSIAN}. {POISON}.\n</think>\n{good}")
    ),
    "reasoning that never ends": Row(
        lambda good: Reply(f'<think>{POISON} [1.1]. {{"1": "neither", "question": "؟"}} {good}')
    ),
    "reasoning in reasoning_content": no_harm(
        lambda good: Choices(
            (streamed("", reasoning_content=f"{POISON} [1.1]."), streamed(good), ended("stop"))
        )
    ),
    "several choices": no_harm(in_turns),
    # There is no end of it.
    "a wall of text": unproved(Reply(WALL * 2_000, 4_096)),
    "a wall of words": unproved(Reply(f"{POISON} " * 5_000, 4_096)),
    "a wall of brackets": Row(Reply("[" * 100_000, 4_096)),
    "a huge chunk": no_harm(
        lambda good: Reply(f"{good}. {WALL * 4_000}", 10_000_000), rewriting=Searched.OURS
    ),
    "a sentence again and again, for ever": no_harm(
        lambda good: Choices((streamed(f"{good} " * 20),), endless=True), rewriting=Searched.OURS
    ),
    "words again and again, for ever": unproved(
        Choices((streamed(f"{POISON} " * 20),), endless=True)
    ),
}

# The questions, and a model that behaves

FILE = "003_bc0966837ce6fdc6.txt"
WHO = "من هي كارولين روز؟"
IN_ARABIC = (
    "وقالت كارولين روز، كبيرة المحللين في معهد نيولاينز بواشنطن، أثناء مناقشة هذا التعاون الدفاعي "
    "مع المونيتور، “إن زيارة الوفد العسكري الإيراني في باكستان تدل على اهتمام إيران بتعزيز "
    "العلاقات الدفاعية وسبل التعاون في وسط وجنوب آسيا.”"
)
IN_ENGLISH = "Caroline Rose is a senior analyst at the Newlines Institute"
TRANSLATION = (
    "Caroline Rose, senior analyst at the Newlines Institute in Washington, said while discussing "
    "this defence cooperation with Al-Monitor: “The visit of the Iranian military delegation to "
    "Pakistan shows Iran's interest in strengthening defence relations and ways of cooperation in "
    "Central and South Asia.”"
)
EARLIER = Turn(WHO, "كبيرة المحللين في معهد نيولاينز.", (FILE,))
QUESTIONS: dict[Step, tuple[str, tuple[Turn, ...]]] = {
    Step.REWRITING: ("وماذا قالت؟", (EARLIER,)),
    Step.TRANSLATING: ("Who is Caroline Rose?", ()),
    Step.WRITING: (WHO, ()),
    Step.SECOND_TRY: (WHO, ()),
    Step.JUDGING: (WHO, ()),
    Step.QUOTATIONS: ("Who is Caroline Rose?", ()),
}
IN_ENGLISH_STEPS = (Step.TRANSLATING, Step.QUOTATIONS)
UNDERSTOOD = "من هي كارولين روز وما عملها؟"
SENTENCE = re.compile(r"^\[(\d+\.\d+)\] (.*كبيرة المحللين.*)$", re.MULTILINE)
NUMBER = re.compile(r" ?\[(\d+)\]")


class Scene:
    """A server whose model behaves, but for a fault at one step."""

    def __init__(self, step: Step, row: Row | None = None) -> None:
        self.step, self.row = step, row
        self._struck = False

    def __call__(self, request: ChatRequest) -> server_of.Answer | str:
        """The answer to a request."""
        step, good = self.step_of(request.messages), self._good(request)
        if step is self.step and self.row and not (self._struck and self.row.only_once):
            self._struck = True
            fault = self.row.fault
            return fault(good) if callable(fault) else fault
        if step is Step.WRITING and self.step is Step.SECOND_TRY:
            return f"{IN_RUSSIAN} [1.1]."
        return good

    def step_of(self, messages: list[server_of.Json]) -> Step:
        """The step that a request belongs to, by what it asks for."""
        instructions, question = text_of(messages[0]), text_of(messages[-1])
        if '{"verdicts"' in instructions:
            return Step.JUDGING
        if '{"translations"' in instructions:
            return Step.QUOTATIONS
        if '{"question"' in instructions:
            return Step.TRANSLATING if self.step in IN_ENGLISH_STEPS else Step.REWRITING
        return Step.SECOND_TRY if "(Write the answer in" in question else Step.WRITING

    def steps(self, requests: Iterable[server_of.Received]) -> list[Step]:
        """The steps that requests belong to."""
        return [self.step_of(request.body["messages"]) for request in requests]

    def _good(self, request: ChatRequest) -> str:
        match self.step_of(request.messages):
            case Step.JUDGING:
                return '{"verdicts": {"1": "supports"}}'
            case Step.REWRITING | Step.TRANSLATING:
                return f'{{"question": "{UNDERSTOOD}"}}'
            case Step.QUOTATIONS:
                return f'{{"translations": {{"1": "{TRANSLATION}"}}}}'
        found = SENTENCE.search("\n".join(map(text_of, request.messages)))
        assert found
        written = IN_ENGLISH if self.step in IN_ENGLISH_STEPS else found[2]
        return f"{written} [{found[1]}]"


@dataclass(frozen=True)
class Seen:
    """What a reader saw of an answer, and what the server saw of the question."""

    answer: Answer
    seconds: float
    shown: tuple[str, ...]
    """The text each time that it grew."""
    requests: dict[Step, int]


class Place(NamedTuple):
    """A server, and the model that is asked there."""

    server: OpenAIServer
    model: Model


@dataclass(frozen=True)
class Collection:
    """The seeds, indexed, and for each step a place where its question is asked."""

    settings: Settings
    embedder: LocalEmbedder
    places: dict[Step, Place]

    @asynccontextmanager
    async def model(self, url: str) -> AsyncIterator[Model]:
        """The model at an address."""
        made = Model.from_settings(self.settings.model_copy(update={"openai_base_url": url}))
        await made.prepare()
        yield made
        await made.aclose()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """A place of one's own."""
        with OpenAIServer(key=KEY) as server:
            async with self.model(server.url) as model:
                yield Place(server, model)

    async def ask(
        self, step: Step, model: Model, seconds: float, on_text: Callable[[str], None] | None = None
    ) -> tuple[Answer, float]:
        """The answer to the question that leads to a step, and the seconds until it was there.

        `seconds` are what OPENAI_TIMEOUT allows.
        """
        settings = self.settings.model_copy(update={"openai_timeout": seconds})
        question, history = QUESTIONS[step]
        with KnowledgeBase(settings, self.embedder, model) as knowledge:
            began = time.monotonic()
            answer = await knowledge.ask(question, history, on_text)
            return answer, time.monotonic() - began

    def proves(self, answer: Answer) -> None:
        """Nothing is said that its citation does not prove, and nothing leaks."""
        numbers = list(dict.fromkeys(int(number) for number in NUMBER.findall(answer.text)))
        assert numbers == [citation.n for citation in answer.citations]
        for citation in answer.citations:
            text = (self.settings.documents_dir / citation.file).read_text(encoding="utf-8")
            assert text[citation.start : citation.end] == citation.quote
        quotes = {one.n: one.quote for one in answer.citations}
        assert answer.claims
        for claim in answer.claims:
            assert claim.citations
            (quote, *_) = (quotes[number] for number in claim.citations)
            if claim.kind is ClaimKind.QUOTE:
                assert claim.text == without_marks(quote)
            else:
                assert is_true(claim.text)
                assert "كبيرة المحللين" in quote
        translations = [one.translation for one in answer.citations]
        assert set(translations) <= {None, TRANSLATION}
        said = f"{answer.text} {answer.notice} {answer.missing} {translations}"
        assert POISON not in said
        assert IN_RUSSIAN not in said
        assert KEY not in str(answer)
        assert "Traceback" not in str(answer)


def is_true(text: str) -> bool:
    """Whether a text is the one sentence that a good model writes."""
    return " ".join(text.split()).removesuffix(".") in (IN_ENGLISH, IN_ARABIC)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def collection(
    seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Collection]:
    settings = settings_of(
        documents_dir=seeds, data_dir=tmp_path_factory.mktemp("seeds"), openai_api_key=KEY
    )
    made = Collection(settings, LocalEmbedder(), {})
    with KnowledgeBase(settings, made.embedder) as knowledge:
        await knowledge.sync()
    async with AsyncExitStack() as stack:
        for step in Step:
            made.places[step] = await stack.enter_async_context(made.place())
        # The first questions wait for seconds of imports, which belong to no row.
        await asyncio.gather(*(strike(made, step, Row(Empty(), timeout=60.0)) for step in Step))
        yield made


@pytest.fixture(autouse=True)
def _no_traceback_and_no_secret(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.INFO)
    yield
    assert KEY not in caplog.text
    assert POISON not in caplog.text
    assert "Traceback" not in caplog.text
    assert [one for one in caplog.records if one.levelno >= logging.ERROR or one.exc_info] == []


# What the reader gets


def gets(answer: Answer) -> Gets:
    """What the reader of an answer gets, by its mode and its notice."""
    notices = {
        WORDS(key, answer.language): key
        for key in ("no-model", "model-unverified", "wrong-language", "cut-short")
    }
    key = notices[answer.notice] if answer.notice else None
    found = {
        (Mode.GENERATED, None, True): Gets.ANSWER,
        (Mode.GENERATED, None, False): Gets.UNJUDGED,
        (Mode.GENERATED, "cut-short", True): Gets.CUT_SHORT,
        (Mode.GENERATED, "cut-short", False): Gets.LATE,
        (Mode.QUOTED, "no-model", False): Gets.FAILED,
        (Mode.QUOTED, "model-unverified", False): Gets.UNVERIFIED,
        (Mode.QUOTED, "wrong-language", False): Gets.FOREIGN,
    }
    return found[answer.mode, key, answer.judged]


def promised(step: Step, row: Row) -> tuple[Gets, dict[Step, int]]:
    """What the reader is to get where the fault of a row strikes a step, and for which requests."""
    if step in (Step.REWRITING, Step.TRANSLATING):
        requests: dict[Step, int] = {step: row.requests, Step.WRITING: 1, Step.JUDGING: 1}
        return Gets.ANSWER, requests | ({Step.QUOTATIONS: 1} if step is Step.TRANSLATING else {})
    if step is Step.QUOTATIONS:
        before = dict.fromkeys((Step.TRANSLATING, Step.WRITING, Step.JUDGING), 1)
        return Gets.ANSWER, {**before, step: row.requests}
    if step is Step.JUDGING:
        judging = Gets.ANSWER if row.only_once else row.judging
        return judging, {Step.WRITING: 1, Step.JUDGING: row.requests}
    requests = {Step.WRITING: 1, step: row.requests}
    writing = Gets.ANSWER if row.only_once else row.writing
    if writing is Gets.FOREIGN and step is Step.WRITING:
        writing, requests[Step.SECOND_TRY] = Gets.ANSWER, 1  # the second try helps
    if writing in (Gets.ANSWER, Gets.CUT_SHORT):
        requests[Step.JUDGING] = 1
    return writing, requests


async def strike(collection: Collection, step: Step, row: Row, place: Place | None = None) -> Seen:
    """Ask the question that leads to a step, and let the fault of a row strike it."""
    scene, shown = Scene(step, row), list[str]()
    at = place or collection.places[step]
    at.server.default, before = scene, len(at.server.requests)
    answer, seconds = await collection.ask(step, at.model, row.timeout, shown.append)
    requests = scene.steps(at.server.requests[before:])
    return Seen(answer, seconds, tuple(shown), dict(Counter(requests)))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
async def test_whatever_the_model_does_the_reader_gets(
    collection: Collection, row: Row, caplog: pytest.LogCaptureFixture
) -> None:
    # The six questions are asked at the same time, each of a server of its own.
    every = await asyncio.gather(*(strike(collection, step, row) for step in Step))
    seen = dict(zip(Step, every, strict=True))
    assert {step: (gets(one.answer), one.requests) for step, one in seen.items()} == {
        step: promised(step, row) for step in Step
    }
    for one in every:
        collection.proves(one.answer)
        assert all(is_true(NUMBER.sub("", text)) for text in one.shown)
        assert max(one.requests.values()) <= 3
    least, most = row.seconds
    seconds = {step: one.seconds for step, one in seen.items()}
    assert max(seconds.values()) <= min(most, row.timeout + MARGIN), seconds
    assert seconds[Step.WRITING] >= least, seconds
    for step in (Step.REWRITING, Step.TRANSLATING):
        understood = seen[step].answer.understood or ""
        is_models = understood == UNDERSTOOD or POISON in understood
        assert is_models is (row.only_once or row.rewriting is Searched.MODELS), understood
    (quotation,) = seen[Step.TRANSLATING].answer.citations
    assert quotation.translation == TRANSLATION
    warnings = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert len(warnings) >= len(Step) if row.logged else not warnings
    assert all(row.logged in warning and "\n" not in warning for warning in warnings)


# Nobody is there


async def crash(collection: Collection, step: Step) -> Seen:
    async with collection.place() as place:
        return await strike(collection, step, Row(Crash()), place)


async def test_a_server_that_crashes_is_asked_once(collection: Collection) -> None:
    every = await asyncio.gather(*(crash(collection, step) for step in Step))
    for step, seen in zip(Step, every, strict=True):
        # From then on every connection is refused, so a rewriting takes the writing with it.
        expected = {Step.JUDGING: Gets.UNJUDGED, Step.QUOTATIONS: Gets.ANSWER}
        assert gets(seen.answer) is expected.get(step, Gets.FAILED)
        before = {Step.WRITING} if step in (Step.SECOND_TRY, Step.JUDGING) else set[Step]()
        if step is Step.QUOTATIONS:
            before = {Step.TRANSLATING, Step.WRITING, Step.JUDGING}
        assert seen.requests == dict.fromkeys({*before, step}, 1)
        assert seen.seconds < MARGIN
        collection.proves(seen.answer)


def refusing() -> str:
    """The address of a server that is not there any more."""
    with OpenAIServer() as server:
        return server.url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(refusing, id="a refused connection"),
        pytest.param(lambda: "http://nowhere.invalid/v1", id="a name that does not resolve"),
    ],
)
async def test_where_no_server_is_the_reader_gets_quotations(
    collection: Collection, caplog: pytest.LogCaptureFixture, url: Callable[[], str]
) -> None:
    steps = (Step.REWRITING, Step.TRANSLATING, Step.WRITING)
    async with collection.model(url()) as model:
        every = await asyncio.gather(*(collection.ask(step, model, 60.0) for step in steps))
    for answer, seconds in every:
        assert gets(answer) is Gets.FAILED
        assert seconds < MARGIN
        collection.proves(answer)
    assert caplog.text.count("cannot be reached. Check OPENAI_BASE_URL and the network.") == 5
    # The fence of the tests stands where a resolver would say that it knows no such name.
    assert set(offline.refused) <= {"nowhere.invalid"}
    offline.refused.clear()


async def test_at_most_three_requests_at_a_step(collection: Collection) -> None:
    faults: list[server_of.Answer] = [Fail(500), Fail(400), Fail(500)]
    worst = Row(lambda _: faults.pop() if faults else Fail(500))
    seen = await strike(collection, Step.WRITING, worst)
    assert (gets(seen.answer), seen.requests) == (Gets.FAILED, {Step.WRITING: 3})


async def test_a_model_that_cannot_read_so_much_is_shown_half_of_it(
    collection: Collection,
) -> None:
    body: server_of.Json = {"error": {"message": POISON, "code": "context_length_exceeded"}}
    refusal = Fail(400, body=body)
    seen = await strike(collection, Step.WRITING, Row(refusal, only_once=True))
    assert gets(seen.answer) is Gets.ANSWER
    assert seen.requests == {Step.WRITING: 2, Step.JUDGING: 1}
    collection.proves(seen.answer)
    for step, requests in ((Step.WRITING, 2), (Step.JUDGING, 1)):
        seen = await strike(collection, step, Row(refusal))
        assert seen.requests[step] == requests
        collection.proves(seen.answer)


# The clock starts with the question


class Timed(Model):
    """A model that notes until when each reply may take."""

    deadlines: list[float]

    def stream(
        self, messages: Sequence[Message], deadline: float, requests: int = MOST_REQUESTS
    ) -> ModelReply:
        self.deadlines.append(deadline)
        return super().stream(messages, deadline, requests)


@pytest.mark.parametrize(
    ("seconds", "reserve"),
    [pytest.param(60.0, 0.3, id="the whole reserve"), pytest.param(2.0, 0.2, id="a tenth")],
)
async def test_a_reserve_is_kept_for_what_is_quoted_where_the_model_is_late(
    collection: Collection, seconds: float, reserve: float
) -> None:
    with OpenAIServer(key=KEY) as server:
        server.default = lambda _: Hang(90)
        update = {"openai_base_url": server.url, "openai_timeout": seconds}
        settings = collection.settings.model_copy(update=update)
        model = Timed.from_settings(settings)
        model.deadlines = []
        await model.prepare()
        # Asked so long ago that the model is late very soon, by a clock that is given.
        asked = time.monotonic() - seconds + reserve + 1.5
        with KnowledgeBase(settings, collection.embedder, model) as knowledge:
            answer = await knowledge.ask(WHO, since=asked)
        await model.aclose()
    assert gets(answer) is Gets.FAILED
    assert [round(one - asked, 6) for one in model.deadlines] == [seconds - reserve]
    collection.proves(answer)


async def test_what_passed_before_the_request_is_counted(collection: Collection) -> None:
    server, model = collection.places[Step.WRITING]
    server.default, before = Scene(Step.WRITING, Row(Hang(90))), len(server.requests)
    settings = collection.settings.model_copy(update={"openai_timeout": 600.0})
    with KnowledgeBase(settings, collection.embedder, model) as knowledge:
        answer = await knowledge.ask(WHO, since=time.monotonic() - 601)
    # From now on there would be ten minutes; from the question on there is nothing left.
    assert gets(answer) is Gets.FAILED
    assert len(server.requests) == before
    collection.proves(answer)


# Stopping


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Hang(90), id="before the answer"),
        pytest.param(Choices((streamed("و"),), endless=True), id="in the middle of it"),
    ],
)
async def test_a_question_that_is_cancelled_hangs_up_at_once(
    collection: Collection, step: Step, fault: server_of.Answer
) -> None:
    scene, (server, model) = Scene(step, Row(fault)), collection.places[step]
    server.default, before = scene, len(server.requests)
    asking = asyncio.create_task(collection.ask(step, model, 60.0))
    await until(lambda: step in scene.steps(server.requests[before:]))
    await asyncio.sleep(0.05)
    cancelled = time.monotonic()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    last = server.requests[-1]
    await until(lambda: last.disconnected_at is not None)
    # Long before the server would have done.
    assert (last.disconnected_at or 0.0) - cancelled < MARGIN
    steps = scene.steps(server.requests[before:])
    assert (steps[-1], steps.count(step)) == (step, 1)


@pytest.mark.parametrize(
    ("fault", "gets_it"),
    [
        pytest.param(Drip(WALL * 8_000, 0.01, 512), Gets.UNVERIFIED, id="a wall"),
        pytest.param(Drip(f"{IN_RUSSIAN} [1.1]. " * 2_000, 0.01), Gets.FOREIGN, id="a language"),
        pytest.param(lambda good: Drip(f"{good} " * 2_000, 0.01, 128), Gets.ANSWER, id="a circle"),
    ],
)
async def test_a_model_that_says_nothing_of_use_is_not_heard_out(
    collection: Collection, fault: Fault, gets_it: Gets
) -> None:
    # Hearing it out would take until the deadline.
    seen = await strike(collection, Step.SECOND_TRY, Row(fault, timeout=2 * MARGIN))
    assert gets(seen.answer) is gets_it
    assert seen.seconds < MARGIN
