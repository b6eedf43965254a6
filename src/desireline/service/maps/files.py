"""Maps as files: written with what each format holds, read with notes on what could not be held."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from desireline.errors import BadRequest
from desireline.i18n import translate
from desireline.maps import into
from desireline.maps.into import GridColumns
from desireline.maps.out import FORMATS
from desireline.maps.out import export as written
from desireline.model.measured import Sheet
from desireline.service.definitions import readable
from desireline.service.maps import editing
from desireline.service.opened import Opened
from desireline.store import images

MEDIA: Final = {name: (f.media_type, f.suffix) for name, f in FORMATS.items()}
"""What each format is called on the web, and how its files end."""


class ExportFormat(BaseModel):
    """A format, and in sentences what it cannot hold."""

    format: str
    suffix: str
    loses: list[str]


class Imported(BaseModel):
    """A map that was made from a file; `notes` say what of the file it does not hold."""

    map: Sheet
    notes: list[str]


class Preview(BaseModel):
    """What a file is. `rows` and `guess` are of a spreadsheet: its cells, and how its grid would be read."""

    format: str
    rows: list[list[str]]
    guess: GridColumns | None


def formats(language: str) -> list[ExportFormat]:
    """All formats."""
    return [
        ExportFormat(
            format=name, suffix=f.suffix, loses=[translate(language, f"map.loses.{code}") for code in f.loses()]
        )
        for name, f in FORMATS.items()
    ]


def export(opened: Opened, sheet: Sheet, file_format: str, paper: str, language: str, lanes: Sequence[str]) -> bytes:
    """A map as a file's bytes.

    Raises:
        BadQuestion: no such format, paper, language or lane.
    """
    return written(
        sheet, file_format, paper, language, lanes or None, lambda sha256: images.find(opened.places.images, sha256)[0]
    )


def preview(name: str, data: bytes) -> Preview:
    """What a file is, and how its grid would be read.

    Raises:
        MapUnreadable: it is no map in any format that is known.
    """
    found = into.preview(name, data)
    return Preview(format=found.format, rows=found.rows, guess=found.guess)


def read(
    opened: Opened,
    name: str,
    data: bytes,
    rename: str | None,
    columns: dict[str, Any] | None,
    language: str,
    author: str,
) -> tuple[str, list[str]]:
    """Make a map from a file; the id of the map, and notes on what it does not hold.

    Raises:
        MapUnreadable: it is no map in any format that is known.
        BadRequest: columns that say nothing about a grid.
        BadName, NameTaken: of the name.
    """
    found = into.read(name, data, _columns(columns) if columns is not None else None)
    title = rename or found.map.name or PurePath(name).stem
    made = editing.add(opened.records, found.map.model_copy(update={"name": title}), author)
    return made.id, [note.sentence(language) for note in found.notes]


def _columns(given: dict[str, Any]) -> GridColumns:
    try:
        return GridColumns.model_validate(given)
    except ValidationError as error:
        raise BadRequest(problems=[f"columns: {readable(error)}"]) from error
