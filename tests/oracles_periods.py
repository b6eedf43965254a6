"""Sessions, retention and channel switches by SQL over rows (unit, pos, time, label …): set by set, elsewhere."""

import duckdb
import pyarrow as pa

_ENGINE = duckdb.connect(config={"threads": 1})


def rows(columns):
    """Register rows as table `e`: column name -> list of numbers or texts."""
    _ENGINE.register("e", pa.table(columns))


def events_of(scope, table, **more):
    """The labelled events of a scope as columns; `more` are tables over codes."""
    kept = [
        (u, p, int(scope.time[p]), int(table[scope.code[p]]), *(int(t[scope.code[p]]) for t in more.values()))
        for u in range(scope.units)
        for p in range(scope.offsets[u], scope.offsets[u + 1])
        if table[scope.code[p]] >= 0
    ]
    names = ("unit", "pos", "time", "label", *more)
    columns = list(zip(*kept, strict=True)) or [()] * len(names)
    return {n: pa.array(c, pa.int64()) for n, c in zip(names, columns, strict=True)}


def ask(sql):
    """Rows of an answer, as tuples."""
    return [tuple(r.values()) for r in _ENGINE.sql(sql).to_arrow_table().to_pylist()]


def sessions(gap="gap"):
    """[(unit, first label, last label, events, µs)] of each session; `gap`: µs, or an expression over the event."""
    return ask(f"""
        WITH cut AS (SELECT *, (time - lag(time) OVER w > lag({gap}) OVER w) IS NOT FALSE AS fresh
                     FROM e WINDOW w AS (PARTITION BY unit ORDER BY pos)),
             numbered AS (SELECT *, count(*) FILTER (fresh) OVER (PARTITION BY unit ORDER BY pos) AS n FROM cut)
        SELECT unit, arg_min(label, pos), arg_max(label, pos), count(*), max(time) - min(time)
        FROM numbered GROUP BY unit, n ORDER BY unit, n""")


def retention(period, zone, start, returning, kind):
    """{(first day of the start period, periods since): units}, and {first day of the start period: units}.

    `start` and `returning`: conditions over an event. `kind`: first or any.
    """
    since = f"datediff('{period}', s.day, r.day)" if period != "week" else "(r.day - s.day) // 7"
    with_ = f"""
        WITH t AS (SELECT *, date_trunc('{period}', timezone('{zone}', make_timestamptz(time)))::DATE AS day FROM e),
             s AS (SELECT unit, day, min(pos) AS pos FROM t WHERE {start} GROUP BY unit, day
                   QUALIFY '{kind}' = 'any' OR row_number() OVER (PARTITION BY unit ORDER BY min(pos)) = 1)"""
    returned = ask(f"""{with_}
        SELECT s.day, {since} AS since, count(DISTINCT s.unit) FROM s JOIN t r USING (unit)
        WHERE ({returning}) AND r.pos >= s.pos GROUP BY ALL""")
    people = ask(f"{with_} SELECT day, count(*) FROM s GROUP BY day")
    return {(day, n): units for day, n, units in returned}, dict(people)


def lifecycle(period, zone):
    """{(first day, kind): units}, for everyone's every event."""
    found = ask(f"""
        WITH a AS (SELECT DISTINCT unit, date_trunc('{period}', timezone('{zone}', make_timestamptz(time)))::DATE AS day
                   FROM e),
             n AS (SELECT *, lag(day) OVER w + INTERVAL 1 {period} AS after, lead(day) OVER w AS next,
                          (day + INTERVAL 1 {period})::DATE AS follows
                   FROM a WINDOW w AS (PARTITION BY unit ORDER BY day))
        SELECT day, CASE WHEN after IS NULL THEN 'new' WHEN after = day THEN 'returning' ELSE 'resurrecting' END,
               count(*) FROM n GROUP BY ALL
        UNION ALL
        SELECT follows, 'dormant', count(*) FROM n WHERE next IS DISTINCT FROM follows GROUP BY ALL""")
    return {(day, kind): n for day, kind, n in found}


def stickiness(period, zone):
    """{(first day of the period, days): units}, for everyone's every event."""
    found = ask(f"""
        WITH d AS (SELECT DISTINCT unit, timezone('{zone}', make_timestamptz(time))::DATE AS day FROM e),
             p AS (SELECT unit, date_trunc('{period}', day)::DATE AS start, count(*) AS days FROM d GROUP BY ALL)
        SELECT start, days, count(*) FROM p GROUP BY ALL""")
    return {(start, days): n for start, days, n in found}


def switches(within):
    """{(from, to): (switches, units, median µs, 90th percentile µs, repeated)}; rows have `channel` and `name`, too."""
    found = ask(f"""
        WITH marked AS (SELECT *, channel IS DISTINCT FROM lag(channel) OVER w AS enters, lag(time) OVER w AS before,
                        FROM e WHERE channel >= 0 WINDOW w AS (PARTITION BY unit ORDER BY pos)),
             stays AS (SELECT *, count(*) FILTER (enters) OVER (PARTITION BY unit ORDER BY pos) AS stay FROM marked),
             entries AS (SELECT unit, stay, channel, time, before FROM stays WHERE enters),
             switched AS (SELECT b.unit, b.stay, a.channel AS source, b.channel AS target, b.time - b.before AS wait
                          FROM entries a JOIN entries b ON a.unit = b.unit AND b.stay = a.stay + 1),
             again AS (SELECT DISTINCT n.unit, n.stay FROM stays o JOIN stays n ON o.unit = n.unit
                       AND n.stay = o.stay + 1 AND (o.label = n.label OR o.name = n.name)
                       AND n.time - o.time <= {within})
        SELECT source, target, count(*), count(DISTINCT s.unit), median(wait), quantile_cont(wait, 0.9),
               count(again.unit)
        FROM switched s LEFT JOIN again ON again.unit = s.unit AND again.stay = s.stay GROUP BY ALL""")
    return {(source, target): tuple(rest) for source, target, *rest in found}
