"""Whom something is sent to: an e-mail address, or the address of a webhook."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

Channel = Literal["email", "webhook"]

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


def channel_of(recipient: str) -> Channel:
    """How a recipient is reached.

    >>> channel_of("ana@example.com"), channel_of("https://example.com/hook")
    ('email', 'webhook')
    """
    return "webhook" if recipient.lower().startswith(("https://", "http://")) else "email"


def _reachable(recipient: str) -> str:
    given = recipient.strip()
    if not given.isprintable():
        raise PydanticCustomError("recipient", "name@example.com, or https://…")
    if channel_of(given) == "email":
        if _EMAIL.fullmatch(given) is None or not given.isascii():  # most servers take no other letters
            raise PydanticCustomError("recipient", "name@example.com, or https://…")
        return given
    try:
        parts = urlsplit(given)
        known = bool(parts.hostname) and parts.username is None and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known:
        raise PydanticCustomError("recipient", "https://host/path, without a name and a password in it")
    return given


Recipient = Annotated[str, Field(min_length=3, max_length=1000), AfterValidator(_reachable)]
Recipients = Annotated[list[Recipient], Field(max_length=100)]
