"""An event loop in which waiting takes no time: its clock jumps to what is due next."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class _Hands(selectors.DefaultSelector):
    """Waits for nothing, and says how long it would have waited."""

    now = 1_000.0
    elsewhere = 0
    """What threads are doing just now. It takes no time either, and is waited for."""

    def select(self, timeout: float | None = None) -> list[Any]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if self.elsewhere or timeout is None:
            return super().select()
        self.now += timeout
        return []


class Clockwork(asyncio.SelectorEventLoop):
    """A loop without sockets, with a clock of its own."""

    def __init__(self) -> None:
        self._hands = _Hands()
        super().__init__(self._hands)

    def time(self) -> float:
        return self._hands.now

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        done = super().run_in_executor(executor, func, *args)
        self._hands.elsewhere += 1
        done.add_done_callback(self._is_back)
        return done

    def _is_back(self, _: object) -> None:
        self._hands.elsewhere -= 1

    async def shutdown_default_executor(
        self,
        timeout: float | None = None,  # noqa: ASYNC109  # as the loop has it
    ) -> None:
        # Without a timeout, which would be over at once.
        self._hands.elsewhere += 1
        try:
            await super().shutdown_default_executor()
        finally:
            self._hands.elsewhere -= 1


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of the work, whatever time it would have taken."""
    with asyncio.Runner(loop_factory=Clockwork) as runner:
        return runner.run(work)
