"""What a supervisor sees of a running bot: readiness, metrics that move, a log without words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from tests.end_to_end.telegram_bot import (
    ADMIN,
    FILE,
    KEY,
    WHO,
    RunningBot,
    starting,
    strict_server,
)
from tests.servers.bot_api import BotApiServer
from tests.servers.openai_api import SENTENCE, ChatRequest, Fail, OpenAIServer, text_of
from tests.servers.ports import free_port
from tests.waiting import PATIENCE, wait_until

OFF_TOPIC = "كيف أطبخ المكرونة بالبشاميل؟"


class Watched(NamedTuple):
    """A bot that a model writes for, its servers, and the address of its health."""

    telegram: BotApiServer
    model: OpenAIServer
    bot: RunningBot
    address: str

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", trust_env=False, timeout=PATIENCE)

    def metrics(self) -> dict[str, float]:
        """The metrics by name, those with labels added up."""
        values: dict[str, float] = {}
        for line in self.get("/metrics").text.splitlines():
            if found := re.fullmatch(r"isnad_(\w+)(?:\{.*\})? (\S+)", line):
                values[found[1]] = values.get(found[1], 0.0) + float(found[2])
        return values

    def ask(self, question: str, asker: int) -> str:
        """The text of the answer."""
        person = self.telegram.user(asker)
        person.chat().say(person, question)
        return person.chat().wait_for(timeout=PATIENCE).text


@pytest.fixture(scope="module")
def watched(indexed: Path) -> Iterator[Watched]:
    port = str(free_port())
    with (
        OpenAIServer(key=KEY) as model,
        strict_server() as telegram,
        starting(telegram, indexed) as start,
    ):
        telegram.user(ADMIN).chat()
        bot = start(
            OPENAI_BASE_URL=model.url,
            OPENAI_API_KEY=KEY,
            VERIFY_WITH_MODEL="false",
            HTTP_PORT=port,
            LOG_LEVEL="INFO",
            LOG_FORMAT="json",
        )
        yield Watched(telegram, model, bot, f"http://127.0.0.1:{port}")


def with_a_lie(request: ChatRequest) -> str:
    """A sentence of the sources, and one that they do not hold."""
    prompt = "\n".join(text_of(message) for message in request.messages)
    source, number, first = SENTENCE.findall(prompt)[0]
    mark = f"[{source}.{number}]"
    return f"{first} {mark}\nدفعت كارولين روز 987654 دينارا {mark}."


def test_every_metric_moves(watched: Watched) -> None:
    telegram, model, _, _ = watched
    before = watched.metrics()
    assert before["index_revision"] == 1
    assert before["index_age_seconds"] > 0
    assert before["ready"] == 1
    model.replies.extend([Fail(503), with_a_lie])
    telegram.fail("sendMessage", 429, retry_after=1)
    assert FILE in watched.ask(WHO, 7)
    telegram.fail("sendMessage", 502)
    model.replies.append(lambda _: "[[NO ANSWER]]")
    watched.ask(OFF_TOPIC, 8)
    model.replies.clear()
    after = watched.metrics()
    moved = {name for name in after if after[name] > before.get(name, 0.0)}
    assert moved >= {
        "answers_total",
        "answer_seconds_count",
        "answer_seconds_sum",
        "withheld_total",
        "tokens_total",
        "model_requests_total",
        "model_retries_total",
        "model_failures_total",
        "flood_waits_total",
        "telegram_failures_total",
    }
    assert {"requests_waiting", "questions_waiting", "disagreements_total"} <= after.keys()
    text = watched.get("/metrics").text
    assert set(re.findall(r'mode="(\w+)"', text)) == {"generated", "abstained"}
    assert 'stage="retrieve"' in text


def test_a_new_revision_is_seen(watched: Watched) -> None:
    before = watched.metrics()
    admin = watched.telegram.user(ADMIN)
    seeds = watched.bot.place / "seeds"
    (seeds / "new.txt").write_text("افتتح الوزير مكتبة الحدباء.\n", encoding="utf-8")
    admin.chat().say(admin, "/reindex")
    wait_until(lambda: watched.metrics()["index_revision"] > before["index_revision"])
    assert watched.metrics()["index_age_seconds"] < PATIENCE


def test_a_model_that_does_not_answer_is_told_and_found_again(watched: Watched) -> None:
    assert watched.get("/readyz").text == "index: ok\nupdates: ok\nmodel: ok\n"
    watched.model.replies.extend([Fail(503)] * 4)
    assert FILE in watched.ask(WHO, 9)  # quoted
    told = watched.get("/readyz")
    assert (told.status_code, told.text) == (503, "index: ok\nupdates: ok\nmodel: FAILS\n")
    assert watched.get("/healthz").status_code == 200
    watched.model.replies.clear()
    watched.ask(WHO, 10)
    assert watched.get("/readyz").status_code == 200


def test_each_stage_is_logged_with_the_id_of_its_question_and_without_its_words(
    watched: Watched,
) -> None:
    told = len(watched.bot.output.splitlines())
    watched.ask(WHO, 11)

    def lines() -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for line in watched.bot.output.splitlines()[told:]
            if line.startswith("{") and line.endswith("}") and "question_id" in line
        ]

    wait_until(lambda: any(one.get("stage") == "answered" for one in lines()))
    assert [one["stage"] for one in lines() if "stage" in one] == [
        "asked",
        "searched",
        "asked the model",
        "answered",
    ]
    assert len({one["question_id"] for one in lines()}) == 1
    assert "كارولين" not in watched.bot.output
