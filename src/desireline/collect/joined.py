"""Presets of several files: their SQL joins the files into tables of events."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from desireline.collect.presets import Preset, PresetTable
from desireline.collect.readers.columnar import simple
from desireline.collect.sql import quoted
from desireline.collect.table import RawBatch, Table, with_sample
from desireline.errors import BrokenFile, FileMissing, NoMapping
from desireline.store.sql import connect

if TYPE_CHECKING:
    from desireline.collect.importing import Job, Parsed


def headers(files: list[Path]) -> dict[Path, list[str]]:
    """The column names of those files that are Parquet."""
    found: dict[Path, list[str]] = {}
    for path in files:
        try:
            found[path] = list(pq.read_schema(path).names)
        except (pa.ArrowInvalid, OSError):
            continue
    return found


def read_together(preset: Preset, files: list[Path], job: "Job") -> Iterator["Parsed"]:
    """All tables that the files allow, one after the other.

    Raises:
        NoMapping: a file that has no part in the preset.
        FileMissing: a table's own file is there, but not another that it needs.
        BrokenFile: a damaged file.
    """
    roles = _roles(preset, files)
    wanted = [t for t in preset.tables if t.needs[0] in roles]
    for table in wanted:
        for need in table.needs:
            if need not in roles:
                raise FileMissing(f"{need}.parquet")
    con = _engine(roles)
    try:
        for step in preset.prepare:
            if set(step.needs) <= set(roles):
                con.execute(step.sql)
        for table in wanted:
            yield from _read_table(con, table, roles[table.needs[0]], job)
    except duckdb.Error as error:
        raise BrokenFile(", ".join(p.name for p in files[:3]), str(error).splitlines()[0]) from error
    finally:
        con.close()


def _roles(preset: Preset, files: list[Path]) -> Mapping[str, Path]:
    known = headers(files)
    roles: dict[str, Path] = {}
    for path in files:
        role = preset.role_of(known.get(path, []))
        if role is None or role in roles:
            raise NoMapping(path.name, known.get(path, []), [preset.name])
        roles[role] = path
    return roles


def _engine(roles: Mapping[str, Path]) -> duckdb.DuckDBPyConnection:
    """An engine that sees the files as views named by role, and then nothing else."""
    con = connect()
    listed = ", ".join(quoted(str(p.resolve())) for p in roles.values())
    con.execute(f"SET allowed_paths = [{listed}]")
    con.execute("SET enable_external_access = false")
    for role, path in roles.items():
        con.execute(f"CREATE VIEW {role} AS FROM read_parquet({quoted(str(path.resolve()))})")
    return con


def _read_table(con: duckdb.DuckDBPyConnection, made: PresetTable, own: Path, job: "Job") -> Iterator["Parsed"]:
    result = con.sql(made.sql or f"FROM {made.needs[0]}").to_arrow_table()
    names = result.column_names
    table = with_sample(Table(own.name, "parquet", names, _batches(result, job.limits.batch_rows)))
    for parsed in job.read(table, made.mapping, lenient=False, suffix=made.name):
        if made.precision is None:
            yield parsed
        else:
            yield _with_precision(parsed, made.precision)


def _batches(result: pa.Table, rows: int) -> Iterator[RawBatch]:
    for start in range(0, max(result.num_rows, 1), rows):
        part = result.slice(start, rows).combine_chunks()
        columns = [simple(c.combine_chunks()) for c in part.columns]
        lines = np.arange(start + 1, start + 1 + part.num_rows, dtype=np.int64)
        share = min(1.0, (start + rows) / max(result.num_rows, 1))
        yield RawBatch(pa.table(columns, names=result.column_names), lines, [], share)


def _with_precision(parsed: "Parsed", precision: str) -> "Parsed":
    from dataclasses import replace

    at = parsed.events.schema.get_field_index("precision")
    column = pa.repeat(pa.scalar(precision, pa.string()), parsed.events.num_rows)
    return replace(parsed, events=parsed.events.set_column(at, parsed.events.schema.field(at), column))
