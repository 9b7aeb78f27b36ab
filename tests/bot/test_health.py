"""What a supervisor sees of a running bot."""

import logging
import math
import os
import socket
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.health import age_of, health_server
from bot.metrics import Metrics
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
    with health_server(port, lambda: ready[0], Metrics()):
        assert get(port, "/healthz").status_code == 200
        assert get(port, "/readyz").status_code == 503
        ready[0] = True
        assert get(port, "/readyz").status_code == 200
        assert get(port, "/etc/passwd").status_code == 404


def test_metrics_count_answers_by_mode_withheld_statements_and_tokens() -> None:
    port, metrics = free_port(), Metrics()
    metrics.count(ANSWER)
    metrics.count(replace(ANSWER, mode=Mode.ABSTAINED, withheld=()))
    with health_server(port, lambda: True, metrics):
        lines = get(port, "/metrics").text.splitlines()
    language = ANSWER.language
    assert f'isnad_answers_total{{language="{language}",mode="quoted"}} 1.0' in lines
    assert f'isnad_answers_total{{language="{language}",mode="abstained"}} 1.0' in lines
    assert 'isnad_withheld_total{reason="no citation"} 1.0' in lines
    assert 'isnad_tokens_total{kind="prompt"} 20.0' in lines
    assert "isnad_index_revision 3.0" in lines


def test_metrics_tell_times_by_stage_troubles_and_what_is_watched() -> None:
    metrics, waiting = Metrics(), [2.0]
    metrics.watch("requests_waiting", "Requests not yet sent.", lambda: waiting[0])
    metrics.count(replace(ANSWER, milliseconds={"retrieve": 30, "total": 900}))
    with metrics.troubles():
        logging.getLogger("somewhere").warning("A thing went wrong.")
        logging.getLogger("somewhere").info("A thing went well.")
    lines = metrics.text().splitlines()
    assert 'isnad_answer_seconds_bucket{le="0.02",stage="retrieve"} 0.0' in lines
    assert 'isnad_answer_seconds_bucket{le="0.05",stage="retrieve"} 1.0' in lines
    assert 'isnad_answer_seconds_count{stage="total"} 1.0' in lines
    assert 'isnad_troubles_total{level="warning"} 1.0' in lines
    assert "isnad_requests_waiting 2.0" in lines
    waiting[0] = 0
    assert "isnad_requests_waiting 0.0" in metrics.text()


def test_the_age_of_an_index_is_that_of_its_last_change(tmp_path: Path) -> None:
    database = tmp_path / "ledger.sqlite3"
    assert math.isnan(age_of(database))
    database.touch()
    os.utime(database, (0, 0))
    assert age_of(database) > 1e9
    database.with_name("ledger.sqlite3-wal").touch()
    assert age_of(database) < 1e9


def test_without_a_port_nothing_listens() -> None:
    with health_server(None, lambda: True, Metrics()):
        pass


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(UsageError, match=f"HTTP_PORT: {port}"),
            health_server(port, lambda: True, Metrics()),
        ):
            pass
