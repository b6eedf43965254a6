"""SVG: one picture of the whole map, with a name and a description for those who hear it."""

import html
import re
from typing import Final

from desireline.maps.out import Request
from desireline.maps.out.typeset import typeset

_BARE: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
"""Typst writes the addresses of links as they are, which XML does not allow."""

LOSES: Final = ("bindings", "commands_and_history")


def write(request: Request) -> bytes:
    """The map as an SVG."""
    grid = request.grid
    svg = _BARE.sub(b"&amp;", typeset(request, "long", "svg"))
    name, told = html.escape(grid.title), html.escape(grid.told)
    head = f'<title id="map-title">{name}</title><desc id="map-desc">{told}</desc>'
    attributes = f'role="img" lang="{grid.language}" aria-labelledby="map-title map-desc"'
    root = svg.index(b"<svg ")
    end = svg.index(b">", root)
    return b"".join([svg[:end], b" ", attributes.encode(), b">", head.encode(), svg[end + 1 :]])
