"""The indexers' lock: one at a time, and the others are told who is at work."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from rag.errors import IndexBusy
from rag.index.database import unwritable

_LOCK: Final = "index.lock"
_HOLDER: Final = "index.holder"


@contextmanager
def index_lock(folder: Path, wait: float) -> Iterator[None]:
    """Holds the lock of the index in `folder`, which is made where it is not there.

    IndexBusy where another process holds it for longer than `wait` seconds; IndexUnavailable
    where nothing can be written there.
    """
    lock = FileLock(folder / _LOCK, timeout=wait)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise IndexBusy(
            f"Another process{_holder(folder)} is bringing the index up to date.",
            "Wait until it has finished.",
        ) from None
    except OSError as error:
        raise unwritable(folder, error) from None
    try:
        _say_who(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink()
        lock.release()


def _say_who(folder: Path) -> None:
    who = {"process": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    # On a full disk nobody is told who is at work; the lock holds all the same.
    with suppress(OSError):
        (folder / _HOLDER).write_text(json.dumps(who), encoding="utf-8")


def _holder(folder: Path) -> str:
    """Who holds the lock, in brackets; nothing where that is not known."""
    try:
        who = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        since = time.strftime("%H:%M:%S", time.localtime(float(who["since"])))
        return f" ({who['process']} on {who['host']}, since {since})"
    except (OSError, ValueError, TypeError, KeyError):
        return ""
