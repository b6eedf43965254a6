"""Whether two pictures of a screen show the same: nothing moved, gone, recoloured. Letters may be drawn otherwise.

Pictures are compared by cells of 8 × 8 pixels in colour. A cell differs if its mean colour lies beyond those of its
neighbourhood in the other picture, by more than that neighbourhood is uneven: letters that another Chromium draws a
little bolder or a pixel further stay within, while in an even place a small change of colour counts.
"""

import io
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

CELL: Final = 8
"""Pixels of a cell's side; the kept pictures have one pixel for each."""

COLOURS: Final = 128
"""Of a kept picture, so that all of them stay small."""

EVEN: Final = 7
"""What a cell may differ by in an even place, of 255; the colours of a kept picture are rounded by less."""

UNEVEN: Final = 0.3
"""What it may differ by besides, as a part of how uneven its neighbourhood is."""

Cells = npt.NDArray[np.bool_]


def small(screenshot: bytes) -> Image.Image:
    """The picture of a screenshot (PNG) with one pixel for a cell."""
    return Image.open(io.BytesIO(screenshot)).convert("RGB").reduce(CELL)


def keep(picture: Image.Image, file: Path) -> None:
    """Writes a picture as the one that is compared with."""
    file.parent.mkdir(exist_ok=True)
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)


def kept(file: Path) -> Image.Image:
    """A picture that was kept."""
    return Image.open(file).convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> Cells:
    """Which cells differ; all of them if the pictures are not of one size. One alone is the edge of a letter."""
    if one.size != other.size:
        return np.ones((one.height, one.width), dtype=np.bool_)
    found = _beyond(one, other) | _beyond(other, one)
    around = np.pad(found, 1)
    rows, columns = found.shape
    neighbours = sum(around[y : y + rows, x : x + columns].astype(int) for y in range(3) for x in range(3)) - found
    return np.asarray(found & (neighbours > 0))


def _beyond(one: Image.Image, other: Image.Image) -> Cells:
    cells = np.asarray(one, dtype=np.float64)
    least = np.asarray(other.filter(ImageFilter.MinFilter(3)), dtype=np.float64)
    most = np.asarray(other.filter(ImageFilter.MaxFilter(3)), dtype=np.float64)
    outside = np.maximum(least - cells, cells - most)
    return np.asarray((outside > EVEN + UNEVEN * (most - least)).any(axis=2))


def places(cells: Cells, most: int = 6) -> str:
    """Where cells differ, in pixels from the top left, a few of them."""
    rows, columns = np.nonzero(cells)
    said = [f"({CELL * x}, {CELL * y})" for y, x in zip(rows[:most], columns[:most], strict=True)]
    return ", ".join(said) + (" …" if len(rows) > most else "")


def marked(picture: Image.Image, cells: Cells) -> Image.Image:
    """The picture, four times as large, with a frame around each cell that differs."""
    marks = Image.fromarray(cells.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(3))
    red = Image.new("RGB", picture.size, (220, 30, 30))
    return Image.composite(Image.blend(picture, red, 0.45), picture, marks).resize(
        (picture.width * 4, picture.height * 4)
    )
