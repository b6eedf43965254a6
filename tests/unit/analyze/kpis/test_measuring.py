"""Counts of KPIs out of events, worked out by hand."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.kpis.measuring import counts, entries, usual_end
from desireline.kernels.trials import REACHES, STARTS, trials
from desireline.model.calendar import start_of
from desireline.model.kpi import FromEvents
from tests.scopes import make_scope

CASES = yaml.safe_load((Path(__file__).parents[3] / "cases" / "kpis.yaml").read_text("utf-8"))["events"]


def _micros(text, zone):
    read = text if isinstance(text, dt.datetime) else dt.datetime.fromisoformat(str(text))
    aware = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
    return round(aware.timestamp() * 1_000_000)


def _scope(case):
    zone = case["zone"]
    day = case["days"][0]
    rows = case.get("events") or [[f"p{k}", f"{day}T10:00", "asked"] for k in range(len(case["scores"]))]
    return make_scope(
        [(who, _micros(time, zone), name) for who, time, name, *_ in rows],
        values=[float(row[3]) if len(row) > 3 else float("nan") for row in rows],
        channels={name: name for name in ("app", "shop")},
        columns={"@score": [str(score) for score in case["scores"]]} if "scores" in case else None,
        until=_micros(case["until"], zone), zone=zone,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['is']}")
def test_worked_out_by_hand(case):
    days = [dt.date.fromisoformat(str(day)) for day in case["days"]]
    edges = np.array([start_of(day, case["zone"]) for day in days], np.int64)
    assert counts(_scope(case), case["kind"], FromEvents(**case["source"]), edges) == case["counts"]


def test_the_people_of_a_count():
    case = next(one for one in CASES if one["kind"] == "fcr")
    found = entries(_scope(case), "fcr", FromEvents(**case["source"]))
    assert found.units(0, 2**62).tolist() == [0]
    assert found.units(0, 2**62, "resolved").tolist() == [0]
    assert found.units(0, 2**62, "nothing").tolist() == []


def twin(unit, time, role, within, anew):
    """Trials as one would do them with paper."""
    found = []
    for who in sorted(set(unit)):
        rows = [i for i in range(len(unit)) if unit[i] == who]
        opened = None
        for i in rows:
            if opened is not None and time[i] > time[opened] + within:
                opened = None
            if opened is not None and role[i] & REACHES:
                found[-1][1], opened = i, None
                if not anew:
                    continue
            if opened is None and role[i] & STARTS:
                found.append([i, -1])
                opened = i
    return found


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(0, 3)), max_size=20),
    st.integers(0, 4),
    st.booleans(),
)
def test_trials_are_those_of_the_twin(events, within, anew):
    events.sort(key=lambda event: event[:2])
    unit, time, role = (np.array([event[k] for event in events], np.int64) for k in range(3))
    start, end = trials(unit, time, role.astype(np.uint8), time + within, anew=anew)
    found = [list(pair) for pair in zip(start.tolist(), end.tolist(), strict=True)]
    assert found == twin(unit, time, role, within, anew)


WEEK = 7 * 86_400_000_000


@pytest.mark.parametrize(
    ("weeks", "last"),
    [
        ([100] * 20, 19),
        ([100] * 20 + [60, 20, 6, 2, 1, 1], 21),  # the events after 99.9 % of all left out, half weeks of 3, 13 and 40
        ([400] * 20 + [90, 40, 9, 1], 20),
        ([100] * 20 + [40], 20),
        ([100] * 10 + [10] * 10, 19),  # a low season is no run-off
        ([3], 0),
    ],
)
def test_what_is_known_ends_where_it_runs_off(weeks, last):
    first = [k * WEEK + i * WEEK // n for k, n in enumerate(weeks) for i in range(n)]
    rows = [(k, time, "visit") for k, time in enumerate(first)]
    assert usual_end(make_scope(rows, until=max(first))) // WEEK == last
