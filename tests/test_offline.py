"""The tests' own fence: nothing but this machine can be reached."""

import socket
import urllib.error
import urllib.request

import pytest

from tests.offline import sitecustomize as offline


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_another_machine_cannot_be_reached(host: str) -> None:
    with pytest.raises(OSError, match="nothing but this machine"):
        socket.create_connection((host, 80), timeout=1)
    assert offline.refused.pop() == host


def test_nor_through_a_library() -> None:
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)
    assert offline.refused.pop() == "192.0.2.1"


def test_this_machine_can() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
