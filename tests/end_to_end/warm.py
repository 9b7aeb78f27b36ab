"""Commands as processes of their own, without the second in which Python imports what they need.

One process has imported it, and each command is a fork of it: with its own arguments, directory,
environment, input and output, and a status at its end, as of a process that was started. What only
a real start shows (what is imported, signals, terminals) is not for this.
"""

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from tests.waiting import PATIENCE

ROOT: Final = Path(__file__).parents[2]
_GRACE: Final = 3.0
"""Seconds in which it is to end by itself."""
_LONGEST: Final = 100_000
"""The most bytes of a request."""
_IMPORTED: Final = (
    "bot.console",
    "rag.cli.asking",
    "rag.cli.evaluating",
    "rag.cli.indexing",
    "rag.cli.listing",
    "rag.cli.searching",
    "rag.cli.showing",
    "rag.cli.verifying",
)


class Warm:
    """The process that is forked: started with the first command, ended with this one."""

    def __init__(self) -> None:
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        atexit.register(self.close)

    def run(
        self, command: Sequence[str | bytes | Path], typed: bytes, place: Path, **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        """What a Python script with its arguments does in a directory, with these variables alone.

        TimeoutError where it does not come to an end.
        """
        words = [os.fsdecode(word) for word in command]
        request = json.dumps({"command": words, "place": str(place), "variables": variables})
        _, line = self._running = self._running or _started()
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as errors:
            given.write(typed)
            given.seek(0)
            files = [given.fileno(), out.fileno(), errors.fileno()]
            socket.send_fds(line, [request.encode()], files)
            try:
                status = int(line.recv(_LONGEST))
            except TimeoutError:
                self.close()
                raise
            out.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(command, status, out.read(), errors.read())

    def close(self) -> None:
        """Ends the process and whatever command it still has."""
        if self._running:
            process, line = self._running
            line.close()
            with suppress(subprocess.TimeoutExpired):
                # It ends by itself, and coverage is written, where no command is left.
                process.wait(_GRACE)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
        self._running = None


WARM: Final = Warm()
"""For commands of which only what they do is looked at."""


def _started() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """The process and the line to it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.warm", str(theirs.fileno())],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "tests" / "offline")},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    ours.settimeout(PATIENCE)
    return process, ours


def _asked(line: socket.socket) -> str | None:
    """Forks for each request. In a fork: the script it is to run. At the end: None."""
    while True:
        request, files, _, _ = socket.recv_fds(line, _LONGEST, 3)
        if not request:
            return None
        if fork := os.fork():
            for one in files:
                os.close(one)
            _, status = os.waitpid(fork, 0)
            line.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        line.close()
        for number, one in enumerate(files):
            os.dup2(one, number)
            os.close(one)
        asked = json.loads(request)
        os.chdir(asked["place"])
        os.environ.clear()
        os.environ.update(asked["variables"])
        sys.argv = asked["command"]
        return sys.argv[0]


def main() -> None:
    """Imports what commands need, and runs each that is asked for."""
    for name in _IMPORTED:
        import_module(name)
    lexicon = import_module("rag.text.lexicon").lexicon
    for language in ("ar", "fa", "en"):
        lexicon(language)
    gc.freeze()
    if script := _asked(socket.socket(fileno=int(sys.argv[1]))):
        sys.path[0] = str(Path(script).parent)
        runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
