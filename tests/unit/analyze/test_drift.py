"""Drift: what was planted is found with its date, and nothing else is."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from desireline.analyze.drift import DriftRequest, answer, members
from desireline.analyze.scanning.distances import distances
from desireline.analyze.scanning.extremes import benjamini_hochberg, gumbel_tail
from desireline.analyze.scanning.shifts import dated
from desireline.analyze.scanning.splits import gains
from desireline.errors import BadDrilldown
from desireline.kernels.episodes import episodes
from desireline.kernels.periods import periods_from
from tests.planted import time as planted
from tests.scopes import make_scope, sequences
from tests.twins import time as twins

DAY = planted.DAY


def asked(events, **fields):
    return answer(planted.scope_of(events, **fields), DriftRequest())


class TestPlanted:
    def test_a_change_is_found_alone_and_dated(self):
        events = planted.journeys(1, 6_000, changes=[planted.Change(planted.PRODUCT, planted.BASKET, 0.55, 35)])
        (change,) = asked(events).changes
        assert (change.from_, change.to) == ("Product", "Basket")
        assert abs(change.since - dt.datetime(2026, 2, 9, tzinfo=dt.UTC)) <= dt.timedelta(days=2)
        assert change.since_low <= change.since <= change.since_high
        of_those_who_go_on = 0.40 / 0.85
        assert change.share_before == pytest.approx(of_those_who_go_on, abs=0.03)
        assert change.low < change.share_after - change.share_before < change.high
        assert change.q <= 0.05

    @pytest.mark.parametrize("fields", [{"growth": 4.0}, {"season": 1.0, "wait": 24.0}, {"improved": None, "days": 90}])
    def test_growth_seasons_and_late_starts_are_no_change(self, fields):
        flagged = [
            seed for seed in range(6)
            if asked(planted.journeys(seed, 3_000, **fields), days=fields.get("days", 60)).changes
        ]  # fmt: skip
        assert len(flagged) <= 1

    def test_what_goes_back_soon_is_no_drift(self):
        outage = planted.Outage(planted.BASKET, planted.CHECKOUT, 80, 87, None, loop=True)
        assert asked(planted.journeys(2, 8_000, days=180, outages=[outage]), days=180).changes == []

    def test_people_behind_a_change(self):
        events = planted.journeys(1, 4_000, changes=[planted.Change(planted.PRODUCT, planted.BASKET, 0.7, 30)])
        scope, request = planted.scope_of(events), DriftRequest(seed=3)
        (change,) = answer(scope, request).changes
        after, before = (members(scope, request, f"change:0:{side}") for side in ("after", "before"))
        assert (len(after), len(before)) == (change.people, change.people_before)
        assert len(after) <= change.count_after
        walks = sequences(scope, scope.event_names.table)
        since = change.since.timestamp() * 1e6
        for unit in after[:50]:
            steps = zip(walks[unit], walks[unit][1:], strict=False)
            pair = (planted.PRODUCT, planted.BASKET)
            assert any((a[0], b[0]) == pair and a[1] >= since for a, b in steps)
        for cell in ("change:1:after", "change:0", "change:0:during", "pair:0"):
            with pytest.raises(BadDrilldown):
                members(scope, request, cell)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([(u, 0 * DAY + u, "a") for u in range(50)], "short_span"),
        ([(u, u * DAY, "a") for u in range(50)], "few_transitions"),
        ([(u, k * DAY + u, "ab"[k % 2]) for u in range(40) for k in range(30)], "no_starts"),
    ],
)
def test_too_little_is_said(events, reason):
    result = answer(make_scope(events), DriftRequest())
    assert (result.enough, result.reason, result.p, result.changes) == (False, reason, None, [])


def test_cut_is_the_g_statistic():
    counts = np.array([[30, 10, 5], [28, 14, 9], [10, 40, 6], [12, 33, 8]], float)
    for at in range(1, 4):
        table = np.stack((counts[:at].sum(axis=0), counts[at:].sum(axis=0)))
        g = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert gains(counts)[at] == pytest.approx(g)


def test_distance_by_hand():
    """Window 0 goes to b only, the others to c only: distance 1. A row alike everywhere halves the divergence."""
    row = np.array([0, 0])
    assert distances(np.array([[4, 0], [0, 3], [0, 5]]), row)[0] == pytest.approx(1)
    both = np.array([[4, 0, 4], [0, 8, 8]])
    assert distances(both, np.array([0, 0, 1])) == pytest.approx([np.sqrt(0.5)] * 2)


def test_q_values_as_scipy_has_them():
    p = np.random.default_rng(0).random(40) ** 3
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p))


def test_tail_of_a_fitted_gumbel():
    draws = np.random.default_rng(1).gumbel(10, 2, 20_000)
    assert gumbel_tail(10 + 2 * 6, draws) == pytest.approx(1 - np.exp(-np.exp(-6)), rel=0.15)


def test_the_day_of_a_change():
    of = np.full(40, 50)
    to = np.where(np.arange(40) < 23, 10, 25)
    assert dated(to, of, 0, 21, 40, 7) == (23, 23, 23)


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40)), min_size=1, max_size=8), min_size=1, max_size=5)
)
def test_episodes_as_the_twin_has_them(drawn):
    hour = DAY // 24
    events = [(u, t * 6 * hour, "abc"[x]) for u, one in enumerate(drawn) for x, t in one]
    scope = make_scope(events)
    n, days = len(scope.event_names.names), periods_from(np.arange(12, dtype=np.int64) * DAY)
    pairs = np.arange(n * n, dtype=np.int32).reshape(n, n)
    found = episodes(scope.offsets, scope.time, scope.code, scope.event_names.table, pairs, days, DAY)
    told = twins.transitions_of_episodes(sequences(scope, scope.event_names.table), DAY)
    place = np.repeat(np.arange(len(found.unit)), np.diff(found.edges))
    assert [
        (int(found.unit[e]), e, int(d), int(p), int(a))
        for e, d, p, a in zip(place.tolist(), found.day, found.pair, found.age, strict=True)
    ] == [(u, e, t // DAY, a * n + b, age // 1_000_000) for u, e, t, (a, b), age in told]
