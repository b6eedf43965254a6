"""The map as JSON: the whole document with its library, stable to the byte."""

from typing import Final

from desireline.maps.out import Request
from desireline.maps.out.kept import kept, map_file

LOSES: Final = ("figures", "history")


def write(request: Request) -> bytes:
    """A `MapFile`; reading it and writing it again gives the same bytes."""
    return map_file(kept(request)).model_dump_json(indent=1, by_alias=True).encode() + b"\n"
