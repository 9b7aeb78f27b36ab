"""Files read by several processes: as if read here."""

import os
import signal
from pathlib import Path

import pytest

from rag.index.understanding import AsKnown, Outcome, Refused, Wanted, every_outcome, understood
from tests.index.test_features import is_gone, several_processors, workers

MANY = 1600
"""So many files are shared out."""


def folder_of(place: Path) -> list[Wanted]:
    """Files of which some cannot be read, are as they were, or have gone."""
    (place / "a.html").write_text("<html><h1>زيارة باقري</h1><p>وصل باقري إلى موسكو.</p></html>")
    (place / "b.txt").write_text("زيارة باقري\nوصل باقري إلى موسكو.")
    (place / "c.txt").write_bytes(b"\xff\xfe\x00")
    (place / "d.txt").write_text(" ")
    (place / "e.txt").write_text("***\n---\n")
    names = ["a.html", "b.txt", "c.txt", "d.txt", "e.txt", "gone.txt"]
    return [
        Wanted(names[number % len(names)] if number > 9 else "b.txt", "") for number in range(MANY)
    ]


@several_processors
def test_processes_of_their_own_give_what_is_read_here_in_its_order(tmp_path: Path) -> None:
    wanted = folder_of(tmp_path)
    once: dict[str, Outcome] = {one.path: understood(tmp_path, [one])[0] for one in wanted[10:16]}
    found = list(every_outcome(tmp_path, wanted))
    assert found == [once[one.path] for one in wanted]
    assert once["gone.txt"] == Refused(
        "it cannot be opened: No such file or directory", may_pass=True
    )
    assert workers(os.getpid()) == []


def test_a_file_that_is_known_is_not_understood_again(tmp_path: Path) -> None:
    folder_of(tmp_path)
    (first,) = understood(tmp_path, [Wanted("b.txt", "")])
    assert not isinstance(first, AsKnown | Refused)
    assert understood(tmp_path, [Wanted("b.txt", first.file.sha256)]) == [AsKnown()]


@several_processors
@pytest.mark.parametrize("is_killed", [True, False])
def test_a_process_that_is_killed_costs_no_file_and_none_is_left(
    tmp_path: Path, is_killed: bool
) -> None:
    wanted = folder_of(tmp_path)
    reading = every_outcome(tmp_path, wanted)
    found = [next(reading)]
    started = workers(os.getpid())
    assert started
    if is_killed:
        for pid in started:
            os.kill(pid, signal.SIGKILL)
        found.extend(reading)
        assert len(found) == MANY
    else:
        reading.close()  # type: ignore[attr-defined]
    assert all(map(is_gone, started))
