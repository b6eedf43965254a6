"""Attribution and durations put to other engines, each in the best form that we found.

Answers: {"first" | "last" | "linear" | "markov": {channel: credit}}, without null for models that an engine lacks;
(entered, reached, median seconds of those who did, Kaplan and Meier's share that does). A touch is any event but the
goal; after a goal the path begins anew. The engines count; the chain of eight channels is solved by NumPy, which takes
no time. ChannelAttribution gets the paths already added up, as it can read nothing else; its chain is a simulation, so
it answers with the rules alone.
"""

import importlib.util
from pathlib import Path

import _peers
import numpy as np
import synthetic

Answer = object
START, GOAL, NULL = synthetic.CHANNELS, synthetic.CHANNELS, synthetic.CHANNELS + 1


def _markov(steps: dict[tuple[int, int], float]) -> dict[int, float]:
    """Credit by removal effects: steps from a channel (or START) to a channel, GOAL or NULL."""
    n = synthetic.CHANNELS
    counts = np.zeros((n + 1, n + 2))
    for (source, target), count in steps.items():
        counts[source, target] = count
    parts = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    def reached(removed: int) -> float:
        inside = parts[:, : n + 1].copy()
        inside[:, n] = 0.0
        inside[:, removed] = 0.0
        return float(np.linalg.solve(np.eye(n + 1) - inside, parts[:, GOAL])[START])

    lost = np.array([1 - reached(channel) / reached(n) for channel in range(n)])
    return dict(enumerate(lost / lost.sum() * counts[:, GOAL].sum()))


def _credit(first: dict, linear: dict, steps: dict[tuple[int, int], float]) -> Answer:
    """The answer; the last touches are the steps to the goal."""
    channels = range(synthetic.CHANNELS)
    last = {c: steps.get((c, GOAL), 0) for c in channels}
    whole = {"first": first, "last": last, "linear": linear}
    named = {model: {c: float(credit.get(c, 0)) for c in channels} for model, credit in whole.items()}
    return {**named, "markov": _markov(steps)}


def _reaching(entered: int, reached: int, median: float | None, log_left: float | None, gone: int) -> Answer:
    """`gone`: at how many times everybody still watched got there."""
    left = 0.0 if gone else float(np.exp(log_left or 0.0))
    return (int(entered), int(reached), _peers._seconds(median), 1.0 - left)  # noqa: SLF001


class DuckDB(_peers.DuckDB):
    """Running counts and neighbours stream over the sorted table; only converted paths are joined and grouped."""

    def attribution(self, goal: int) -> Answer:
        self.engine.sql(f"""
            CREATE OR REPLACE TEMP TABLE t AS SELECT person, channel, kind = {goal} AS is_goal, pos,
                count(*) FILTER (kind = {goal}) OVER (ROWS UNBOUNDED PRECEDING) - (kind = {goal})::BIGINT AS path
            FROM e""")
        steps = self.rows(f"""
            WITH n AS (SELECT channel, is_goal, person, lag(person) OVER () AS before, lead(person) OVER () AS after,
                              lead(channel) OVER () AS next, lead(is_goal) OVER () AS next_goal FROM t),
                 s AS (SELECT CASE WHEN is_goal THEN {START} ELSE channel END AS a,
                              CASE WHEN after IS DISTINCT FROM person THEN {NULL} WHEN next_goal THEN {GOAL}
                                   ELSE next END AS b FROM n
                       UNION ALL SELECT {START}, channel FROM n WHERE before IS DISTINCT FROM person AND NOT is_goal)
            SELECT a, b, count(*) FROM s WHERE NOT (a = {START} AND b >= {GOAL}) GROUP BY a, b""")
        rules = self.rows("""
            WITH g AS (SELECT person, path FROM t WHERE is_goal),
                 c AS (SELECT t.channel, t.pos, t.path FROM t JOIN g ON t.path = g.path AND t.person = g.person
                       WHERE NOT t.is_goal),
                 p AS (SELECT path, count(*) AS n, min(pos) AS pos FROM c GROUP BY path)
            SELECT c.channel, count(*) FILTER (c.pos = p.pos), sum(1 / p.n) FROM c JOIN p USING (path)
            GROUP BY c.channel""")
        first, linear = ({channel: row[k] for channel, *row in rules} for k in (0, 1))
        return _credit(first, linear, {(a, b): n for a, b, n in steps})

    def durations(self, start: int, goal: int, until: int) -> Answer:
        found = self.rows(f"""
            WITH a AS (SELECT person, min(pos) AS pos, arg_min(time, pos) AS time FROM e WHERE kind = {start}
                       GROUP BY person),
                 b AS (SELECT e.person, arg_min(e.time, e.pos) AS time FROM e JOIN a
                       ON e.person = a.person AND e.pos > a.pos WHERE e.kind = {goal} GROUP BY e.person),
                 w AS (SELECT coalesce(b.time, {until}) - a.time AS wait, b.time IS NOT NULL AS got
                       FROM a LEFT JOIN b USING (person)),
                 k AS (SELECT wait, count(*) AS n, count(*) FILTER (got) AS d FROM w GROUP BY wait),
                 r AS (SELECT d, sum(n) OVER (ORDER BY wait DESC) AS risk FROM k)
            SELECT (SELECT count(*) FROM w), (SELECT count(*) FROM w WHERE got),
                   (SELECT median(wait) FROM w WHERE got), sum(ln(1 - d / risk)) FILTER (d > 0 AND d < risk),
                   count(*) FILTER (d > 0 AND d = risk) FROM r""")
        return _reaching(*found[0])


