"""From staged rows to one commit in the lake: keys, what is known already, arrival numbers.

A row counts once. Its key is the source and the source's event id; without an id it is the row's content and its
ordinal among equal rows of the same file, so that two equal rows of one file are two events, and the same file
imported again adds nothing. A known row that was read under another mapping is replaced by its new reading and
keeps its arrival number, so that ties in time stay as they were.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from desireline.model.event import PARSED_EVENT, REJECT
from desireline.store import lake
from desireline.store.paths import Paths

_STAMP = [("source", pa.string()), ("file", pa.string()), ("mapping", pa.string()), ("seq", pa.int64())]
STAGED_EVENT = pa.schema([*PARSED_EVENT, *_STAMP])
"""A parsed event on its way: with its source and file, the hash of its mapping, and its place in the import."""

STAGED_REJECT = pa.schema([*REJECT, ("mapping", pa.string()), ("seq", pa.int64())])
"""A rejected row on its way."""


@dataclass(frozen=True)
class Committed:
    """What one commit did, in rows."""

    new: int
    known: int
    replaced: int
    rejected: int


def hash64(text: str) -> str:
    """DuckDB expression of a signed 64-bit hash of a text expression (the lower half of its MD5)."""
    return f"(md5_number_lower({text})::HUGEINT - 9223372036854775808)::BIGINT"


_ID = hash64("i.type || chr(31) || i.value")

_KEYED = f"""
CREATE TABLE keyed AS
WITH numbered AS (
  SELECT *, row_number() OVER (PARTITION BY source, file, content ORDER BY seq) AS ordinal
  FROM read_parquet(?)
), hashed AS (
  SELECT *, {hash64("source || chr(31) || content || chr(31) || ordinal")} AS row_hash FROM numbered
)
SELECT *, CASE WHEN event_id IS NULL THEN row_hash
  ELSE {hash64("source || chr(31) || 'id' || chr(31) || event_id")} END AS key
FROM hashed
"""

_FATE = """
CREATE TABLE fate AS
WITH firsts AS (
  SELECT seq, key, row_hash, source, mapping FROM keyed
  QUALIFY row_number() OVER (PARTITION BY key ORDER BY seq) = 1
)
SELECT f.seq, k.arrival AS old_arrival, k.mapping IS NOT NULL AND k.mapping <> f.mapping AS replaces
FROM firsts f LEFT JOIN known k USING (key)
WHERE k.key IS NULL OR k.mapping <> f.mapping
"""

_ROWS = f"""
SELECT {{arrival}} AS arrival, k.key, k.row_hash, k.source, ? AS batch, k.mapping, k.time, k.precision, k.zone, k.event_id,
  k.kind, k.name, k.channel, k.case_id,
  CASE WHEN k.case_id IS NULL THEN NULL ELSE {hash64("k.source || chr(31) || k.case_id")} END AS case_key,
  k.value, k.currency, k.text, k.score, k.caveat,
  list_transform(k.identifiers, lambda i: {_ID})[1] AS id_hash,
  CASE WHEN len(k.identifiers) > 1 THEN list_transform(k.identifiers, lambda i: {_ID}) END AS id_links,
  k.identifiers, k.properties, strftime(make_timestamp(k.time), '%Y-%m') AS month
