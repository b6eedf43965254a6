"""From staged rows to one commit in the lake: keys, what is known already, arrival numbers.

A row counts once. Its key is the source and the source's event id; without an id it is the row's content and its
ordinal among equal rows of the same file, so that two equal rows of one file are two events, and the same file
imported again adds nothing. Where a row gives several events, each has a part of its own in the hash. A known row
that was read under another mapping is replaced by its new reading and
keeps its arrival number, so that ties in time stay as they were.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.model.event import PARSED_EVENT, REJECT
from desireline.store import lake
from desireline.store.paths import Paths
from desireline.store.rereading import PART_DIGITS, withdraw
from desireline.store.sql import connect

_PART = ("part", pa.int64())
_STAMP = [("source", pa.string()), ("file", pa.string()), ("mapping", pa.string()), _PART, ("seq", pa.int64())]


def _with_number(schema: pa.Schema) -> pa.Schema:
    return schema.set(schema.get_field_index("content"), pa.field("content", pa.int64()))


_ROW_DIGITS = 32

STAGED_EVENT = _with_number(pa.schema([*PARSED_EVENT, *_STAMP]))
"""A parsed event on its way: with its source and file, the hash of its mapping, and its place in the import.

`content` is the first half of the raw row's MD5, as a number, `part` likewise of what the event is of its row; null
where the row is one event.
"""

STAGED_REJECT = _with_number(pa.schema([*REJECT, ("mapping", pa.string()), _PART, ("seq", pa.int64())]))
"""A rejected row on its way."""


def content_number(hexadecimal: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """The first 8 bytes of MD5s written as 32 hexadecimal digits, and of the 16 that may follow, else null."""
    packed = bytes.fromhex("".join(pc.utf8_slice_codeunits(hexadecimal, 0, _ROW_DIGITS).to_pylist()))
    part = pc.utf8_slice_codeunits(hexadecimal, _ROW_DIGITS, _ROW_DIGITS + PART_DIGITS)
    some = np.asarray(pc.greater(pc.utf8_length(part), 0))
    parts = np.zeros(len(some), np.int64)
    parts[some] = np.frombuffer(bytes.fromhex("".join(part.to_pylist())), ">i8")
    return pa.array(np.frombuffer(packed, ">i8")[::2].astype(np.int64)), pa.array(parts, mask=~some)


@dataclass(frozen=True)
class Committed:
    """What one commit did, in rows. `withdrawn`: an earlier mapping accepted them, this one refuses them."""

    new: int
    known: int
    replaced: int
    rejected: int
    withdrawn: int = 0


def hash64(text: str) -> str:
    """DuckDB expression of a signed 64-bit hash of a text expression (the lower half of its MD5)."""
    return f"(md5_number_lower({text})::HUGEINT - 9223372036854775808)::BIGINT"


_ID = hash64("i.type || chr(31) || i.value")
_FIRST_ID = hash64("identifiers[1].type || chr(31) || identifiers[1].value")

_NUMBERED = f"""
CREATE TABLE repeated AS
SELECT seq, row_number() OVER (PARTITION BY source, file, content, part ORDER BY seq) AS ordinal
FROM staged SEMI JOIN (SELECT source, file, content, part FROM staged GROUP BY ALL HAVING count(*) > 1)
  USING (source, file, content, part);
CREATE VIEW numbered AS
SELECT *, xor(whole, part) AS row_hash FROM (
  SELECT staged.*, xor(xor(content, {hash64("source")}),
      CASE WHEN ordinal > 1 THEN {hash64("ordinal::VARCHAR")} ELSE 0 END) AS whole
  FROM staged LEFT JOIN repeated USING (seq))
"""
"""Rows that stand more than once in their file are few, so only those are counted out."""

_KEYED = f"""
CREATE TABLE keyed AS
SELECT seq, source, mapping, whole, part, row_hash, CASE WHEN event_id IS NULL THEN row_hash
  ELSE {hash64("source || chr(31) || 'id' || chr(31) || event_id")} END AS key
FROM numbered
"""

_FATE = """
CREATE TABLE fate AS
WITH firsts AS (
  SELECT k.* FROM keyed k WHERE seq NOT IN (
    SELECT seq FROM keyed SEMI JOIN (SELECT key FROM keyed GROUP BY key HAVING count(*) > 1) USING (key)
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY seq) > 1)
)
SELECT f.seq, f.key, k.arrival AS old_arrival, k.key IS NOT NULL AS replaces
FROM firsts f LEFT JOIN known k USING (key)
WHERE k.key IS NULL OR k.mapping <> f.mapping
"""

_ROWS = f"""
SELECT {{arrival}} AS arrival, f.key, n.row_hash, n.source, ? AS batch, n.mapping, n.time, n.precision, n.zone,
  n.event_id, n.kind, n.name, n.channel, n.case_id,
  CASE WHEN n.case_id IS NULL THEN NULL ELSE {hash64("n.source || chr(31) || n.case_id")} END AS case_key,
  n.value, n.currency, n.text, n.score, n.caveat, {_FIRST_ID} AS id_hash,
  CASE WHEN len(n.identifiers) > 1 THEN list_transform(n.identifiers, lambda i: {_ID}) END AS id_links,
  n.identifiers, n.properties, strftime(make_timestamp(n.time), '%Y-%m') AS month
