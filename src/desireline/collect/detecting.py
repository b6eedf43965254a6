"""What kind of values a column holds, judged by its sample."""

import re
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from desireline.collect.fields import NO_NUMBER
from desireline.collect.sql import columns_of, positional
from desireline.collect.table import RawBatch
from desireline.collect.times import TimeReader
from desireline.collect.timetext import DayOrder
from desireline.model.mapping import TimeMapping
from desireline.model.preview import ColumnType

_LOOKED_AT: Final = 1000
_ENOUGH: Final = 0.9  # of the values must be of a kind: exports hold a few stray ones
_PATTERNS: Final[tuple[tuple[ColumnType, re.Pattern[str]], ...]] = (
    ("boolean", re.compile(r"(?i)true|false|yes|no|tak|nie|da|ne")),
    ("phone", re.compile(r"\+\d[\d ()/.-]{6,}\d|00\d[\d ()/.-]{6,}\d|0\d{1,3}[ /-]\d[\d -]{4,}\d")),
    ("integer", re.compile(r"[+-]?\d+")),
    ("number", re.compile(r"[+-]?(\d+|\d{1,3}([ .,\u00a0]\d{3})+)?([.,]\d+)?([eE][+-]?\d+)?")),
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
)


def first_values(batches: list[RawBatch], name: str) -> pa.Array:
    """The first values of a column that are not empty, as text."""
    got: list[str] = []
    for batch in batches:
        if name in batch.columns.column_names:
            got += [text for text in _texts(batch.columns.column(name)) if text]
        if len(got) >= _LOOKED_AT:
            break
    return pa.array(got[:_LOOKED_AT], pa.string())


def _texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_struct(column.type):
        column = pc.struct_field(column, "text")
    return [str(v).strip() for v in column.slice(0, 4 * _LOOKED_AT).to_pylist() if v is not None]


def native_type(kinds: set[pa.DataType]) -> ColumnType | None:
    """The type that the file itself declares; None for text and for several."""
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    for test, name in (
        (pa.types.is_timestamp, "time"),
        (pa.types.is_date, "date"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
    ):
        if test(kind):
            found: ColumnType = name  # type: ignore[assignment]
            return found
    return None


def text_type(con: duckdb.DuckDBPyConnection, values: pa.Array, order: DayOrder) -> ColumnType:
    """The type that nearly all of these texts are written in."""
    listed = [v for v in values.to_pylist() if v.lower() not in NO_NUMBER]
    if not listed:
        return "empty"
    for name, pattern in _PATTERNS:
        if sum(bool(pattern.fullmatch(v)) for v in listed) >= _ENOUGH * len(listed):
            return name
    table = positional(pa.table({"v": pa.array(listed, pa.string())}))
    read = TimeReader(TimeMapping(column="v"), "UTC", order).read(con, table, columns_of(table)["c0"])
    times = read.filter(pc.is_valid(read["time"]))
    if times.num_rows < _ENOUGH * len(listed):
        return "text"
    return "date" if pc.all(pc.equal(times["precision"], "day")).as_py() else "time"


def has_decimal_comma(values: pa.Array) -> bool:
    """Whether numbers are written like `12,50`: a comma before one, two or more than three last digits."""
    return any(re.fullmatch(r"[+-]?[\d .\u00a0]*\d,(\d{1,2}|\d{4,})", v) for v in values.to_pylist())
