"""What a supervisor sees of a running bot."""

import logging
import math
import os
import socket
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.health import Readiness, age_of, health_server
from bot.metrics import Metrics
from rag.answers.answer import Answer, Mode, Usage, Withheld
from rag.errors import UsageError
from tests.servers.ports import free_port

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


def get(port: int, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=60)


WELL = Readiness({})


def fails() -> bool:
    raise OSError("the disk is gone")


def test_a_living_bot_without_an_index_is_alive_and_not_ready() -> None:
    port, ready = free_port(), [False]
    readiness = Readiness({"index": lambda: ready[0], "updates": lambda: True})
    with health_server(port, readiness, Metrics()):
        assert get(port, "/healthz").status_code == 200
        told = get(port, "/readyz")
        assert (told.status_code, told.text) == (503, "index: FAILS\nupdates: ok\n")
        ready[0] = True
        told = get(port, "/readyz")
        assert (told.status_code, told.text) == (200, "index: ok\nupdates: ok\n")
        assert get(port, "/etc/passwd").status_code == 404


def test_what_cannot_be_looked_at_is_not_ready() -> None:
    port, metrics = free_port(), Metrics()
    metrics.watch("index_revision", "The newest revision.", fails)
    metrics.watch("ready", "Whether it is ready.", Readiness({"index": fails}))
    with health_server(port, Readiness({"index": fails}), metrics):
        assert get(port, "/readyz").status_code == 503
        lines = get(port, "/metrics").text.splitlines()
    assert "isnad_ready 0.0" in lines
    assert not [line for line in lines if line.startswith("isnad_index_revision")]


def test_metrics_count_answers_by_mode_withheld_statements_and_tokens() -> None:
    port, metrics = free_port(), Metrics()
    metrics.count(ANSWER)
    metrics.count(replace(ANSWER, mode=Mode.ABSTAINED, withheld=()))
    metrics.watch("index_revision", "The newest revision.", lambda: 3)
    metrics.watch_count("model_retries", "Requests made again.", lambda: 2)
    with health_server(port, WELL, metrics):
        lines = get(port, "/metrics").text.splitlines()
    language = ANSWER.language
    assert f'isnad_answers_total{{language="{language}",mode="quoted"}} 1.0' in lines
    assert f'isnad_answers_total{{language="{language}",mode="abstained"}} 1.0' in lines
    assert 'isnad_withheld_total{reason="no citation"} 1.0' in lines
    assert 'isnad_tokens_total{kind="prompt"} 20.0' in lines
    assert "isnad_index_revision 3.0" in lines
    assert "isnad_model_retries_total 2.0" in lines


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
    with health_server(None, WELL, Metrics()):
        pass


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(UsageError, match=f"HTTP_PORT: {port}"),
            health_server(port, WELL, Metrics()),
        ):
            pass
