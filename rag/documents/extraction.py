"""Extraction: a file's bytes made text, where that is dangerous in a process of its own.

Parsers written in C can crash, hang or eat all memory on a file made for it. They work in
processes that live as long as the files come, have a limit of memory and, for each file, of
processor time, and are replaced when one is broken. Plain text never needs one; tables and records
do where they are large, for a few megabytes of JSON can take a gigabyte and a minute.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import BinaryIO, Final, Self

from rag.documents.formats.extracted import (
    MOST_CHARACTERS,
    MOST_SENTENCES,
    SENTENCE_ENDS,
    Extracted,
)
from rag.documents.formats.registry import HARMLESS, PLAIN, extractor
from rag.documents.formats.signature import format_of
from rag.documents.formats.tidying import too_long
from rag.errors import UnreadableFile

PROCESSOR_SECONDS: Final = 30.0
"""Of processor time that one file may take."""
WAITED: Final = 600.0
"""Seconds after which a process that neither works nor answers is ended."""
MEMORY: Final = 1 << 30
"""Bytes of address space that a process may have beyond what Python itself takes."""
_SMALL: Final = 1 << 18
"""Bytes up to which a file of a harmless format is read here."""
_FILES_EACH: Final = 1000
"""After so many files a process is replaced: libraries leak."""
_COURTESY: Final = 5


class Extractor:
    """Reads files of every format. Its processes start when they are needed and end with it.

    It may be used by several threads at once; each then has a process of its own.
    """

    def __init__(self, processor_seconds: float = PROCESSOR_SECONDS) -> None:
        self._seconds = processor_seconds
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._open = True

    def extract(self, content: bytes, named: str) -> Extracted:
        """The text of `content`, a file whose name says that its format is `named`.

        UnreadableFile with the reason where there is none to be had.
        """
        format_ = format_of(content, named)
        if format_ in PLAIN or (format_ in HARMLESS and len(content) <= _SMALL):
            found = _extracted(content, format_)
        else:
            with self._worker() as worker:
                found = worker.extract(content, format_, self._seconds)
        if not found.text.strip():
            raise UnreadableFile("it is empty")
        return found

    @contextmanager
    def _worker(self) -> Iterator["_Worker"]:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or _Worker()
        try:
            yield worker
        finally:
            with self._lock:
                if self._open and worker.is_fit:
                    self._idle.append(worker)
                    worker = None
            if worker:
                worker.end()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            self._open = False
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Worker:
    """A process that reads files, one after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is the parent's affair.
            # The same file gives the same text in every process.
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        self._files = 0
        self._timed_out = False

    @property
    def is_fit(self) -> bool:
        """Whether it can read another file."""
        return self._process.poll() is None and self._files < _FILES_EACH

    def extract(self, content: bytes, format_: str, seconds: float) -> Extracted:
        """What `content` holds. UnreadableFile where it cannot be read, also where it ends this."""
        self._files += 1
        timer = threading.Timer(WAITED, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            reply = self._ask(content, format_, seconds)
        finally:
            timer.cancel()
        if reply is None:
            raise UnreadableFile(self._why_ended(seconds))
        if "refused" in reply:
            raise UnreadableFile(str(reply["refused"]))
        return _from_json(reply)

    def _ask(self, content: bytes, format_: str, seconds: float) -> dict[str, object] | None:
        requests, replies = self._process.stdin, self._process.stdout
        if requests is None or replies is None:
            return None
        try:
            asked = {"format": format_, "size": len(content), "seconds": seconds}
            requests.write(json.dumps(asked).encode() + b"\n")
            requests.write(content)
            requests.flush()
            line = replies.readline()
            return json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            return None

    def _give_up(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _why_ended(self, seconds: float) -> str:
        self._process.kill()
        status = self._process.wait()
        if self._timed_out or status in (-signal.SIGPROF, -signal.SIGXCPU):
            return f"reading it takes more than {seconds:.0f} s"
        return "it is damaged, or made so that reading it fails (its reader broke)"

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()


def _extracted(content: bytes, format_: str) -> Extracted:
    """What `content` holds. UnreadableFile for whatever keeps the format's parser from reading."""
    try:
        found = extractor(format_)(content)
    except UnreadableFile:
        raise
    except MemoryError:
        raise UnreadableFile("reading it takes too much memory") from None
    except Exception as error:  # noqa: BLE001 (parsers raise anything)
        raise UnreadableFile(f"it is damaged ({type(error).__name__})") from None
    if len(found.text) > MOST_CHARACTERS:
        raise too_long()
    if len(found.text) > MOST_SENTENCES and _ends(found.text) > MOST_SENTENCES:
        raise UnreadableFile(f"it has more than {MOST_SENTENCES} lines and sentences")
    return found


def _ends(text: str) -> int:
    return sum(text.count(one) for one in SENTENCE_ENDS)


def _from_json(reply: dict[str, object]) -> Extracted:
    pages, warnings = reply["pages"], reply["warnings"]
    if not isinstance(pages, list) or not isinstance(warnings, list):
        raise UnreadableFile("its reader gave no answer that can be read")
    return Extracted(
        text=str(reply["text"]),
        encoding=str(reply["encoding"]),
        pages=tuple(map(int, pages)),
        title=str(reply["title"]),
        date=str(reply["date"]),
        warnings=tuple(map(str, warnings)),
    )


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers requests until there are no more."""
    while line := requests.readline():
        asked = json.loads(line)
        content = requests.read(asked["size"])
        _limit_time(asked["seconds"])
        try:
            reply: dict[str, object] = asdict(_extracted(content, asked["format"]))
        except UnreadableFile as problem:
            reply = {"refused": problem.message}
        _limit_time(0.0)
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def _limit_time(seconds: float) -> None:
    """Ends this process after so many seconds of work; 0: no limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Not every system has such limits.
        return
    _, hardest = resource.getrlimit(resource.RLIMIT_AS)
    with_python = MEMORY + (1 << 28)
    allowed = with_python if hardest == resource.RLIM_INFINITY else min(hardest, with_python)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hardest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Where the parent is gone, it ends quietly.
    os.nice(_COURTESY)
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints is no answer.
    serve(sys.stdin.buffer, answers)
