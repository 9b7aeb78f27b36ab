"""Logging: to standard error, as text or JSON lines, and never with a secret in it.

Each line that is logged while a question is dealt with carries its id. What was asked and answered
is in none, unless LOG_QUESTIONS asks for it.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, TextIO

from pydantic import SecretStr

from rag.settings import Settings
from rag.tracing import FIELDS, question_id

REDACTED: Final = "[redacted]"

_SHAPES = re.compile(r"\d+:[\w-]{30,}|\bsk-[\w-]{8,}|\bjoin_[\w-]{22}")
"""Tokens, keys and invitations."""
_STEERING = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")
_SHORTEST_SECRET = 8
"""A shorter key is a placeholder of a local server; striking it out would spoil the log."""
_CHATTY = ("httpx", "httpcore")
"""They log every address at INFO, and Telegram's hold the token."""
_TALKATIVE = ("telegram", "openai", "llama_index", "chromadb", "aiosqlite")
"""Below INFO they log what is sent and received: questions and answers."""


class Redaction(logging.Filter):
    """Strikes secrets out of records: message, arguments, exception and stack."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        known = sorted({one for one in secrets if len(one) >= _SHORTEST_SECRET}, key=len)
        self._known = tuple(reversed(known))

    def strike(self, text: str) -> str:
        """The text without the secrets."""
        for secret in self._known:
            text = text.replace(secret, REDACTED)
        return _SHAPES.sub(REDACTED, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; it is always logged."""
        record.msg, record.args = self.strike(_message(record)), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self.strike(record.exc_text)
        if record.stack_info:
            record.stack_info = self.strike(record.stack_info)
        return True


def _message(record: logging.LogRecord) -> str:
    """What a record says, also where its arguments do not fit its words."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} {record.args}"


class TextLines(logging.Formatter):
    """A record as text. Nothing in it can pass for a line, or a colour, of its own."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s%(about)s: %(message)s", defaults={"about": ""}
        )

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """What is said, in one line."""
        return _escaped(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """What is said, and below it, set in, the exception."""
        first, *rest = super().format(record).split("\n")
        return "\n".join([first, *(f"    {_escaped(line)}" for line in rest)])


def _escaped(text: str) -> str:
    """A text in which characters that steer a terminal are spelt out."""
    return _STEERING.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + "Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if asked := getattr(record, "question_id", ""):
            line["question_id"] = asked
        line |= getattr(record, FIELDS, {})
        if record.exc_text:
            line["exception"] = record.exc_text
        told = json.dumps(line, ensure_ascii=False)
        return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


def secrets_of(settings: Settings) -> list[str]:
    """Every secret among the settings."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]


def set_up_logging(settings: Settings, stream: TextIO, *, quiet: bool = False) -> Redaction:
    """Logs to `stream`: ours from LOG_LEVEL, others' from WARNING; all of it at DEBUG.

    `quiet`: where LOG_LEVEL is not set, ours from WARNING too.
    """
    redaction = Redaction(secrets_of(settings))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    handler.addFilter(redaction)
    logging.setLogRecordFactory(partial(_struck, redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    quiet = quiet and "log_level" not in settings.model_fields_set
    ours = logging.WARNING if quiet else logging.getLevelNamesMapping()[settings.log_level]
    root.setLevel(ours if ours == logging.DEBUG else max(ours, logging.WARNING))
    for name in ("bot", "rag"):
        logging.getLogger(name).setLevel(ours)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    theirs = logging.NOTSET if settings.log_questions else max(root.level, logging.INFO)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(theirs)
    logging.captureWarnings(True)
    return redaction


def _struck(redaction: Redaction, *arguments: Any, **options: Any) -> logging.LogRecord:
    """A record without secrets from its birth: a library may have handlers of its own.

    It also bears the id of the question that it is about.
    """
    record = logging.LogRecord(*arguments, **options)
    redaction.filter(record)
    if asked := question_id():
        record.question_id, record.about = asked, f" [{asked}]"
    return record
