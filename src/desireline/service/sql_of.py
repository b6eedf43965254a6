"""The SQL that gives the same answer, for the questions that SQL can say in a page."""

from collections.abc import Callable

from desireline.model.calendar import next_day, start_of
from desireline.model.clock import moment
from desireline.model.duration import parse_duration
from desireline.model.question import Asked, Filters


def sql_of(question: str, asked: Asked, zone: str) -> str | None:
    """A query over the views of `Workspace.sql`; None where SQL has no short way to say it."""
    write = _WRITERS.get(question)
    plain = asked.grain == "person" and not (asked.segment or asked.definition or asked.today or asked.filters.traits)
    body = write(asked) if write and plain else None
    return None if body is None else f"WITH e AS (\n{_labelled(asked, zone)}\n)\n{body}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _labelled(asked: Asked, zone: str) -> str:
    label = "event" if asked.by_event_name else "touchpoint"
    where = [f"{label} IS NOT NULL", *_where(asked.filters, zone)]
    return f"  SELECT person, time, place, {label} AS label, channel FROM events\n  WHERE " + " AND ".join(where)


def _where(filters: Filters, zone: str) -> list[str]:
    found = [
        f"{name} IN ({', '.join(map(_text, values))})"
        for name, values in (("channel", filters.channels), ("source", filters.sources))
        if values
    ]
    if filters.since:
        found.append(f"time >= TIMESTAMPTZ '{moment(start_of(filters.since, zone)).isoformat()}'")
    if filters.until:
        found.append(f"time < TIMESTAMPTZ '{moment(start_of(next_day(filters.until, 'day'), zone)).isoformat()}'")
    return found


def _funnel(asked: Asked) -> str | None:
    fields = asked.model_dump(exclude_defaults=True)
    steps = fields["steps"]
    if set(fields) - {"steps", "within", "filters", "by_event_name"} or not all(isinstance(s, str) for s in steps):
        return None
    within = parse_duration(fields["within"]) if "within" in fields else None
    near = "" if within is None else f" WHERE b.time - a.start <= to_microseconds({within})"
    parts = [f"s1 AS (SELECT person, place, time, time AS start FROM e WHERE label = {_text(steps[0])})"]
    parts += [
        f"s{k} AS (\n  SELECT b.person, b.place, b.time, a.start FROM (SELECT * FROM e WHERE label = {_text(step)}) b\n"
        f"  ASOF JOIN s{k - 1} a ON a.person = b.person AND b.place > a.place{near}\n)"
        for k, step in enumerate(steps[1:], 2)
    ]
    counts = "\nUNION ALL ".join(
        f"SELECT {k} AS step, {_text(step)} AS name, count(DISTINCT person) AS people FROM s{k}"
        for k, step in enumerate(steps, 1)
    )
    return ", " + ", ".join(parts) + f"\n{counts}\nORDER BY step"


def _transitions(asked: Asked) -> str | None:
    fields = asked.model_dump(exclude_defaults=True)
    if set(fields) - {"collapse", "medians", "top", "filters", "by_event_name"}:
        return None
    other = " AND label <> after" if fields.get("collapse") else ""
    limit = f"\nLIMIT {fields['top']}" if fields.get("top") else ""
    return f"""SELECT label AS "from", after AS "to", count(*) AS count, count(DISTINCT person) AS people,
  median(epoch_us(after_time) - epoch_us(time)) / 1e6 AS median_seconds
FROM (
  SELECT *, lead(label) OVER (PARTITION BY person ORDER BY place) AS after,
    lead(time) OVER (PARTITION BY person ORDER BY place) AS after_time FROM e
)
WHERE after IS NOT NULL{other}
GROUP BY label, after
ORDER BY count DESC, "from", "to"{limit}"""


def _variants(asked: Asked) -> str | None:
    fields = asked.model_dump(exclude_defaults=True)
    if set(fields) - {"top", "filters", "by_event_name"}:
        return None
    return f"""SELECT path, count(*) AS people
FROM (SELECT list(label ORDER BY place) AS path FROM e GROUP BY person)
GROUP BY path
ORDER BY people DESC, path
LIMIT {asked.model_dump()["top"]}"""


def _sessions(asked: Asked) -> str | None:
    fields = asked.model_dump()
    if set(asked.model_dump(exclude_defaults=True)) - {"gap", "filters", "by_event_name"}:
        return None
    return f"""SELECT count(*) AS sessions, count(*) FILTER (events = 1) AS bounced
FROM (
  SELECT person, session, count(*) AS events FROM (
    SELECT person, sum(starts) OVER (PARTITION BY person ORDER BY place) AS session FROM (
      SELECT *, coalesce(time - lag(time) OVER (PARTITION BY person ORDER BY place)
        > to_microseconds({parse_duration(fields["gap"], "gap")}), true)::INT AS starts FROM e
    )
  ) GROUP BY person, session
)"""


_WRITERS: dict[str, Callable[[Asked], str | None]] = {
    "funnel": _funnel, "transitions": _transitions, "variants": _variants, "sessions": _sessions,
}  # fmt: skip
