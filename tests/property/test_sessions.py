"""Sessions equal their plain twin and DuckDB on random journeys, add up, and open the very people counted."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.sessions import SessionsRequest, answer, members
from desireline.kernels import pool
from desireline.kernels.sessions import ENDS, STARTS, count_sessions, list_sessions
from tests import oracles_periods as oracle
from tests.scopes import make_scope, sequences
from tests.twins.sessions import sessions as twin

SECOND = 1_000_000
CHANNELS = {"a": "web", "b": "shop", "c": "web"}
journeys = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 20).map(lambda s: s * SECOND), st.sampled_from("abcd")), max_size=28
)
definitions = st.sampled_from([None, {"a": "A", "b": "B", "c": "C"}, {"a": "A", "b": "B", "c": "A"}, {"d": "D"}])
gaps = st.one_of(st.just({}), st.dictionaries(st.sampled_from(["web", "shop"]), st.integers(1, 9), max_size=2))


def scope_of(events, known):
    return make_scope([*events, (9, 0, "a"), (9, SECOND, "b")], known, channels=CHANNELS)


def asked(events, known, gap, by_channel):
    """Scope, request, answer; each session as (unit, first label, last label, events, µs) by the twin and by SQL."""
    scope = scope_of(events, known)
    request = SessionsRequest(gap=f"{gap}s", gaps={c: f"{n}s" for c, n in by_channel.items()})
    labels = scope.labels(request)
    silence = [by_channel.get(scope.channels.of(code), gap) * SECOND for code in range(len(labels.table))]
    units = [
        [((int(labels.table[c]), silence[c]), int(t)) for c, t in zip(scope.code[a:b], scope.time[a:b], strict=True)
         if labels.table[c] >= 0]
        for a, b in pairwise(scope.offsets)
    ]  # fmt: skip
    found = [
        (unit, s[0][0][0], s[-1][0][0], len(s), s[-1][1] - s[0][1])
        for unit, cut in enumerate(twin(units, lambda label: label[1]))
        for s in cut
    ]
    oracle.rows(oracle.events_of(scope, labels.table, gap=silence))
    return scope, request, answer(scope, request), found, oracle.sessions()


@given(journeys, definitions, st.integers(1, 9), gaps)
def test_sessions_equal_twin_and_sql(events, known, gap, by_channel):
    _, _, result, found, by_sql = asked(events, known, gap, by_channel)
    assert by_sql == found
    lengths = [length / 1e6 for *_, length in found]
    assert (result.sessions, result.bounced) == (len(found), sum(n == 1 for *_, n, _ in found))
    assert result.people_with_sessions == len({unit for unit, *_ in found})
    assert result.median_seconds == (pytest.approx(np.percentile(lengths, 50)) if found else None)
    assert result.p90_seconds == (pytest.approx(np.percentile(lengths, 90)) if found else None)
    assert result.events_per_session * len(found) == pytest.approx(sum(n for *_, n, _ in found))
    assert result.sessions_per_person * result.people_with_sessions == pytest.approx(len(found))


@given(journeys, definitions, st.integers(1, 9), gaps)
def test_entries_and_exits_open_the_very_people(events, known, gap, by_channel):
    scope, request, result, found, _ = asked(events, known, gap, by_channel)
    names = scope.labels(request).names
    bounced = Counter(entry for _, entry, _, n, _ in found if n == 1)
    entries, exits = Counter(entry for _, entry, *_ in found), Counter(exit_ for _, _, exit_, *_ in found)
    assert {e.name: (e.sessions, e.bounced) for e in result.entries} == {
        names[k]: (n, bounced[k]) for k, n in entries.items()
    }
    assert {e.name: e.sessions for e in result.exits} == {names[k]: n for k, n in exits.items()}
    for cell, units_in in [
        ("sessions", {unit for unit, *_ in found}),
        ("bounced", {unit for unit, _, _, n, _ in found if n == 1}),
        *((f"entry:{json.dumps(names[k])}", {u for u, first, *_ in found if first == k}) for k in entries),
        *((f"exit:{json.dumps(names[k])}", {u for u, _, last, *_ in found if last == k}) for k in exits),
    ]:
        assert members(scope, request, cell).tolist() == sorted(units_in)


@given(journeys, st.integers(1, 9), st.sampled_from(["channel", "event", "trait.tier"]), st.integers(1, 3))
def test_groups_share_out_all_sessions(events, gap, by, top):
    rows = [*events, (9, 0, "a"), (9, SECOND, "b")]
    units = sorted({u for u, _, _ in rows})
    columns = {"trait.tier": [None if u == 1 else f"tier {u % 3}" for u in units]}
    scope = make_scope(rows, channels=CHANNELS, columns=columns)
    request = SessionsRequest(gap=f"{gap}s", by=by, top=top)
    result = answer(scope, request)
    assert sum(g.sessions for g in result.groups) == result.sessions
    assert sum(g.bounced for g in result.groups) == result.bounced
    cells = [members(scope, request, f"group:{json.dumps(g.name)}") for g in result.groups]
    assert set(np.concatenate(cells).tolist()) == set(members(scope, request, "sessions").tolist())
    if by == "channel" and top == 3:
        every = [s for cut in twin(sequences(scope, scope.event_names.table), lambda _: gap * SECOND) for s in cut]
        firsts = [(scope.channels.of(s[0][0]), s[-1][1] - s[0][1]) for s in every]
        assert {g.name: (g.sessions, g.median_seconds) for g in result.groups} == {
            name: (sum(n == name for n, _ in firsts), float(np.median([w for n, w in firsts if n == name])) / 1e6)
            for name in {n for n, _ in firsts}
        }


@given(journeys, st.integers(1, 9))
def test_a_longer_gap_never_makes_more_sessions_and_shuffled_rows_change_nothing(events, gap):
    scope = scope_of(events, None)
    shorter, longer = (answer(scope, SessionsRequest(gap=f"{n}s")) for n in (gap, gap + 1))
    assert longer.sessions <= shorter.sessions
    assert longer.bounced <= shorter.bounced
    distinct = list({(u, t): (u, t, n) for u, t, n in events}.values())
    both = [answer(scope_of(rows, None), SessionsRequest(gap=f"{gap}s")) for rows in (distinct, distinct[::-1])]
    assert both[0].model_dump(exclude={"drilldown"}) == both[1].model_dump(exclude={"drilldown"})


def test_parts_of_the_units_add_up_to_the_whole(monkeypatch):
    random = np.random.default_rng(8)
    lengths = random.geometric(0.2, 20_000)
    lengths[7_000] = 200_000
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    time = np.concatenate([np.sort(random.integers(0, n * 20, n)) for n in lengths])
    code, label = random.integers(0, 5, offsets[-1], dtype=np.int32), np.array([0, 1, -1, 2, 0], np.int32)
    gap = np.array([5, 9, 5, 20, 5])
    whole = count_sessions(offsets, time, code, label, gap)
    unit, first, last = list_sessions(offsets, time, code, label, gap)
    assert whole.places[:, STARTS].sum() + whole.places[:, STARTS | ENDS].sum() == len(first)
    assert whole.units == len(np.unique(unit))
    assert sorted((time[last] - time[first])[last > first]) == sorted(whole.lengths)
    monkeypatch.setattr(pool, "WORKERS", 1)
    monkeypatch.setattr(pool, "SMALL", 10**9)
    alone = count_sessions(offsets, time, code, label, gap)
    assert alone.places.tolist() == whole.places.tolist()
    assert alone.units == whole.units
