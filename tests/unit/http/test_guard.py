"""The door in numbers: which hosts and origins pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from desireline.http.guard import host_of, is_loopback, refusal


@pytest.mark.parametrize(
    ("method", "headers", "code"),
    [
        ("GET", {"host": "localhost"}, None),
        ("GET", {"host": "LOCALHOST:1"}, None),
        ("GET", {"host": "127.8.8.8:99"}, None),
        ("GET", {"host": "[::1]"}, None),
        ("GET", {"host": "[::2]"}, "untrusted_host"),
        ("GET", {"host": "localhost.evil"}, "untrusted_host"),
        ("GET", {"host": "2130706433"}, "untrusted_host"),
        ("GET", {}, "untrusted_host"),
        ("GET", {"host": "localhost", "origin": "http://evil"}, None),
        ("POST", {"host": "localhost"}, None),
        ("POST", {"host": "localhost:5", "origin": "http://localhost:5"}, None),
        ("POST", {"host": "localhost:5", "origin": "http://localhost:6"}, "untrusted_origin"),
        ("POST", {"host": "localhost:5", "origin": "http://localhost:5.evil"}, "untrusted_origin"),
        ("DELETE", {"host": "localhost", "origin": "null"}, "untrusted_origin"),
        ("PATCH", {"host": "localhost", "sec-fetch-site": "cross-site"}, "untrusted_origin"),
        ("PUT", {"host": "localhost", "sec-fetch-site": "none"}, None),
    ],
)
def test_who_passes(method: str, headers: dict[str, str], code: str | None) -> None:
    error = refusal(method, Headers(headers), "/api/maps")
    assert (error.code if error else None) == code


@given(st.text(max_size=60))
def test_any_host_header_is_answered(host: str) -> None:
    assert is_loopback(host_of(host)) in (True, False)