FROM numbered n JOIN fate f USING (seq) WHERE f.replaces = {{replaces}}
"""


def commit(paths: Paths, staged: Path, rejected: Path | None, batch: str) -> Committed:
    """Write staged events and rejects (Parquet of `STAGED_EVENT` and `STAGED_REJECT`) to the lake.

    Arrival numbers follow the order of the import; they may have gaps where rows were known already.
    The caller holds `paths.writing()`.

    Raises:
        DiskFull: there was no room; nothing of the batch is kept.
    """
    events = lake.events(paths.events)
    with connect() as con:
        con.execute(_staged(staged))
        con.execute(_NUMBERED)
        con.execute(_KEYED)
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
            sql = _ROWS.format(arrival=f"{start} + n.seq", replaces="false")
            rows = con.sql(sql, params=[batch]).to_arrow_reader(131_072)
            events.append(pa.RecordBatchReader.from_batches(lake.EVENT, (b.cast(lake.EVENT) for b in rows)))
        accepted = con.sql("SELECT row_hash FROM keyed UNION SELECT whole FROM keyed").to_arrow_table()
        good = con.sql(f"SELECT {_READ}, key, true AS good FROM keyed").to_arrow_table()
    _forget_rejects(lake.rejects(paths.rejects), accepted)
    refused, withdrawn, bad = _keep_rejects(paths, rejected, batch) if rejected else (0, 0, good.slice(0, 0))
    with connect() as con:
        con.register("read", pa.concat_tables([good, bad]))
        withdrawn += withdraw(con, events, lake.rejects(paths.rejects))
    return Committed(new, total - new - replaced, replaced, refused, withdrawn)


_READ = "source, mapping, whole, part, row_hash"


def _staged(path: Path) -> str:
    return f"CREATE VIEW staged AS SELECT * REPLACE (coalesce(part, 0) AS part) FROM read_parquet({_quoted(path)})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _known(con: duckdb.DuckDBPyConnection, events: lake.Table) -> None:
    """Rows that the lake holds: by key, or by the row where an event id came or went since.

    Keys and row hashes hold the source. Only another mapping can have given a row another key, and with one mapping in
    the import the statistics of the lake's files tell where there is none.
    """
    held = events.sql()
    mappings = [m for (m,) in con.execute("SELECT DISTINCT mapping FROM keyed").fetchall()]
    others = f"(SELECT * FROM {held} WHERE mapping <> '{mappings[0]}')" if len(mappings) == 1 else held
    con.execute(
        f"""CREATE TABLE known AS
        WITH met AS (
          SELECT k.key, h.arrival, h.mapping FROM keyed k JOIN {held} h ON h.key = k.key
          UNION ALL
          SELECT k.key, h.arrival, h.mapping FROM keyed k JOIN {others} h ON h.row_hash = k.row_hash
          WHERE h.mapping <> k.mapping AND h.key <> k.key)
        SELECT key, min(arrival) AS arrival, arg_min(mapping, arrival) AS mapping FROM met GROUP BY key"""
    )


def _forget_rejects(table: lake.Table, accepted: pa.Table) -> None:
    """Rows that are events now are rejects no longer."""
    if table.files():
        mended = lake.query(
            f"SELECT r.key FROM {table.sql()} r SEMI JOIN accepted a ON a.row_hash = r.key", accepted=accepted
        )
        table.delete("key", mended["key"].to_pylist())


def _keep_rejects(paths: Paths, rejected: Path, batch: str) -> tuple[int, int, pa.Table]:
    """Append the rejects that are not held yet; a row that an earlier mapping accepted is an event no longer.

    Returns:
        How many there are, how many events were withdrawn, and the rejects as `rereading.withdraw` wants them.
    """
    table = lake.rejects(paths.rejects)
    with connect() as con:
        con.execute(_staged(rejected))
        con.execute(_NUMBERED)
        con.execute("CREATE TABLE keyed AS SELECT *, row_hash AS key FROM numbered")
        columns = ", ".join("? AS batch" if f.name == "batch" else f.name for f in lake.REJECTED)
        rows = con.sql(
            f"SELECT {columns} FROM keyed WHERE key NOT IN (SELECT key FROM {table.sql()}) "
            "QUALIFY row_number() OVER (PARTITION BY key ORDER BY line) = 1",
            params=[batch],
        ).to_arrow_table()
        bad = con.sql(f"SELECT {_READ}, key, false AS good FROM keyed").to_arrow_table()
    withdrawn = 0
    if len(rows):
        table.append(rows.cast(lake.REJECTED))
        events = lake.events(paths.events)
        stale = lake.query(f"SELECT e.arrival FROM {events.sql()} e SEMI JOIN rows r ON r.key = e.row_hash", rows=rows)
        events.delete("arrival", stale["arrival"].to_pylist())
        withdrawn = len(stale)
    return len(bad), withdrawn, bad
