"""The event lake: one append-only Delta table of events, the source of truth.

Each import is one commit: either all its new events are there or none. The columns are those of
`model.event.PARSED_EVENT` and the ones that are added here (see `docs/reference/events.md`).
"""

import contextlib
import errno
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from desireline.errors import DiskFull
from desireline.model.event import IDENTIFIER, REJECT
from desireline.store.paths import newest_commit
from desireline.store.sql import connect

EVENT = pa.schema(
    [
        ("arrival", pa.int64()),  # global order of arrival, from 0
        ("key", pa.int64()),  # what counts once: the source and its event id, else the row
        ("row_hash", pa.int64()),  # the source, the row's content and its ordinal among equal rows of its file
        ("source", pa.string()),
        ("batch", pa.string()),
        ("mapping", pa.string()),
        ("time", pa.int64()),
        ("precision", pa.string()),
        ("zone", pa.string()),
        ("event_id", pa.string()),
        ("kind", pa.string()),
        ("name", pa.string()),
        ("channel", pa.string()),
        ("case_id", pa.string()),
        ("case_key", pa.int64()),
        ("value", pa.float64()),
        ("currency", pa.string()),
        ("text", pa.string()),
        ("score", pa.float64()),
        ("caveat", pa.string()),
        ("id_hash", pa.int64()),
        ("id_links", pa.list_(pa.int64())),  # hashes of all identifiers where an event has more than one
        ("identifiers", pa.list_(IDENTIFIER)),
        ("properties", pa.string()),
        ("month", pa.string()),  # partition, YYYY-MM of the UTC time
    ]
)

REJECTED = pa.schema([*REJECT, ("key", pa.int64()), ("batch", pa.string()), ("mapping", pa.string())])

COMPACT_OVER_FILES = 400


@dataclass(frozen=True)
class Table:
    """A Delta table that may not exist yet, read with DuckDB and written in whole commits."""

    path: Path
    schema: pa.Schema
    partition_by: Sequence[str] = ()

    def delta(self) -> DeltaTable | None:
        """The table at its newest version, or None while nothing was ever written."""
        return DeltaTable(str(self.path)) if DeltaTable.is_deltatable(str(self.path)) else None

    def files(self, version: int | None = None) -> list[str]:
        """The Parquet files of a version (-1: before the first one); of the newest for None or if it is gone."""
        table = self.delta()
        if table is None or version == -1:
            return []
        if version is not None and version != table.version():
            with contextlib.suppress(DeltaError):
                table.load_as_version(version)
        return sorted(table.file_uris())

    def sql(self, version: int | None = None) -> str:
        """What stands after FROM in a DuckDB query over this table."""
        return source(self.files(version), self.schema)

    def gained(self, since: int) -> list[str] | None:
        """The files that commits after version `since` added.

        None where rows were removed or replaced too, or where the log or a file does not reach back that far. A
        compaction puts the same rows into other files and does not count.
        """
        added: list[str] = []
        newest = newest_commit(self.path)
        for version in range(since + 1, newest + 1):
            try:
                lines = (self.path / "_delta_log" / f"{version:020}.json").read_text().splitlines()
            except FileNotFoundError:
                return None
            actions = [json.loads(line) for line in lines]
            if any(a["remove"].get("dataChange", True) for a in actions if "remove" in a):
                return None
            adds = [a["add"] for a in actions if "add" in a]
            added += [str(self.path / unquote(a["path"])) for a in adds if a.get("dataChange", True)]
        return added if since <= newest and all(Path(f).exists() for f in added) else None

    def append(self, rows: pa.RecordBatchReader | pa.Table) -> None:
        """Add rows in one commit.

        Raises:
            DiskFull: there was no room; nothing is kept.
        """
        with guarded(self.path):
            write_deltalake(str(self.path), rows, mode="append", partition_by=list(self.partition_by) or None)
        self.compact()

    def replace(self, rows: pa.Table, on: str) -> None:
        """Put rows in the place of those with the same `on`, in one commit; rows that match nothing are added."""
        table = self.delta()
        if table is None:
            return self.append(rows)
        with guarded(self.path):
            merge = table.merge(rows, predicate=f"t.{on} = s.{on}", source_alias="s", target_alias="t")
            merge.when_matched_update_all().when_not_matched_insert_all().execute()
        return None

    def delete(self, column: str, values: Iterable[int]) -> None:
        """Remove the rows whose `column` is one of `values`."""
        table = self.delta()
        gone = ", ".join(str(int(v)) for v in values)
        if table is not None and gone:
            table.delete(f"{column} IN ({gone})")

    def compact(self, over_files: int = COMPACT_OVER_FILES) -> None:
        """Merge small files once there are many; readers keep the version that they have open."""
        table = self.delta()
        if table is not None and len(table.file_uris()) > over_files:
            table.optimize.compact()


def events(root: Path) -> Table:
    """The table of events."""
    return Table(root, EVENT, ("month",))


def rejects(root: Path) -> Table:
    """The table of rejected rows."""
    return Table(root, REJECTED)


def source(files: Sequence[str], schema: pa.Schema = EVENT) -> str:
    """What stands after FROM in a DuckDB query over some files of a table."""
    if not files:
        columns = ", ".join(f"NULL::{_duck(f.type)} AS {f.name}" for f in schema)
        return f"(SELECT {columns} WHERE false)"
    listed = ", ".join("'" + f.replace("'", "''") + "'" for f in files)
    return f"read_parquet([{listed}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"


def query(sql: str, parameters: Sequence[Any] = (), **tables: pa.Table) -> pa.Table:
    """Run a DuckDB query; `tables` are visible by name. Each call has a connection of its own."""
    with connect() as con:
        for name, table in tables.items():
            con.register(name, table)
        return con.sql(sql, params=list(parameters) or None).to_arrow_table()


@contextlib.contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Writing below `path`: a disk without room becomes `DiskFull`."""
    try:
        yield
    except (OSError, DeltaError, duckdb.Error) as error:
        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)
        if not full:
            raise
        raise DiskFull(folder=str(path), free_mb=free_mb(path)) from None


def free_mb(path: Path) -> int:
    """Free space on the disk of `path`, in MB."""
    while not path.exists():
        path = path.parent
    return shutil.disk_usage(path).free // 2**20


def _duck(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_duck(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{f.name}" {_duck(f.type)}' for f in kind) + ")"
    return {"int64": "BIGINT", "double": "DOUBLE", "string": "VARCHAR"}[str(kind)]
