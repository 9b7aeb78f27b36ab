"""Contact with the model's server: whether it has answered lately, and how often it was asked."""

import time
from collections.abc import Callable
from typing import Final

FEWEST: Final = 2
"""Failures in a row from which on the server counts as out of reach."""
LATELY: Final = 60.0
"""Seconds after which a failure says nothing any more about how the server is now."""


class Contact:
    """What came of the requests to one server. Its numbers may be read from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed_at = 0.0
        self._in_a_row = 0
        self.requests = 0
        self.retries = 0
        """Of the requests, those that repeat one that failed or was refused."""
        self.failures = 0

    def begins(self, *, again: bool) -> None:
        """A request is made."""
        self.requests += 1
        self.retries += again

    def answered(self) -> None:
        """The server has answered."""
        self._in_a_row = 0

    def failed(self) -> None:
        """It failed, refused or did not answer in time."""
        self.failures += 1
        self._in_a_row += 1
        self._failed_at = self._clock()

    @property
    def is_well(self) -> bool:
        """Whether nothing speaks against asking it: its last requests have not failed lately."""
        return self._in_a_row < FEWEST or self._clock() - self._failed_at > LATELY
