"""A map from CSV or TSV: a grid of any tool, or a list with the columns stage, step, lane and text."""

import csv
import io
from itertools import islice
from typing import Final

from desireline.collect.readers.delimited import sniff_delimiter
from desireline.errors import MapUnreadable
from desireline.maps.into import long_table, table
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.reading import MOST_CARDS, MOST_STEPS, Read, decoded
from desireline.maps.into.table import GridColumns, Rows, Shown

FORM: Final = "csv"
_MOST_ROWS: Final = 100_000
_SNIFFED: Final = 100_000


def read(file: str, data: bytes, name: str, columns: GridColumns | None = None) -> Read:
    """The map of the table. `name`: of the map, unless the table's first cell is one.

    Raises:
        MapUnreadable: no table; or no grid, as `columns` or the guess has it.
    """
    return from_rows(MapBuilder(file, FORM, name), rows(file, data), columns)


def from_rows(builder: MapBuilder, told: Rows, columns: GridColumns | None) -> Read:
    """The map of rows: of a list if its heading is one and nothing else was said, else of a grid."""
    listed = long_table.columns_of(told) if columns is None else None
    return table.read(builder, told, columns) if listed is None else long_table.read(builder, told, listed)


def shown(form: str, told: Rows) -> Shown:
    """The rows for the wizard with a guess; none of a list, about which nothing is to be asked."""
    return Shown(form, [], None) if long_table.columns_of(told) else Shown(form, told, table.guess(told))


def rows(file: str, data: bytes) -> Rows:
    """The cells of the file as text.

    Raises:
        MapUnreadable: no text, a quote that is never closed, or more rows or columns than any map has.
    """
    text = decoded(file, FORM, data)
    delimiter = sniff_delimiter(text[:_SNIFFED].splitlines(keepends=True)[:50])
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 20))
    try:
        listed = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        found = list(islice(listed, _MOST_ROWS))
    except csv.Error as error:
        raise MapUnreadable(file, FORM, "damaged", str(error)) from error
    return checked(file, FORM, found)


def checked(file: str, form: str, found: Rows) -> Rows:
    """The same rows without empty ones at the end, if no map is smaller.

    Raises:
        MapUnreadable: more rows or columns than any map has.
    """
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    width = max((len(row) for row in found), default=0)
    if len(found) > MOST_CARDS + 2 or width > 2 * MOST_STEPS or len(found) * width > 4_000_000:
        raise MapUnreadable(file, form, "too_wide", f"{len(found)} × {width}")
    return found
