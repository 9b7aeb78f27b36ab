"""The bot's log in a soak: each warning and error has a cause, or is unexplained."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple


class Explanation(NamedTuple):
    """A kind of line, by its level and words, and the fault that it comes from."""

    level: str
    words: re.Pattern[str]
    cause: str


def _of(level: str, words: str, cause: str) -> Explanation:
    return Explanation(level, re.compile(words), cause)


EXPLANATIONS: Final = (
    _of("WARNING", r"the question is searched as it was asked", "chat"),
    _of("WARNING", r"the model did not finish its answer", "chat"),
    _of("WARNING", r"the answer is not judged", "chat"),
    _of("WARNING", r"the quotations are not translated", "chat"),
    _of("WARNING", r"searched without vectors", "embedding"),
    _of("WARNING", r"self-test is put off", "embedding"),
    _of("ERROR", r"not done: The embedding", "embedding"),
    _of("ERROR", r"not handled: The embedding", "embedding"),
    _of("WARNING", r"not brought up to date: The embedding", "embedding"),
    _of("WARNING", r"Telegram: .* Trying on\.", "polls"),
    _of("WARNING", r"updates come in again", "polls"),
    _of("WARNING", r"Telegram refused the form of a message", "forms"),
    _of(
        "ERROR",
        r"not handled: (Internal Server Error|Bad Gateway|the connection broke|Flood control)",
        "queries",
    ),
)
"""What a fault that was made on purpose may leave in the log."""
LINES: Final = {"chat": 1, "late": 1, "embedding": 2, "polls": 2, "forms": 1, "queries": 1}
"""The most lines that one fault leaves."""
STARTING: Final = 40.0
"""Seconds after a start in which the model may be late because of the bot itself."""
_LATE: Final = re.compile(r"did not answer in time|APITimeoutError")
_TOLD: Final = re.compile(
    r"Questions and passages|Warning: everyone|Answering in Telegram|Reading the documents"
    r"|Preparing the passages|Storing|Building the index|Stop with Ctrl-C"
)
"""What the operator is told at the start, which is no log."""


@dataclass
class Log:
    """What stands in the log."""

    explained: Counter[str] = field(default_factory=Counter)
    """Lines by their cause."""
    unexplained: list[str] = field(default_factory=list)


def read_log(
    path: Path, faults: Mapping[str, int], starts: Sequence[float], *, is_busy: bool
) -> Log:
    """Classifies the lines; `faults` of each cause there were so many.

    The bot was started at `starts`, in seconds since 1970: for a while after that, it imports the
    model's libraries while the first questions wait. Where others kept the machine busy, the model
    may be late at any time.
    """
    log = Log()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        cause = _cause_of(line, starts)
        if cause is None:
            log.unexplained.append(line[:3_000])
        elif cause:
            log.explained[cause] += 1
    for cause, lines in log.explained.items():
        most = LINES[cause] * faults.get(cause, 0)
        if lines > most and not (cause == "late" and is_busy):
            log.unexplained.append(f"{lines} lines because of {cause}, which explains {most}")
    return log


def _cause_of(line: str, starts: Sequence[float]) -> str | None:
    """The cause of a line; empty where it needs none, None where it has none."""
    if not line.startswith("{"):
        return "" if not line.strip() or _TOLD.search(line) else None
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if record["level"] not in ("WARNING", "ERROR", "CRITICAL"):
        return ""
    at = datetime.fromisoformat(record["time"]).timestamp()
    if _LATE.search(record["message"]):
        return "" if any(0 <= at - one < STARTING for one in starts) else "late"
    for one in EXPLANATIONS:
        if one.level == record["level"] and one.words.search(record["message"]):
            return one.cause
    return None
