"""A map from a workbook: the first sheet with content, as a grid of any tool or a list."""

import datetime as dt
import io
import re
import zipfile
from typing import Final

from desireline.errors import MapUnreadable
from desireline.maps.into import csv_grid
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import Read
from desireline.maps.into.table import GridColumns, Rows

FORM: Final = "xlsx"
_UNPACKED: Final = 100 << 20
_MOST_CELLS: Final = 4_000_000
_REFERENCE: Final = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


def read(file: str, data: bytes, name: str, columns: GridColumns | None = None) -> Read:
    """The map of the workbook's first sheet with content.

    Raises:
        MapUnreadable: no workbook, an empty one, or one larger than any map; no grid.
    """
    return csv_grid.from_rows(MapBuilder(file, FORM, name), rows(file, data), columns)


def rows(file: str, data: bytes) -> Rows:
    """The cells of the sheet as text; of merged cells the first has it.

    Raises:
        MapUnreadable: as `read`.
    """
    from python_calamine import CalamineError, load_workbook

    _check(file, data)
    try:
        book = load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            found = [list(map(_text, row)) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            if any(cell.strip() for row in found for cell in row):
                return csv_grid.checked(file, FORM, found)
    except (CalamineError, OSError, ValueError) as error:
        raise MapUnreadable(file, FORM, "damaged", str(error)) from error
    raise MapUnreadable(file, FORM, "no_stages", "0 × 0")


def _check(file: str, data: bytes) -> None:
    """Refuses what unpacks to too much, and sheets whose last cell lies so far out that the grid would fill memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if (total := sum(member.file_size for member in archive.infolist())) > _UNPACKED:
                raise MapUnreadable(file, FORM, "unsafe_archive", f"{total >> 20} MB > {_UNPACKED >> 20} MB")
            for member in archive.namelist():
                if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                    _check_extent(file, archive.read(member))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
        raise MapUnreadable(file, FORM, "damaged", str(error)) from error


def _check_extent(file: str, sheet: bytes) -> None:
    width = height = 0
    for match in _REFERENCE.finditer(sheet):
        width, height = max(width, _column(match[1])), max(height, int(match[2]))
    if width * height > _MOST_CELLS:
        raise MapUnreadable(file, FORM, "too_wide", f"{height} × {width}")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
