"""Channel switches equal their plain twin and DuckDB on random journeys, add up, and open the very people counted."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.switches import SwitchesRequest, answer, members
from desireline.analyze.transitions import TransitionsRequest
from desireline.analyze.transitions import answer as transitions
from tests import oracles_periods as oracle
from tests.scopes import make_scope
from tests.twins.switches import stays, switches

SECOND = 1_000_000
NAMES = ["a web", "a shop", "b web", "b phone", "c web", "noise", "d shop"]
CHANNEL = {"a web": "web", "a shop": "shop", "b web": "web", "b phone": "phone", "c web": "web", "d shop": "shop"}
journeys = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 20).map(lambda s: s * SECOND), st.sampled_from(NAMES)), max_size=30
)
definitions = st.sampled_from(
    [
        None,
        {n: n[0] for n in NAMES if n != "noise"},
        {n: n for n in NAMES},
        {"a web": "A", "a shop": "A", "b phone": "B"},
    ]
)


def scope_of(events, known):
    rows = [*events, (9, 0, "a web"), (9, SECOND, "d shop"), (9, 2 * SECOND, "a shop")]
    stages = {"a web": "early", "a shop": "early", "b phone": "late"}
    return make_scope(rows, known, channels=CHANNEL, stages=stages)


def units_of(scope, request):
    """What the twin takes: each unit's (channel, topics, time)."""
    labels = scope.labels(request)

    def event(code, time):
        both = (labels.of(code), scope.event_names.of(code))
        topics = (scope.stages.of(code),) if request.topic == "stage" else both
        return (scope.channels.of(code) if labels.table[code] >= 0 else None, topics, int(time))

    return [
        [event(c, t) for c, t in zip(scope.code[a:b], scope.time[a:b], strict=True)] for a, b in pairwise(scope.offsets)
    ]


@given(journeys, definitions, st.integers(1, 20), st.sampled_from(["touchpoint", "stage"]))
def test_switches_equal_the_twin(events, known, within, topic):
    scope = scope_of(events, known)
    request = SwitchesRequest(within=f"{within}s", topic=topic)
    result = answer(scope, request)
    found = switches(units_of(scope, request), within * SECOND)
    assert result.total == len(found)
    assert {(s.from_, s.to): s.count for s in result.switches} == Counter((a, b) for _, a, b, *_ in found)
    for s in result.switches:
        mine = [f for f in found if f[1:3] == (s.from_, s.to)]
        waits = [wait / 1e6 for _, _, _, wait, *_ in mine]
        assert (s.people, s.repeated) == (len({f[0] for f in mine}), sum(f[-1] for f in mine))
        assert s.median_seconds == pytest.approx(np.median(waits))
        assert s.p90_seconds == pytest.approx(np.percentile(waits, 90))
        about = Counter(f[4][0] for f in mine if f[4][0] is not None)
        assert [(t.name, t.count) for t in s.topics] == sorted(about.items(), key=lambda x: (-x[1], x[0]))[:3]
        for kind, who in (("switch", mine), ("repeated", [f for f in mine if f[-1]])):
            inside = members(scope, request, f"{kind}:{json.dumps([s.from_, s.to])}")
            assert inside.tolist() == sorted({f[0] for f in who})


@given(journeys, definitions, st.integers(1, 20))
def test_switches_equal_sql(events, known, within):
    scope = scope_of(events, known)
    result = answer(scope, SwitchesRequest(within=f"{within}s"))
    labels = scope.labels(SwitchesRequest())
    oracle.rows(oracle.events_of(scope, labels.table, channel=scope.channels.table, name=scope.event_names.table))
    names = scope.channels.names
    by_sql = {(names[a], names[b]): row for (a, b), row in oracle.switches(within * SECOND).items()}
    assert {(s.from_, s.to): (s.count, s.people, s.repeated) for s in result.switches} == {
        pair: (n, people, repeated) for pair, (n, people, _, _, repeated) in by_sql.items()
    }
    for s in result.switches:
        assert [s.median_seconds * 1e6, s.p90_seconds * 1e6] == pytest.approx(by_sql[s.from_, s.to][2:4])


@given(journeys, definitions)
def test_mixes_share_out_all_who_use_a_channel(events, known):
    scope, request = scope_of(events, known), SwitchesRequest()
    result = answer(scope, request)
    used = [tuple(sorted({e[0] for stay in stays(unit) for e in stay})) for unit in units_of(scope, request)]
    mixes = Counter(mix for mix in used if mix)
    assert {tuple(sorted(m.channels)): m.people for m in result.mixes} == mixes
    assert {c.channels: c.people for c in result.channels} == Counter(len(mix) for mix in used if mix)
    assert result.people_with_channel == mixes.total()
    for m in result.mixes:
        inside = [u for u, mix in enumerate(used) if mix == tuple(sorted(m.channels))]
        assert members(scope, request, f"mix:{json.dumps(m.channels)}").tolist() == inside
    for c in result.channels:
        inside = [u for u, mix in enumerate(used) if len(mix) == c.channels]
        assert members(scope, request, f"channels:{c.channels}").tolist() == inside


@given(journeys, st.integers(1, 19))
def test_a_wider_window_never_finds_fewer_repeats_and_switches_are_transitions_of_channels(events, within):
    scope = make_scope([*events, (9, 0, "a web"), (9, SECOND, "d shop")], channels=CHANNEL)
    narrow, wide = (answer(scope, SwitchesRequest(within=f"{n}s")) for n in (within, within + 1))
    assert [(s.from_, s.to, s.count) for s in sorted(narrow.switches, key=lambda s: (s.from_, s.to))] == [
        (s.from_, s.to, s.count) for s in sorted(wide.switches, key=lambda s: (s.from_, s.to))
    ]
    repeated = {(s.from_, s.to): s.repeated for s in narrow.switches}
    assert all(repeated[s.from_, s.to] <= s.repeated <= s.count for s in wide.switches)
    channels = make_scope(
        [(u, t, CHANNEL[n]) for u, t, n in [*events, (9, 0, "a web"), (9, SECOND, "d shop")] if n in CHANNEL]
    )
    counted = transitions(channels, TransitionsRequest(collapse=True)).transitions
    assert {(t.from_, t.to): (t.count, t.people, t.median_seconds) for t in counted} == {
        (s.from_, s.to): (s.count, s.people, s.median_seconds) for s in narrow.switches
    }


@given(journeys)
def test_the_goal_is_reached_by_the_very_people_of_each_mix(events):
    rows = [*events, (9, 0, "a web"), (9, SECOND, "d shop")]
    scope = make_scope(rows, channels=CHANNEL)
    result = answer(scope, SwitchesRequest(goal="d shop"))
    units = sorted({u for u, _, _ in rows})
    buyers = {units.index(u) for u, _, n in rows if n == "d shop"}
    for mix in result.mixes:
        inside = set(members(scope, SwitchesRequest(), f"mix:{json.dumps(mix.channels)}").tolist())
        assert (mix.people, mix.reached) == (len(inside), len(inside & buyers))
        assert mix.low <= mix.share_reached <= mix.high
    assert {m.reached for m in answer(scope, SwitchesRequest()).mixes} == {None}
