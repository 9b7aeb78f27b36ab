"""What the doctor finds out about services by asking them."""

import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from rag.doctor.examination import Examination
from rag.doctor.machine import clock
from rag.doctor.services import Trouble, embeddings, model, model_trouble, telegram
from rag.errors import ModelUnavailable
from rag.index.model_embedding import ModelEmbedder
from rag.settings import Settings
from tests.library import Library, settings_of
from tests.servers.bot_api import BotApiServer
from tests.servers.openai_api import Fail, OpenAIServer


def with_model(server: OpenAIServer, **changes: Any) -> Examination:
    values = {"openai_base_url": server.url, "openai_api_key": server.key, "openai_model": "m"}
    return Examination(settings_of(**values | changes))


def test_a_model_is_asked_for_a_word() -> None:
    with OpenAIServer(models=["m"]) as server:
        server.default = lambda _: "yes"
        found = model(with_model(server))
        assert found.ok, found
        assert [one.path for one in server.requests] == ["/v1/models", "/v1/chat/completions"]


@pytest.mark.parametrize(
    ("changes", "trouble", "said"),
    [
        ({"openai_api_key": "sk-another-key"}, Trouble.KEY_REFUSED, "OPENAI_API_KEY"),
        ({"openai_model": "n"}, Trouble.NOT_LISTED, "OPENAI_MODEL"),
        ({"openai_base_url": "http://127.0.0.1:1/v1"}, Trouble.UNREACHABLE, "OPENAI_BASE_URL"),
    ],
)
def test_what_is_wrong_with_a_model_is_known_from_a_free_request_too(
    changes: dict[str, str], trouble: Trouble, said: str
) -> None:
    with OpenAIServer(models=["m"]) as server:
        examination = with_model(server, **changes)
        assert model_trouble(examination) is trouble
        assert all(one.method == "GET" for one in server.requests)
        found = model(examination)
        assert found.ok is False
        assert said in found.advice
        assert "another-key" not in f"{found}"


@pytest.mark.parametrize(
    ("names", "name"), [(["m:latest"], "m"), (["m:latest"], "m:latest"), ([], "whatever")]
)
def test_a_model_that_is_listed_or_a_server_without_a_list_is_no_trouble(
    names: list[str], name: str
) -> None:
    with OpenAIServer(models=names) as server:
        assert model_trouble(with_model(server, openai_model=name)) is None


def test_embeddings_are_compared_with_what_is_indexed(library: Library) -> None:
    with OpenAIServer(dimensions=64) as server:
        changes: dict[str, Any] = {"openai_embedding_model": "e", "data_dir": library.data}
        examination = with_model(server, **changes)
        library.embedder = ModelEmbedder("e", examination.settings)
        library.fill(a="وصل الوفد إلى بغداد.")
        assert embeddings(examination).says == "e: 64 dimensions."
        server.dimensions = 32
        found = embeddings(examination)
        assert found.ok is False
        assert "has 64" in found.says
        assert "--rebuild" in found.advice


def test_embeddings_that_fail_say_why() -> None:
    with OpenAIServer() as server, pytest.raises(ModelUnavailable, match="OPENAI_API_KEY"):
        embeddings(with_model(server, openai_embedding_model="e", openai_api_key="sk-other"))


def test_a_token_is_told_by_the_name_of_its_bot() -> None:
    with BotApiServer() as server:
        settings = settings_of(telegram_bot_token=server.token, telegram_api_url=server.url)
        found = telegram(Examination(settings))
        assert found.ok, found
        assert "@isnad_test_bot" in found.says
        another = settings_of(telegram_bot_token="1:another", telegram_api_url=server.url)
        found = telegram(Examination(another))
        assert found.ok is False
        assert "@BotFather" in found.advice
        assert "1:another" not in f"{found}"


class _WithAnotherClock(BaseHTTPRequestHandler):
    seconds = 0.0

    def do_GET(self) -> None:
        self.send_response_only(404)
        self.send_header("Date", formatdate(time.time() + self.seconds, usegmt=True))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def skewed(seconds: float) -> Examination:
    """An examination in which a server was asked whose clock is ahead by so many seconds."""
    handler = type("Handler", (_WithAnotherClock,), {"seconds": seconds})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.handle_request).start()
        examination = Examination(Settings.model_construct())
        examination.ask("a.example", f"http://127.0.0.1:{server.server_port}/")
    return examination


def test_the_clock_is_compared_with_that_of_a_server_that_is_asked_anyway() -> None:
    assert clock(skewed(0)).ok is True
    late = clock(skewed(600))
    assert late.ok is False
    assert "behind that of a.example" in late.says
    assert "ahead of that of a.example" in clock(skewed(-600)).says
    assert clock(Examination(Settings.model_construct())).ok is None


def test_a_model_that_fails_is_told_with_its_reason() -> None:
    with OpenAIServer() as server:
        server.default = lambda _: Fail(429, body={"error": {"code": "insufficient_quota"}})
        found = model(with_model(server))
        assert found.ok is False
        assert "quota" in found.says
