"""The command `bot` in Telegram when something goes wrong, and how it ends."""

import json
import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.end_to_end.telegram_bot import (
    BOT,
    FILE,
    WHO,
    Serving,
    Start,
)
from tests.servers.bot_api import BotApiServer
from tests.servers.ports import free_port
from tests.waiting import PATIENCE, wait_until


def test_a_flood_wait_delays_an_answer_but_loses_none(served: BotApiServer) -> None:
    sara, ali = served.user(7), served.user(8)
    refused = len(served.refusals)
    served.fail("sendMessage", 429, retry_after=2)
    sara.chat().say(sara, WHO)
    wait_until(lambda: len(served.refusals) > refused)
    ali.chat().say(ali, WHO)
    assert FILE in ali.chat().wait_for(timeout=PATIENCE).text
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


def test_faults_of_the_network_lose_no_answer(served: BotApiServer) -> None:
    sara = served.user(9)
    served.fail("sendMessage", 502)
    served.reset("getUpdates")
    served.fail("sendChatAction", 500, times=3)
    sara.chat().say(sara, WHO)
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text


def test_updates_are_never_dropped(served: BotApiServer) -> None:
    sara = served.user(10)
    sara.chat().say(sara, "/help")
    sara.chat().wait_for(timeout=PATIENCE)
    drops: list[Any] = [r.parameters.get("drop_pending_updates") for r in served.requests]
    assert True not in drops


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


def test_whoever_blocks_the_bot_causes_no_noise(serving: Serving) -> None:
    server, bot = serving
    before = len(bot.output)
    sara, ali = server.user(11), server.user(12)
    sara.chat().say(sara, WHO)
    sara.chat().wait_for(timeout=PATIENCE)
    sara.chat().say(sara, WHO)
    sara.blocks_bot()
    ali.chat().say(ali, WHO)
    ali.chat().wait_for(timeout=PATIENCE)
    sent = ("sendMessage", sara.chat().id)
    wait_until(
        lambda: sum((r.method, r.parameters.get("chat_id")) == sent for r in server.requests) >= 2
    )
    assert "ERROR" not in bot.output[before:]


def test_a_reply_that_telegram_refuses_is_reported_to_the_asker(serving: Serving) -> None:
    server, bot = serving
    sara = server.user(13, "en")
    server.fail("sendMessage", 400, times=2)
    sara.chat().say(sara, "who is Caroline Rose?")
    text = sara.chat().wait_for(timeout=PATIENCE).text
    bot.wait_for(text.split("\u2068")[1].split("\u2069")[0])
    bot.may_fail = True


def test_a_stop_lets_running_answers_finish_and_who_asks_meanwhile_is_answered(
    server: BotApiServer, start: Start
) -> None:
    bot = start()
    sara, ali = server.user(7), server.user(8)
    server.stall("sendMessage", 1.5)
    sara.chat().say(sara, WHO)
    wait_until(lambda: any(one.method == "sendMessage" for one in server.requests))
    assert bot.stop() == 0
    assert FILE in sara.chat().wait_for(timeout=PATIENCE).text
    ali.chat().say(ali, WHO)
    bot = start()
    assert FILE in ali.chat().wait_for(timeout=PATIENCE).text
    assert bot.stop(signal.SIGINT) == 130


def run_to_its_end(place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables}
    return subprocess.run(
        [BOT],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_wrong_token_is_one_clear_line(server: BotApiServer, unread: Path) -> None:
    wrong = "123456789:AA" + "w" * 33
    done = run_to_its_end(unread, TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_URL=server.url)
    *_, line = done.stderr.splitlines()
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in line
    assert "BotFather" in line
    assert "www" not in done.stderr
    assert "Traceback" not in done.stderr
    assert not (unread / ".isnad" / "ledger.sqlite3").exists()  # nothing was begun


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
    port = free_port()
    server.fail("getMe", 429, retry_after=1)
    server.reset("getMe")
    server.fail("setWebhook", 502)
    server.fail("setWebhook", 429, retry_after=1)
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
