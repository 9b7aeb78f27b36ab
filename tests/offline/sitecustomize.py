"""Cuts the process that imports it off from every network: only its own machine is left.

With this folder on PYTHONPATH that is every Python process, from its start.
"""

import errno
import sys
from typing import Any

refused: list[str] = []
"""What was asked for and refused, oldest first."""

_PLACES = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}
"""Where the audit events of the socket module carry the host or the address."""


def _host(asked: Any) -> str | None:
    """The host of an address; None where there is none (a Unix socket, a bound one)."""
    if isinstance(asked, tuple):
        asked = asked[0]
    elif isinstance(asked, str | bytes) and asked[:1] in ("/", b"/", "\0", b"\0"):
        return None
    if isinstance(asked, bytes):
        asked = asked.decode("ascii", "replace")
    return asked if isinstance(asked, str) and asked else None


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    # Emptied where the interpreter is about to end.
    place = _PLACES.get(event) if _PLACES else None
    if place is None:
        return
    host = _host(arguments[place])
    if host is None or host in ("localhost", "::1") or host.startswith("127."):
        return
    refused.append(host)
    print(f"offline: refused {host}", file=sys.stderr)
    raise OSError(errno.ENETUNREACH, f"Tests reach nothing but this machine, not {host}")


sys.addaudithook(_guard)
