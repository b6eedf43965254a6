"""A map as a file, one module per format; each says in `LOSES` what it cannot hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Final, Literal, NamedTuple, cast, get_args

from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES
from desireline.maps.grid import grid
from desireline.maps.parts import Grid
from desireline.maps.privacy import EXPORT_THRESHOLD
from desireline.model.measured import Sheet

Paper = Literal["A3", "A4", "long"]
"""Of a PDF: pages in landscape, or one page as wide and as high as the map."""


@dataclass(frozen=True)
class Request:
    """What a file is made of.

    Attributes:
        sheet: the map, its library and what is measured.
        language: of all words that are not the team's.
        lanes: ids of the lanes to write; None writes all.
        images: the stored bytes of a picture by its SHA-256; None leaves pictures out.
        threshold: figures of fewer people are hidden; None hides none.
    """

    sheet: Sheet
    language: str
    paper: Paper = "A3"
    lanes: tuple[str, ...] | None = None
    images: Callable[[str], bytes] | None = None
    threshold: int | None = None

    @cached_property
    def grid(self) -> Grid:
        """The map as finished texts."""
        return grid(self.sheet, self.language, self.lanes, self.images, self.threshold)


class Format(NamedTuple):
    """A format: what the web calls it, how its files end, and the module whose `write(Request)` makes them."""

    media_type: str
    suffix: str
    module: str

    def write(self, request: Request) -> bytes:
        """The file."""
        return cast("bytes", import_module(f"desireline.maps.out.{self.module}").write(request))

    def loses(self) -> tuple[str, ...]:
        """Codes of what the format cannot hold, translated as `map.loses.<code>`."""
        return cast("tuple[str, ...]", import_module(f"desireline.maps.out.{self.module}").LOSES)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"

FORMATS: Final[dict[str, Format]] = {
    "pdf": Format("application/pdf", ".pdf", "pdf"),
    "png": Format("image/png", ".png", "png"),
    "svg": Format("image/svg+xml", ".svg", "svg"),
    "pptx": Format(f"{_OFFICE}.presentationml.presentation", ".pptx", "pptx"),
    "html": Format("text/html", ".html", "html"),
    "json": Format("application/json", ".json", "json"),
    "yaml": Format("application/zip", ".zip", "yaml_folder"),
    "csv": Format("text/csv", ".csv", "csv"),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", "xlsx"),
    "md": Format("text/markdown", ".md", "markdown"),
    "mermaid": Format("text/vnd.mermaid", ".mmd", "mermaid"),
    "cjml": Format("application/xml", ".cjml.xml", "cjml"),
    "theydo": Format("application/zip", ".theydo.zip", "theydo"),
}

OUTSIDE: Final = frozenset({"html"})
"""Formats for those without access to persons: small cells are hidden in them."""


def export(
    sheet: Sheet,
    file_format: str,
    paper: str = "A3",
    language: str = "en",
    lanes: Sequence[str] | None = None,
    images: Callable[[str], bytes] | None = None,
) -> bytes:
    """The map as a file.

    Args:
        sheet: the map.
        file_format: one of `FORMATS`.
        paper: A3, A4 (landscape) or long; of a PDF.
        language: en, pl or hr.
        lanes: ids of the lanes to write; None writes all.
        images: the stored bytes of a picture by its SHA-256.

    Raises:
        BadQuestion: no such format, paper, language or lane.
    """
    _choice("format", file_format, tuple(FORMATS))
    _choice("paper", paper, get_args(Paper))
    _choice("lang", language, LANGUAGES)
    known = tuple(lane.id for lane in sheet.lanes)
    for lane in lanes or ():
        _choice("lanes", lane, known)
    threshold = EXPORT_THRESHOLD if file_format in OUTSIDE else None
    chosen = None if lanes is None else tuple(lanes)
    return FORMATS[file_format].write(Request(sheet, language, cast("Paper", paper), chosen, images, threshold))


def _choice(parameter: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise BadQuestion(parameter=parameter, given=given, expected=", ".join(known))
