"""Merging sorted rows, codes of pairs and look-ups by key against their twins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import pool, recode
from desireline.kernels.dense import dense_ids, first_rows
from desireline.kernels.placing import placed
from desireline.kernels.sort import sort_events
from desireline.kernels.weave import Sorted, weave, woven
from tests.twins import weave as twin


def rows_of(units, time, arrival, n_units):
    """Sorted rows of units, as the store keeps them."""
    unit, time, arrival = np.array(units, np.int32), np.array(time, np.int64), np.array(arrival, np.int64)
    offsets, order = sort_events(unit, time, arrival, n_units)
    return Sorted(offsets, time[order], arrival[order])


@st.composite
def worlds(draw):
    """Old rows of old units, what each old unit became, new rows; every unit has a row."""
    before, now = draw(st.integers(0, 5)), draw(st.integers(1, 6))
    was = draw(st.lists(st.integers(0, now - 1), min_size=before, max_size=before))
    old_units = [*range(before), *draw(st.lists(st.integers(0, before - 1), max_size=20) if before else st.just([]))]
    bare = sorted(set(range(now)) - set(was))
    new_units = [*bare, *draw(st.lists(st.integers(0, now - 1), max_size=20))]
    time = st.integers(0, 6)  # many ties: these fall to the order of arrival
    n = len(old_units) + len(new_units)
    times = draw(st.lists(time, min_size=n, max_size=n))
    arrivals = draw(st.permutations(range(n)))
    cut = len(old_units)
    old = rows_of(old_units, times[:cut], arrivals[:cut], before)
    return was, old, rows_of(new_units, times[cut:], arrivals[cut:], now)


@given(worlds(), st.data())
def test_weave_equals_its_twin_and_any_run_of_rows_is_that_run(world, data):
    was, old, new = world
    plan = weave(np.array(was, np.int32), old, new)
    offsets, expected = twin.weave(was, [a.tolist() for a in old], [a.tolist() for a in new])
    assert plan.offsets.tolist() == offsets
    n = len(expected)
    for dtype in (np.int32, np.int64, np.float64):
        mine = np.arange(len(old.time)).astype(dtype)
        order = np.arange(len(new.time))[::-1].copy()
        yours = (1000 + np.arange(len(new.time)))[::-1].astype(dtype)
        values = [row if which == "old" else 1000 + row for which, row in expected]
        lo = data.draw(st.integers(0, n))
        hi = data.draw(st.integers(lo, n))
        assert woven(plan, mine, yours, order, lo, hi).tolist() == values[lo:hi]


def test_a_late_event_costs_two_stretches_however_many_rows_there_are():
    units, per_unit = 1_000, 100
    unit = np.repeat(np.arange(units), per_unit)
    old = rows_of(unit, np.tile(np.arange(per_unit) * 2, units), np.arange(units * per_unit), units)
    new = rows_of([500], [99], [units * per_unit], units)
    plan = weave(np.arange(units, dtype=np.int32), old, new)
    assert plan.origin.tolist() == [0, ~0, 500 * per_unit + 50]
    assert plan.starts.tolist() == [0, 500 * per_unit + 50, 500 * per_unit + 51, units * per_unit + 1]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 3)), max_size=40), st.booleans())
def test_recode_equals_its_twin_by_table_and_by_sorting(rows, small):
    code, index = (np.array(c, np.int32) for c in (zip(*rows, strict=True) if rows else ((), ())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recode, "TABLE", 1 << 24 if small else 0)
        pair, seen = recode.recode(code, index, 5, 5)
    expected, pairs = twin.recode(code.tolist(), index.tolist())
    assert pair.tolist() == expected
    assert [(s // 5, s % 5 - 1) for s in seen.tolist()] == pairs


@given(
    st.lists(st.integers(-5, 60), max_size=30),
    st.dictionaries(st.integers(-9, 70), st.integers(-1, 9), max_size=30),
    st.sampled_from([1, 2**40]),
)
def test_placed_equals_its_twin_for_keys_near_and_far(wanted, found, spread):
    wanted, keys, values = [w * spread for w in wanted], [k * spread for k in found], list(found.values())
    got = placed(np.array(wanted, np.int64), np.array(keys, np.int64), np.array(values, np.int32))
    assert got.tolist() == twin.placed(wanted, keys, values)


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 9), max_size=30))
def test_first_rows_are_where_new_keys_stand_first(known, keys):
    distinct = list(dict.fromkeys(known))
    unique, code = dense_ids(np.array([*distinct, *keys], np.int64))
    found = first_rows(code[len(distinct) :], len(distinct), len(unique) - len(distinct))
    assert found.tolist() == [keys.index(k) for k in dict.fromkeys(keys) if k not in distinct]


def test_weaving_is_the_same_on_several_threads(monkeypatch):
    random = np.random.default_rng(5)
    units, n, m = 2_000, 150_000, 3_000
    old = rows_of(
        np.r_[np.arange(units), random.integers(0, units, n)],
        random.integers(0, 999, n + units),
        np.arange(n + units),
        units,
    )
    was = np.minimum(np.arange(units), units - 50).astype(np.int32)
    new = rows_of(random.integers(0, units - 49, m), random.integers(0, 999, m), n + units + np.arange(m), units - 49)
    unit = np.r_[
        was[np.repeat(np.arange(units), np.diff(old.offsets))], np.repeat(np.arange(units - 49), np.diff(new.offsets))
    ]
    time = np.r_[old.time, new.time]
    order = np.lexsort((np.r_[old.arrival, new.arrival], time, unit))
    plan = weave(was, old, new)
    for workers in (1, 4):
        monkeypatch.setattr(pool, "WORKERS", workers)
        found = woven(plan, old.time, new.time, np.arange(m), 0, n + units + m)
        assert np.array_equal(found, time[order])
    assert np.array_equal(plan.offsets, np.r_[0, np.cumsum(np.bincount(unit))])
