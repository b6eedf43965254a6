"""Cells of a column as numbers, truth values, moments or names; what is none is refused with its row."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.collect.fields import NO_NUMBER
from desireline.collect.file_columns import FileColumns
from desireline.collect.sql import BLANKS, columns_of, positional
from desireline.collect.times import EARLIEST, LATEST, TimeReader
from desireline.collect.timetext import day_order
from desireline.errors import BadCell, EmptyColumn
from desireline.model.mapping import TimeMapping
from desireline.store.sql import connect

F64 = npt.NDArray[np.float64]

DAY: Final = 86_400_000_000
"""In µs."""

_WITH_OFFSET: Final = r"^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?[+-]\d{2}(?::?\d{2})?$"

YES: Final = frozenset({"1", "1.0", "true", "t", "yes", "y", "tak", "prawda", "da", "istina"})
NO: Final = frozenset({"0", "0.0", "false", "f", "no", "n", "nie", "fałsz", "ne", "laž"})
"""How exports write truth values, in lower case."""


def numbers(read: FileColumns, name: str) -> F64:
    """float64[rows], NaN where the cell is empty.

    Raises:
        BadCell: a cell is no finite number.
        EmptyColumn: no cell holds one.
    """
    column = read.columns[name]
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_string(column.type):
        column = _written_numbers(read, name, column)
    elif not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise BadCell(read.file, name, 1, str(column[0]), "1.5")
    found: F64 = pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(zero_copy_only=False)
    if np.isinf(found).any():
        at = int(np.argmax(np.isinf(found)))
        raise BadCell(read.file, name, at + 1, str(found[at]), "1.5")
    if np.isnan(found).all():
        raise EmptyColumn(column=name, file=read.file)
    return found


def truths(read: FileColumns, name: str) -> F64:
    """float64[rows] of 1 and 0, NaN where the cell is empty.

    Raises:
        BadCell: a cell is neither true nor false.
        EmptyColumn: no cell is.
    """
    if not is_text(read, name):
        found = numbers(read, name)
        wrong = ~np.isnan(found) & (found != 0) & (found != 1)
        if wrong.any():
            at = int(np.argmax(wrong))
            raise BadCell(read.file, name, at + 1, f"{found[at]:g}", "1, 0")
        return found
    index, words = names(read, name)
    said = [1.0 if w.casefold() in YES else 0.0 if w.casefold() in NO else np.inf for w in words]
    lower = [w.casefold() in NO_NUMBER for w in words]
    value = np.array([*(np.nan if blank else v for v, blank in zip(said, lower, strict=True)), np.nan])[index]
    if np.isinf(value).any():
        at = int(np.argmax(np.isinf(value)))
        raise BadCell(read.file, name, at + 1, words[index[at]][:100], "true, false, yes, no, 1, 0")
    if np.isnan(value).all():
        raise EmptyColumn(column=name, file=read.file)
    return value


def looks_binary(read: FileColumns, name: str) -> bool:
    """Whether every cell of the column that is filled in is a truth value."""
    column = read.columns[name]
    if pa.types.is_boolean(column.type):
        return True
    if is_text(read, name):
        words = pc.unique(column).to_pylist() if len(pc.unique(column.slice(0, 10_000))) < 20 else ["?"]
        return all(w is None or not (s := w.strip(BLANKS).casefold()) or s in YES | NO | {*NO_NUMBER} for w in words)
    found = pc.unique(column).to_pylist() if not pa.types.is_temporal(column.type) else ["?"]
    return all(v is None or v in (0, 1) or v != v for v in found)  # noqa: PLR0124 NaN


def names(read: FileColumns, name: str) -> tuple[npt.NDArray[np.int32], list[str]]:
    """int32[rows], -1 where the cell is blank, into the distinct texts in sorted order.

    Raises:
        EmptyColumn: no cell holds one.
    """
    texts = _texts(read.columns[name]).dictionary_encode()
    words = [(w or "").strip(BLANKS) for w in texts.dictionary.to_pylist()]
    order = sorted({w for w in words if w})
    if not order:
        raise EmptyColumn(column=name, file=read.file)
    place = {word: k for k, word in enumerate(order)}
    table = np.array([*(place.get(w, -1) for w in words), -1], np.int32)
    return table[pc.fill_null(texts.indices, len(words)).to_numpy(zero_copy_only=False)], order


def identities(read: FileColumns, name: str) -> npt.NDArray[np.int64]:
    """int64[rows]: equal numbers for equal texts, -1 where the cell is blank.

    Raises:
        EmptyColumn: no cell holds one.
    """
    column = read.columns[name]
    texts = column if pa.types.is_integer(column.type) else pc.utf8_trim(_texts(column), BLANKS)
    encoded = texts.dictionary_encode()
    index: npt.NDArray[np.int64] = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    blank = pc.index_in(pa.scalar(""), encoded.dictionary).as_py() if pa.types.is_string(texts.type) else None
    if blank is not None:
        index[index == blank] = -1
    if (index < 0).all():
        raise EmptyColumn(column=name, file=read.file)
    return index


def moments(read: FileColumns, name: str, zone: str = "UTC") -> npt.NDArray[np.int64]:
    """int64[rows], µs UTC; times without a zone are of `zone`.

    Raises:
        BadCell: a cell is empty or no time.
    """
    quick = _of_iso(read.columns[name], zone)
    if quick is not None:
        return quick
    table = pa.table({"v": read.columns[name]})
    with connect(files=False) as con:
        column = columns_of(table)["v"]
        order = day_order(con, table.column("v").slice(0, 10_000).chunks)
        found = TimeReader(TimeMapping(column="v"), zone, order).read(con, positional(table), column)
    if found["time"].null_count:
        at = int(np.argmax(np.asarray(pc.is_null(found["time"]))))
        raise BadCell(read.file, name, at + 1, str(found["detail"][at].as_py() or ""), "2026-01-31 12:00")
    time: npt.NDArray[np.int64] = found["time"].to_numpy()
    return time


def days(read: FileColumns, name: str) -> npt.NDArray[np.int64]:
    """int64[rows], days since 1970 by the clock that the cell was written by: its offset from UTC moves no day.

    Raises:
        BadCell: a cell is empty or no time.
    """
    column = read.columns[name]
    if pa.types.is_string(column.type):
        column = pc.replace_substring_regex(pc.utf8_trim(column, BLANKS), _WITH_OFFSET, r"\1")
    return moments(FileColumns(read.file, {name: column}, read.decimal), name) // DAY


def _of_iso(column: pa.Array, zone: str) -> npt.NDArray[np.int64] | None:
    """Timestamps, and ISO 8601 in text where every cell agrees whether it tells an offset; else None."""
    if column.null_count or pa.types.is_date(column.type) or _is_numeric(column.type):
        return None
    for kind in (pa.timestamp("us", "UTC"), *([pa.timestamp("us")] if zone == "UTC" else [])):
        if pa.types.is_timestamp(column.type) and column.type.tz is None and kind.tz is not None:
            continue  # Arrow would take any wall clock for UTC
        try:
            found: npt.NDArray[np.int64] = column.cast(kind).cast(pa.int64()).to_numpy()
        except pa.ArrowInvalid:
            continue
        return found if ((found >= EARLIEST) & (found <= LATEST)).all() else None
    return None


def _is_numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind))


def is_text(read: FileColumns, name: str) -> bool:
    """Whether the column comes as text."""
    return bool(pa.types.is_string(read.columns[name].type))


def _texts(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _written_numbers(read: FileColumns, name: str, column: pa.Array) -> pa.Array:
    try:
        return column.cast(pa.float64())
    except pa.ArrowInvalid:
        pass  # blanks, words for nothing, decimal commas: seldom
    trimmed = pc.utf8_trim(column, BLANKS)
    blank = pc.is_in(pc.utf8_lower(trimmed), pa.array(["", *NO_NUMBER]))
    trimmed = pc.if_else(blank, None, trimmed)
    if read.decimal == ",":
        trimmed = pc.replace_substring_regex(trimmed, r"^([+-]?\d+),(\d+)$", r"\1.\2")
    try:
        return trimmed.cast(pa.float64())
    except pa.ArrowInvalid:
        at = next(k for k, text in enumerate(trimmed.to_pylist()) if text is not None and not _is_number(text))
        raise BadCell(read.file, name, at + 1, str(column[at])[:100], "1.5") from None


def _is_number(text: str) -> bool:
    try:
        pa.scalar(text).cast(pa.float64())
    except pa.ArrowInvalid:
        return False
    return True
