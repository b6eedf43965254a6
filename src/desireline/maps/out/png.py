"""PNG: one picture of the whole map, sharp unless the map is huge."""

import math
import re
from typing import Final

from desireline.maps.out import Request
from desireline.maps.out.typeset import typeset

LOSES: Final = ("text", "bindings", "commands_and_history")

_PPI: Final = 144.0
MOST_PIXELS: Final = 40_000_000


def write(request: Request) -> bytes:
    """The map as a PNG of at most 40 million pixels, which viewers still open."""
    return typeset(request, "long", "png", _resolution(request))


def _resolution(request: Request) -> float:
    """Dots per inch; only a large map is set once more to learn its height."""
    grid = request.grid
    if len(grid.steps) <= 8 and sum(len(item.plain) for lane in grid.lanes for item in lane.items()) < 20_000:
        return _PPI
    size = re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', typeset(request, "long", "svg"))
    width, height = (float(x) / 72 for x in size.groups()) if size else (1.0, 1.0)
    return min(_PPI, math.sqrt(MOST_PIXELS / (width * height)))
