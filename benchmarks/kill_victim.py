"""What `kills.py` kills: it brings the index up to date and builds its generation.

It says by file in which stage it is, and knows that from what it does: from Python's audit events
of files and processes, so that the product is as it always is.
"""

import json
import os
import signal
import sys
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from rag.index.building import build
from rag.index.embedding import Vector, unit
from rag.index.generation import folder_of
from rag.index.indexer import Indexer
from rag.index.report import Progress
from rag.index.snapshot import segment_folder
from tests.servers.openai_api import hash_vector

INDEXING: Final = ("start", "read", "embed", "write", "merge", "sweep")
BUILDING: Final = ("leftovers", "build", "try", "swap", "clean")
HELD: Final = "held"
END: Final = "end"
DIMENSIONS: Final = 32
_PATIENCE: Final = 60.0
_OF_FILES: Final = ("open", "os.", "shutil.", "subprocess.")


class MadeUpEmbedder:
    """The vectors that the server gives, for nothing."""

    name, is_paid = "counted", True

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text."""
        return [unit(np.asarray(hash_vector(one, DIMENSIONS), dtype=np.float32)) for one in texts]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return self.embed([question])[0]


class Stages:
    """The stage of this process, written to a file line by line.

    `hold`: a stage, and after how many of its file operations (at its end, if it has fewer) the
    process waits to be killed.
    """

    def __init__(self, file: Path, data: Path, hold: tuple[str, int] | None) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._segments, self._generations = segment_folder(data, "x").parent, folder_of(data)
        self._hold, self._left = hold, hold[1] if hold else 0
        self._now, self._segments_to_write = "", 0

    def enter(self, stage: str) -> None:
        """Says that a stage begins, unless it goes on."""
        if stage == self._now:
            return
        if self._is_aimed_at:
            self._wait()
        self._now = stage
        os.write(self._file, f"{stage}\n".encode())

    @property
    def _is_aimed_at(self) -> bool:
        return self._hold is not None and self._now == self._hold[0]

    def _wait(self) -> None:
        """Says that it waits to be killed, and does."""
        os.write(self._file, f"{HELD}\n".encode())
        while True:
            signal.pause()

    def show(self, progress: Progress) -> None:
        """Hears of the indexer's progress."""
        if progress.stage == "write":
            self._segments_to_write = 1
        if progress.stage != "embed":
            self.enter(progress.stage)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Hears of what the process does: an audit hook."""
        if not event.startswith(_OF_FILES):
            return
        if begun := self._begun(event, arguments):
            self.enter(begun)
        if self._is_aimed_at:
            if self._left == 0:
                self._wait()
            self._left -= 1

    def _begun(self, event: str, arguments: tuple[object, ...]) -> str:
        """The stage that begins with what is done; empty where none does."""
        if event == "subprocess.Popen":
            return "try" if self._now == "build" and "probe" in str(arguments[1]) else ""
        if not arguments or not isinstance(arguments[0], str | os.PathLike):
            return ""
        path = Path(arguments[0])
        if self._segments in (path, path.parent):
            return self._of_segments(event, path)
        if path.parent == self._generations:
            return self._of_generations(event, path)
        return ""

    def _of_segments(self, event: str, path: Path) -> str:
        if event == "os.mkdir":
            self._segments_to_write -= 1
            return "merge" if self._segments_to_write < 0 else ""
        return "sweep" if event == "os.listdir" and path == self._segments else ""

    def _of_generations(self, event: str, path: Path) -> str:
        begun = {
            ("os.mkdir", ".unfinished"): "build",
            ("os.rename", ".unfinished"): "swap",
            ("os.rename", f".{os.getpid()}"): "clean",
        }
        if event == "shutil.rmtree" and self._now == "generation":
            return "leftovers"
        return begun.get((event, path.suffix), "")


class HttpEmbedder:
    """A paid embedder without LlamaIndex, which takes seconds to import."""

    name, is_paid = MadeUpEmbedder.name, True

    def __init__(self, url: str, key: str, victim: int, stages: Stages | None = None) -> None:
        self._url, self._key, self._victim, self._stages = url, key, victim, stages

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """The vectors that the server gives."""
        if self._stages:
            self._stages.enter("embed")
        body = json.dumps({"model": self.name, "input": list(texts)}).encode()
        request = urllib.request.Request(
            f"{self._url}/embeddings",
            body,
            {
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self._key}",
                "X-Victim": str(self._victim),
            },
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            data = json.load(response)["data"]
        return [unit(np.asarray(one["embedding"], dtype=np.float32)) for one in data]

    def embed_question(self, question: str) -> Vector:
        """The vector of a question."""
        return self.embed([question])[0]


@dataclass(frozen=True)
class Task:
    """What a victim has to do."""

    documents: Path
    data: Path
    url: str
    key: str
    number: int
    stages: Path
    """The file that says in which stage it is."""
    hold: tuple[str, int] | None
    builds: bool


def work(task: Task) -> None:
    """What is killed: brings the index up to date, and builds its generation."""
    os.setpgid(0, 0)
    stages = Stages(task.stages, task.data, task.hold)
    stages.enter("start")
    sys.addaudithook(stages.hear)
    embedder = HttpEmbedder(task.url, task.key, task.number, stages)
    Indexer(task.documents, task.data, embedder).sync(stages.show, wait=_PATIENCE)
    if task.builds:
        stages.enter("generation")
        build(task.data, None)
    stages.enter(END)
