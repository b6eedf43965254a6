"""Segments by SQL: another engine, set by set instead of event by event."""

import duckdb
import pyarrow as pa

_ENGINE = duckdb.connect(config={"threads": 1})


def behaviour(rows, units, at_least, at_most, within, before, after):
    """bool for each unit of rows (unit, pos, time, step, b, a)."""
    names = ("unit", "pos", "time", "step", "b", "a")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    _ENGINE.register("e", pa.table({n: pa.array(c, pa.int64()) for n, c in zip(names, columns, strict=True)}))
    near = "true" if within is None else f"abs(s.time - anchor.time) <= {within}"
    spans = {
        (False, False): f"""SELECT x.unit, count(s.pos) AS n FROM e x LEFT JOIN e s ON s.unit = x.unit AND s.step = 1
            AND s.time >= x.time AND s.pos >= x.pos AND {near.replace("anchor", "x")} WHERE x.step = 1
            GROUP BY x.unit, x.pos""",
        (True, False): f"""SELECT anchor.unit, count(s.pos) AS n FROM e anchor LEFT JOIN e s ON s.unit = anchor.unit
            AND s.step = 1 AND s.pos < anchor.pos AND {near} WHERE anchor.b = 1 GROUP BY anchor.unit, anchor.pos""",
        (False, True): f"""SELECT anchor.unit, count(s.pos) AS n FROM e anchor LEFT JOIN e s ON s.unit = anchor.unit
            AND s.step = 1 AND s.pos > anchor.pos AND {near} WHERE anchor.a = 1 GROUP BY anchor.unit, anchor.pos""",
        (True, True): f"""SELECT anchor.unit, count(s.pos) AS n FROM e anchor JOIN e z ON z.unit = anchor.unit
            AND z.b = 1 AND z.pos > anchor.pos LEFT JOIN e s ON s.unit = anchor.unit AND s.step = 1
            AND s.pos > anchor.pos AND s.pos < z.pos AND {near} WHERE anchor.a = 1
            GROUP BY anchor.unit, anchor.pos, z.pos""",
    }
    counts = f"SELECT unit, n FROM ({spans[before, after]})"
    if not (before or after):  # the fullest window alone decides; a unit without the step has an empty one
        counts = f"""SELECT u.unit, coalesce(max(n), 0) AS n FROM range({units}) u(unit)
            LEFT JOIN ({counts}) USING (unit) GROUP BY 1"""
    most = "" if at_most is None else f"AND n <= {at_most}"
    found = _ENGINE.sql(f"SELECT DISTINCT unit FROM ({counts}) WHERE n >= {at_least} {most}").to_arrow_table()
    holding = set(found["unit"].to_pylist())
    return [unit in holding for unit in range(units)]


CASTS = {"number": "TRY_CAST(v AS DOUBLE)", "day": "CAST(TRY_CAST(v AS TIMESTAMP) AS DATE)", "text": "v"}


def comparing(values, op, given, kind):
    """Whether each text (None: missing) compares as asked with a number, a day or a text."""
    _ENGINE.register("t", pa.table({"i": pa.array(range(len(values)), pa.int64()), "v": pa.array(values, pa.string())}))
    quoted = "'" + str(given).replace("'", "''") + "'"
    literal = {"number": f"{given!r}::DOUBLE", "day": f"DATE {quoted}", "text": quoted}[kind]
    told = f"{CASTS[kind]} {'=' if op == '!=' else op} {literal}"
    found = _ENGINE.sql(f"SELECT coalesce({told}, false) AS holds FROM t ORDER BY i").to_arrow_table()
    return [held != (op == "!=") for held in found["holds"].to_pylist()]
