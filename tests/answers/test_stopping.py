"""An answer that its reader stops: what is verified by then is the answer, with its sources."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from rag.answers.answer import Mode
from rag.answers.judge import Judge
from rag.answers.model import Model
from rag.answers.responder import Responder
from rag.answers.response import Response
from rag.answers.stopping import Stop
from tests.library import Library, settings_of
from tests.servers.openai_api import Drip, Hang, OpenAIServer, Reply
from tests.waiting import until

VISIT = """زيارة باقري إلى موسكو

وصل رئيس الأركان محمد باقري إلى موسكو في 17 أكتوبر 2021 بدعوة من وزير الدفاع الروسي.
واستمرت زيارة باقري إلى موسكو أربعة أيام. وبحث الجانبان مكافحة الإرهاب.
"""
QUESTION = "كم دامت زيارة باقري إلى موسكو؟"
TRUE = "واستمرت زيارة باقري إلى موسكو أربعة أيام"
SLOW = f"{TRUE} [1.3]. " + "وبحث الجانبان " * 200
"""A statement, and one that is long in coming."""


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


async def stopped(library: Library, server: OpenAIServer, *, judged: bool = False) -> Response:
    """The answer to the question, stopped as soon as something of it is shown."""
    model = Model.from_settings(
        settings_of(openai_api_key=server.key, openai_base_url=server.url, openai_model="writer")
    )
    await model.prepare()
    stop, shown = Stop(), list[str]()

    def show(text: str) -> None:
        shown.append(text)
        asyncio.get_running_loop().call_later(0.05, stop.wish)

    responder = Responder(model, Judge(model) if judged else None)
    deadline = time.monotonic() + 120
    response = await responder.respond(library.find(QUESTION), [], deadline, show, stop)
    await model.aclose()
    assert response.text == shown[-1]
    return response


async def test_what_is_verified_by_then_is_the_answer_and_has_its_citations(
    library: Library, server: OpenAIServer
) -> None:
    server.replies.append(Drip(SLOW, 0.2, 60))
    response = await stopped(library.fill(visit=VISIT), server)
    assert response.mode is Mode.GENERATED
    assert response.text.startswith(f"{TRUE}. [1]")
    assert [one.quote for one in response.citations][:1] == [f"{TRUE}."]
    assert not response.withheld  # the statement that was cut off is no false one
    assert response.notice is None
    (request,) = server.requests
    await until(lambda: request.disconnected_at)  # seen by the server's own thread, a moment later


async def test_the_judge_is_not_waited_for(library: Library, server: OpenAIServer) -> None:
    server.replies += [Reply(f"{TRUE} [1.3]."), Hang(60)]
    response = await stopped(library.fill(visit=VISIT), server, judged=True)
    assert response.text == f"{TRUE}. [1]"
    assert not response.judged
    assert len(response.citations) == 1


async def test_a_wish_that_comes_before_the_work_lets_none_begin() -> None:
    stop, done = Stop(), list[int]()
    stop.wish()
    stop.wish()
    async with stop.cutting():
        done.append(1)
        await asyncio.sleep(60)
        done.append(2)
    assert done == [1]
    async with Stop().cutting():
        done.append(3)
    assert done == [1, 3]


async def test_a_timeout_of_the_work_itself_is_none_of_its_business() -> None:
    with pytest.raises(TimeoutError):
        async with Stop().cutting():
            raise TimeoutError