class Polars(_peers.Polars):
    """Whole columns shifted and filled forward and backward; nothing is grouped by person."""

    def attribution(self, goal: int) -> Answer:
        pl = self.pl
        rows = self.e.lazy().select("person", "pos", channel=pl.col("channel").cast(pl.Int16),
                                    goal=pl.col("kind") == goal)  # fmt: skip
        place, person = pl.col("pos"), pl.col("person")
        begins = (person != person.shift()) | pl.col("goal").shift()
        ends = (person != person.shift(-1)).fill_null(value=True)
        after = (
            pl.when(ends).then(pl.lit(NULL)).when(pl.col("goal").shift(-1)).then(pl.lit(GOAL))
            .otherwise(pl.col("channel").shift(-1))
        )  # fmt: skip
        marked = rows.with_columns(begins=begins.fill_null(value=True), after=after.cast(pl.Int16))
        steps = marked.filter(~pl.col("goal")).group_by(a="channel", b="after").len()
        starts = marked.filter(pl.col("begins") & ~pl.col("goal")).group_by("channel").len()
        filled = marked.with_columns(
            from_=pl.when("begins").then(place).forward_fill(), to=pl.when("goal").then(place).backward_fill(),
            first=pl.when("begins").then("channel").forward_fill(),
            whose=pl.when("goal").then(person).backward_fill(),
        )  # fmt: skip
        touches = filled.filter(~pl.col("goal") & (pl.col("whose") == person))
        linear = touches.group_by("channel").agg((1 / (pl.col("to") - pl.col("from_"))).sum())
        first = filled.filter(pl.col("goal") & ~pl.col("begins")).group_by("first").len()
        frames = pl.collect_all([steps, starts, linear, first])
        counted = {(a, b): n for a, b, n in frames[0].iter_rows()}
        counted |= {(START, c): n for c, n in frames[1].iter_rows()}
        return _credit(dict(frames[3].iter_rows()), dict(frames[2].iter_rows()), counted)

    def durations(self, start: int, goal: int, until: int) -> Answer:
        pl = self.pl
        e = self.e.lazy().select("person", "pos", "time", "kind")
        a = e.filter(pl.col("kind") == start).unique("person", keep="first", maintain_order=True)
        a = a.select("pos", "person", since="time")
        b = e.filter(pl.col("kind") == goal).select("pos", "time", same="person")
        found = a.set_sorted("pos").join_asof(
            b.set_sorted("pos"), on="pos", strategy="forward", allow_exact_matches=False
        )
        got = (pl.col("same") == pl.col("person")).fill_null(value=False)
        waits = found.select(
            got=got, wait=pl.when(got).then(pl.col("time")).otherwise(until) - pl.col("since")
        ).collect()
        entered, reached, median = waits.select(
            pl.len(), pl.col("got").sum(), m=pl.col("wait").filter("got").median()
        ).row(0)  # fmt: skip
        times = waits.group_by("wait").agg(n=pl.len(), d=pl.col("got").sum()).sort("wait", descending=True)
        left = times.with_columns(risk=pl.col("n").cum_sum()).filter(pl.col("d") > 0)
        some = left.filter(pl.col("d") < pl.col("risk"))
        log_left = some.select((1 - pl.col("d") / pl.col("risk")).log().sum()).item()
        return _reaching(entered, reached, median, log_left, len(left) - len(some))


