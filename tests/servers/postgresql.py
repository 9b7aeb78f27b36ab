"""PostgreSQL on loopback, in a folder of its own that goes with it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from typing import Any, Final, Self
from uuid import uuid4

from tests.waiting import PATIENCE

from .ports import free_port

PASSWORD: Final = "hidden-word-7"
_USER: Final = "isnad"
_OPTIONS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off")


class PostgreSQLMissing(Exception):
    """PostgreSQL is not installed, or cannot be run here. The text says why."""


def _program(name: str) -> Path:
    # Debian keeps the server's programs where no PATH looks.
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))
    if not found:
        raise PostgreSQLMissing(f"{name} is not installed")
    return Path(found)


def _account() -> dict[str, Any]:
    """As whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise PostgreSQLMissing("there is no user to run PostgreSQL as but root")


class PostgreSQL:
    """A server that can be stopped, killed and started again; each database has a URL."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._account = folder, _account()
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """A server, stopped in the end. PostgreSQLMissing where there can be none."""
        # Not pytest's folder: another user could not get there.
        with tempfile.TemporaryDirectory(prefix="isnad-postgresql-") as folder:
            server = cls(Path(folder))
            server._make()
            server.start()
            try:
                yield server
            finally:
                server.stop()

    def _make(self) -> None:
        initdb = _program("initdb")
        _program("postgres")
        if self._account:
            os.chown(self._folder, self._account["user"], self._account["group"])
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        done = subprocess.run(
            [
                *(initdb, "-D", self._folder / "data", "-U", _USER, "--pwfile", secret),
                *("--auth", "scram-sha-256", "--no-sync", "--encoding", "UTF8", "--locale", "C"),
            ],
            capture_output=True,
            check=False,
            cwd=self._folder,
            **self._account,
        )
        if done.returncode:
            raise PostgreSQLMissing(f"initdb failed: {done.stderr.decode()[-300:]}")

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = [f"port={self.port}", "listen_addresses=127.0.0.1", *_OPTIONS]
        options.append(f"unix_socket_directories={self._folder}")
        program, data = _program("postgres"), self._folder / "data"
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "-D", data, *(f"--{one}" for one in options)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self._folder,
                **self._account,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise PostgreSQLMissing((self._folder / "log").read_text()[-300:])
            time.sleep(0.02)

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stops the server at once; every connection is lost."""
        if self._process:
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for its clients.
            self._process.send_signal(signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    def kill(self) -> None:
        """Ends the server as a power cut would."""
        if self._process:
            # Its children end themselves when they find it gone.
            self._process.kill()
            self._process.wait()
            self._process = None

    def url(self, database: str) -> str:
        """The address of a database on this server."""
        return f"postgresql://{_USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"test_{uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)
