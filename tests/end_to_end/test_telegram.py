"""The command `bot` in Telegram: a process of its own, over HTTP, against a strict server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.servers.bot_api import BotApiServer, Message
from tests.servers.bot_api_schema import Upload
from tests.servers.openai_api import SENTENCE, ChatRequest, Drip, OpenAIServer, text_of

BOT = Path(sysconfig.get_path("scripts")) / "bot"
SEEDS = Path(__file__).parents[2] / "seeds"
WHO: Final = "من هي كارولين روز؟"
FILE: Final = "003_bc0966837ce6fdc6.txt"
ADMIN: Final = 1
KEY: Final = "sk-key-of-nobody-0123456789"
PATIENCE: Final = 60


class RunningBot:
    """The bot as a process; `output` is all it has printed and logged."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self.may_fail = False  # whether a traceback in the log is what is wanted
        self._log = place / "output.txt"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [BOT], cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + PATIENCE
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < until, self.output
            time.sleep(0.02)

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()


Start = Callable[..., RunningBot]


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server
        assert server.violations == []
        assert server.floods == []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path


@pytest.fixture
def start(server: BotApiServer, place: Path) -> Iterator[Start]:
    """Starts the bot; at the end it is stopped, and the token must be in nothing that it said."""
    started: list[RunningBot] = []

    def launch(**variables: str) -> RunningBot:
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "en_US.UTF-8",
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_ADMIN_IDS": str(ADMIN),
            "LOG_LEVEL": "DEBUG",
            **variables,
        }
        bot = RunningBot(place, environment)
        started.append(bot)
        bot.wait_for("@\u2068isnad_test_bot\u2069")
        return bot

    yield launch
    for bot in started:
        if bot.process.poll() is None:
            assert bot.stop() == 0, bot.output
        secret = server.token.partition(":")[2]
        assert secret not in bot.output
        assert bot.may_fail or "Traceback" not in bot.output, bot.output


def quotes_of(message: Message) -> list[str]:
    """The quotations of an answer, cut out by their entities in UTF-16."""
    text = message.text.encode("utf-16-le")
    return [
        text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.object.get("entities", [])
        if one["type"] == "expandable_blockquote"
    ]


def texts_of(server: BotApiServer) -> str:
    return json.dumps([request.parameters for request in server.requests], default=str)


def test_a_conversation_from_question_to_a_new_file(
    server: BotApiServer, start: Start, place: Path
) -> None:
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


@pytest.mark.parametrize(
    ("language", "start_word", "help_word", "count"),
    [
        ("ar", "أهلاً", "اكتب سؤالك", "وثائق"),
        ("fa", "سلام", "پرسشتان", "سند"),
        ("en-GB", "Hello", "Write a question", "documents"),
    ],
)
def test_it_speaks_three_languages(
    server: BotApiServer,
    start: Start,
    language: str,
    start_word: str,
    help_word: str,
    count: str,
) -> None:
    start()
    person = server.user(7, language)
    chat = person.chat()
    for command, word in (("/start", start_word), ("/help", help_word), ("/sources", count)):
        chat.say(person, command)
        assert word in chat.wait_for(timeout=PATIENCE).text
    assert FILE in chat.messages[-1].text


@pytest.mark.parametrize(("language", "word"), [("ar", "النصوص"), ("fa", "نوشته"), ("en", "text")])
def test_what_is_no_text_gets_a_friendly_sentence(
    server: BotApiServer, start: Start, language: str, word: str
) -> None:
    start()
    sara, ali = server.user(7, language), server.user(8, language)
    sara.chat().send_photo(sara)
    sara.chat().send_voice(sara)
    sara.chat().send_sticker(sara)
    ali.chat().send_document(ali, Upload("a.pdf", b"%PDF"))
    said = [*sara.chat().wait_for(3, timeout=PATIENCE), ali.chat().wait_for()]
    assert all(word in message.text for message in said)


def test_menus_are_in_three_languages_and_admins_have_more(
    server: BotApiServer, start: Start
) -> None:
    server.user(ADMIN).chat()
    start()
    until = time.monotonic() + PATIENCE
    while len(menus := [r for r in server.requests if r.method == "setMyCommands"]) < 12:
        assert time.monotonic() < until
        time.sleep(0.02)
    names = {
        (str(r.parameters.get("scope")), r.parameters.get("language_code", "")): [
            command["command"] for command in r.parameters["commands"]
        ]
        for r in menus
    }
    assert {language for _, language in names} == {"", "ar", "fa", "en"}
    assert sum("reindex" in commands for commands in names.values()) == 4
    assert sum("ask" in commands for commands in names.values()) == 4  # in groups


