"""Logging: to standard error, as text or JSON lines, and never with a secret in it."""

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

REDACTED: Final = "[redacted]"

_SHAPES = re.compile(r"\d+:[\w-]{30,}|\bsk-[\w-]{8,}|\bjoin_[\w-]{22}")
"""Tokens, keys and invitations."""
_SHORTEST_SECRET = 8
"""A shorter key is a placeholder of a local server; striking it out would spoil the log."""
_CHATTY = ("httpx", "httpcore")
"""They log every address at INFO, and Telegram's hold the token."""


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


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + "Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["exception"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def secrets_of(settings: Settings) -> list[str]:
    """Every secret among the settings."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    return [value.get_secret_value() for value in values if isinstance(value, SecretStr)]


def set_up_logging(settings: Settings, stream: TextIO) -> Redaction:
    """Logs to `stream`: ours from LOG_LEVEL, others' from WARNING; all of it at DEBUG."""
    redaction = Redaction(secrets_of(settings))
    handler = logging.StreamHandler(stream)
    if settings.log_format == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(redaction)
    logging.setLogRecordFactory(partial(_struck, redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    ours = logging.getLevelNamesMapping()[settings.log_level]
    root.setLevel(ours if ours == logging.DEBUG else max(ours, logging.WARNING))
    for name in ("bot", "rag"):
        logging.getLogger(name).setLevel(ours)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    return redaction


def _struck(redaction: Redaction, *arguments: Any, **options: Any) -> logging.LogRecord:
    """A record without secrets from its birth: a library may have handlers of its own."""
    record = logging.LogRecord(*arguments, **options)
    redaction.filter(record)
    return record
