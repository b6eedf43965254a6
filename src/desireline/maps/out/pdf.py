"""PDF: vectors and selectable text; pages of A3 or A4 in landscape with repeated heads, or one long page."""

from typing import Final

from desireline.maps.out import Request
from desireline.maps.out.typeset import typeset

LOSES: Final = ("bindings", "commands_and_history")


def write(request: Request) -> bytes:
    """The map as a PDF."""
    return typeset(request, request.paper, "pdf")
