"""Which addresses a webhook may lead to: none inside the network, unless the owner allowed that host."""

import ipaddress
import socket
from collections.abc import Collection
from typing import Final

from desireline.service.deliveries.trying import Missed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_INTO_IPV4: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses whose last 32 bits are an IPv4 address behind a translator (RFC 6052)."""


def checked(host: str, port: int, allowed: Collection[str]) -> list[str]:
    """The addresses of a host that may be called; the call goes to these very ones, whatever the name means later.

    Raises:
        Missed: the name means nothing, or one of its addresses is inside.
    """
    found = _addresses(host, port)
    if not is_allowed(host, allowed):
        inside = next((one for one in found if not is_outside(one)), None)
        if inside is not None:
            raise Missed("address_refused", f"{host} → {inside}", final=True)
    return [str(one) for one in found]


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether the owner said that a host inside may be called."""
    return host.lower().rstrip(".") in {one.lower().rstrip(".") for one in allowed}


def is_outside(address: Address) -> bool:
    """Whether an address is one of the public internet.

    >>> [is_outside(ipaddress.ip_address(a)) for a in ("10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "8.8.8.8")]
    [False, False, False, True]
    """
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in _INTO_IPV4:
            within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if within:
            return is_outside(within)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _addresses(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Missed("unresolved", host) from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
