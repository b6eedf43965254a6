"""The door in numbers: which hosts and origins pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from desireline.http.guard import host_of, is_loopback, refusal
from desireline.http.hosted.addresses import is_hosted


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


@pytest.mark.parametrize(
    ("method", "path", "host", "passes"),
    [
        ("POST", "/f/abcdefghijkm", "127.0.0.1", True),
        ("POST", "/f/abcdefghijkm", "evil.example", False),
        ("PUT", "/f/abcdefghijkm", "127.0.0.1", False),
        ("DELETE", "/f/abcdefghijkm", "127.0.0.1", False),
        ("POST", "/f/abcdefghijkm/", "127.0.0.1", False),
        ("POST", "/f/abcdefghijkm/embed.js", "127.0.0.1", False),
        ("POST", "/f/../api/forms", "127.0.0.1", False),
        ("POST", "/api/forms", "127.0.0.1", False),
        ("POST", "/api/forms/f/abcdefghijkm", "127.0.0.1", False),
    ],
)
@pytest.mark.parametrize("origin", ["null", "https://shop.example"])
def test_other_sites_may_send_a_form_and_nothing_else(
    method: str, path: str, host: str, passes: bool, origin: str
) -> None:
    assert (refusal(method, Headers({"host": host, "origin": origin}), path) is None) == passes


@pytest.mark.parametrize(
    ("path", "hosted"),
    [
        ("/f/abcdefghijkm", True), ("/f/abcdefghijkm/embed.js", True), ("/f/abcdefghijkm/form.css", True),
        ("/f/abcdefghijkm/other.js", False), ("/f/", False), ("/", False), ("/api/forms", False), ("/forms", False),
        ("/f/abcdefghijkm/../..", False), ("/f/abcdefghijkm\n", False),
    ],
)  # fmt: skip
def test_nothing_but_forms_may_be_framed(path: str, hosted: bool) -> None:
    assert is_hosted(path) == hosted


@given(st.text(max_size=60))
def test_any_host_header_is_answered(host: str) -> None:
    assert is_loopback(host_of(host)) in (True, False)
