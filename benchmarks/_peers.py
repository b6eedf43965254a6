"""The same questions put to other engines, each in the best form that we could write for it.

Every engine loads the events sorted by (person, time, arrival) with their place `pos`, so that none has to sort. An
answer is a plain value that can be compared with ours; None where an engine has no good way to ask. A segment is the
events whose value is at least `LEAST`: by the column, or by the number in their JSON.
"""

import importlib.util
import tempfile
from pathlib import Path
from typing import ClassVar

import duckdb
import pyarrow as pa
from _asked import LAYERS, LEAST

Answer = object
NO_TIMES = (None, None)
"""In place of the median and the 90th percentile where they are not asked for."""


def _seconds(micros: float | None) -> float | None:
    return None if micros is None else micros / 1e6


class DuckDB:
    """Funnel: ASOF joins of step to step. Sequences: streaming lead() over the sorted table, no partition."""

    name = "DuckDB"
    SEGMENTS: ClassVar = {
        "": "", "value": f"AND value >= {LEAST}",
        "json": f"AND json_extract(properties, '$.cart.total')::DOUBLE >= {LEAST}",
    }  # fmt: skip

    def __init__(self, rows: Path) -> None:
        self.engine = duckdb.connect()
        self.engine.sql(f"CREATE TABLE e AS SELECT * FROM read_parquet('{rows}')")

    def rows(self, sql: str) -> list[tuple]:
        return [tuple(r.values()) for r in self.engine.sql(sql).to_arrow_table().to_pylist()]

    def funnel(self, steps: list[int], within: int, segment: str = "") -> Answer:
        only = self.SEGMENTS[segment]
        ctes = [f"s1 AS (SELECT person, pos, time, time AS start FROM e WHERE kind = {steps[0]} {only})"]
        ctes += [
            f"""s{k} AS (SELECT b.person, b.pos, b.time, a.start FROM (SELECT * FROM e WHERE kind = {kind} {only}) b
                 ASOF JOIN s{k - 1} a ON a.person = b.person AND b.pos > a.pos WHERE b.time - a.start <= {within})"""
            for k, kind in enumerate(steps[1:], 2)
        ]
        parts = [
            f"""SELECT {k} AS k, count(*) AS n, median(w) AS m FROM
                (SELECT arg_min(time - start, pos) AS w FROM s{k} GROUP BY person)"""
            for k in range(1, len(steps) + 1)
        ]
        found = self.rows(f"WITH {', '.join(ctes)} {' UNION ALL '.join(parts)} ORDER BY k")
        return [(n, _seconds(m)) for _, n, m in found]

    def transitions(self, medians: bool) -> Answer:
        more = ", quantile_cont(wait, [0.5, 0.9])" if medians else ""
        found = self.rows(f"""
            SELECT kind, after, count(*) {more} FROM
                (SELECT kind, person, lead(kind) OVER () AS after, lead(person) OVER () AS same,
                        lead(time) OVER () - time AS wait FROM e)
            WHERE same = person GROUP BY kind, after""")
        return {(a, b): (n, *([x / 1e6 for x in times[0]] if medians else NO_TIMES)) for a, b, n, *times in found}

    def variants(self, top: int) -> Answer:
        return self.rows(f"""
            WITH paths AS (SELECT path, count(*) AS n FROM
                (SELECT list(kind ORDER BY pos) AS path FROM e GROUP BY person) GROUP BY path)
            SELECT n, count(*) OVER () FROM paths ORDER BY n DESC LIMIT {top}""")

    def paths(self, anchor: int) -> Answer:
        next_kinds = ", ".join(f"max(e.kind) FILTER (e.pos = a.pos + {k}) AS k{k}" for k in range(1, LAYERS))
        links = ", ".join(f"(k{k}, k{k + 1})" for k in range(LAYERS - 1))
        found = self.rows(f"""
            WITH a AS (SELECT person, min(pos) AS pos FROM e WHERE kind = {anchor} GROUP BY person),
                 walk AS (SELECT {anchor} AS k0, {next_kinds} FROM a
                          JOIN e ON e.person = a.person AND e.pos BETWEEN a.pos AND a.pos + {LAYERS - 1}
                          GROUP BY a.person)
            SELECT {", ".join(f"grouping(k{k}), k{k}" for k in range(LAYERS))}, count(*) FROM walk
            GROUP BY GROUPING SETS ({links})""")
        return sorted(_link(row) for row in found)


