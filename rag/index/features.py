"""Features: what a passage's text becomes before it goes into a segment.

Most of the time of indexing is spent here, so a long list of texts is shared out among processes
of their own. They read from their standard input and end with it: none outlives its parent.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import BinaryIO, Final, Self

from rag.index.embedding import Embedder, Vector
from rag.text.terms import TermVector, terms_of

Features = tuple[TermVector, Vector | None]
"""A text's terms, and its vector where an embedder is at hand."""

_MOST_WORKERS: Final = 4
_BATCH: Final = 64
"""Texts that a process is given at a time."""
_COURTESY: Final = 5
_WORTH_SHARING: Final = 1500
"""From so many texts on, starting processes takes less time than it saves."""


def features(texts: Sequence[str], embedder: Embedder | None) -> list[Features]:
    """The features of `texts`."""
    vectors = embedder.embed(texts) if embedder else [None] * len(texts)
    return [(terms_of(text)[1], vector) for text, vector in zip(texts, vectors, strict=True)]


def every_feature(
    texts: Iterable[str], count: int, embedder: Embedder | None
) -> Iterator[Features]:
    """The features of about `count` texts, in their order. An embedder has to be free and local."""
    # Without an embedder this process has about as much to do as one of the others.
    workers = min(_MOST_WORKERS, _processors() - (embedder is None))
    if count < _WORTH_SHARING or _processors() == 1:
        for batch in _batches(texts):
            yield from features(batch, embedder)
        return
    with ExitStack() as stack:
        idle = SimpleQueue[_Worker]()
        for _ in range(workers):
            idle.put(stack.enter_context(_Worker()))
        threads = stack.enter_context(ThreadPoolExecutor(workers))

        def made(batch: list[str]) -> list[Features]:
            worker = idle.get()
            try:
                return worker(batch, embedder)
            finally:
                idle.put(worker)

        running: deque[Future[list[Features]]] = deque()
        for batch in _batches(texts):
            running.append(threads.submit(made, batch))
            # While what is made is taken, the processes have the next to do.
            if len(running) > workers + 1:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _processors() -> int:
    """How many processors this process may use; not every system can tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    given = iter(texts)
    while batch := list(islice(given, _BATCH)):
        yield batch


class _Worker:
    """A process that makes features."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is the parent's affair.
        )

    def __call__(self, texts: list[str], embedder: Embedder | None) -> list[Features]:
        """The features of `texts`; made here where the process has been ended by somebody."""
        requests, replies = self._process.stdin, self._process.stdout
        if requests is None or replies is None:
            return features(texts, embedder)
        try:
            pickle.dump((texts, embedder), requests)
            requests.flush()
            made: list[Features] = pickle.load(replies)  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError):
            return features(texts, embedder)
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers requests until there are no more."""
    while True:
        try:
            texts, embedder = pickle.load(requests)  # noqa: S301
        except EOFError:
            return
        pickle.dump(features(texts, embedder), replies)
        replies.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Where the parent is gone, it ends quietly.
    os.nice(_COURTESY)
    serve(sys.stdin.buffer, sys.stdout.buffer)
