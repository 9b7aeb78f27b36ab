"""What goes wrong on demand."""

import random
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from .telegram_refusals import Object, Refusal, too_many_requests


class Cut(Exception):
    """The connection is to be closed without an answer."""


@dataclass(frozen=True)
class Fault:
    """What happens to a request instead of, before or after its proper answer."""

    refusal: Refusal | None = None
    cut: str = ""  # "before" or "after" acting
    seconds: float = 0


class Faults:
    """Which fault the next request of a method meets: those planned for it, then by chance."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._chance = random.Random(0)
        self._share, self._common = 0.0, list[Fault]()
        self._spared: frozenset[str] = frozenset()
        self.repeats = 0  # how many of the next updates come twice
        self.swaps = False  # whether the next update comes after the one that follows it
        self._held: list[Object] = []

    def plan(self, method: str, fault: Fault, times: int) -> None:
        """Keeps a fault for the next requests of a method."""
        self._planned[method].extend([fault] * times)

    def scatter(
        self, share: float, faults: Iterable[Fault], seed: int, spare: Iterable[str]
    ) -> None:
        """Lets this share of all requests from now on meet one of the faults, except of `spare`."""
        self._share, self._common = share, list(faults)
        self._chance, self._spared = random.Random(seed), frozenset(spare)

    def next(self, method: str) -> Fault:
        """The fault of a request that has just come; it may be none."""
        if self._planned[method]:
            return self._planned[method].popleft()
        if method not in self._spared and self._chance.random() < self._share:
            return self._chance.choice(self._common)
        return Fault()

    def handed(self, update: Object) -> list[Object]:
        """What is handed out when there is a new update."""
        if self.swaps:
            self.swaps, self._held = False, [update]
            return []
        copies = [update]
        if self.repeats:
            self.repeats -= 1
            copies.append({**update})
        held, self._held = self._held, []
        return copies + held


def refused(error_code: int, retry_after: int) -> Fault:
    """A refusal with this code, without acting."""
    if error_code == 429:
        return Fault(refusal=too_many_requests(retry_after))
    return Fault(refusal=Refusal(error_code, HTTPStatus(error_code).phrase))
