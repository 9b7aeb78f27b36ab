"""What a supervisor sees of a running bot."""

import socket
from dataclasses import replace

import httpx
import pytest

from bot.health import Tally, health_server
from rag.answers.answer import Answer, Mode, Usage, Withheld
from rag.errors import UsageError

ANSWER = Answer(
    question="?",
    language="en",
    kind="question",
    mode=Mode.QUOTED,
    text="",
    claims=(),
    citations=(),
    passages=(),
    revision=3,
    id="1",
    withheld=(Withheld("x", "no citation"),),
    usage=Usage(10, 5),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}")


def test_a_living_bot_without_an_index_is_alive_and_not_ready() -> None:
    port, ready = free_port(), [False]
    with health_server(port, lambda: ready[0], Tally()):
        assert get(port, "/healthz").status_code == 200
        assert get(port, "/readyz").status_code == 503
        ready[0] = True
        assert get(port, "/readyz").status_code == 200
        assert get(port, "/etc/passwd").status_code == 404


def test_metrics_count_answers_by_mode_withheld_statements_and_tokens() -> None:
    port, tally = free_port(), Tally()
    tally.count(ANSWER)
    tally.count(replace(ANSWER, mode=Mode.ABSTAINED, withheld=()))
    with health_server(port, lambda: True, tally):
        lines = get(port, "/metrics").text.splitlines()
    assert 'isnad_answers_total{mode="quoted"} 1' in lines
    assert 'isnad_answers_total{mode="abstained"} 1' in lines
    assert "isnad_withheld_total 1" in lines
    assert "isnad_tokens_total 30" in lines
    assert "isnad_index_revision 3" in lines


def test_without_a_port_nothing_listens() -> None:
    with health_server(None, lambda: True, Tally()):
        pass


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(UsageError, match=f"HTTP_PORT: {port}"),
            health_server(port, lambda: True, Tally()),
        ):
            pass
