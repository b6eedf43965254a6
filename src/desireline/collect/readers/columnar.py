"""Parquet: row groups in order, types brought to the few that a mapping understands."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desireline.collect.columns import column
from desireline.collect.table import MIXED, Limits, RawBatch, Table, unique_names
from desireline.errors import BrokenFile, EmptyFile, FileTooLarge


def open_parquet(path: Path, limits: Limits) -> Table:
    """Opens a Parquet file.

    Raises:
        BrokenFile: not Parquet, or damaged.
        EmptyFile: no rows.
        FileTooLarge: more unpacked bytes than `limits.unpacked_bytes`.
    """
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise BrokenFile(path.name, f"Parquet: {error}") from error
    meta = file.metadata
    if meta.num_rows == 0:
        raise EmptyFile(path.name)
    if sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups)) > limits.unpacked_bytes:
        raise FileTooLarge(path.name, limits.unpacked_bytes >> 20)
    names = unique_names(file.schema_arrow.names)
    return Table(path.name, "parquet", names, _batches(path, file, names, limits))


def _batches(path: Path, file: pq.ParquetFile, names: list[str], limits: Limits) -> Iterator[RawBatch]:
    total = file.metadata.num_rows
    done = 0
    try:
        for batch in file.iter_batches(batch_size=limits.batch_rows):
            columns = pa.table([simple(c) for c in batch.columns], names=names)
            lines = np.arange(done + 1, done + 1 + batch.num_rows, dtype=np.int64)
            done += batch.num_rows
            yield RawBatch(columns, lines, [], done / total)
    except (pa.ArrowInvalid, OSError) as error:
        raise BrokenFile(path.name, f"Parquet: {error}") from error


def simple(array: pa.Array) -> pa.Array:
    """The same values in one of the types of a `RawBatch`."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return simple(array.dictionary_decode())
    for test, target in (
        (pa.types.is_string, pa.string()),
        (pa.types.is_large_string, pa.string()),
        (pa.types.is_boolean, pa.bool_()),
        (pa.types.is_floating, pa.float64()),
        (pa.types.is_date, pa.date32()),
        (pa.types.is_null, pa.string()),
    ):
        if test(kind):
            return array.cast(target)
    if pa.types.is_integer(kind) and kind != pa.uint64():
        return array.cast(pa.int64())
    if pa.types.is_timestamp(kind):
        return pc.cast(array, pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
    return _as_text(array)


def _as_text(array: pa.Array) -> pa.Array:
    kind = array.type
    if pa.types.is_decimal(kind) or kind == pa.uint64():
        text = array.cast(pa.string())
        return pa.StructArray.from_arrays([text, text], fields=list(MIXED), mask=array.is_null())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return pa.array([None if v is None else v.hex() for v in array.to_pylist()], pa.string())
    values = [None if v is None else json.loads(json.dumps(v, default=str)) for v in array.to_pylist()]
    return column(values)
