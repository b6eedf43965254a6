"""Where the server may listen."""

import socket

import pytest

from desireline.cli.serving import listen
from desireline.errors import NotLoopback, PortTaken


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_this_machine(host: str) -> None:
    try:
        with listen(host, 0) as taken:
            assert taken.getsockname()[0] in ("127.0.0.1", "::1")
            assert taken.getsockname()[1] > 0
    except (PortTaken, OSError):
        assert ":" in host, "only a machine without IPv6 may fail here"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.org", "", "127.0.0.1.nip.io"])  # noqa: S104
def test_anywhere_else_is_refused(host: str) -> None:
    with pytest.raises(NotLoopback) as refused:
        listen(host, 0)
    assert refused.value.host == host


def test_a_port_in_use() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            listen("127.0.0.1", port)
    assert refused.value.port == port
