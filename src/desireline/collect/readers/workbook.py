"""XLSX: the first sheet with content; whole numbers are integers, dates stay dates."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from desireline.collect.columns import column
from desireline.collect.table import Limits, RawBatch, Table, unique_names
from desireline.errors import BrokenFile, EmptyFile, FileTooLarge


def open_xlsx(path: Path, limits: Limits) -> Table:
    """Opens a workbook; its first non-empty row is the header.

    Raises:
        BrokenFile: not a workbook.
        EmptyFile: no sheet with a row below its header.
        FileTooLarge: unpacks to more than `limits.document_bytes`.
    """
    from python_calamine import CalamineError, load_workbook

    _check_size(path, limits)
    try:
        book = load_workbook(str(path))
        for name in book.sheet_names:
            rows = [list[object](row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            top = next((i for i, row in enumerate(rows) if any(c != "" for c in row)), None)
            if top is not None:
                return _table(path, rows, top, limits)
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenFile(path.name, f"XLSX: {error}") from error
    raise EmptyFile(path.name)


def _check_size(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise BrokenFile(path.name, f"XLSX: {error}") from error
    if unpacked > limits.document_bytes:
        raise FileTooLarge(path.name, limits.document_bytes >> 20)


def _table(path: Path, rows: list[list[object]], top: int, limits: Limits) -> Table:
    header = [str(_cell(c)) if c != "" else "" for c in rows[top]]
    while header and not header[-1] and all(row[len(header) - 1] == "" for row in rows[top + 1 :]):
        header.pop()
    names = unique_names(header)
    return Table(path.name, "xlsx", names, _batches(rows, top + 1, names, limits))


def _batches(rows: list[list[object]], first: int, names: list[str], limits: Limits) -> Iterator[RawBatch]:
    filled = [i for i in range(first, len(rows)) if any(c != "" for c in rows[i])]
    for start in range(0, max(len(filled), 1), limits.batch_rows):
        part = filled[start : start + limits.batch_rows]
        arrays = [column([_cell(rows[i][k]) for i in part]) for k in range(len(names))]
        share = min(1.0, (start + limits.batch_rows) / max(len(filled), 1))
        yield RawBatch(pa.table(arrays, names=names), np.array(part, np.int64) + 1, [], share)


def _cell(value: object) -> object:
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dt.timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, dt.time) else value
