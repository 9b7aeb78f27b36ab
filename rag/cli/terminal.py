"""The terminal's side of the commands: input, output, progress, notices."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

from rag.errors import IndexBusy, IndexUnavailable, ModelUnavailable, UsageError
from rag.index.report import Progress
from rag.knowledge_base import KnowledgeBase
from rag.settings import Settings, load_settings

_STAGES = {
    "read": "Reading",
    "embed": "Embedding",
    "write": "Indexing",
    "build": "Building vectors",
}
_LONGEST_QUESTION = 2_000
_WAIT = 2.0
"""Seconds that a question waits for another process at work on the index."""


@contextmanager
def opened() -> Iterator[tuple[Settings, KnowledgeBase]]:
    """The settings and the knowledge base of this process."""
    # Several BLAS threads only get in each other's way on small matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    settings = load_settings()
    with KnowledgeBase.open(settings) as knowledge:
        yield settings, knowledge


def print_json(value: Any) -> None:
    """One JSON object on a line of standard output."""
    shown = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    say(json.dumps(shown, ensure_ascii=False))


def say(text: str) -> None:
    """A line on standard output; letters that it cannot show become question marks."""
    if sys.stdout is not None:  # it is None where whoever started the command has closed it
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.flush()


def given() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def warn(text: str) -> None:
    """A line on standard error."""
    print(text, file=sys.stderr)


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error where that is a terminal; else nothing is shown."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[units]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bars.add_task(_STAGES[progress.stage], units="")
            bars.update(
                tasks[progress.stage],
                completed=progress.done,
                total=progress.total,
                units=_units(progress),
            )

        yield show


def _units(progress: Progress) -> str:
    """What a stage counts: files, and how many passages they have so far."""
    if progress.stage == "embed":
        return "passages"
    files = "files" if progress.stage in {"read", "write"} else ""
    return f"{files}, {progress.passages} passages" if progress.passages else files


def questions(words: list[str]) -> Iterator[str]:
    """The question of the arguments, or each line of standard input that is not empty."""
    if words:
        yield _checked(_typed(" ".join(words)))
        return
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("There is no question.", "Write it after the command, or pipe it in.")
    for line in sys.stdin.buffer:
        if text := line.decode("utf-8", "replace").removeprefix("\ufeff").strip():
            yield _checked(text)


def _typed(text: str) -> str:
    """An argument as it was written, also where the locale has not the letters for it."""
    try:
        return os.fsencode(text).decode()
    except UnicodeDecodeError:
        return text


def _checked(question: str) -> str:
    text = question.encode("utf-8", "replace").decode().strip()
    if not text:
        raise UsageError("The question is empty.")
    if len(text) > _LONGEST_QUESTION:
        raise UsageError(
            f"The question is longer than {_LONGEST_QUESTION} characters.", "Make it shorter."
        )
    return text


async def brought_up_to_date(knowledge: KnowledgeBase) -> bool:
    """Brings the index up to date; False where that fails and there is an older one to serve."""
    with progress_bar(shown=True) as show:
        try:
            report = await knowledge.sync(show, wait=_WAIT)
        except (IndexUnavailable, ModelUnavailable) as error:
            if not knowledge.ready:
                raise
            failure = error
        else:
            if not report.passages:
                warn("rag: There are no documents to answer from; `rag doctor` says more.")
            return True
    if not isinstance(failure, IndexBusy):
        warn(f"rag: {failure}")
    return False
