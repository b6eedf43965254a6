"""What small random journeys do not show of periods and switches: a very long unit, many threads, very many periods."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.kernels import pool
from desireline.kernels.lifecycle import lifecycle, units_in_lifecycle
from desireline.kernels.periods import period_at, periods_from
from desireline.kernels.retention import RETURNS, STARTS, Columns, Comings, count_returns
from desireline.kernels.stickiness import active_days, stickiness
from desireline.kernels.switches import Topics, channel_sets, switch_topics

DAY = 86_400_000_000
CODES = 6


@given(st.lists(st.integers(1, 50), min_size=1, max_size=40), st.integers(-1000, 1000), st.data())
def test_a_period_is_found_as_by_bisection(lengths, first, data):
    starts = first + np.concatenate(([0], np.cumsum(lengths)))
    periods = periods_from(starts)
    for time in data.draw(st.lists(st.integers(int(starts[0]), int(starts[-1]) - 1), min_size=1, max_size=20)):
        assert period_at(periods, time) == np.searchsorted(starts, time, "right") - 1
    for k, (start, end) in enumerate(pairwise(starts)):
        assert (period_at(periods, start), period_at(periods, end - 1)) == (k, k)


def journeys(units=30_000, longest=400_000):
    random = np.random.default_rng(5)
    lengths = random.geometric(0.2, units)
    lengths[units // 3] = longest
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    time = np.concatenate([np.sort(random.integers(0, 70 * DAY, n)) for n in lengths])
    return offsets, time, random.integers(0, CODES, offsets[-1], dtype=np.int32)


def answers(offsets, time, code):
    """Everything that is counted, as plain lists."""
    weeks, days = periods_from(np.arange(11) * 7 * DAY), periods_from(np.arange(71) * DAY)
    wanted = np.array([True, True, False, True, True, False])
    role = np.array([STARTS | RETURNS, STARTS, RETURNS, 0, RETURNS, 0], np.uint8)
    found = [lifecycle(offsets, time, code, wanted, weeks), stickiness(offsets, time, code, wanted, days,
             (np.arange(70) // 7).astype(np.int32), 10)]  # fmt: skip
    for again in (False, True):
        for last_only in (False, True):
            columns = Columns(np.minimum(np.arange(10), 4).astype(np.int32), 5, last_only)
            comings = Comings(offsets, time, code, role, code % 3, weeks, again)
            found += count_returns(comings, columns, 3)
    channel, label = (np.arange(CODES) % 3).astype(np.int32), np.arange(CODES, dtype=np.int32)
    pairs = np.arange(9).reshape(3, 3)
    about, repeated, _ = switch_topics(
        offsets, time, code, channel, pairs, Topics(label, label, False, CODES, CODES), 3 * DAY
    )
    return [x.tolist() for x in (*found, about, repeated, np.bincount(channel_sets(offsets, code, channel, 3)[:, 0]))]


def test_parts_of_the_units_add_up_to_the_whole(monkeypatch):
    offsets, time, code = journeys()
    together = answers(offsets, time, code)
    monkeypatch.setattr(pool, "SMALL", 10**9)
    assert answers(offsets, time, code) == together


def test_two_halves_of_the_units_add_up_to_the_whole():
    offsets, time, code = journeys(units=4_000, longest=50_000)
    cut = offsets[2_000]
    halves = [
        answers(offsets[:2_001], time[:cut], code[:cut]),
        answers(offsets[2_000:] - cut, time[cut:], code[cut:]),
    ]
    for whole, first, second in zip(answers(offsets, time, code), *halves, strict=True):
        longer = max(len(first), len(second))
        padded = [np.array(x + [0] * (longer - len(x))) if np.ndim(x) == 1 else np.array(x) for x in (first, second)]
        assert (padded[0] + padded[1]).tolist() == whole


@pytest.mark.parametrize("kind", [0, 1, 2, 3])
def test_units_of_a_kind_are_those_counted(kind):
    offsets, time, code = journeys(units=2_000, longest=5_000)
    weeks, wanted = periods_from(np.arange(11) * 7 * DAY), np.arange(CODES) < 2
    counts = lifecycle(offsets, time, code, wanted, weeks)
    for week in range(10):
        found = units_in_lifecycle(offsets, time, code, wanted, weeks, week, kind)
        assert np.count_nonzero(found) == counts[week, kind]


def test_days_of_each_unit_are_those_counted():
    offsets, time, code = journeys(units=2_000, longest=5_000)
    days, period_of = periods_from(np.arange(71) * DAY), (np.arange(70) // 7).astype(np.int32)
    wanted = np.arange(CODES) != 4
    counts = stickiness(offsets, time, code, wanted, days, period_of, 10)
    for week in range(10):
        active = active_days(offsets, time, code, wanted, days, period_of, week)
        assert np.bincount(active, minlength=8)[1:].tolist() == counts[week, 1:8].tolist()