def test_strangers_are_refused_politely(server: BotApiServer, start: Start) -> None:
    start(TELEGRAM_ALLOWED_IDS="7,-1001234567890")
    stranger, sara = server.user(99, "en"), server.user(7)
    stranger.chat().say(stranger, "من؟")
    refusal = stranger.chat().wait_for(timeout=PATIENCE)
    assert "99" in refusal.text
    assert "«" not in refusal.text
    sara.chat().say(sara, WHO)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    group = server.group(-1001234567890, "مجموعة")
    group.say(stranger, f"@isnad_test_bot {WHO}")
    assert FILE in group.wait_for(timeout=PATIENCE).text


def test_in_a_group_it_answers_only_when_addressed(server: BotApiServer, start: Start) -> None:
    start()
    sara, group = server.user(7), server.group(-1001234567890, "مجموعة")
    group.say(sara, WHO)
    group.say(sara, "/help@another_bot")
    asked = group.say(sara, f"/ask {WHO}")
    answer = group.wait_for(timeout=PATIENCE)
    assert answer.object["reply_to_message"]["message_id"] == asked
    assert FILE in answer.text
    followed = group.say(sara, "ومن هو باقري؟", reply_to=answer.id)
    assert group.wait_for().object["reply_to_message"]["message_id"] == followed
    assert len([message for message in group.messages if message.by_bot]) == 2


def test_a_flood_wait_delays_an_answer_but_loses_none(server: BotApiServer, start: Start) -> None:
    start()
    sara, ali = server.user(7), server.user(8)
    server.fail("sendMessage", 429, retry_after=2)
    sara.chat().say(sara, WHO)
    time.sleep(0.5)
    ali.chat().say(ali, WHO)
    ali.chat().wait_for(timeout=1.4)  # somebody else's chat does not wait
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


def test_faults_of_the_network_lose_no_answer(server: BotApiServer, start: Start) -> None:
    start()
    sara = server.user(7)
    server.fail("sendMessage", 502)
    server.reset("getUpdates")
    server.fail("sendChatAction", 500, times=3)
    sara.chat().say(sara, WHO)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


def test_questions_of_one_chat_are_answered_in_order(server: BotApiServer, start: Start) -> None:
    start()
    sara = server.user(7)
    asked = [sara.chat().say(sara, WHO) for _ in range(3)]
    answers = sara.chat().wait_for(3, timeout=PATIENCE)
    assert [answer.object["reply_to_message"]["message_id"] for answer in answers] == asked


def test_a_failure_is_said_with_a_reference_that_is_in_the_log(
    server: BotApiServer, start: Start, place: Path
) -> None:
    bot = start()
    sara = server.user(7, "en")
    sara.chat().say(sara, WHO)
    sara.chat().wait_for(timeout=PATIENCE)
    shutil.rmtree(place / ".isnad")
    sara.chat().say(sara, "who is Caroline Rose?")
    text = sara.chat().wait_for(timeout=PATIENCE).text
    assert "try again" in text
    reference = text.split("\u2068")[1].split("\u2069")[0]
    bot.wait_for(reference)


def test_a_reply_that_telegram_refuses_is_reported_to_the_asker(
    server: BotApiServer, start: Start
) -> None:
    bot = start(LOG_LEVEL="WARNING")
    sara = server.user(7, "en")
    server.fail("sendMessage", 400, times=2)
    sara.chat().say(sara, "who is Caroline Rose?")
    text = sara.chat().wait_for(timeout=PATIENCE).text
    bot.wait_for(text.split("\u2068")[1].split("\u2069")[0])
    bot.may_fail = True


def written(request: ChatRequest) -> Drip:
    """Two sentences of the sources, each cited, written slowly."""
    prompt = "\n".join(text_of(message) for message in request.messages)
    (source, number, first), (_, then, second), *_ = SENTENCE.findall(prompt)
    text = f"{first} [{source}.{number}]\n{second} [{source}.{then}]"
    return Drip(text, 2.5 / len(text) * 8)


