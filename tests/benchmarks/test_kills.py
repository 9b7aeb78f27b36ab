"""Kills of the indexer and the builder: the short form of `benchmarks/kills.py`, and its counts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill_victim import DIMENSIONS
from benchmarks.kills import Siege
from rag.index.generation import Pointer, current, point_to
from tests.servers.openai_api import OpenAIServer


@pytest.fixture
def siege(tmp_path: Path) -> Iterator[Siege]:
    """An index of a few files that nobody has killed yet."""
    with OpenAIServer(dimensions=DIMENSIONS) as server:
        yield Siege(tmp_path, server, seed=1, files=20)


def test_kills_lose_nothing(siege: Siege) -> None:
    for stage in ("embed", "write", "sweep", "swap", "clean"):
        siege.strike(stage)
    siege.end()
    assert siege.tally.is_clean, siege.tally
    assert siege.tally.kills.total() >= 3  # what is not held back may be over too soon
    assert siege.tally.kills["swap"] == siege.tally.kills["clean"] == 1
    # The siege would see it if the generation in place were gone, or another's.
    siege.check_generation(must_be=True)
    assert siege.tally.unsound == 0
    held = siege.holdings[siege.held.key]
    siege.holdings[siege.held.key] = replace(held, passages=dict([*held.passages.items()][1:]))
    siege.check_generation(must_be=True)
    assert siege.tally.unsound == 1
    assert current(siege.data, None)
    point_to(siege.data, Pointer())
    siege.check_generation(must_be=True)
    assert siege.tally.unsound == 2


def test_what_was_in_flight_may_be_paid_for_again_and_nothing_else(siege: Siege) -> None:
    one, other = list(siege.server.embedded)[:2]
    siege.server.embedded.update([one, other])
    siege.allowed[one] += 1
    siege.end()
    assert (siege.tally.again, siege.tally.paid_twice) == (1, 1)
    assert not siege.tally.is_clean
