"""One try to deliver, and what came of it."""

from dataclasses import dataclass

LONGEST = 200
"""Characters of what the other side said that are kept."""


@dataclass(eq=False)
class Missed(Exception):
    """It was not taken in.

    Attributes:
        code: why, see `delivery.error.<code>`.
        detail: what the other side said; never a secret.
        final: whether another try would be in vain.
    """

    code: str
    detail: str | None = None
    final: bool = False


def plain(text: str | bytes) -> str:
    """What the other side said, in one short line."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())[:LONGEST]
