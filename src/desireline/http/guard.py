"""The door: who may talk to a server that has no accounts, how much they may say, and what the browser may do.

A page of another site can reach 127.0.0.1 through the user's browser. The Host check stops DNS rebinding, the
Origin check stops cross-site changes, and the headers keep our own pages from loading or leaking anything. Only the
pages of forms, which act for nobody, may be framed by other sites and sent from there.
"""

import ipaddress
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desireline.errors import DesirelineError, FileTooLarge, Internal, UntrustedHost, UntrustedOrigin
from desireline.http.failures import answer
from desireline.http.hosted import addresses
from desireline.service.faults import record

CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
UPLOADS: Final = "/api/uploads"
BODY_MB: Final = 8
"""Limit of every body but an upload's: a definition or mapping is far smaller."""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # widths of bars are style attributes; style sheets stay ours
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

HOSTED_HEADERS: Final = {
    **{name: value for name, value in HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": addresses.POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Of the pages of forms and their files: a sandboxed frame is another origin, even to itself."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine and nothing else.

    >>> [is_loopback(h) for h in ("127.0.0.1", "::1", "localhost", "example.org", "0.0.0.0", "127.0.0.1.nip.io")]
    [True, True, True, False, False, False]
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(authority: str) -> str:
    """The host of a `Host` header or of an origin's authority, without port and brackets.

    >>> [host_of(a) for a in ("localhost:8765", "[::1]:8765", "127.0.0.1")]
    ['localhost', '::1', '127.0.0.1']
    """
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0]


def refusal(method: str, headers: Headers, path: str) -> DesirelineError | None:
    """Why a request may not pass, or None."""
    host = headers.get("host", "")
    if not is_loopback(host_of(host)):
        return UntrustedHost(host=host[:100])
    if method in CHANGING and not (method == "POST" and addresses.is_page(path)):
        origin = headers.get("origin")
        if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
            return UntrustedOrigin(origin=origin[:100])
        if origin is None and headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return UntrustedOrigin(origin=headers.get("referer", "?")[:100])
    return None


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or passes the request on with a counted body and the answer with our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _seal(message, scope["path"])
            await send(message)

        headers = Headers(scope=scope)
        error = refusal(scope["method"], headers, scope["path"]) or _too_long(scope["path"], headers)
        if error is None:
            error = await self._pass(scope, receive, sealed)
        if error is not None and not begun:
            await answer(error, HTTPConnection(scope))(scope, receive, sealed)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> DesirelineError | None:
        """The application's answer; a fault of ours goes to a log file and is returned as an error."""
        try:
            await self.app(scope, receive if scope["path"] == UPLOADS else _counted(scope, receive), send)
        except ClientDisconnect:
            return None
        except Exception as fault:  # noqa: BLE001 whatever it is, the reader gets a sentence and no traceback
            return Internal(log=str(record(self.folder, fault)))
        return None


def _seal(message: MutableMapping[str, Any], path: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in (HOSTED_HEADERS if addresses.is_hosted(path) else HEADERS).items():
        headers[name] = value
    if path.startswith("/api/") and "cache-control" not in headers:
        headers["Cache-Control"] = "no-store"  # answers hold people's data


def _too_long(path: str, headers: Headers) -> DesirelineError | None:
    said = headers.get("content-length", "0")
    if path != UPLOADS and (not said.isdigit() or int(said) > BODY_MB << 20):
        return FileTooLarge(file=path, limit_mb=BODY_MB)
    return None


def _counted(scope: Scope, receive: Receive) -> Receive:
    """A body without a stated length is counted while it comes."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > BODY_MB << 20:
            raise FileTooLarge(file=scope["path"], limit_mb=BODY_MB)
        return message

    return counting
