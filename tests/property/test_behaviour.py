"""The behaviour kernel equals its plain twin and SQL on random journeys with ties and repeats."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import pool
from desireline.kernels.behaviour import behaviour
from desireline.kernels.masks import count_in_units, look_up, spread
from tests import oracles_segments
from tests.scopes import make_scope
from tests.twins import behaviour as twin

journeys = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.sampled_from("abcd")), min_size=1, max_size=30)
names = st.sampled_from("abcd")
limits = st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)).filter(lambda t: t[1] is None or t[0] <= t[1])


@given(journeys, names, st.none() | names, st.none() | names, limits, st.none() | st.integers(0, 5), st.randoms())
def test_behaviour(events, step, before, after, limit, within, random):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "b"), (9, 2, "c"), (9, 3, "d")])
    codes = {name: np.array([n == name for n in scope.event_names.names]) for name in "abcd"}
    where = np.array([random.random() < 0.7 for _ in scope.time])
    asked = {"at_least": limit[0], "at_most": limit[1], "within": within}
    found = behaviour(
        scope.offsets, scope.time, scope.code, codes[step], where=where, before=before and codes[before],
        after=after and codes[after], **asked,
    )  # fmt: skip
    named = [scope.event_names.names[c] for c in scope.code]
    flags = [
        (int(t), n == step and bool(w), n == before, n == after)
        for t, n, w in zip(scope.time, named, where, strict=True)
    ]
    units = [flags[a:b] for a, b in pairwise(scope.offsets)]
    anchors = {"before": before is not None, "after": after is not None}
    assert found.tolist() == [twin.behaviour(unit, **asked, **anchors) for unit in units]
    rows = [(u, pos, *map(int, event)) for u, unit in enumerate(units) for pos, event in enumerate(unit)]
    assert found.tolist() == oracles_segments.behaviour(rows, scope.units, **asked, **anchors)


@given(journeys, st.integers(1, 3), st.integers(0, 5), st.integers(0, 5))
def test_a_wider_window_never_loses_anyone(events, least, within, more):
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "b")])
    step, goal = (np.array([n == name for n in scope.event_names.names]) for name in "ab")
    for anchors in ({}, {"before": goal}, {"after": goal}, {"before": step, "after": goal}):
        narrow, wide = (
            behaviour(scope.offsets, scope.time, scope.code, step, at_least=least, within=w, **anchors)
            for w in (within, within + more)
        )
        assert (narrow <= wide).all()


@pytest.mark.parametrize("parts", [1, 3])
def test_units_split_among_threads_are_the_same(parts, monkeypatch):
    random = np.random.default_rng(3)
    offsets = np.r_[0, np.sort(random.integers(0, 5000, 99)), 5000].astype(np.int64)
    offsets = np.unique(offsets)
    time = np.sort(random.integers(0, 50, 5000)).astype(np.int64)
    code = random.integers(0, 4, 5000).astype(np.int32)
    step, goal = np.arange(4) == 0, np.arange(4) == 1
    whole = behaviour(offsets, time, code, step, before=goal, at_least=5, within=4)
    monkeypatch.setattr(pool, "SMALL", 1)
    monkeypatch.setattr(pool, "WORKERS", parts)
    assert behaviour(offsets, time, code, step, before=goal, at_least=5, within=4).tolist() == whole.tolist()
    assert 0 < whole.sum() < len(whole)


@given(journeys, st.randoms())
def test_masks(events, random):
    scope = make_scope(events)
    table = np.array([random.random() < 0.5 for _ in range(len(scope.event_names.names) + 1)])
    index = np.where(np.arange(len(scope.code)) % 3 == 0, -1, scope.code).astype(np.int32)
    position = np.array([random.randrange(len(index)) for _ in range(7)])
    assert look_up(index, table).tolist() == table[index].tolist()
    assert look_up(index, table, position).tolist() == table[index[position]].tolist()
    rows = look_up(index, table)
    assert count_in_units(scope.offsets, rows).tolist() == [int(rows[a:b].sum()) for a, b in pairwise(scope.offsets)]
    holds = count_in_units(scope.offsets, rows) > 0
    assert spread(scope.offsets, holds).tolist() == [h for h, (a, b) in zip(holds, pairwise(scope.offsets), strict=True)
                                                     for _ in range(a, b)]  # fmt: skip
