"""Pictures of maps: encoded anew, so that nothing but the picture is kept, and named by what they hold."""

import hashlib
import io
import re
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from desireline.errors import BadImage, UnknownImage

MOST_MB = 8
MOST_MEGAPIXELS = 50
LONGEST = 1600
"""Pixels of the longer side that are kept: sharp at three times a step's width."""

_READ = ("PNG", "JPEG", "WEBP", "GIF")
_SUFFIX = {".jpg": "image/jpeg", ".png": "image/png"}


class StoredImage(NamedTuple):
    """A picture as it is kept."""

    sha256: str
    width: int
    height: int


def keep(folder: Path, name: str, data: bytes) -> StoredImage:
    """Encode a picture anew, as JPEG or, if parts of it are transparent, as PNG; metadata is left out.

    Args:
        folder: of the pictures.
        name: of the file, for the error.
        data: a PNG, JPEG, WebP or GIF, of which the first frame counts.

    Raises:
        BadImage: no picture, or over the limits.
    """
    refused = BadImage(file=name[:200], most_mb=MOST_MB, most_megapixels=MOST_MEGAPIXELS)
    if len(data) > MOST_MB << 20:
        raise refused
    try:
        with Image.open(io.BytesIO(data), formats=_READ) as opened:
            if opened.width * opened.height > MOST_MEGAPIXELS * 1_000_000:
                raise refused
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST, LONGEST))
            body, suffix = _encoded(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise refused from None
    sha256 = hashlib.sha256(body).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{sha256}.part"
    part.write_bytes(body)
    part.replace(folder / f"{sha256}{suffix}")
    return StoredImage(sha256, picture.width, picture.height)


def find(folder: Path, sha256: str) -> tuple[bytes, str]:
    """The bytes of a picture and its media type.

    Raises:
        UnknownImage: there is none.
    """
    if re.fullmatch(r"[0-9a-f]{64}", sha256):
        for suffix, media in _SUFFIX.items():
            file = folder / f"{sha256}{suffix}"
            if file.exists():
                return file.read_bytes(), media
    raise UnknownImage(sha256=sha256[:64])


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    form, mode, suffix = ("PNG", "RGBA", ".png") if picture.has_transparency_data else ("JPEG", "RGB", ".jpg")
    plain = picture.convert(mode)
    plain.info.clear()  # comments, places and devices would be written again
    plain.save(out, form, quality=85, optimize=True)
    return out.getvalue(), suffix
