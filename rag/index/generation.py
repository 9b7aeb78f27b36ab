"""Generations: sealed Chroma collections of a revision's vectors.

A generation is built apart by another process (`python -m rag.index.building`), checked by a fresh
one, and put in place by replacing a pointer file, which also names the one before it. A serving
process only reads sealed generations, so a kill costs only the unfinished one. Chroma damages its
folder in some kills and can then crash whoever opens it, hence the processes of their own.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from rag.index.chroma import ChromaServer, Shelf
from rag.index.embedding import Vector
from rag.index.segment import flush_folder

_POINTER: Final = "current.json"
_UNSOUND: Final = ".unsound"
_PROBE_TIMEOUT: Final = 120.0
_PROBED_A_SECOND: Final = 500
_OF_THEIR_OWN_SIZE: Final = (".bin", ".pickle")
"""What nobody writes to once it is sealed; SQLite's files change when they are opened."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed generation."""

    name: str
    revision: int
    key: str
    """The name of the revision that it holds, and of none besides."""
    embedding: str
    passages: int
    ids: str
    """The hash of all its ids."""
    server: str = ""
    """The address of the Chroma server that has it; empty: embedded."""
    files: dict[str, int] = field(default_factory=dict)
    """The sizes of its files, by their paths; empty on a server."""
    recall: float | None = None
    """Of the ten nearest passages to a point, the share that is found: measured before the seal."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """The generation in place, and the one that was in place before it."""

    current: Generation | None = None
    former: Generation | None = None


def folder_of(data: Path) -> Path:
    """Where the generations and the pointer are."""
    return data / "chroma"


def pointer(data: Path) -> Pointer:
    """What the pointer file says; it is empty where that cannot be read."""
    try:
        said = json.loads((folder_of(data) / _POINTER).read_text(encoding="utf-8"))
        names = ("current", "former")
        return Pointer(*(Generation(**said[one]) if said[one] else None for one in names))
    except (OSError, ValueError, TypeError, KeyError):
        return Pointer()


def point_to(data: Path, said: Pointer) -> None:
    """Replaces the pointer, at once and for good."""
    path = folder_of(data) / _POINTER
    written = path.with_suffix(f".{os.getpid()}")
    with written.open("w", encoding="utf-8") as file:
        json.dump(asdict(said), file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    flush_folder(path.parent)


def current(data: Path, server: ChromaServer | None) -> Generation | None:
    """The generation that the pointer names, None where there is none whole for this Chroma."""
    return whole(data, server, pointer(data).current)


def whole(
    data: Path, server: ChromaServer | None, generation: Generation | None
) -> Generation | None:
    """The generation, None where it is another Chroma's, lost in part, or was found unsound."""
    if generation is None or generation.server != address(server):
        return None
    if _mark(data, generation).exists():
        return None
    there = sizes(folder_of(data) / generation.name)
    if server is None and not (there and generation.files.items() <= there.items()):
        return None
    return generation


def sizes(folder: Path) -> dict[str, int]:
    """The sizes of the files below a generation's folder; 0 for those that change when opened."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        if path.suffix in _OF_THEIR_OWN_SIZE
        else 0
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", "-journal"))
    }


def address(server: ChromaServer | None) -> str:
    """The address of a server as generations note it; empty for none."""
    return f"{server.host}:{server.port}" if server else ""


def is_current(data: Path, server: ChromaServer | None, key: str, embedding: str) -> bool:
    """Whether the generation in place is that of the revision with this key."""
    present = current(data, server)
    return present is not None and (present.key, present.embedding) == (key, embedding)


def call_unsound(data: Path, generation: Generation) -> None:
    """Notes that a generation cannot be used, so that another is built in its place."""
    _mark(data, generation).touch()


def _mark(data: Path, generation: Generation) -> Path:
    return folder_of(data) / f"{generation.name}{_UNSOUND}"


# In processes of their own


OnStart = Callable[["subprocess.Popen[bytes]"], None]
"""Hears of a process that has been started."""


def _unwatched(_: "subprocess.Popen[bytes]") -> None:
    """Nobody wants to know."""


def build_in_child(data: Path, on_start: OnStart = _unwatched) -> bool:
    """Builds the generation in another process, at low priority; True where that went well.

    The process reads the settings itself: it is told nothing secret. `on_start` gets the process.
    """
    return run("build", str(data), on_start=on_start).returncode == 0


def is_sound(data: Path, generation: Generation, on_start: OnStart = _unwatched) -> bool:
    """Whether a generation can be opened and searched, tried out in another process."""
    return probed(folder_of(data) / generation.name, generation, on_start) == ""


def probed(folder: Path, generation: Generation, on_start: OnStart = _unwatched) -> str:
    """What is wrong with the generation in `folder`; empty where nothing is."""
    patience = _PROBE_TIMEOUT + generation.passages / _PROBED_A_SECOND
    arguments = ("probe", str(folder), str(generation.passages), generation.ids)
    try:
        done = run(*arguments, timeout=patience, on_start=on_start)
    except subprocess.TimeoutExpired:
        return "it does not answer"
    return "" if done.returncode == 0 else done.stderr.decode()[-300:] or f"{done.returncode}"


def run(
    *arguments: str, timeout: float | None = None, on_start: OnStart = _unwatched
) -> subprocess.CompletedProcess[bytes]:
    """Runs a task of `rag.index.building`; building gives way to whatever else wants the disk.

    `on_start` gets the process, which may be killed. TimeoutExpired after `timeout` seconds.
    """
    idle = shutil.which("ionice") if arguments[0] == "build" else None
    command = [sys.executable, "-m", "rag.index.building", *arguments]
    child = subprocess.Popen(  # noqa: S603
        [idle, "-c", "2", "-n", "7", *command] if idle else command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with child:
        on_start(child)
        try:
            output, errors = child.communicate(timeout=timeout)
        except BaseException:
            child.kill()
            raise
    return subprocess.CompletedProcess(command, child.returncode, output, errors)


class VectorIndex:
    """An open generation, for queries."""

    def __init__(self, data: Path, generation: Generation, server: ChromaServer | None) -> None:
        self.generation = generation
        shelf = Shelf(folder_of(data) / generation.name, server)
        self._client = shelf.open()
        self._collection = shelf.get_collection(self._client)

    def nearest(self, vector: Vector, count: int) -> list[int]:
        """The ids of the passages nearest to `vector`, nearest first."""
        found: Any = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=min(count, self.generation.passages),
            include=["metadatas"],
        )
        return [int(metadata["passage"]) for metadata in found["metadatas"][0]]

    def close(self) -> None:
        """Lets go of the generation's files and memory."""
        self._client.close()
        # Chroma's own objects hold one another, and with them files and hundreds of megabytes.
        del self._client, self._collection
        gc.collect()
