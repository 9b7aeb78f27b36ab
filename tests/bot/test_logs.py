"""Logs: their form, and that no secret is in them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.logs import REDACTED, set_up_logging
from rag.settings import Settings

TOKEN = "123456789:AAtoken-of-nobody_0123456789abcdef"
KEY = "a-key-of-a-local-server"


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    logging.setLogRecordFactory(logging.LogRecord)


def logged(**changes: Any) -> tuple[io.StringIO, logging.Logger]:
    stream = io.StringIO()
    settings = Settings.model_construct(
        telegram_bot_token=SecretStr(TOKEN), openai_api_key=SecretStr(KEY), **changes
    )
    set_up_logging(settings, stream)
    return stream, logging.getLogger("bot.somewhere")


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_struck_out_of_messages_arguments_and_exceptions(form: str) -> None:
    stream, log = logged(log_format=form)
    other = "987654321:AAanother-token_0123456789abcdefghij"
    log.warning("GET https://api.telegram.org/bot%s/getMe with %s", other, {"key": KEY})
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected; sk-proj-0123456789")
    except ValueError:
        log.exception("it failed", stack_info=True)
    text = stream.getvalue()
    assert REDACTED in text
    assert "ValueError" in text
    for secret in (TOKEN, other, KEY, "sk-proj-0123456789"):
        assert secret not in text


def test_an_invitation_is_struck_out() -> None:
    stream, log = logged(log_level="DEBUG")
    log.debug("sent https://t.me/isnad_test_bot?start=join_%s", "Aa0_-" * 4 + "xy")
    assert "xy" not in stream.getvalue()
    assert REDACTED in stream.getvalue()


def test_the_handler_of_a_library_sees_no_secret_either() -> None:
    logged()
    log, stream = logging.getLogger("library"), io.StringIO()
    handler = logging.StreamHandler(stream)
    log.addHandler(handler)
    try:
        log.warning("token %s", TOKEN)
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("failed")
    finally:
        log.removeHandler(handler)
    assert "ValueError" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_words_and_arguments_that_do_not_fit_are_logged_all_the_same() -> None:
    stream, log = logged()
    log.warning("%s and %s", TOKEN)  # noqa: PLE1206  # as a library might
    assert "%s and %s" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


def test_json_logs_are_one_object_a_line() -> None:
    stream, log = logged(log_format="json")
    log.info("سطر\nوسطر")
    try:
        raise ValueError("سبب")
    except ValueError:
        log.exception("تعذّر")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["message"] == "سطر\nوسطر"
    assert first["level"] == "INFO"
    assert "ValueError: سبب" in second["exception"]


def test_other_peoples_chatter_is_left_out() -> None:
    stream, log = logged()
    logging.getLogger("httpx").info("HTTP Request: POST …")
    logging.getLogger("chromadb").info("telemetry")
    log.info("ours")
    assert stream.getvalue().count("\n") == 1


def test_addresses_are_not_logged_even_when_everything_is() -> None:
    stream, _ = logged(log_level="DEBUG")
    logging.getLogger("httpx").info("HTTP Request: POST …")
    logging.getLogger("httpcore.connection").debug("connect_tcp …")
    logging.getLogger("telegram").debug("Set Bot API URL: https://x/bot%s", TOKEN)
    assert stream.getvalue().count("\n") == 1
    assert TOKEN not in stream.getvalue()


def test_a_placeholder_of_a_key_does_not_spoil_the_log() -> None:
    stream = io.StringIO()
    set_up_logging(Settings.model_construct(openai_api_key=SecretStr("none")), stream)
    logging.getLogger("bot").warning("none of them")
    assert "none of them" in stream.getvalue()
