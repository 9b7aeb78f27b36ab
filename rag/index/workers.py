"""Workers: processes that do parts of the indexer's work beside this one.

They read tasks from their standard input and end with it: none outlives its parent.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from types import TracebackType
from typing import BinaryIO, Final, Self, TypeVar

_MOST: Final = 4
_COURTESY: Final = 5

T = TypeVar("T")
Batch = TypeVar("Batch")


def processors() -> int:
    """How many processors this process may use; not every system can tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Some processes, from when it is entered until it is left. Nobody waits for them then."""

    def __init__(self, count: int) -> None:
        self.count = max(1, min(_MOST, count))
        self._workers: list[_Worker] = []
        self._idle = SimpleQueue[_Worker]()

    def submit(self, task: Callable[[], T]) -> "Future[T]":
        """Has a task done as soon as a process is idle. It has to be one that can be pickled."""

        def done() -> T:
            worker = self._idle.get()
            try:
                return worker(task)
            finally:
                self._idle.put(worker)

        return self._threads.submit(done)

    def __enter__(self) -> Self:
        self._threads = ThreadPoolExecutor(self.count)
        for _ in range(self.count):
            self._workers.append(_Worker())
            self._idle.put(self._workers[-1])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.close()


def shared_out(
    batches: Iterable[Batch],
    work: Callable[[Batch], Sequence[T]],
    here: Callable[[Batch], Sequence[T]],
    workers: Workers,
) -> Iterator[T]:
    """What `work` makes of the batches, in their order.

    While all workers have enough to do, this process does its part, by `here`.
    """
    running: deque[Future[Sequence[T]]] = deque()
    for batch in batches:
        if sum(not one.done() for one in running) <= workers.count:
            running.append(workers.submit(partial(work, batch)))
        else:
            running.append(Future())
            running[-1].set_result(here(batch))
        while running and running[0].done():
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()


class _Worker:
    """A process that does one task after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is the parent's affair.
        )
        self._is_wanted = True

    def __call__(self, task: Callable[[], T]) -> T:
        """What the task gives; it is done here where the process has been ended by somebody."""
        tasks, results = self._process.stdin, self._process.stdout
        if tasks is None or results is None:
            return task()
        try:
            pickle.dump(task, tasks)
            tasks.flush()
            made: T = pickle.load(results)  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError):
            if self._is_wanted:
                return task()
            raise
        return made

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self._is_wanted = False
        self._process.kill()

    def close(self) -> None:
        """Closes its pipes, once nobody uses them."""
        self._process.communicate()


def serve(tasks: BinaryIO, results: BinaryIO) -> None:
    """Does tasks until there are no more."""
    while True:
        try:
            task = pickle.load(tasks)  # noqa: S301
        except EOFError:
            return
        pickle.dump(task(), results)
        results.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Where the parent is gone, it ends quietly.
    os.nice(_COURTESY)
    serve(sys.stdin.buffer, sys.stdout.buffer)
