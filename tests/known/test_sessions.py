"""Sessions of BPI Challenge 2012 against DuckDB over the same events."""

import pytest

from desireline.service.workspace import Workspace
from desireline.store import lake

SESSIONS = """
WITH fresh AS (
  SELECT id_hash, name, time, arrival, (time - lag(time) OVER w > {gap}) IS NOT FALSE AS fresh
  FROM {events} WINDOW w AS (PARTITION BY id_hash ORDER BY time, arrival)
), numbered AS (
  SELECT *, count(*) FILTER (fresh) OVER (PARTITION BY id_hash ORDER BY time, arrival) AS n FROM fresh
), sessions AS (
  SELECT id_hash, n, count(*) AS events, max(time) - min(time) AS length, arg_min(name, (time, arrival)) AS entry,
         arg_max(name, (time, arrival)) AS left_at FROM numbered GROUP BY id_hash, n
)
"""


@pytest.mark.parametrize(("gap", "seconds"), [("30m", 1_800), ("8h", 28_800), ("7d", 604_800)])
def test_sessions_by_gap(loans: Workspace, gap: str, seconds: int) -> None:
    events = lake.events(loans.places.events).sql()
    with_ = SESSIONS.format(events=f"(SELECT * FROM {events} WHERE kind = 'event')", gap=seconds * 1_000_000)
    (row,) = lake.query(f"""{with_}
        SELECT count(*) AS sessions, count(*) FILTER (events = 1) AS bounced, median(length) AS median,
               quantile_cont(length, 0.9) AS p90, count(DISTINCT id_hash) AS people FROM sessions""").to_pylist()
    found = loans.ask("sessions", {"gap": gap, "by_event_name": True})
    assert (found.sessions, found.bounced, found.people_with_sessions) == (
        row["sessions"], row["bounced"], row["people"],
    )  # fmt: skip
    assert found.people_with_sessions == 13_087
    assert found.median_seconds * 1e6 == pytest.approx(row["median"])
    assert found.p90_seconds * 1e6 == pytest.approx(row["p90"])
    for column, listed in (("entry", found.entries), ("left_at", found.exits)):
        rows = lake.query(f"{with_} SELECT {column} AS name, count(*) AS n FROM sessions GROUP BY ALL").to_pylist()
        assert {e.name: e.sessions for e in listed} == {r["name"]: r["n"] for r in rows}


def test_every_application_begins_with_its_submission(loans: Workspace) -> None:
    whole = loans.ask("sessions", {"gap": "3650d", "by_event_name": True})
    assert (whole.sessions, [(e.name, e.sessions) for e in whole.entries]) == (13_087, [("A_SUBMITTED", 13_087)])
    assert whole.events_per_session == pytest.approx(262_200 / 13_087)
