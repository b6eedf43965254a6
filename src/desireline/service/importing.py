"""Import files: parse, stage, and commit in one go; keep and replay what was rejected."""

import datetime as dt
import time as clock
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from desireline.collect.importing import Parsed
from desireline.errors import BadName
from desireline.model.clock import maybe_moment
from desireline.model.summary import ImportSummary
from desireline.store import ingest, lake
from desireline.store.ingest import STAGED_EVENT, STAGED_REJECT, content_number
from desireline.store.paths import Paths

Progress = Callable[[int], None]
"""Called with the number of rows read so far."""


def check_source(name: str) -> str:
    """The name of a source, stripped.

    Raises:
        BadName: it is empty, longer than 100 characters, or holds control characters.
    """
    name = name.strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise BadName(kind="source", name=name[:100])
    return name


@dataclass
class _Tally:
    """What was read so far."""

    read: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    people: set[tuple[str, str]] = field(default_factory=set)
    first: int | None = None
    last: int | None = None

    def add(self, parsed: Parsed) -> None:
        """Count one batch."""
        events = parsed.events.filter(pc.equal(parsed.events["kind"], "event"))
        self.read += len(parsed.events) + len(parsed.rejects)
        self.rejected.update(parsed.rejects["reason"].to_pylist())
        if not len(events):
            return
        who = pc.list_element(events["identifiers"].combine_chunks(), 0)
        distinct = pa.table({"t": pc.struct_field(who, "type"), "v": pc.struct_field(who, "value")})
        self.people.update((r["t"], r["v"]) for r in distinct.group_by(["t", "v"]).aggregate([]).to_pylist())
        span = pc.min_max(events["time"]).as_py()
        self.first = span["min"] if self.first is None else min(self.first, span["min"])
        self.last = span["max"] if self.last is None else max(self.last, span["max"])


class _Stage:
    """Two growing Parquet files: rows to come, rows refused."""

    def __init__(self, folder: Path, source: str) -> None:
        self.events, self.rejects = folder / "events.parquet", folder / "rejects.parquet"
        self._source = source
        self._writers = {
            self.events: pq.ParquetWriter(self.events, STAGED_EVENT, compression="lz4"),
            self.rejects: pq.ParquetWriter(self.rejects, STAGED_REJECT, compression="lz4"),
        }
        self._seq = 0

    def add(self, parsed: Parsed) -> None:
        """Write a batch, stamped with where it came from."""
        source = f"{self._source}/{parsed.table_suffix}" if parsed.table_suffix else self._source
        stamp = {"source": source, "file": parsed.file, "mapping": parsed.mapping_hash}
        self._write(self.events, parsed.events, stamp, STAGED_EVENT)
        self._write(self.rejects, parsed.rejects, stamp, STAGED_REJECT)

    def _write(self, file: Path, rows: pa.Table, stamp: dict[str, str], schema: pa.Schema) -> None:
        if not len(rows):
            return
        for name, value in stamp.items():
            if name not in rows.column_names:
                rows = rows.append_column(name, pa.array([value] * len(rows), pa.string()))
        content = rows.schema.get_field_index("content")
        numbers, parts = content_number(rows["content"])
        rows = rows.set_column(content, "content", numbers).append_column("part", parts)
        seq = pa.array(range(self._seq, self._seq + len(rows)), pa.int64())
        self._seq += len(rows)
        self._writers[file].write_table(rows.append_column("seq", seq).select(schema.names).cast(schema))

    def close(self) -> None:
        """Finish both files."""
        for writer in self._writers.values():
            writer.close()


def run(paths: Paths, source: str, batches: Iterable[Parsed], progress: Progress | None = None) -> ImportSummary:
    """Stage all batches, then commit them at once: a killed import leaves nothing behind and can be run again.

    Raises:
        DiskFull: there was no room; nothing is kept.
    """
    started = clock.perf_counter()
    tally = _Tally()
    with lake.guarded(paths.root), paths.staging() as folder:
        stage = _Stage(folder, source)
        try:
            for parsed in batches:
                stage.add(parsed)
                tally.add(parsed)
                if progress:
                    progress(tally.read)
        finally:
            stage.close()
        with paths.writing():
            batch = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
            done = ingest.commit(paths, stage.events, stage.rejects if tally.rejected else None, batch)
    seconds = clock.perf_counter() - started
    return ImportSummary(
        source=source,
        read=tally.read,
        new=done.new,
        known=done.known,
        replaced=done.replaced,
        withdrawn=done.withdrawn,
        rejected=dict(sorted(tally.rejected.items())),
        people=len(tally.people),
        first=maybe_moment(tally.first),
        last=maybe_moment(tally.last),
        seconds=round(seconds, 3),
        rows_per_second=round(tally.read / max(seconds, 1e-9)),
    )
