"""Answers by SQL over rows (unit, pos, time, label): another engine, set by set instead of event by event."""

import duckdb
import numpy as np
import pyarrow as pa

_ENGINE = duckdb.connect(config={"threads": 1})


def ask(scope, table, sql):
    rows = [
        (u, int(p), int(scope.time[p]), int(table[scope.code[p]]))
        for u in range(scope.units)
        for p in range(scope.offsets[u], scope.offsets[u + 1])
        if table[scope.code[p]] >= 0
    ]
    names = ("unit", "pos", "time", "label")
    columns = list(zip(*rows, strict=True)) or [()] * 4
    _ENGINE.register("e", pa.table({n: pa.array(c, pa.int64()) for n, c in zip(names, columns, strict=True)}))
    return _ENGINE.sql(sql).to_arrow_table().to_pylist()


def _collapsed(collapse):
    return f"""(SELECT * FROM e QUALIFY NOT {collapse} OR label IS DISTINCT FROM
                lag(label) OVER (PARTITION BY unit ORDER BY pos))"""


def transitions(scope, table, collapse):
    """(from, to) -> (count, people, median µs, 90th percentile µs)."""
    rows = ask(scope, table, f"""
        WITH step AS (SELECT unit, label, lead(label) OVER w AS after, lead(time) OVER w - time AS wait
                      FROM e WINDOW w AS (PARTITION BY unit ORDER BY pos))
        SELECT label, after, count(*) AS n, count(DISTINCT unit) AS people, median(wait) AS wait,
               quantile_cont(wait, 0.9) AS p90 FROM step
        WHERE after IS NOT NULL AND NOT ({collapse} AND label = after) GROUP BY ALL""")  # fmt: skip
    return {(r["label"], r["after"]): (r["n"], r["people"], r["wait"], r["p90"]) for r in rows}


def variants(scope, table, collapse):
    """Sequence of labels -> people."""
    rows = ask(scope, table, f"""
        SELECT path, count(*) AS people FROM
            (SELECT unit, list(label ORDER BY pos) AS path FROM {_collapsed(collapse)} GROUP BY unit)
        GROUP BY path""")  # fmt: skip
    return {tuple(r["path"]): r["people"] for r in rows}


def paths(scope, table, anchor, collapse):
    """(layer relative to the anchor, label) -> people, only where a label happens."""
    rows = ask(
        scope,
        table,
        f"""
        WITH c AS (SELECT *, row_number() OVER (PARTITION BY unit ORDER BY pos) AS i FROM {_collapsed(collapse)}),
             start AS (SELECT unit, min(i) AS i FROM c WHERE label = {anchor} GROUP BY unit)
        SELECT c.i - start.i AS layer, label, count(*) AS people FROM c JOIN start USING (unit) GROUP BY ALL""",
    )
    return {(r["layer"], r["label"]): r["people"] for r in rows}


def reaching(scope, codes):
    """Units with an event of one of the codes."""
    rows = ask(scope, np.arange(len(scope.event_names.table)), f"""
        SELECT DISTINCT unit FROM e WHERE label IN ({", ".join(map(str, codes)) or -1}) ORDER BY unit""")  # fmt: skip
    return [r["unit"] for r in rows]


def edges(scope, table, anchor, depth):
    """(label, label) -> (count, people): steps of the first `depth` events from the first anchor; NULL is the end."""
    rows = ask(scope, table, f"""
        WITH n AS (SELECT *, row_number() OVER (PARTITION BY unit ORDER BY pos) AS i FROM e),
             start AS (SELECT unit, min(i) AS i FROM n WHERE label = {anchor} GROUP BY unit),
             step AS (SELECT n.unit, label, n.i - start.i AS d,
                             lead(label) OVER (PARTITION BY n.unit ORDER BY n.i) AS after
                      FROM n JOIN start ON n.unit = start.unit AND n.i >= start.i)
        SELECT label, after, count(*) AS n, count(DISTINCT unit) AS people FROM step WHERE d < {depth - 1}
        GROUP BY ALL""")  # fmt: skip
    return {(r["label"], r["after"]): (r["n"], r["people"]) for r in rows}


def durations(scope, table, start, goal):
    """(entered, n, median µs, 90th percentile µs) between two labels."""
    (row,) = ask(scope, table, f"""
        WITH a AS (SELECT unit, min(pos) AS pos, arg_min(time, pos) AS time FROM e WHERE label = {start} GROUP BY unit),
             b AS (SELECT a.unit, arg_min(e.time, e.pos) - any_value(a.time) AS wait FROM a JOIN e
                   ON e.unit = a.unit AND e.label = {goal} AND e.pos > a.pos GROUP BY a.unit)
        SELECT (SELECT count(*) FROM a) AS entered, count(*) AS n, median(wait) AS median,
               quantile_cont(wait, 0.9) AS p90 FROM b""")  # fmt: skip
    return row["entered"], row["n"], row["median"], row["p90"]
