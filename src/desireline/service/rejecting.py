"""Rejected rows: a page of them, all as CSV, and reading them again."""

import json
from collections.abc import Iterator

import pyarrow as pa

from desireline.collect.exporting import csv_text
from desireline.collect.importing import Parsed, parse_rows
from desireline.errors import UnknownSource
from desireline.model.mapping import Mapping
from desireline.model.summary import RejectCount, RejectPage, RejectRow, ReplaySummary
from desireline.service import importing
from desireline.store import lake
from desireline.store.paths import Paths

COLUMNS = ("source", "file", "line", "reason", "detail", "raw")


def page(paths: Paths, source: str | None, reason: str | None, limit: int, offset: int) -> RejectPage:
    """Rejects in the order of source, file and line; the counts by reason are over all reasons."""
    table = lake.rejects(paths.rejects)
    where, given = _where(source)
    chosen, named = _where(source, reason)
    listed = f"SELECT {', '.join(COLUMNS)} FROM {table.sql()} {chosen} ORDER BY source, file, line"
    rows = lake.query(f"{listed} LIMIT {int(limit)} OFFSET {int(offset)}", named).to_pylist()
    counted = lake.query(
        f"SELECT source, reason, count(*) AS count FROM {table.sql()} {where} "
        "GROUP BY ALL ORDER BY source, count DESC, reason",
        given,
    ).to_pylist()
    return RejectPage(
        total=sum(c["count"] for c in counted if reason in (None, c["reason"])),
        rows=[RejectRow(**r) for r in rows],
        by_reason=[RejectCount(**c) for c in counted],
    )


def as_csv(paths: Paths, source: str | None) -> str:
    """All rejects as CSV, with formulas disarmed."""
    where, given = _where(source)
    table = lake.rejects(paths.rejects)
    rows = lake.query(f"SELECT {', '.join(COLUMNS)} FROM {table.sql()} {where} ORDER BY source, file, line", given)
    return csv_text(COLUMNS, ([row[c] for c in COLUMNS] for row in rows.to_pylist()))


def _where(source: str | None, reason: str | None = None) -> tuple[str, list[str]]:
    given = {column: value for column, value in (("source", source), ("reason", reason)) if value is not None}
    conditions = " AND ".join(f"{column} = ?" for column in given)
    return (f"WHERE {conditions}" if given else "", list(given.values()))


def replay(paths: Paths, source: str, preset: str | None, mapping: Mapping | None, zone: str) -> ReplaySummary:
    """Read a source's rejected rows again; what is accepted now is imported and is a reject no longer.

    Raises:
        UnknownSource: the source has no rejected rows.
    """
    table = lake.rejects(paths.rejects)
    rows = lake.query(f"SELECT * FROM {table.sql()} WHERE source = ? ORDER BY file, line", [source])
    if not len(rows):
        found = lake.query(f"SELECT DISTINCT source FROM {table.sql()} ORDER BY source")["source"].to_pylist()
        raise UnknownSource(source=source, available=found)
    summary = importing.run(paths, source, _again(rows, source, preset, mapping, zone))
    accepted = summary.read - sum(summary.rejected.values())
    return ReplaySummary(replayed=summary.read, accepted=accepted, still_rejected=summary.read - accepted)


def _again(rows: pa.Table, source: str, preset: str | None, mapping: Mapping | None, zone: str) -> Iterator[Parsed]:
    """Each file's rows that were read as rows, once each; what was no row (`_raw`) stays a reject."""
    listed = {(r["file"], r["line"], r["raw"]): r for r in rows.to_pylist() if "_raw" not in json.loads(r["raw"])}
    for file in sorted({name for name, _, _ in listed}):
        records = [r for key, r in listed.items() if key[0] == file]
        if records:
            yield from parse_rows(file, records, source=source, preset=preset, mapping=mapping, workspace_zone=zone)
