"""Calls of webhooks, signed as Standard Webhooks has it (standardwebhooks.com, 1.0): HMAC-SHA256 with a time.

A call goes to the address that was checked, follows no redirect, and is cut off when it takes too long.
"""

import base64
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Collection
from typing import Final
from urllib.parse import SplitResult, urlsplit

from desireline.service.deliveries.guarding import checked, is_allowed
from desireline.service.deliveries.trying import Missed

SECONDS: Final = 10
"""That the other side may be silent."""

WHOLE_SECONDS: Final = 30
"""That a call may take from finding the host to the answer, however many addresses it has and however busy it is."""

PREFIX: Final = "whsec_"
_WORTH_ANOTHER_TRY: Final = frozenset({408, 425, 429})


def signature(secret: str, delivery: str, timestamp: int, body: bytes) -> str:
    """What proves that the call is ours, and from when."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{delivery}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def call(url: str, delivery: str, body: bytes, secret: str, timestamp: int, allowed: Collection[str]) -> None:
    """Call a webhook with a JSON body; any 2xx takes it in.

    Args:
        url: its address; https, but for allowed hosts.
        delivery: id, the same at every try.
        body: JSON in UTF-8.
        secret: `whsec_` and a key in Base64.
        timestamp: now, in seconds since 1970.
        allowed: hosts inside the network that may be called.

    Raises:
        Missed: it was not taken in.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not is_allowed(host, allowed):
        raise Missed("not_https", host, final=True)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    over = time.monotonic() + WHOLE_SECONDS
    headers = {
        "Content-Type": "application/json", "User-Agent": "Desireline", "webhook-id": delivery,
        "webhook-timestamp": str(timestamp), "webhook-signature": signature(secret, delivery, timestamp, body),
        "Connection": "close",
    }  # fmt: skip
    connection = _Pinned(host, port, checked(host, port, allowed), over, secure=parts.scheme == "https")
    status = _answer(connection, parts, body, headers)
    if status // 100 == 3:
        raise Missed("redirected", str(status), final=True)
    if status // 100 != 2:
        raise Missed("status", str(status), final=status // 100 == 4 and status not in _WORTH_ANOTHER_TRY)


def _answer(connection: "_Pinned", parts: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    """The status; what else is said is not read."""
    cut = threading.Timer(max(0.0, connection.over - time.monotonic()), connection.cut_off)
    cut.daemon = True
    cut.start()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except ssl.SSLError as error:
        raise Missed("timeout" if connection.was_cut else "tls", error.reason or type(error).__name__) from None
    except TimeoutError:
        raise Missed("timeout") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Missed("timeout" if connection.was_cut else "unreachable", type(error).__name__) from None
    finally:
        cut.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the addresses that were checked, whose certificate is that of the host.

    `over`: when it is cut off, on the monotonic clock; no address is tried after that.
    """

    def __init__(self, host: str, port: int, addresses: list[str], over: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.addresses, self.over, self.secure, self.was_cut = addresses, over, secure, False
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        for place, address in enumerate(self.addresses, 1):
            try:
                self.sock = socket.create_connection((address, self.port), min(SECONDS, self._left()))
                break
            except OSError:
                if place == len(self.addresses):
                    raise
        self.sock.settimeout(min(SECONDS, self._left()))
        if self.secure:
            # the handshake is cut off only where its socket is known to be the connection's
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def _left(self) -> float:
        left = self.over - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def cut_off(self) -> None:
        """End it from another thread."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
