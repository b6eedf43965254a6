"""Maps from files of other tools and of ours: which format a file has is seen by its content, then by its name."""

import io
import re
import zipfile
from pathlib import PurePath
from typing import Final

from desireline.errors import MapUnreadable
from desireline.maps.into.reading import Note, Read, check_size, decoded
from desireline.maps.into.table import GridColumns, Shown

__all__ = ["FORMATS", "GridColumns", "Note", "Read", "Shown", "preview", "read", "recognise"]

FORMATS: Final = {
    "json": (".json",),
    "yaml": (".zip",),
    "csv": (".csv", ".tsv"),
    "xlsx": (".xlsx",),
    "markdown": (".md",),
    "mermaid": (".mmd",),
    "cjml": (".xml",),
    "theydo": (".json", ".zip"),
    "miro": (".json",),
}
"""Formats that maps are read from, with the usual endings of their files."""

_LOOKED_AT: Final = 1 << 20
_OUTLINE: Final = re.compile(r"(?:#{1,6}\s|\s*(?:[-*+]|\d{1,9}[.)])\s+\S)")


def read(name: str, data: bytes, columns: GridColumns | None = None) -> Read:
    """A file as a map.

    Args:
        name: of the file; the map is called after it where the file has no title.
        data: its bytes.
        columns: of a table, what its rows and columns are; None guesses.

    Raises:
        FileTooLarge: over 20 MB.
        MapUnreadable: no format that maps are read from, damaged, or no map.
    """
    from desireline.maps.into import cjml, csv_grid, markdown, mermaid, miro, theydo, xlsx_grid, yaml_folder
    from desireline.maps.into import json as own

    form = recognise(name, data)
    title = PurePath(name).name.split(".")[0].replace("_", " ").strip()
    match form:
        case "json":
            return own.read(name, data)
        case "yaml":
            return yaml_folder.read(name, data)
        case "csv":
            return csv_grid.read(name, data, title, columns)
        case "xlsx":
            return xlsx_grid.read(name, data, title, columns)
    others = {
        "markdown": markdown.read,
        "mermaid": mermaid.read,
        "cjml": cjml.read,
        "theydo": theydo.read,
        "miro": miro.read,
    }
    return others[form](name, data, title)


def preview(name: str, data: bytes) -> Shown:
    """A table for the import wizard, with a guess of what is what; no rows for formats that need no questions.

    Raises:
        FileTooLarge, MapUnreadable: as `read`.
    """
    from desireline.maps.into import csv_grid, xlsx_grid

    form = recognise(name, data)
    if form not in {"csv", "xlsx"}:
        return Shown(form, [], None)
    rows = csv_grid.rows(name, data) if form == "csv" else xlsx_grid.rows(name, data)
    return csv_grid.shown(form, rows)


def recognise(name: str, data: bytes) -> str:
    """The format of a file, one of `FORMATS`.

    Raises:
        FileTooLarge: over 20 MB.
        MapUnreadable: none of them.
    """
    check_size(name, data)
    if data.startswith(b"PK"):
        return _archive(name, data)
    text = decoded(name, "", data)
    start = text.lstrip()
    if not start:
        raise MapUnreadable(name, "–", "no_stages", "0")
    if start[0] in "{[":
        return _json(name, data)
    if start[0] == "<":
        if re.search(r"<cjml[\s>]", start[:65_536], re.IGNORECASE):
            return "cjml"
        raise _unknown(name)
    return _text(name, text)


def _archive(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise MapUnreadable(name, "ZIP", "damaged", str(error)) from error
    if "xl/workbook.xml" in members:
        return "xlsx"
    if any(PurePath(member).name == "map.yaml" for member in members):
        return "yaml"
    if any(member.endswith(".json") for member in members):
        return "theydo"
    raise _unknown(name)


def _json(name: str, data: bytes) -> str:
    from desireline.maps.into.json import document
    from desireline.maps.into.miro import is_board
    from desireline.maps.into.theydo import is_theydo

    values = document(name, data)
    if is_theydo(values):
        return "theydo"
    return "miro" if is_board(values) else "json"


def _text(name: str, text: str) -> str:
    from desireline.maps.into.mermaid import is_journey

    ending = PurePath(name).suffix.lower()
    if is_journey(text[:_LOOKED_AT]):
        return "mermaid"
    if ending in {".md", ".markdown"}:
        return "markdown"
    if ending in {".csv", ".tsv"}:
        return "csv"
    first = text.lstrip("\n \t\r").partition("\n")[0]
    return "markdown" if _OUTLINE.match(first) else "csv"


def _unknown(name: str) -> MapUnreadable:
    return MapUnreadable(name, PurePath(name).suffix.lstrip(".") or "?", "unknown_format", ", ".join(FORMATS))
