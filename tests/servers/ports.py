"""Ports for servers that have to be told theirs before they start."""

import random
import socket
from typing import Final

_PORTS: Final = range(15_000, 30_000)
"""Below those that systems hand out for connections: nothing else takes one before its server."""


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                return port