def test_what_a_model_writes_grows_in_a_draft_until_the_answer_is_sent(
    server: BotApiServer, start: Start
) -> None:
    with OpenAIServer(key=KEY) as model:
        bot = start(OPENAI_BASE_URL=model.url, OPENAI_API_KEY=KEY, VERIFY_WITH_MODEL="false")
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


def test_whoever_blocks_the_bot_causes_no_noise(server: BotApiServer, start: Start) -> None:
    bot = start(LOG_LEVEL="INFO")
    sara, ali = server.user(7), server.user(8)
    sara.chat().say(sara, WHO)
    sara.chat().wait_for(timeout=PATIENCE)
    sara.chat().say(sara, WHO)
    sara.blocks_bot()
    ali.chat().say(ali, WHO)
    ali.chat().wait_for(timeout=PATIENCE)
    assert "ERROR" not in bot.output


def test_an_album_gets_one_answer(server: BotApiServer, start: Start) -> None:
    start()
    sara = server.user(7)
    with server.changed:
        for _ in range(3):
            sent = sara.chat().find(sara.chat().send_photo(sara))
            assert sent
            sent.object["media_group_id"] = "1"
    sara.chat().wait_for(timeout=PATIENCE)
    sara.chat().say(sara, WHO)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


def test_a_stop_lets_running_answers_finish(server: BotApiServer, start: Start) -> None:
    bot = start()
    sara = server.user(7)
    server.stall("sendMessage", 1.5)
    sara.chat().say(sara, WHO)
    until = time.monotonic() + PATIENCE
    while not any(request.method == "sendMessage" for request in server.requests):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert bot.stop() == 0
    assert FILE in sara.chat().wait_for(timeout=1).text


def test_questions_asked_while_it_was_away_are_answered(server: BotApiServer, start: Start) -> None:
    first = start()
    assert first.stop() == 0
    sara = server.user(7)
    sara.chat().say(sara, WHO)
    start()
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


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


def test_ctrl_c_ends_it_with_130(start: Start) -> None:
    bot = start()
    assert bot.stop(signal.SIGINT) == 130


def run_to_its_end(place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables}
    return subprocess.run(
        [BOT], cwd=place, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_wrong_token_is_one_clear_line(server: BotApiServer, place: Path) -> None:
    wrong = "123456789:AA" + "w" * 33
    done = run_to_its_end(place, TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_URL=server.url)
    *_, line = done.stderr.splitlines()
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "BotFather" in line
    assert "www" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (place / ".isnad" / "ledger.sqlite3").exists()  # nothing was begun


def test_a_server_that_cannot_be_reached_is_one_clear_line(place: Path) -> None:
    token = "123456789:AA" + "w" * 33
    done = run_to_its_end(
        place, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API_URL="http://127.0.0.1:9", LOG_LEVEL="DEBUG"
    )
    *_, line = done.stderr.splitlines()
    assert done.returncode == 1
    assert "127.0.0.1:9" in line
    assert "TELEGRAM_API_URL" in line
    assert "www" not in done.stderr


def test_a_webhook_works_too(server: BotApiServer, start: Start) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bot = start(
        LOG_LEVEL="INFO",  # python-telegram-bot logs a traceback of each refusal otherwise
        WEBHOOK_URL="https://isnad.example/hooks/telegram",
        WEBHOOK_SECRET="of-the-webhook-01",
        WEBHOOK_PORT=str(port),
    )
    sara = server.user(7)
    asked = sara.chat().find(sara.chat().say(sara, WHO))
    assert asked
    update = json.dumps({"update_id": 5, "message": asked.object}).encode()

    def post(secret: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/hooks/telegram",
            update,
            {
                "Content-Type": "application/json",
                "X-Telegram-Bot-Api-Secret-Token": secret,
            },
        )
        try:
            with urllib.request.urlopen(request) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert post("of-somebody-else") == 403
    assert post("of-the-webhook-01") == 200
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    assert len([message for message in sara.chat().messages if message.by_bot]) == 1
    assert "of-the-webhook-01" not in bot.output


def test_updates_are_never_dropped(server: BotApiServer, start: Start) -> None:
    start()
    sara = server.user(7)
    sara.chat().say(sara, "/help")
    sara.chat().wait_for(timeout=PATIENCE)
    drops: list[Any] = [r.parameters.get("drop_pending_updates") for r in server.requests]
    assert True not in drops
