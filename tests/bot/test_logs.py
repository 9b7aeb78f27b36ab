"""Logs: their form, and that no secret is in them."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.logs import REDACTED, set_up_logging
from rag.settings import Settings
from rag.tracing import asking, log_stage
from tests.library import settings_of

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
    logging.getLogger("telegram").info("Set Bot API URL: https://x/bot%s", TOKEN)
    assert stream.getvalue().count("\n") == 1
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize("name", ["telegram.ext.ExtBot", "openai._base_client", "llama_index"])
@pytest.mark.parametrize("wanted", [True, False])
def test_what_libraries_tell_of_questions_is_logged_where_it_is_wanted(
    name: str, *, wanted: bool
) -> None:
    stream, _ = logged(log_level="DEBUG", log_questions=wanted)
    logging.getLogger(name).debug("Request options: {'content': 'من هي؟'}")
    assert ("من هي؟" in stream.getvalue()) is wanted


def test_a_line_bears_the_id_of_the_question_it_is_about() -> None:
    stream, log = logged()
    with asking() as asked:
        log_stage(logging.getLogger("rag.knowledge_base"), "searched", passages=10, failure=None)
    log.info("of nobody")
    about, of_nobody = stream.getvalue().splitlines()
    assert about.endswith(f" INFO rag.knowledge_base [{asked}]: searched: passages=10")
    assert "[" not in of_nobody
    stream, log = logged(log_format="json")
    with asking() as asked:
        log_stage(log, "searched", passages=10)
    log.info("of nobody")
    about, of_nobody = map(json.loads, stream.getvalue().splitlines())
    assert (about["question_id"], about["stage"], about["passages"]) == (asked, "searched", 10)
    assert "question_id" not in of_nobody


NAMES = ["a\nERROR bot: forged", "a\rb", "a\x1b[31mred", "a\u202eb", "a\u2028b", "a\x85b"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_name_can_forge_a_line_or_steer_a_terminal(name: str, form: str) -> None:
    stream, log = logged(log_format=form)
    log.warning("%s was skipped", name)
    assert len(stream.getvalue().splitlines()) == 1
    assert not re.search("[\x1b\u202e]", stream.getvalue())
    try:
        raise ValueError(name)
    except ValueError:
        log.exception("failed")
    _, *lines = stream.getvalue().splitlines()
    assert all(line.startswith(("    ", "{", "20")) for line in lines)


def test_in_the_terminal_only_what_is_wrong_is_said_unless_more_is_wanted() -> None:
    for settings, lines in ((settings_of(), 1), (settings_of(log_level="INFO"), 2)):
        stream = io.StringIO()
        set_up_logging(settings, stream, quiet=True)
        logging.getLogger("bot").info("Revision 1.")
        logging.getLogger("bot").warning("The disk is full.")
        assert stream.getvalue().count("\n") == lines


def test_a_placeholder_of_a_key_does_not_spoil_the_log() -> None:
    stream = io.StringIO()
    set_up_logging(Settings.model_construct(openai_api_key=SecretStr("none")), stream)
    logging.getLogger("bot").warning("none of them")
    assert "none of them" in stream.getvalue()
