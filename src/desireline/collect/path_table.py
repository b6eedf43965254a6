"""Reads an aggregated table of paths: a row for each path, with how often it converted and how often it did not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from desireline.collect.reading import open_table
from desireline.collect.table import RawBatch, Table
from desireline.errors import BadPathRow, NoPathTable

F64 = npt.NDArray[np.float64]

PATH: Final = "path"
CONVERSIONS: Final = "total_conversions"
VALUE: Final = "total_conversion_value"
NULLS: Final = "total_null"
"""The columns, as the package ChannelAttribution names them; the last two may be missing."""

STEP: Final = ">"


@dataclass(frozen=True, eq=False)
class PathTable:
    """Paths with their counts.

    Attributes:
        names: distinct touches.
        offsets: int64[paths + 1]; the touches of path p are offsets[p]:offsets[p + 1], and may be none.
        touch: int32[touches of all paths], index into `names`.
        conversions, nulls: int64[paths], how often the path ended with the goal and without.
        value: float64[paths], of the conversions together; None if the table has no such column.
    """

    names: list[str]
    offsets: npt.NDArray[np.int64]
    touch: npt.NDArray[np.int32]
    conversions: npt.NDArray[np.int64]
    nulls: npt.NDArray[np.int64]
    value: F64 | None


def read_paths(path: Path) -> PathTable:
    """Reads a file of any of our formats with columns path, total_conversions, total_conversion_value, total_null.

    Raises:
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        NoPathTable: a column is missing.
        BadPathRow: a row that cannot be understood; none is left out.
    """
    table = open_table(path)
    columns = {name.strip().casefold(): name for name in table.columns}
    for needed in (PATH, CONVERSIONS):
        if needed not in columns:
            raise NoPathTable(file=table.file, column=needed, available=table.columns)
    parts = [_part(table, batch, columns) for batch in table.batches]
    steps = pa.chunked_array([steps for steps, _ in parts]).combine_chunks()
    texts = pc.utf8_trim_whitespace(steps.flatten()).dictionary_encode()
    counts = np.concatenate([numbers for _, numbers in parts], axis=1)
    return PathTable(
        names=texts.dictionary.to_pylist(),
        offsets=np.r_[0, np.cumsum(pc.list_value_length(steps).to_numpy())].astype(np.int64),
        touch=texts.indices.to_numpy().astype(np.int32),
        conversions=counts[0].astype(np.int64), nulls=counts[1].astype(np.int64),
        value=counts[2] if VALUE in columns else None,
    )  # fmt: skip


def _part(table: Table, batch: RawBatch, columns: dict[str, str]) -> tuple[pa.ListArray, F64]:
    """The steps of each row, and float64[3, rows]: conversions, nulls, value."""
    for problem in batch.problems:
        header = (table.delimiter or ",").join(table.columns)
        raise BadPathRow(table.file, problem.line, problem.reason, problem.raw[:100], header)
    read = {known: batch.columns[columns[known]].combine_chunks() for known in (PATH, CONVERSIONS, VALUE, NULLS)
            if known in columns}  # fmt: skip
    counts = [_numbers(table, batch, name, read.get(name)) for name in (CONVERSIONS, NULLS, VALUE)]
    return _steps(table, batch, read[PATH]), np.array(counts)


def _steps(table: Table, batch: RawBatch, column: pa.Array) -> pa.ListArray:
    texts = pc.fill_null(column.cast(pa.string()), "")
    steps = pc.split_pattern(texts, STEP)
    blank = pc.equal(pc.utf8_trim_whitespace(steps.flatten()), "").to_numpy(zero_copy_only=False)
    lengths = pc.list_value_length(steps).to_numpy()
    row = np.repeat(np.arange(len(texts)), lengths)
    wrong = row[blank & (lengths[row] > 1)]
    if len(wrong):
        at = int(wrong[0])
        raise BadPathRow(table.file, int(batch.lines[at]), PATH, texts[at].as_py()[:100], "A > B > C")
    kept = steps.flatten().filter(pa.array(~blank))
    offsets = np.r_[0, np.cumsum(np.where(np.bincount(row[blank], minlength=len(texts)), 0, lengths))]
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), kept)


def _numbers(table: Table, batch: RawBatch, name: str, column: pa.Array | None) -> F64:
    """The numbers of a column; counts are whole and not negative. What need not be there is 0 where it is not."""
    if column is None:
        return np.zeros(batch.columns.num_rows)
    texts = pc.utf8_trim_whitespace(column.cast(pa.string()))
    if name != CONVERSIONS:
        texts = pc.fill_null(texts, "0")
    numbers = np.array([_number(text) for text in texts.to_pylist()], np.float64)
    wrong = ~np.isfinite(numbers)
    if name != VALUE:
        wrong |= (numbers < 0) | (numbers != np.floor(numbers)) | (numbers >= 2**53)
    if wrong.any():
        at = int(np.argmax(wrong))
        expected = "12.5" if name == VALUE else "0, 1, 2, …"
        raise BadPathRow(table.file, int(batch.lines[at]), name, (texts[at].as_py() or "")[:100], expected)
    return numbers


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
