"""Tracing: whatever is done about one question carries its id, through threads and tasks.

The log shows the id (`bot.logs`), and the answer has the same one. What was asked is never among
the fields of a stage.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import uuid4

_question: ContextVar[str] = ContextVar("question", default="")

FIELDS: Final = "fields"
"""The attribute of a log record that holds the fields of a stage."""


def question_id() -> str:
    """The id of the question that is being dealt with here; empty where none is."""
    return _question.get()


def begin_question() -> str:
    """Has this task deal with a new question from now on; its id, which nobody can guess."""
    _question.set(uuid4().hex[:16])
    return _question.get()


@contextmanager
def asking() -> Iterator[str]:
    """The id of the question that is being dealt with, a new one where none is."""
    if known := question_id():
        yield known
        return
    token = _question.set(uuid4().hex[:16])
    try:
        yield _question.get()
    finally:
        _question.reset(token)


def log_stage(log: logging.Logger, stage: str, **fields: str | float | None) -> None:
    """Logs that a stage is done, with what there is to know of it."""
    if log.isEnabledFor(logging.INFO):
        said = {name: value for name, value in fields.items() if value is not None}
        told = " ".join(f"{name}={value}" for name, value in said.items())
        log.info("%s: %s", stage, told, extra={FIELDS: {"stage": stage, **said}})
