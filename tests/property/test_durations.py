"""Times and who is still on the way equal a plain twin, SQL, and the estimates of statsmodels."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from desireline.analyze import durations
from desireline.analyze.survival import curve, differ
from desireline.kernels.log_rank import log_rank
from tests import oracles
from tests.journeys import definitions, journeys, micros
from tests.scopes import make_scope, sequences
from tests.twins import durations as twin_of

watched = st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.integers(0, 2)), min_size=1, max_size=40)
END = 9


@given(journeys, definitions, st.integers(0, 9), st.integers(0, 9), st.one_of(st.none(), st.integers(1, 8)))
def test_durations(events, known, pick_from, pick_to, horizon):
    channels = {"a": "web", "b": "shop", "c": "web"}
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "d")], known, channels=channels, until=END)
    labels = scope.labels(durations.DurationsRequest(from_="", to=""))
    choices = [*labels.names, "@first", "@last"]
    start, goal = choices[pick_from % len(choices)], choices[pick_to % len(choices)]
    request = durations.DurationsRequest(
        from_=start, to=goal, by="channel", horizon=horizon and f"0.{horizon:06}s"
    )  # fmt: skip
    result = durations.answer(scope, request)

    def label(name):
        return name if name.startswith("@") else labels.names.index(name)

    units = sequences(scope, labels.table)
    spans = twin_of.spans(units, label(start), label(goal), END, horizon)
    waits = [took for took, reached in spans.values() if reached]
    assert (result.entered, result.n, result.censored) == (len(spans), len(waits), len(spans) - len(waits))
    assert result.median_seconds == (micros(np.percentile(waits, 50)) if waits else None)
    assert result.p90_seconds == (micros(np.percentile(waits, 90)) if waits else None)
    estimate = twin_of.kaplan_meier(list(spans.values()))
    assert [(p.seconds, p.at_risk) for p in result.curve] == [(micros(t), n) for t, n, _ in estimate]
    assert [p.reached for p in result.curve] == pytest.approx([share for *_, share in estimate])
    if horizon is None and not start.startswith("@") and not goal.startswith("@"):
        by_sql = oracles.durations(scope, labels.table, label(start), label(goal))
        assert (result.entered, result.n, result.median_seconds, result.p90_seconds) == (
            *by_sql[:2], micros(by_sql[2]), micros(by_sql[3])
        )  # fmt: skip
    assert sum(g.entered for g in result.groups) == result.entered
    assert sum(g.n for g in result.groups) == result.n


@given(journeys, st.sampled_from("abcd"), st.sampled_from("abcd"))
def test_cells_hold_the_units_that_are_counted(events, start, goal):
    channels = {"a": "web", "b": "shop", "c": "web"}
    scope = make_scope([*events, (9, 0, "a"), (9, 1, "d"), (9, 2, "b"), (9, 2, "c")], channels=channels)
    request = durations.DurationsRequest(from_=start, to=goal, by="channel")
    result = durations.answer(scope, request)
    names = {None: "null", "web": '"web"', "shop": '"shop"'}
    for figures, which in [(result, ""), *((g, f":{names[g.name]}") for g in result.groups)]:
        sizes = [len(durations.members(scope, request, kind + which)) for kind in ("entered", "reached", "missed")]
        assert sizes == [figures.entered, figures.n, figures.censored]


def ordered(rows):
    """Times ascending, and at one time those who reach it first."""
    rows = sorted(rows, key=lambda row: (row[0], not row[1]))
    time, reached, group = (np.array(column) for column in zip(*rows, strict=True))
    return time.astype(np.int64), reached.astype(bool), group.astype(np.int32)


@given(watched)
def test_the_curve_is_that_of_statsmodels(rows):
    time, reached, _ = ordered(rows)
    found = curve(time, reached)
    if not reached.any():
        assert not len(found.time)
        assert found.by_half() == (None, None, None)
        return
    theirs = SurvfuncRight(time, reached)
    assert found.time.tolist() == theirs.surv_times.tolist()
    assert found.at_risk.tolist() == theirs.n_risk.tolist()
    assert found.reached == pytest.approx(1 - theirs.surv_prob)
    inside = theirs.surv_prob > 0
    left, error = theirs.surv_prob[inside], theirs.surv_prob_se[inside]
    half = 1.959963984540054 * error / (left * np.log(left))
    assert 1 - found.low[inside] == pytest.approx(left ** np.exp(half))
    assert 1 - found.high[inside] == pytest.approx(left ** np.exp(-half))
    assert (found.low <= found.reached).all()
    assert (found.reached <= found.high).all()


@given(watched)
def test_the_interval_of_the_median_is_that_of_statsmodels(rows):
    time, reached, _ = ordered(rows)
    found = curve(time, reached)
    median, low, high = found.by_half()
    inside = (found.low <= 0.5) & (found.high >= 0.5) & (found.reached < 1)
    edges = np.abs(np.r_[found.low, found.high, found.reached] - 0.5) < 1e-9
    if edges.any() or not inside.any() or (found.reached == 1).any():
        return  # there the two differ in how they round a tie, or statsmodels has no answer
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = SurvfuncRight(time, reached)
        their_low, their_high = theirs.quantile_ci(0.5)
    assert low == their_low
    assert high == (None if np.isinf(their_high) else their_high)
    assert median == (None if np.isnan(theirs.quantile(0.5)) else theirs.quantile(0.5))


@given(watched)
def test_groups_differ_as_statsmodels_says(rows):
    time, reached, group = ordered(rows)
    present, place = np.unique(group, return_inverse=True)
    found = differ(log_rank(time, reached, place.astype(np.int32), len(present)))
    if found is None:
        return
    statistic, degrees, p = found
    if degrees == len(present) - 1:
        theirs = survdiff(time, reached.astype(int), place)
        assert (statistic, p) == (pytest.approx(theirs[0], rel=1e-6, abs=1e-9), pytest.approx(theirs[1], rel=1e-6))
    assert 0 <= p <= 1
