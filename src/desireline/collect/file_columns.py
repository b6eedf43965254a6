"""Some columns of a file, whole: for questions that are asked of a file and not of a workspace."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desireline.collect.readers.columnar import simple
from desireline.collect.reading import open_table
from desireline.collect.sql import quoted
from desireline.collect.table import MIXED, Limits, Table
from desireline.errors import BrokenFile, FileTooLarge, MissingColumn
from desireline.store.sql import connect

_SAMPLED: Final = Limits(batch_rows=2_000)
_PATTERN: Final = frozenset("*?[]{}")


@dataclass(frozen=True, eq=False)
class FileColumns:
    """Columns by name.

    Attributes:
        file: its name, for refusals.
        columns: string, bool, int64, float64, timestamp[us] or date32 arrays of equal length.
        decimal: the sign before the decimals where numbers are written out.
    """

    file: str
    columns: dict[str, pa.Array]
    decimal: str = "."


def read_columns(path: Path, wanted: Sequence[str]) -> FileColumns:
    """Reads columns of a file of any of our formats; no row is left out.

    Well-formed CSV and Parquet are read by DuckDB and Arrow, other files row by row.

    Raises:
        MissingColumn: one is not there.
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named; a row that is none breaks the file.
    """
    table = open_table(path, limits=_SAMPLED)
    names = list(dict.fromkeys(wanted))
    for name in names:
        if name not in table.columns:
            raise MissingColumn(name, list(table.columns), table.file)
    read = _quickly(path, table, names)
    columns = read if read is not None else _by_rows(table, names)
    return FileColumns(table.file, columns, "," if table.delimiter == ";" else ".")


def _quickly(path: Path, table: Table, names: list[str]) -> dict[str, pa.Array] | None:
    """None where the file needs the reader of rows."""
    if table.format == "parquet":
        places = [table.columns.index(name) for name in names]
        return _of_parquet(path, places, names)
    if table.format != "csv" or table.encoding != "utf-8" or _PATTERN & set(str(path)):
        return None
    if path.stat().st_size > _SAMPLED.unpacked_bytes:
        raise FileTooLarge(path.name, _SAMPLED.unpacked_bytes >> 20)
    kinds = ", ".join(f"'c{k}': 'VARCHAR'" for k in range(len(table.columns)))
    chosen = ", ".join(f"c{table.columns.index(name)}" for name in names)
    options = "header = true, auto_detect = false, quote = '\"', escape = '\"', null_padding = false"
    sign = quoted(table.delimiter or ",")
    with connect() as con:
        try:
            query = (
                f"SELECT {chosen} FROM read_csv({quoted(str(path))}, delim = {sign}, columns = {{{kinds}}}, {options})"
            )
            found = con.sql(query).to_arrow_table()
        except duckdb.Error:
            return None
    return {name: _one(found.column(k)) for k, name in enumerate(names)}


def _of_parquet(path: Path, places: list[int], names: list[str]) -> dict[str, pa.Array]:
    try:
        file = pq.ParquetFile(path)
        stored = [file.schema_arrow.names[k] for k in places]
        found = file.read(columns=stored)
    except (pa.ArrowInvalid, OSError) as error:
        raise BrokenFile(path.name, f"Parquet: {error}") from error
    return {name: _plain(simple(_one(found.column(was)))) for name, was in zip(names, stored, strict=True)}


def _by_rows(table: Table, names: list[str]) -> dict[str, pa.Array]:
    chunks: dict[str, list[pa.Array]] = {name: [] for name in names}
    for batch in table.batches:
        for problem in batch.problems:
            raise BrokenFile(table.file, f"{problem.line}: {problem.detail or problem.reason}")
        for name in names:
            there = name in batch.columns.column_names
            column = (
                _plain(_one(batch.columns.column(name))) if there else pa.nulls(batch.columns.num_rows, pa.string())
            )
            chunks[name].append(column)
    return {name: _joined(parts) for name, parts in chunks.items()}


def _joined(parts: list[pa.Array]) -> pa.Array:
    """One array; batches that differ in type come together as text."""
    kinds = {part.type for part in parts if part.null_count < len(part)}
    kind = kinds.pop() if len(kinds) == 1 else pa.string()
    return pa.concat_arrays([part.cast(kind) for part in parts])


def _one(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found


def _plain(column: pa.Array) -> pa.Array:
    """Values of several types as text."""
    return pc.struct_field(column, "text") if column.type == MIXED else column
