"""Targets of a KPI: each is kept with its day, and a figure is held against the one that held then."""

import datetime as dt

import pytest

from desireline.model.kpi import HeldTarget, Target
from desireline.service import settings
from desireline.service.kpis.targets import is_past
from desireline.service.workspace import Workspace


def readings(days):
    first = dt.date(2026, 3, 1)
    return [
        {"day": str(first + dt.timedelta(days=k)), "counts": {"numerator": 50, "denominator": 100}} for k in range(days)
    ]


@pytest.fixture
def ws(tmp_path):
    """Half of a hundred on each of 31 days in March; 40 % was wanted from the 5th, 60 % from the 20th."""
    made = Workspace(tmp_path / "ws")
    settings.save(made.places.root, settings.Settings(zone="Europe/Zagreb"))
    source = {"origin": "typed", "readings": readings(31)}
    made.kpis.create(
        {"name": "Solved", "kind": "share", "source": source, "target": {"value": 0.6, "by": "2026-03-25"}}
    )
    past = [
        {"at": "2026-03-05T10:00:00Z", "value": 0.9},
        {"at": "2026-03-05T22:59:00Z", "value": 0.4},
        {"at": "2026-03-19T23:30:00Z", "value": 0.6, "by": "2026-03-25"},  # half past midnight in Zagreb
    ]
    made.kpis._shelf.change("Solved", 1, {"targets": past})
    return made


def against(ws, since, until):
    found = ws.kpis.measure("Solved", since=dt.date(2026, 3, since), until=dt.date(2026, 3, until), previous=False)
    one = next((one for one in found.comparisons if one.against == "target"), None)
    return (None if one is None else one.other.value, one and one.better, found.target_past)


def test_a_figure_is_held_against_the_target_of_its_last_day(ws):
    assert ws.kpis.measure("Solved").targets == [
        HeldTarget(value=0.4, by=None, since=dt.date(2026, 3, 5), until=dt.date(2026, 3, 19)),
        HeldTarget(value=0.6, by=dt.date(2026, 3, 25), since=dt.date(2026, 3, 20), until=None),
    ]
    assert against(ws, 6, 19) == (0.4, True, False)
    assert against(ws, 6, 20) == (0.6, False, True)
    assert against(ws, 1, 4) == (0.6, False, True), "nobody had set one then: the present one"


def test_what_was_taken_away_holds_no_longer(ws):
    ws.kpis.change("Solved", {"revision": 2, "target": None})
    kept = ws.kpis.get("Solved")
    assert (kept.target, [one.value for one in kept.targets]) == (None, [0.9, 0.4, 0.6, None])
    assert against(ws, 6, 20)[0] == 0.6, "it held then"
    assert ws.kpis.measure("Solved").targets[-1].until == dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)


def test_only_another_target_is_a_change(ws):
    first = ws.kpis.create({"name": "Calls", "kind": "people", "source": {"origin": "typed"}, "target": {"value": 9}})
    assert [one.value for one in first.targets] == [9]
    same = ws.kpis.change("Calls", {"revision": 1, "target": {"value": 9}, "owner": "Service"})
    assert same.targets == first.targets
    later = ws.kpis.change("Calls", {"revision": 2, "target": {"value": 9, "by": "2030-01-31"}})
    assert [(one.value, one.by) for one in later.targets] == [(9, None), (9, dt.date(2030, 1, 31))]
    assert later.targets[0] == first.targets[0]
    assert ws.kpis.create({"name": "Mails", "kind": "people", "source": {"origin": "typed"}}).targets == []


def test_a_target_of_which_nobody_noted_the_day_was_set_at_the_last_change(ws):
    ws.kpis._shelf.change("Solved", 2, {"targets": []})
    [only] = ws.kpis.measure("Solved").targets
    assert (only.value, only.since, only.until) == (0.6, dt.datetime.now(dt.UTC).date(), None)


def test_an_alert_holds_a_period_against_the_target_of_its_days(ws):
    ws.alerts.create({"name": "A", "kpi": "Solved", "rule": {"on": "target"}, "to": ["ana@example.com"]})
    assert ws.alerts.check().fired == ["A"]
    early = {"origin": "typed", "readings": readings(19)}
    ws.kpis.change("Solved", {"revision": 2, "source": early})
    assert ws.alerts.check().over == ["A"], "until the 19th 40 % were wanted"


def test_a_target_is_past_when_its_day_is_over_where_the_workspace_is(ws):
    # on 25 March at 23:30 UTC it is the 26th in Zagreb (+1) and in the afternoon still the 25th in Honolulu (-10)
    late = dt.datetime(2026, 3, 25, 23, 30, tzinfo=dt.UTC)
    wanted = Target(value=0.6, by=dt.date(2026, 3, 25))
    assert [is_past(wanted, zone, late) for zone in ("Europe/Zagreb", "UTC", "Pacific/Honolulu")] == [
        True,
        False,
        False,
    ]
    assert not is_past(wanted, "Pacific/Honolulu", late + dt.timedelta(hours=10))
    utc = dt.datetime.now(dt.UTC)
    zone, by = ("Etc/GMT-14", utc.date()) if utc.hour >= 10 else ("Etc/GMT+12", utc.date() - dt.timedelta(days=1))
    settings.save(ws.places.root, settings.Settings(zone=zone))
    source = {"origin": "typed", "readings": readings(31)}
    ws.kpis.create({"name": "Kept", "kind": "share", "source": source, "target": {"value": 0.6, "by": str(by)}})
    assert ws.kpis.measure("Kept").target_past is (utc.hour >= 10)
