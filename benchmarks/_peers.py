"""The same questions put to other engines, each in the best form that we could write for it.

Every engine gets the events sorted by (person, time, arrival) with their place `pos`, so that none has to sort. An
answer is a plain value that can be compared with ours; None where an engine has no good way to ask.
"""

import importlib.util
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

Answer = object
Asker = Callable[[], Answer]
LAYERS = 5
NO_TIMES = (None, None)
"""In place of the median and the 90th percentile where they are not asked for."""


def _seconds(micros: float | None) -> float | None:
    return None if micros is None else micros / 1e6


class DuckDB:
    """Funnel: ASOF joins of step to step. Sequences: streaming lead() over the sorted table, no partition."""

    name = "DuckDB"

    def __init__(self, rows: pa.Table) -> None:
        self.engine = duckdb.connect()
        self.engine.register("rows_", rows)
        self.engine.sql("CREATE TABLE e AS SELECT * FROM rows_ ORDER BY pos")

    def rows(self, sql: str) -> list[tuple]:
        return [tuple(r.values()) for r in self.engine.sql(sql).to_arrow_table().to_pylist()]

    def funnel(self, steps: list[int], within: int) -> Answer:
        ctes = [f"s1 AS (SELECT person, pos, time, time AS start FROM e WHERE kind = {steps[0]})"]
        ctes += [
            f"""s{k} AS (SELECT b.person, b.pos, b.time, a.start FROM (SELECT * FROM e WHERE kind = {kind}) b
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
        leads = ", ".join(
            f"CASE WHEN lead(person, {k}) OVER () = person THEN lead(kind, {k}) OVER () END AS k{k}"
            for k in range(1, LAYERS)
        )
        counts = " UNION ALL ".join(
            f"SELECT {k} AS layer, k{k} AS kind, count(*) FROM walk GROUP BY k{k}" for k in range(1, LAYERS)
        )
        return sorted(
            (layer, -1 if kind is None else kind, n)
            for layer, kind, n in self.rows(f"""
                WITH l AS (SELECT person, pos, kind, {leads} FROM e), walk AS MATERIALIZED (
                    SELECT * FROM l WHERE pos IN (SELECT min(pos) FROM e WHERE kind = {anchor} GROUP BY person))
                {counts}""")
        )

    def durations(self, start: int, goal: int) -> Answer:
        return self.rows(f"""
            WITH a AS (SELECT person, min(pos) AS pos, arg_min(time, pos) AS time FROM e WHERE kind = {start}
                       GROUP BY person),
                 b AS (SELECT min(e.time - a.time) AS wait FROM e JOIN a ON e.person = a.person AND e.pos > a.pos
                       WHERE e.kind = {goal} GROUP BY e.person)
            SELECT (SELECT count(*) FROM a), count(*), median(wait) / 1e6 FROM b""")[0]


class Polars:
    """Funnel: asof join by row number over all persons, then the same person. Sequences: shift of sorted columns."""

    name = "Polars"

    def __init__(self, rows: pa.Table) -> None:
        import polars as pl

        self.pl = pl
        self.e = pl.from_arrow(rows).with_columns(
            letter=pl.col("kind").replace_strict({k: chr(48 + k) for k in range(64)}, return_dtype=pl.String)
        )

    def funnel(self, steps: list[int], within: int) -> Answer:
        pl = self.pl
        at = self.e.lazy().filter(pl.col("kind") == steps[0]).select("person", "pos", "time", start="time")
        queries = [at]
        for kind in steps[1:]:
            here = self.e.lazy().filter(pl.col("kind") == kind).select("person", "pos", "time")
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
        paths = self.e.lazy().group_by("person").agg(pl.col("letter").str.join(""))
        found = paths.group_by("letter").len().select(pl.col("len").top_k(top), distinct=pl.len()).collect()
        return sorted(((n, d) for n, d in found.iter_rows()), reverse=True)

    def paths(self, anchor: int) -> Answer:
        pl = self.pl
        after = [
            pl.when(pl.col("person").shift(-k) == pl.col("person")).then(pl.col("kind").shift(-k)).alias(f"k{k}")
            for k in range(1, LAYERS)
        ]
        walk = (
            self.e.lazy().select("person", "kind", *after).filter(pl.col("kind") == anchor)
            .unique("person", keep="first", maintain_order=True)
        )  # fmt: skip
        frames = pl.collect_all([walk.group_by(f"k{k}").len() for k in range(1, LAYERS)])
        return sorted(
            (k, -1 if kind is None else kind, n) for k, frame in enumerate(frames, 1) for kind, n in frame.iter_rows()
        )

    def durations(self, start: int, goal: int) -> Answer:
        pl = self.pl
        e = self.e.lazy()
        a = e.filter(pl.col("kind") == start).unique("person", keep="first", maintain_order=True)
        a = a.select("pos", "person", since="time")
        b = e.filter(pl.col("kind") == goal).select("pos", "time", same="person")
        found = a.set_sorted("pos").join_asof(
            b.set_sorted("pos"), on="pos", strategy="forward", allow_exact_matches=False
        )
        inside = pl.col("same") == pl.col("person")
        wait = (pl.col("time") - pl.col("since")).filter(inside)
        entered, n, m = found.select(pl.len(), inside.sum(), m=wait.median()).collect().row(0)
        return (entered, n, _seconds(m))


class ChDB:
    """ClickHouse in the process: a MergeTree in order, windowFunnel (counts only), leadInFrame for transitions."""

    name = "chDB"

    def __init__(self, rows: pa.Table) -> None:
        from chdb import session

        self.folder = tempfile.TemporaryDirectory()
        self.engine = session.Session(str(Path(self.folder.name, "db")))
        file = Path(self.folder.name, "rows.parquet")
        pq.write_table(rows, file)
        self.engine.query("CREATE DATABASE IF NOT EXISTS b")
        self.engine.query(
            "CREATE TABLE b.e (person Int32, time Int64, kind Int16, pos Int64) "
            "ENGINE = MergeTree ORDER BY (person, pos)"
        )
        self.engine.query(f"INSERT INTO b.e SELECT person, time, kind, pos FROM file('{file}', Parquet)")
        self.engine.query("OPTIMIZE TABLE b.e FINAL")

    def rows(self, sql: str) -> list[list[float]]:
        text = str(self.engine.query(sql, "TabSeparated"))
        return [[float(x) for x in line.split("\t")] for line in text.splitlines()]

    def funnel(self, steps: list[int], within: int) -> Answer:
        conditions = ", ".join(f"kind = {k}" for k in steps)
        found = self.rows(f"""
            SELECT level, count() FROM (SELECT windowFunnel({within})(toUInt64(time), {conditions}) AS level
            FROM b.e WHERE kind IN ({", ".join(map(str, steps))}) GROUP BY person) GROUP BY level""")
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


def installed() -> list[type]:
    """The engines that can be asked here."""
    known = {"polars": Polars, "chdb": ChDB}
    return [DuckDB, *(peer for module, peer in known.items() if importlib.util.find_spec(module))]