FROM fate f JOIN keyed k USING (seq) WHERE f.replaces = {{replaces}} ORDER BY k.seq
"""


def commit(paths: Paths, staged: Path, rejected: Path | None, batch: str) -> Committed:
    """Write staged events (Parquet: PARSED_EVENT plus source, file, mapping, seq) and rejects to the lake.

    The caller holds `paths.writing()`.

    Raises:
        DiskFull: there was no room; nothing of the batch is kept.
    """
    events = lake.events(paths.events)
    with duckdb.connect() as con:
        con.execute("SET preserve_insertion_order = true")
        con.execute(_KEYED, [str(staged)])
        _known(con, events)
        con.execute(_FATE)
        total, new, replaced = con.execute(
            "SELECT (SELECT count(*) FROM keyed), count(*) FILTER (NOT replaces), count(*) FILTER (replaces) FROM fate"
        ).fetchall()[0]
        start = con.execute(f"SELECT coalesce(max(arrival), -1) + 1 FROM {events.sql()}").fetchall()[0][0]
        if replaced:
            sql = _ROWS.format(arrival="f.old_arrival", replaces="true")
            events.replace(con.sql(sql, params=[batch]).to_arrow_table().cast(lake.EVENT), on="arrival")
        if new:
            arrival = f"{start} + row_number() OVER (ORDER BY k.seq) - 1"
            sql = _ROWS.format(arrival=arrival, replaces="false")
            rows = con.sql(sql, params=[batch]).to_arrow_reader(131_072)
            events.append(pa.RecordBatchReader.from_batches(lake.EVENT, (b.cast(lake.EVENT) for b in rows)))
        accepted = con.sql("SELECT DISTINCT row_hash FROM keyed").to_arrow_table()
    _forget_rejects(lake.rejects(paths.rejects), accepted)
    refused = _keep_rejects(paths, rejected, batch) if rejected else 0
    return Committed(new=new, known=total - new - replaced, replaced=replaced, rejected=refused)


def _known(con: duckdb.DuckDBPyConnection, events: lake.Table) -> None:
    """Rows of these sources that the lake holds: by key, or by the row where an event id came or went since."""
    con.execute(
        f"""CREATE TABLE known AS
        WITH held AS (SELECT key, row_hash, arrival, mapping FROM {events.sql()}
                      WHERE source IN (SELECT DISTINCT source FROM keyed)),
        met AS (
          SELECT k.key, h.arrival, h.mapping FROM keyed k JOIN held h ON h.key = k.key
          UNION ALL
          SELECT k.key, h.arrival, h.mapping FROM keyed k JOIN held h ON h.row_hash = k.row_hash
          WHERE h.mapping <> k.mapping AND h.key <> k.key)
        SELECT key, min(arrival) AS arrival, arg_min(mapping, arrival) AS mapping FROM met GROUP BY key"""
    )


def _forget_rejects(table: lake.Table, accepted: pa.Table) -> None:
    """Rows that are events now are rejects no longer."""
    if table.files():
        mended = lake.query(f"SELECT r.key FROM {table.sql()} r SEMI JOIN accepted a ON a.row_hash = r.key", accepted=accepted)
        table.delete("key", mended["key"].to_pylist())


def _keep_rejects(paths: Paths, rejected: Path, batch: str) -> int:
    """Append the rejects that are not held yet; a row that an earlier mapping accepted is an event no longer."""
    table = lake.rejects(paths.rejects)
    with duckdb.connect() as con:
        con.execute(
            f"""CREATE TABLE keyed AS SELECT * EXCLUDE (seq),
            {hash64("source || chr(31) || content || chr(31) || ordinal")} AS key FROM (
              SELECT *, row_number() OVER (PARTITION BY source, file, content ORDER BY seq) AS ordinal
              FROM read_parquet(?) ORDER BY seq)""",
            [str(rejected)],
        )
        columns = ", ".join("? AS batch" if f.name == "batch" else f.name for f in lake.REJECTED)
        rows = con.sql(
            f"SELECT {columns} FROM keyed WHERE key NOT IN (SELECT key FROM {table.sql()}) "
            "QUALIFY row_number() OVER (PARTITION BY key ORDER BY line) = 1",
            params=[batch],
        ).to_arrow_table()
        count = int(con.execute("SELECT count(*) FROM keyed").fetchall()[0][0])
    if len(rows):
        table.append(rows.cast(lake.REJECTED))
        events = lake.events(paths.events)
        stale = lake.query(f"SELECT e.arrival FROM {events.sql()} e SEMI JOIN rows r ON r.key = e.row_hash", rows=rows)
        events.delete("arrival", stale["arrival"].to_pylist())
    return count
