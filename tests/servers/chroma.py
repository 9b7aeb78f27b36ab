"""A Chroma server on loopback, in a folder of its own: `chroma run`, as anyone would start it."""

import socket
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from tests.waiting import wait_until

from .ports import free_port

_CHROMA: Final = Path(sysconfig.get_path("scripts")) / "chroma"


class ChromaRun:
    """A server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator[Self]:
        """A server that keeps its data in `folder`, stopped in the end."""
        server = cls(folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()

    @property
    def url(self) -> str:
        """Its address, the same after every start."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Starts the server and waits until it takes connections."""
        place = ("--path", self._folder, "--host", "127.0.0.1", "--port", str(self._port))
        with (self._folder.parent / "chroma.log").open("ab") as log:
            self._process = subprocess.Popen([_CHROMA, "run", *place], stdout=log, stderr=log)
        wait_until(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self._port)) == 0

    def kill(self) -> None:
        """Ends the server as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
