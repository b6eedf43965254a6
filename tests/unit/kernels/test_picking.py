"""Events of some kinds, first ones of days, sums by customer: as one would do them with paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.kernels import picking, pool

EVENTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30), st.integers(0, 3)), max_size=40)


def columns(events):
    """offsets, unit, time and code of events (unit, time, code) in their order."""
    listed = sorted(events)
    unit, time, code = (np.array([one[k] for one in listed], np.int64) for k in range(3))
    _, counts = np.unique(unit, return_counts=True)
    return np.r_[0, np.cumsum(counts)].astype(np.int64), np.unique(unit, return_inverse=True)[1], time, code


@pytest.fixture(autouse=True, scope="module")
def many_pieces():
    """Two threads even for a few events."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "SMALL", 1)
        patch.setattr(pool, "WORKERS", 2)
        patch.setattr(picking, "WORKERS", 2)
        yield


@settings(max_examples=60)
@given(EVENTS)
def test_what_is_wanted_is_picked_in_order(events):
    offsets, unit, time, code = columns(events)
    found = picking.pick(offsets, time, code.astype(np.int32), np.array([True, False, True, False]))
    rows = [i for i in range(len(code)) if code[i] in (0, 2)]
    assert [one.tolist() for one in found] == [rows, unit[rows].tolist(), time[rows].tolist()]


@settings(max_examples=60)
@given(EVENTS)
def test_the_first_of_each_unit_and_period(events):
    _, unit, time, _ = columns(events)
    starts = np.array([0, 7, 8, 20, 31])
    seen, rows = set(), []
    for i in range(len(unit)):
        key = (unit[i], int(np.searchsorted(starts, time[i], "right")))
        rows += [] if key in seen else [i]
        seen.add(key)
    assert picking.first_of_periods(unit, time, starts).tolist() == rows


@settings(max_examples=60)
@given(EVENTS)
def test_sums_over_customers_of_each_period(events):
    _, unit, time, code = columns(events)
    edges = np.array([5, 12, 13, 25])
    found = picking.customer_sums(unit, time, (code > 0) * 1.0, code * 2.0, edges)
    for k in range(3):
        rows = [i for i in range(len(unit)) if edges[k] <= time[i] < edges[k + 1]]
        each = [[i for i in rows if unit[i] == who] for who in sorted({int(unit[i]) for i in rows})]
        number = [sum(code[i] > 0 for i in mine) for mine in each]
        amount = [sum(2 * code[i] for i in mine) for mine in each]
        pairs = list(zip(number, amount, strict=True))
        assert found[k].tolist() == [sum(number), sum(amount), sum(a * a for a in amount), len(each),
                                     sum(n * n for n in number), sum(n * a for n, a in pairs)]  # fmt: skip
