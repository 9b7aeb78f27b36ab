"""The conversation in a terminal: one message a line, until the end of input."""

import asyncio
import sys
import threading
import time
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, TypeVar

from bot.access import TERMINAL
from bot.conversation import Conversation
from bot.message import Message
from bot.rendering import WORDS
from bot.screen import PlainScreen, PrettyScreen, Screen, read_lines, typed_lines
from bot.upkeep import Upkeep
from rag.text.language import DEFAULT

T = TypeVar("T")

PATIENCE: Final = 2.0
"""Seconds that piped questions wait for the index to be brought up to date."""


def run_console(
    conversation: Conversation, upkeep: Upkeep, language: str | None, *, as_json: bool
) -> None:
    """Talks to whoever is at standard input. `language` is theirs, as far as it is known."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    typing = sys.stdin.isatty() and sys.stdout.isatty()
    lines = typed_lines() if typing else read_lines(sys.stdin.buffer)
    words = language or DEFAULT
    screen: Screen
    if sys.stdout.isatty() and not as_json:
        screen = PrettyScreen(sys.stdout, words)
    else:
        screen = PlainScreen(sys.stdout, sys.stderr, words, as_json=as_json)
    with _background_loop() as loop:
        converse(
            conversation,
            upkeep,
            screen,
            lines,
            language=language,
            loop=loop,
            typing=typing,
        )


def converse(
    conversation: Conversation,
    upkeep: Upkeep,
    screen: Screen,
    lines: Iterable[str],
    *,
    language: str | None,
    loop: asyncio.AbstractEventLoop,
    typing: bool,
) -> None:
    """Answers the lines, one after the other; the work is done in `loop`.

    The first start shows how indexing comes along; where it was done before, whoever is `typing`
    is answered at once, and a pipe waits a moment for what has changed since. IsnadError where
    there is nothing to answer from and the documents cannot be read.
    """

    def run(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    if not upkeep.ready:
        run(upkeep.sync(screen.progress))
    asyncio.run_coroutine_threadsafe(upkeep.run(for_long=typing), loop)
    if not typing:
        run(_within(PATIENCE, upkeep.settled()))
    # A person goes on where they left it. What a pipe is answered depends on nothing before it.
    place = Message(TERMINAL, 0 if typing else time.time_ns(), TERMINAL, language=language)
    greeting = WORDS("greeting", words := run(conversation.language_of(place)))
    if run(conversation.has_begun(place)):
        greeting = f"{greeting}\n{WORDS('greeting-again', words)}"
    screen.greet(greeting)
    for line in lines:
        if not line:
            continue
        screen.wait()
        message = replace(place, text=line)
        screen.show(run(conversation.reply(message, screen.grow, screen.progress)))


async def _within(seconds: float, work: Coroutine[Any, Any, None]) -> None:
    """Waits for some work, but no longer than this."""
    await asyncio.wait([asyncio.create_task(work)], timeout=seconds)


@contextmanager
def _background_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop in a thread of its own, so that waiting for a line holds nothing up.

    The main thread reads: there a Ctrl-C interrupts a prompt, and an answer as well.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="conversation", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _cancel_all() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=1) if tasks else None
