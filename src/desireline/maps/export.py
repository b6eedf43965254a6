"""A map as a file: JSON to keep, SVG and PNG to place anywhere, PDF to print and hand out."""

import html
import json
import math
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, cast, get_args

import typst

from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES
from desireline.maps.view import Paper, description, view
from desireline.model.map import MapDocument

Format = Literal["json", "svg", "pdf", "png"]

MEDIA_TYPES: Final = {"json": "application/json", "svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
"""What each format is called on the web."""

_PPI = 144.0
_MOST_PIXELS = 40_000_000


def export(document: MapDocument, file_format: str, paper: str = "A3", language: str = "en") -> bytes:
    """The map as a file.

    Args:
        document: the map.
        file_format: json, svg, pdf or png. SVG and PNG are one picture as large as the map needs.
        paper: A3 or A4, landscape; of a PDF.
        language: en, pl or hr; of all words that are not the user's. The JSON has none.

    Raises:
        BadQuestion: no such format, paper or language.
    """
    _choice("format", file_format, get_args(Format))
    _choice("paper", paper, get_args(Paper))
    _choice("lang", language, LANGUAGES)
    if file_format == "json":
        return document.model_dump_json(indent=1).encode() + b"\n"
    if file_format == "pdf":
        return _typeset(document, language, cast("Paper", paper), "pdf")
    if file_format == "svg":
        return _titled(_typeset(document, language, None, "svg"), document, language)
    return _typeset(document, language, None, "png", _resolution(document, language))


def _choice(parameter: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise BadQuestion(parameter=parameter, given=given, expected=", ".join(known))


@cache
def _fonts() -> typst.Fonts:
    """Only ours: a map looks the same on every machine."""
    return typst.Fonts(False, False, [str(_folder() / "fonts")])


def _folder() -> Path:
    return Path(str(files("desireline.maps")))


def _typeset(
    document: MapDocument,
    language: str,
    paper: Paper | None,
    file_format: Literal["pdf", "svg", "png"],
    ppi: float = _PPI,
) -> bytes:
    templates = _folder() / "typst"
    pages = typst.compile(
        templates / "map.typ",
        root=templates,
        font_paths=_fonts(),
        format=file_format,
        ppi=ppi,
        sys_inputs={"map": json.dumps(view(document, language, paper), ensure_ascii=False)},
        timestamp=int(document.drawn.timestamp()),
    )
    return pages[0] if isinstance(pages, list) else pages


def _resolution(document: MapDocument, language: str) -> float:
    """Dots per inch that keep a huge map within the pixels that viewers open."""
    size = re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', _typeset(document, language, None, "svg"))
    width, height = (float(x) / 72 for x in size.groups()) if size else (1.0, 1.0)
    return min(_PPI, math.sqrt(_MOST_PIXELS / (width * height)))


def _titled(svg: bytes, document: MapDocument, language: str) -> bytes:
    """Give the picture a name and a description for those who hear it."""
    name, told = (html.escape(_printable(t)) for t in (document.name, description(language, document)))
    head = f'<title id="map-title">{name}</title><desc id="map-desc">{told}</desc>'
    attributes = f'role="img" lang="{language}" aria-labelledby="map-title map-desc"'
    root = svg.index(b"<svg ")
    end = svg.index(b">", root)
    return b"".join([svg[:end], b" ", attributes.encode(), b">", head.encode(), svg[end + 1 :]])


def _printable(text: str) -> str:
    """XML has no place for control characters and halves of characters."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]", " ", text)
