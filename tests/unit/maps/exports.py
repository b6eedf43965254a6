"""Files of the sample sheet, each made once, and what a reader finds in them."""

import io
import re
from functools import cache

from pptx import Presentation
from pypdf import PdfReader

from desireline.maps.out import Request, export
from desireline.maps.parts import Grid, Item
from desireline.maps.prose import plain
from tests.unit.maps.sheets import picture, sheet, wide


@cache
def file_of(name: str, file_format: str, paper: str = "A3", language: str = "en") -> bytes:
    return export(sheet() if name == "sheet" else LARGE, file_format, paper, language, images=picture)


LARGE = wide(8, 25, 12, "Card {lane}.{step} with **some** more words to read")


def grid_of(threshold: int | None = None, language: str = "en") -> Grid:
    return Request(sheet(), language, images=picture, threshold=threshold).grid


def words_of(item: Item) -> tuple[str, str]:
    """The name of a card and its own words."""
    return item.name, plain(item.text)


def solid(text: str) -> str:
    """Without white space, which readers put where lines break, and without the places where a word may break."""
    return re.sub(r"[\s\u200b\u200d\ufe0f]+", "", text)


@cache
def pdf_pages(name: str, paper: str = "A3", language: str = "en") -> list[str]:
    reader = PdfReader(io.BytesIO(file_of(name, "pdf", paper, language)))
    return [solid(page.extract_text()) for page in reader.pages]


def presentation(data: bytes):
    return Presentation(io.BytesIO(data))


def leaves(shapes):
    """All shapes, those inside groups too."""
    for shape in shapes:
        if shape.shape_type == 6:
            yield from leaves(shape.shapes)
        else:
            yield shape


def slide_text(slide) -> str:
    told = []
    for shape in leaves(slide.shapes):
        if shape.has_text_frame:
            told.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            told += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(told)
