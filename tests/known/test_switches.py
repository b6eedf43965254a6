"""Channel switches of the CoSeLoG receipt phase, by the clerk at work, against DuckDB over the same events."""

from pathlib import Path

import duckdb
import pytest

from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

MAPPING = {
    "person": [{"column": "org:resource"}],
    "time": {"column": "time:timestamp"},
    "event": {"column": "concept:name"},
    "channel": {"columns": ["case:channel"]},
}


@pytest.fixture(scope="module")
def clerks(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = Workspace(tmp_path_factory.mktemp("clerks"))
    ws.import_files(
        [data / "receipt_permit_multichannel" / "receipt.csv"], "clerks", mapping=Mapping.model_validate(MAPPING)
    )
    return ws


@pytest.fixture(scope="module")
def events(clerks: Workspace) -> duckdb.DuckDBPyConnection:
    """Table e: the events as they were taken in, numbered in their order."""
    from desireline.store import lake

    found = lake.query(f"""
        SELECT id_hash AS unit, name, channel, time,
               row_number() OVER (PARTITION BY id_hash ORDER BY time, arrival) AS pos
        FROM {lake.events(clerks.places.events).sql()} WHERE kind = 'event'""")
    engine = duckdb.connect()
    engine.register("e", found)
    return engine


def test_switches_and_repeats(clerks: Workspace, events: duckdb.DuckDBPyConnection) -> None:
    rows = events.sql("""
        WITH m AS (SELECT *, channel IS DISTINCT FROM lag(channel) OVER w AS enters, lag(channel) OVER w AS old,
                          time - lag(time) OVER w AS wait FROM e WINDOW w AS (PARTITION BY unit ORDER BY pos)),
             s AS (SELECT *, count(*) FILTER (enters) OVER (PARTITION BY unit ORDER BY pos) AS stay FROM m),
             again AS (SELECT DISTINCT n.unit, n.stay FROM s o JOIN s n ON o.unit = n.unit AND n.stay = o.stay + 1
                       AND o.name = n.name AND n.time - o.time <= 259200000000)
        SELECT old, channel, count(*) AS n, count(DISTINCT s.unit) AS people, median(wait) / 1e6 AS median,
               count(again.unit) AS repeated
        FROM s LEFT JOIN again ON again.unit = s.unit AND again.stay = s.stay
        WHERE enters AND old IS NOT NULL GROUP BY ALL""").to_arrow_table().to_pylist()  # fmt: skip
    found = clerks.ask("switches", {"by_event_name": True})
    assert found.total == sum(r["n"] for r in rows) == 620
    assert {(s.from_, s.to): (s.count, s.people, s.repeated) for s in found.switches} == {
        (r["old"], r["channel"]): (r["n"], r["people"], r["repeated"]) for r in rows
    }
    medians = {(r["old"], r["channel"]): r["median"] for r in rows}
    assert all(s.median_seconds == pytest.approx(medians[s.from_, s.to]) for s in found.switches)


def test_channels_of_each_clerk(clerks: Workspace, events: duckdb.DuckDBPyConnection) -> None:
    rows = events.sql("""
        WITH u AS (SELECT unit, list_sort(list(DISTINCT channel)) AS mix FROM e GROUP BY unit)
        SELECT mix, count(*) AS n FROM u GROUP BY mix""").to_arrow_table().to_pylist()  # fmt: skip
    found = clerks.ask("switches", {"by_event_name": True})
    assert {tuple(sorted(m.channels)): m.people for m in found.mixes} == {tuple(r["mix"]): r["n"] for r in rows}
    assert found.people_with_channel == clerks.status().people


def test_an_application_stays_in_its_channel(permits: Workspace) -> None:
    found = permits.ask("switches", {"by_event_name": True, "grain": "case"})
    assert (found.total, [(c.channels, c.people) for c in found.channels]) == (0, [(1, 1_434)])
    assert {m.channels[0]: m.people for m in found.mixes} == {
        "Internet": 1_250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1,
    }  # fmt: skip