class ChDB(_peers.ChDB):
    """Persons are aggregated in the table's order; arrays of their touches are split after every goal."""

    def attribution(self, goal: int) -> Answer:
        self.engine.query("DROP TABLE IF EXISTS b.p")
        paths = f"""
            SELECT arrayFilter(x -> x < {GOAL}, path) AS t, has(path, {GOAL}) AS converted FROM
                (SELECT arrayJoin(arrayReverseSplit(x -> x = {GOAL}, groupArray(if(kind = {goal}, {GOAL}, channel))))
                        AS path FROM b.e GROUP BY person) WHERE notEmpty(t)"""
        steps = self.rows(f"""
            SELECT pair.1, pair.2, count() FROM (SELECT arrayJoin(arrayZip(arrayPushFront(t, {START}),
                   arrayPushBack(t, if(converted, {GOAL}, {NULL})))) AS pair FROM ({paths})) GROUP BY pair
            {self.IN_ORDER}""")
        rules = self.rows(f"""
            SELECT touch, sum(place = 1), sum(1 / n) FROM
                (SELECT touch, place, length(t) AS n FROM ({paths} AND converted)
                 ARRAY JOIN t AS touch, arrayEnumerate(t) AS place) GROUP BY touch {self.IN_ORDER}""")
        first, linear = ({int(row[0]): row[k] for row in rules} for k in (1, 2))
        return _credit(first, linear, {(int(a), int(b)): n for a, b, n in steps})

    def durations(self, start: int, goal: int, until: int) -> Answer:
        found = self.rows(f"""
            WITH w AS (SELECT (minIf((pos, time), kind = {start}) AS a).2 AS since,
                              arrayFirst(x -> x.1 > a.1, arraySort(groupArrayIf((pos, time), kind = {goal}))) AS b,
                              b.1 > 0 AS got, if(got, b.2, {until}) - since AS wait
                       FROM b.e WHERE kind IN ({start}, {goal}) GROUP BY person HAVING countIf(kind = {start}) > 0),
                 k AS (SELECT wait, count() AS n, countIf(got) AS d FROM w GROUP BY wait),
                 r AS (SELECT d, sum(n) OVER (ORDER BY wait DESC) AS risk FROM k)
            SELECT (SELECT count() FROM w), (SELECT countIf(got) FROM w),
                   (SELECT quantileExactInclusiveIf(0.5)(wait, got) FROM w),
                   sumIf(log(1 - d / risk), d > 0 AND d < risk), countIf(d > 0 AND d = risk) FROM r""")
        return _reaching(*found[0])


class ChannelAttribution:
    """The package of that name, given the paths added up; its heuristics, and its simulated chain beside them."""

    name = "ChannelAttribution"

    def __init__(self, rows: Path) -> None:
        import duckdb

        with duckdb.connect() as engine:
            self.table = engine.sql(f"""
                WITH t AS (SELECT person, channel, pos, kind = {synthetic.GOAL} AS is_goal,
                                  count(*) FILTER (kind = {synthetic.GOAL}) OVER (ROWS UNBOUNDED PRECEDING)
                                  - (kind = {synthetic.GOAL})::BIGINT AS path FROM read_parquet('{rows}')),
                     p AS (SELECT string_agg(channel, ' > ' ORDER BY pos) FILTER (NOT is_goal) AS path,
                                  bool_or(is_goal) AS got FROM t GROUP BY person, t.path)
                SELECT path, count(*) FILTER (got) AS total_conversions, count(*) FILTER (NOT got) AS total_null
                FROM p WHERE path IS NOT NULL GROUP BY path""").df()

    def attribution(self, goal: int) -> Answer:
        from ChannelAttribution import heuristic_models, markov_model

        if goal != synthetic.GOAL:
            raise ValueError(f"the paths are made for the goal {synthetic.GOAL}")
        found = heuristic_models(self.table, "path", "total_conversions", sep=">", flg_pro=False)
        markov_model(
            self.table, "path", "total_conversions", var_null="total_null", sep=">", verbose=False, flg_pro=False
        )
        columns = {"first": "first_touch", "last": "last_touch", "linear": "linear_touch"}
        by_channel = found.set_index(found["channel_name"].astype(int))
        named = {model: by_channel[column if column in by_channel else f"{column}_conversions"].to_dict()
                 for model, column in columns.items()}  # fmt: skip
        return {**named, "markov": None}


def installed() -> list[type]:
    """What can be asked here beside the engines of `_peers`."""
    return [ChannelAttribution] if importlib.util.find_spec("ChannelAttribution") else []
