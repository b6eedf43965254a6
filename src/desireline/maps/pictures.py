"""Pictures of cards, made fit for a file: small enough, in a kind that every reader opens."""

import base64
import io
from functools import lru_cache
from typing import Final

from PIL import Image, UnidentifiedImageError

MOST_PIXELS: Final = 1000
"""Of the longer side in a file."""


@lru_cache(maxsize=64)
def fitting(data: bytes) -> tuple[bytes, str] | None:
    """The picture as PNG or JPEG bytes and their media type, at most 1000 pixels wide and high.

    None if it is no picture that can be read. Photographs become JPEG, pictures with transparency PNG.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            kind, small = opened.format, max(opened.size) <= MOST_PIXELS
            if small and kind in {"PNG", "JPEG"}:
                return data, f"image/{kind.lower()}"
            clear = opened.mode in {"RGBA", "LA", "P", "PA"}
            shown = opened.convert("RGBA" if clear else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    shown.thumbnail((MOST_PIXELS, MOST_PIXELS))
    out = io.BytesIO()
    shown.save(out, "PNG" if clear else "JPEG", quality=85)
    return out.getvalue(), "image/png" if clear else "image/jpeg"


def data_uri(data: bytes) -> str | None:
    """The picture as a data address; None if it cannot be read."""
    found = fitting(data)
    return f"data:{found[1]};base64,{base64.b64encode(found[0]).decode()}" if found else None
