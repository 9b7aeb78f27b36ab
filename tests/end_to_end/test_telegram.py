"""Conversations with the command `bot` in Telegram: over HTTP, against a strict server."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.end_to_end.telegram_bot import (
    ADMIN,
    FILE,
    KEY,
    SEEDS,
    WHO,
    RunningBot,
    Start,
    starting,
    strict_server,
)
from tests.servers.bot_api import BotApiServer, Message, Request
from tests.servers.openai_api import SENTENCE, ChatRequest, Drip, OpenAIServer, text_of
from tests.waiting import PATIENCE, wait_until


def quotes_of(message: Message) -> list[str]:
    """The quotations of an answer, cut out by their entities in UTF-16."""
    text = message.text.encode("utf-16-le")
    return [
        text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.object.get("entities", [])
        if one["type"] == "expandable_blockquote"
    ]


def test_a_conversation_from_question_to_a_new_file(
    server: BotApiServer, start: Start, place: Path
) -> None:
    shutil.rmtree(place / ".isnad")  # the first start of all, which reads the documents
    bot = start()
    sara, admin = server.user(7), server.user(ADMIN)
    chat, office = sara.chat(), admin.chat()

    question = chat.say(sara, WHO)
    answer = chat.wait_for(timeout=PATIENCE)
    assert answer.object["reply_to_message"]["message_id"] == question
    assert f"[1] \u2068{FILE}\u2069 — \u2068تعمل إيران وباكستان على تعزيز" in answer.text
    quotes = quotes_of(answer)
    assert quotes
    assert all(quote in (SEEDS / FILE).read_text("utf-8") for quote in quotes)
    assert chat.actions[0] == "typing"

    chat.say(sara, "/reindex")
    assert "للمشرفين" in chat.wait_for().text

    news = place / "seeds" / "new.txt"
    news.write_text("افتتاح مكتبة الحدباء\n\nافتتح الوزير مكتبة الحدباء في الموصل يوم الخميس.\n")
    (place / "seeds" / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    office.say(admin, "/reindex")
    report = office.wait_for(lambda message: "new.txt" in message.text, timeout=PATIENCE)
    assert "broken.txt" in report.text
    assert "أُضيف" in report.text
    assert len([message for message in office.messages if message.by_bot]) == 1

    chat.say(sara, "أين افتتح الوزير مكتبة الحدباء؟")
    answer = chat.wait_for(timeout=PATIENCE)
    assert "\u2068new.txt\u2069" in answer.text
    assert all(quote in news.read_text("utf-8") for quote in quotes_of(answer))
    assert "everyone in Telegram" in bot.output


def test_menus_are_in_three_languages_and_admins_have_more(served: BotApiServer) -> None:
    def menus() -> list[Request]:
        return [one for one in served.requests if one.method == "setMyCommands"]

    wait_until(lambda: len(menus()) >= 12)
    names = {
        (str(r.parameters.get("scope")), r.parameters.get("language_code", "")): [
            command["command"] for command in r.parameters["commands"]
        ]
        for r in menus()
    }
    assert {language for _, language in names} == {"", "ar", "fa", "en"}
    assert sum("reindex" in commands for commands in names.values()) == 4
    assert sum("ask" in commands for commands in names.values()) == 4  # in groups


def test_questions_of_one_chat_are_answered_in_order(served: BotApiServer) -> None:
    sara = served.user(7)
    asked = [sara.chat().say(sara, WHO) for _ in range(3)]
    answers = sara.chat().wait_for(3, timeout=PATIENCE)
    assert [answer.object["reply_to_message"]["message_id"] for answer in answers] == asked


def written(request: ChatRequest) -> Drip:
    """Two sentences of the sources, each cited, written slowly."""
    prompt = "\n".join(text_of(message) for message in request.messages)
    (source, number, first), (_, then, second), *_ = SENTENCE.findall(prompt)
    begun = f"{first} [{source}.{number}]\n"
    return Drip(f"{begun}{second} [{source}.{then}]", 2.5, chunk_size=len(begun) + 8)


class Writing(NamedTuple):
    """A bot that a model writes for, and the servers of both."""

    telegram: BotApiServer
    model: OpenAIServer
    bot: RunningBot


@pytest.fixture(scope="module")
def writing(indexed: Path) -> Iterator[Writing]:
    with (
        OpenAIServer(key=KEY) as model,
        strict_server() as telegram,
        starting(telegram, indexed) as start,
    ):
        bot = start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY=KEY, VERIFY_WITH_MODEL="false")
        yield Writing(telegram, model, bot)


def test_what_a_model_writes_grows_in_a_draft_until_the_answer_is_sent(writing: Writing) -> None:
    server, model, bot = writing
    model.replies.append(written)
    sara = server.user(7)
    sara.chat().say(sara, WHO)
    answer = sara.chat().wait_for(timeout=PATIENCE)
    drafts = sara.chat().drafts
    assert drafts
    assert all(draft.text in answer.text for draft in drafts)
    assert len(drafts[0].text) < answer.text.index("\n\n")
    assert "[2]" in answer.text or answer.text.count("[1]") > 1
    assert len(quotes_of(answer)) == answer.text.count("\u2068") // 2
    assert sara.chat().draft is None
    assert model.url.removeprefix("http://").removesuffix("/v1") in bot.output
    assert KEY not in bot.output


PAUSE = 45.0
"""Seconds between two pieces of what the model says. A stop that took effect only when something
comes from it would take as long."""


def dripping(request: ChatRequest) -> Drip:
    """A cited sentence, and then more than anybody waits for."""
    prompt = "\n".join(text_of(message) for message in request.messages)
    source, number, first = SENTENCE.findall(prompt)[0]
    sentence = f"{first} [{source}.{number}]\n"
    return Drip(sentence * 50, PAUSE, chunk_size=len(sentence) + 8)


def test_a_stop_ends_the_model_call_and_what_is_verified_is_the_answer(writing: Writing) -> None:
    server, model, _ = writing
    model.replies.append(dripping)
    sara = server.user(8)
    chat = sara.chat()
    chat.say(sara, WHO)
    wait_until(lambda: chat.draft is not None and "[1]" in chat.draft.text)
    chat.press_stop()
    stopped = time.monotonic()
    last = chat.wait_for(timeout=PATIENCE)
    assert "[1]" in last.text  # what was verified by then
    assert "توقّفت" in last.text
    assert "المصادر" in last.text and FILE in last.text
    assert [button["text"] for button in last.buttons] == ["[1]", "👍", "👎"]
    sara.presses(last, "[1]").wait_for_answer(PATIENCE)
    evidence = chat.wait_for(timeout=PATIENCE)
    assert quotes_of(evidence)
    wait_until(lambda: model.requests[-1].disconnected_at)
    hung_up = model.requests[-1].disconnected_at
    assert hung_up and hung_up < stopped + PAUSE  # before it could say any more
    assert chat.draft is None


def test_when_the_days_tokens_are_spent_answers_are_quoted(
    server: BotApiServer, start: Start
) -> None:
    with OpenAIServer(key=KEY) as model:
        start(
            OPENAI_BASE_URL=model.url,
            OPENAI_API_KEY=KEY,
            VERIFY_WITH_MODEL="false",
            TOKENS_PER_DAY="1",
        )
        sara, ali = server.user(7), server.user(8)
        sara.chat().say(sara, WHO)
        sara.chat().wait_for(timeout=PATIENCE)
        asked = len(model.requests)
        assert asked
        ali.chat().say(ali, WHO)
        assert FILE in ali.chat().wait_for(timeout=PATIENCE).text
        assert len(model.requests) == asked


def test_evidence_and_conversation_survive_a_restart_and_a_changed_file(
    server: BotApiServer, start: Start, place: Path
) -> None:
    bot = start()
    sara = server.user(7)
    chat = sara.chat()
    chat.say(sara, WHO)
    answer = chat.wait_for(timeout=PATIENCE)
    sara.presses(answer, "[1]").wait_for_answer(PATIENCE)
    shown = chat.wait_for(timeout=PATIENCE)
    (passage,) = quotes_of(shown)
    text = (SEEDS / FILE).read_text("utf-8").removeprefix("\ufeff")
    assert passage.strip("… ") in text
    assert "تغيّر" not in shown.text
    sara.presses(answer, "👍").wait_for_answer(PATIENCE)
    assert bot.stop() == 0
    (place / "seeds" / FILE).write_text(f"سطر جديد.\n{text}", encoding="utf-8")
    start()
    sara.presses(answer, "[1]").wait_for_answer(PATIENCE)
    assert "تغيّر الملف" in chat.wait_for(timeout=PATIENCE).text
    chat.say(sara, "/new")
    assert "نسيت" in chat.wait_for(timeout=PATIENCE).text
