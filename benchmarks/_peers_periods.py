"""Sessions, weekly retention and channel switches put to other engines, each in the best form that we found.

Answers: (sessions, bounced); {(week of the first event, weeks since): persons}; {(from, to): (switches, median
seconds)}.
"""

import _peers
from _asked import GAP, MONDAY, WEEK, WEEKS

Answer = object


class DuckDB(_peers.DuckDB):
    """Sessions and switches: streaming lag() and lead() over the sorted table. Retention: a bit per week and person."""

    def sessions(self) -> Answer:
        return self.rows(f"""
            SELECT count(*) FILTER (fresh), count(*) FILTER (fresh AND ends) FROM (
                SELECT (lag(person) OVER () IS DISTINCT FROM person) OR time - lag(time) OVER () > {GAP} AS fresh,
                       (lead(person) OVER () IS DISTINCT FROM person) OR lead(time) OVER () - time > {GAP} AS ends
                FROM e)""")[0]

    def retention(self, first_week: int) -> Answer:
        sums = ", ".join(f"count(*) FILTER ((weeks >> (start + {n})) & 1 = 1)" for n in range(WEEKS + 1))
        found = self.rows(f"""
            SELECT start, {sums} FROM (
                SELECT min(week) AS start, bit_or(1::BIGINT << week) AS weeks FROM
                    (SELECT person, ((time - {MONDAY}) // {WEEK} - {first_week})::INTEGER AS week FROM e)
                GROUP BY person) GROUP BY start""")
        return {(start, n): count for start, *counts in found for n, count in enumerate(counts) if count}

    def switches(self) -> Answer:
        found = self.rows("""
            SELECT channel, after, count(*), median(wait) FROM
                (SELECT channel, person, lead(channel) OVER () AS after, lead(person) OVER () AS same,
                        lead(time) OVER () - time AS wait FROM e)
            WHERE same = person AND after <> channel GROUP BY channel, after""")
        return {(a, b): (n, wait / 1e6) for a, b, n, wait in found}


class Polars(_peers.Polars):
    """All by shifting the sorted columns: whole columns at once, no group for each person."""

    def sessions(self) -> Answer:
        pl = self.pl
        cut = (pl.col("person") != pl.col("person").shift()) | (pl.col("time") - pl.col("time").shift() > GAP)
        found = self.e.lazy().select(fresh=cut.fill_null(value=True))
        bounced = pl.col("fresh") & pl.col("fresh").shift(-1, fill_value=True)
        return found.select(pl.col("fresh").sum(), bounced=bounced.sum()).collect().row(0)

    def retention(self, first_week: int) -> Answer:
        pl = self.pl
        week = ((pl.col("time") - MONDAY) // WEEK - first_week).cast(pl.Int16)
        rows = self.e.lazy().select("person", week=week)
        first = (pl.col("person") != pl.col("person").shift()).fill_null(value=True)
        start = pl.when(first).then(pl.col("week")).forward_fill()
        changed = first | (pl.col("week") != pl.col("week").shift())
        found = (
            rows.select(start=start, since=pl.col("week") - start, changed=changed)
            .filter(pl.col("changed") & (pl.col("since") <= WEEKS))
            .group_by("start", "since").len().collect()
        )  # fmt: skip
        return {(start, since): n for start, since, n in found.iter_rows()}

    def switches(self) -> Answer:
        pl = self.pl
        steps = self.e.lazy().select(
            "channel", after=pl.col("channel").shift(-1), wait=pl.col("time").shift(-1) - pl.col("time"),
            same=pl.col("person").shift(-1) == pl.col("person"),
        )  # fmt: skip
        moved = steps.filter(pl.col("same") & (pl.col("channel") != pl.col("after")))
        found = moved.group_by("channel", "after").agg(pl.len(), pl.col("wait").median()).collect()
        return {(a, b): (n, wait / 1e6) for a, b, n, wait in found.iter_rows()}


class ChDB(_peers.ChDB):
    """Persons are aggregated in the table's order: arrays of times for sessions, a bit per week for retention."""

    def sessions(self) -> Answer:
        found = self.rows(f"""
            SELECT sum(arraySum(fresh)), sum(arraySum(arrayMap((a, b) -> a AND b, fresh, arrayPushBack(
                       arrayPopFront(fresh), 1)))) FROM
                (SELECT arrayMap((wait, i) -> i = 1 OR wait > {GAP}, arrayDifference(groupArray(time)) AS waits,
                                 arrayEnumerate(waits)) AS fresh
                 FROM b.e GROUP BY person) {self.IN_ORDER}""")
        return tuple(int(n) for n in found[0])

    def retention(self, first_week: int) -> Answer:
        sums = ", ".join(f"countIf(bitTest(weeks, start + {n}))" for n in range(WEEKS + 1))
        found = self.rows(f"""
            SELECT start, {sums} FROM (
                SELECT min(week) AS start, groupBitOr(bitShiftLeft(toUInt64(1), week)) AS weeks FROM
                    (SELECT person, toUInt8(intDiv(time - {MONDAY}, {WEEK}) - {first_week}) AS week FROM b.e)
                GROUP BY person) GROUP BY start {self.IN_ORDER}""")
        return {(int(start), n): int(count) for start, *counts in found for n, count in enumerate(counts) if count}

    def switches(self) -> Answer:
        frame = "(PARTITION BY person ORDER BY pos ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)"
        found = self.rows(f"""
            SELECT channel, after, count(), quantileExactInclusive(0.5)(wait) FROM
                (SELECT channel, leadInFrame(channel, 1, -1) OVER {frame} AS after,
                        leadInFrame(time, 1, 0) OVER {frame} - time AS wait FROM b.e)
            WHERE after >= 0 AND after <> channel GROUP BY channel, after""")
        return {(int(a), int(b)): (int(n), wait / 1e6) for a, b, n, wait in found}
