"""The heap: what is freed goes back to the system, where the C library is glibc's.

Several threads search, and each search takes and frees arrays and texts. Left to itself, glibc
keeps an arena of its own for each thread, and what is freed in the middle of one for ever: in a
bot that indexes and answers at once that came to 50 MB in five minutes, and grew.
"""

import ctypes
import gc
from contextlib import suppress
from functools import cache
from typing import Final

GIVEN_BACK_EVERY: Final = 30.0
"""Seconds."""
_ARENA_MAX: Final = -8
"""The parameter's number in glibc's malloc.h."""
_ARENAS: Final = 2


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def share_arenas() -> None:
    """Has all threads share two arenas. To be called before there are any threads."""
    # Other C libraries have no such thing, nor need it.
    with suppress(OSError, AttributeError, TypeError):
        _library().mallopt(_ARENA_MAX, _ARENAS)


def set_apart() -> None:
    """Sets apart what there is by now, which is libraries and lexicons and stays.

    Python looks for rubbish among all objects only where a quarter of them is new. With two
    million that stay, much piles up before, and looking takes most of a second.
    """
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Gives what is free back to the system, which takes some milliseconds; others may go on."""
    with suppress(OSError, AttributeError, TypeError):
        _library().malloc_trim(0)
