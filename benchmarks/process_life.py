"""What a running process holds, read from Linux: memory, descriptors, threads, children."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a process holds at a moment; memory in bytes."""

    rss: int
    pss: int
    """Its own, and its share of what it shares with others."""
    uss: int
    """Its own alone."""
    files: int
    """Open descriptors that are neither sockets nor arrays."""
    arrays: int
    """Descriptors of NumPy's files that are mapped into memory."""
    sockets: int
    threads: int
    children: int


def vitals(process: int) -> Vitals:
    """What the process holds now. OSError where it is gone."""
    place = _PROC / str(process)
    memory = {}
    for line in (place / "smaps_rollup").read_text().splitlines()[1:]:
        name, value, *_ = line.split()
        memory[name.rstrip(":")] = 1024 * int(value)
    targets = targets_of(process)
    sockets = sum(one.startswith("socket:") for one in targets)
    arrays = sum(".npy" in one for one in targets)
    threads = list((place / "task").iterdir())
    children = 0
    for thread in threads:
        with suppress(OSError):  # it may have ended meanwhile
            children += len((thread / "children").read_text().split())
    return Vitals(
        rss=memory["Rss"],
        pss=memory["Pss"],
        uss=memory["Private_Clean"] + memory["Private_Dirty"],
        files=len(targets) - sockets - arrays,
        arrays=arrays,
        sockets=sockets,
        threads=len(threads),
        children=children,
    )


def targets_of(process: int) -> list[str]:
    """What the descriptors of a process are open on."""
    found = []
    for descriptor in (_PROC / str(process) / "fd").iterdir():
        with suppress(OSError):  # it may be closed by now
            found.append(str(descriptor.readlink()))
    return found


def sizes_in(folder: Path) -> dict[str, int]:
    """The bytes of the files below a folder, by their paths in it."""
    sizes = {}
    for place, _, names in os.walk(folder):  # a folder that vanishes meanwhile is passed over
        for path in (Path(place, name) for name in names):
            with suppress(OSError):
                sizes[path.relative_to(folder).as_posix()] = path.stat().st_size
    return sizes