class Polars:
    """Funnel: asof join by row number over all persons, then the same person. Sequences: shifted or gathered columns.

    Variants: one byte an event, and the bytes of a person made a text without copying.
    """

    name = "Polars"

    def __init__(self, rows: Path) -> None:
        import polars as pl

        self.pl = pl
        self.e = pl.read_parquet(rows)
        total = pl.col("properties").str.json_path_match("$.cart.total").cast(pl.Float64)
        self.segments = {"": pl.lit(value=True), "value": pl.col("value") >= LEAST, "json": total >= LEAST}

    def funnel(self, steps: list[int], within: int, segment: str = "") -> Answer:
        pl, only = self.pl, self.segments[segment]
        kinds = [self.e.lazy().filter(pl.col("kind") == k).filter(only).select("person", "pos", "time") for k in steps]
        queries = [kinds[0].with_columns(start="time")]
        for here in kinds[1:]:
            before = queries[-1].select("pos", "start", same="person").set_sorted("pos")
            joined = here.set_sorted("pos").join_asof(before, on="pos", allow_exact_matches=False)
            near = (pl.col("same") == pl.col("person")) & (pl.col("time") - pl.col("start") <= within)
            queries.append(joined.filter(near).select("person", "pos", "time", "start"))
        ends = [
            q.unique("person", keep="first", maintain_order=True)
            .select(n=pl.len(), m=(pl.col("time") - pl.col("start")).median())
            for q in queries
        ]  # fmt: skip
        return [(n, _seconds(m)) for n, m in (frame.row(0) for frame in pl.collect_all(ends))]

    def transitions(self, medians: bool) -> Answer:
        pl = self.pl
        steps = self.e.lazy().select(
            pair=pl.col("kind").cast(pl.UInt32) * 64 + pl.col("kind").shift(-1).cast(pl.UInt32),
            wait=pl.col("time").shift(-1) - pl.col("time"),
            same=pl.col("person").shift(-1) == pl.col("person"),
        )
        times = [pl.col("wait").median().alias("median"), pl.col("wait").quantile(0.9, "linear").alias("p90")]
        counted = [pl.len().alias("n"), *(times if medians else [])]
        found = steps.filter(pl.col("same")).group_by("pair").agg(counted).collect()
        return {
            (pair // 64, pair % 64): (n, *([x / 1e6 for x in times] if medians else NO_TIMES))
            for pair, n, *times in found.iter_rows()
        }

    def variants(self, top: int) -> Answer:
        pl = self.pl
        starts = self.e.select((pl.col("person") != pl.col("person").shift(fill_value=-1)).arg_true()).to_series()
        offsets = pa.py_buffer(pl.concat([starts.cast(pl.Int64), pl.Series([len(self.e)])]).to_numpy())
        letters = pa.py_buffer((self.e["kind"] + 48).cast(pl.UInt8).to_numpy())
        paths = pa.Array.from_buffers(pa.large_utf8(), len(starts), [None, offsets, letters])
        frame = pl.Series("path", pl.from_arrow(paths)).to_frame().lazy()
        found = frame.group_by("path").len().select(pl.col("len").top_k(top), distinct=pl.len()).collect()
        return sorted(((n, d) for n, d in found.iter_rows()), reverse=True)

    def paths(self, anchor: int) -> Answer:
        pl, rows = self.pl, len(self.e)
        anchors = self.e.lazy().filter(pl.col("kind") == anchor).select("person", "pos")
        first = anchors.filter(pl.col("person") != pl.col("person").shift(fill_value=-1)).collect()
        ended = pl.repeat(-1, len(first), dtype=pl.Int16, eager=True)
        walk = {"k0": ended + (anchor + 1)}
        for k in range(1, LAYERS):
            at = first["pos"] + k
            there = at.clip(0, rows - 1)
            same = (self.e["person"].gather(there) == first["person"]) & (at < rows)
            walk[f"k{k}"] = self.e["kind"].gather(there).zip_with(same, ended)
        frame = pl.DataFrame(walk).lazy()
        frames = pl.collect_all([frame.group_by(f"k{k}", f"k{k + 1}").len() for k in range(LAYERS - 1)])
        return sorted((k, a, b, n) for k, found in enumerate(frames) for a, b, n in found.iter_rows())


class ChDB:
    """ClickHouse in the process: a MergeTree in order.

    windowFunnel (counts only), leadInFrame for transitions, arrays of each person's kinds for variants and paths.
    """

    name = "chDB"
    SEGMENTS: ClassVar = {
        "": "", "value": f"AND value >= {LEAST}",
        "json": f"AND JSONExtractFloat(properties, 'cart', 'total') >= {LEAST}",
    }  # fmt: skip
    IN_ORDER = "SETTINGS optimize_aggregation_in_order = 1"

    def __init__(self, rows: Path) -> None:
        from chdb import session

        self.folder = tempfile.TemporaryDirectory()
        self.engine = session.Session(str(Path(self.folder.name, "db")))
        self.engine.query("CREATE DATABASE IF NOT EXISTS b")
        columns = {
            "person": "Int32", "time": "Int64", "kind": "Int16", "channel": "Int8", "pos": "Int64", "value": "Float64",
            "properties": "String",
        }  # fmt: skip
        typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.engine.query(f"CREATE TABLE b.e ({typed}) ENGINE = MergeTree ORDER BY (person, pos)")
        self.engine.query(f"INSERT INTO b.e SELECT {', '.join(columns)} FROM file('{rows}', Parquet)")
        self.engine.query("OPTIMIZE TABLE b.e FINAL")

    def rows(self, sql: str) -> list[list[float]]:
        text = str(self.engine.query(sql, "TabSeparated"))
        return [[float(x) for x in line.split("\t")] for line in text.splitlines()]

    def funnel(self, steps: list[int], within: int, segment: str = "") -> Answer:
        conditions = ", ".join(f"kind = {k}" for k in steps)
        found = self.rows(f"""
            SELECT level, count() FROM (SELECT windowFunnel({within})(toUInt64(time), {conditions}) AS level
            FROM b.e WHERE kind IN ({", ".join(map(str, steps))}) {self.SEGMENTS[segment]} GROUP BY person)
            GROUP BY level""")
        return [(int(sum(n for level, n in found if level >= k)), None) for k in range(1, len(steps) + 1)]

    def transitions(self, medians: bool) -> Answer:
        more = ", quantileExactInclusive(0.5)(wait), quantileExactInclusive(0.9)(wait)" if medians else ""
        frame = "(PARTITION BY person ORDER BY pos ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)"
        found = self.rows(f"""
            SELECT kind, after, count() {more} FROM (SELECT kind, leadInFrame(kind, 1, -1) OVER {frame} AS after,
            leadInFrame(time, 1, 0) OVER {frame} - time AS wait FROM b.e) WHERE after >= 0 GROUP BY kind, after""")
        return {
            (int(a), int(b)): (int(n), *([x / 1e6 for x in times] if medians else NO_TIMES))
            for a, b, n, *times in found
        }

    def variants(self, top: int) -> Answer:
        found = self.rows(f"""
            SELECT n, count() OVER () FROM (SELECT count() AS n FROM
                (SELECT sipHash128(groupArray(kind)) AS path FROM b.e GROUP BY person) GROUP BY path)
            ORDER BY n DESC LIMIT {top} {self.IN_ORDER}""")
        return [(int(n), int(distinct)) for n, distinct in found]

    def paths(self, anchor: int) -> Answer:
        found = self.rows(f"""
            SELECT link.1, link.2, link.3, count() FROM (
                SELECT arrayJoin(arrayMap(k -> (k, walk[k], walk[k + 1]), range(1, {LAYERS}))) AS link FROM (
                    SELECT arrayResize(arraySlice(kinds, indexOf(kinds, {anchor}), {LAYERS}), {LAYERS}, -1) AS walk
                    FROM (SELECT groupArray(kind) AS kinds FROM b.e GROUP BY person) WHERE has(kinds, {anchor})))
            GROUP BY link {self.IN_ORDER}""")
        return sorted((int(k) - 1, int(a), int(b), int(n)) for k, a, b, n in found)


def _link(row: tuple) -> tuple[int, int, int, int]:
    """Layer, from, to and persons of a row whose pairs tell of each layer whether it is left out, and its kind."""
    *pairs, n = row
    present = [(k, pairs[2 * k + 1]) for k in range(LAYERS) if not pairs[2 * k]]
    (layer, a), (_, b) = present
    return layer, -1 if a is None else a, -1 if b is None else b, n


def installed() -> list[type]:
    """The engines that can be asked here."""
    known = {"polars": Polars, "chdb": ChDB}
    return [DuckDB, *(peer for module, peer in known.items() if importlib.util.find_spec(module))]
