"""Memory that is free goes back to the system."""

import gc
import platform
from pathlib import Path

import pytest

from bot.heap import give_back, set_apart, share_arenas

MEGABYTE = 2**20


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries do so themselves")
def test_what_is_freed_between_other_things_is_given_back() -> None:
    held = [bytes(1024) for _ in range(40_000)]
    kept = held[::100]  # so that the heap cannot simply become shorter
    before = resident()
    del held
    give_back()
    assert before - resident() > 20 * MEGABYTE
    assert len(kept) == 400


def test_it_does_no_harm_where_there_is_nothing_to_give_back() -> None:
    share_arenas()
    give_back()
    give_back()


def test_what_is_set_apart_is_not_looked_at_again_and_what_comes_later_is() -> None:
    before = gc.get_freeze_count()
    try:
        set_apart()
        assert gc.get_freeze_count() > before
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
