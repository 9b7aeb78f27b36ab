"""Watching the documents folder: when to look at it again."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

_STEP: Final = 100
_DEBOUNCE: Final = 1000
_LOOK_EVERY: Final = 1000
"""Milliseconds: changes are told once nothing has changed for a step, or after the debounce; the
folder itself is looked at every second, for its watch dies with it."""
_POLL: Final = 2.0
"""Seconds between two looks where the system cannot watch the folder."""


async def changes(folder: Path) -> AsyncIterator[None]:
    """Something each time when the files below `folder` may have changed, without end.

    The first comes once the watch has begun, so nothing is missed between an earlier look and the
    watch. A folder that is deleted and comes back is watched again.
    """
    while True:
        if (watched := _identity(folder)) is None:
            await asyncio.sleep(_LOOK_EVERY / 1000)
            continue
        try:
            async for _ in _watched(folder, watched):
                yield
        except OSError as error:
            _log.warning("the documents cannot be watched (%s): looking now and then", error)
            yield
            await asyncio.sleep(_POLL)


async def _watched(folder: Path, identity: tuple[int, int]) -> AsyncIterator[None]:
    """Something at the beginning and at each change, until the folder is another one."""
    from watchfiles import Change, awatch

    watch = awatch(
        folder,
        watch_filter=lambda _, path: not _is_hidden(path, folder),
        step=_STEP,
        debounce=_DEBOUNCE,
        rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    began = False
    async for found in watch:
        if found or not began:
            began = True
            yield
        # A folder that is deleted and made anew may even have the number that it had.
        gone = [path for change, path in found if change is Change.deleted]
        if _holds(gone, folder) or _identity(folder) != identity:
            return


def _is_hidden(path: str, folder: Path) -> bool:
    """Whether a file or a folder above it, below `folder`, is hidden."""
    below = Path(os.path.relpath(path, folder)).parts
    return any(part.startswith(".") for part in below)


def _holds(paths: Iterable[str], folder: Path) -> bool:
    return any(os.path.relpath(path, folder) == "." for path in paths)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder stands at this place; None where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
