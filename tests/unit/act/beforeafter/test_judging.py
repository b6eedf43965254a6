"""Before/after from panels whose truth is planted."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_ind

from desireline.act.beforeafter import NEVER, Panel, judged
from desireline.act.beforeafter.by_units import by_units
from desireline.act.beforeafter.cohorts import planned, series
from desireline.act.beforeafter.controls import weights
from desireline.act.beforeafter.estimate import Series, contrasts, design
from desireline.act.beforeafter.judging import Judging
from desireline.act.beforeafter.panel import group_mean
from desireline.act.beforeafter.shared_controls import inflated
from tests.unit.act.beforeafter.test_autoregression import drawn


def panel(before=140, after=28, units=2, effect=0.0, seed=0, phi=0.6, starts=None):
    """As many treated as control units, sharing trend and season; the difference of their means has variance 1."""
    n, rng = before + after, np.random.default_rng(seed)
    common = 0.02 * np.arange(n) + 0.8 * np.sin(2 * np.pi * np.arange(n) / 7) + drawn(n, phi, seed + 500)
    start = np.array([before] * units + [NEVER] * units if starts is None else starts)
    each = [common + np.sqrt(units / 2) * drawn(n, phi, 1000 * seed + k) for k in range(len(start))]
    values = 10 + rng.normal(size=(len(start), 1)) + np.array(each)
    for k, begin in enumerate(start):
        values[k, begin if begin < n else n :] += effect
    return Panel([f"u{k}" for k in range(len(start))], dt.date(2025, 1, 6), values, start)


@pytest.fixture(scope="module")
def without_effect():
    return [judged(panel(seed=seed)) for seed in range(12)]


class TestBars:
    """A few sets of the full run in benchmarks/bars_before_after.py, fixed so that they do not flicker."""

    def test_false_alarms_are_few_where_the_t_test_sees_an_effect_nearly_always(self, without_effect):
        assert sum(one.verdict in {"worked", "harmed"} for one in without_effect) <= 1
        assert sum(one.naive.p < 0.05 for one in without_effect) >= 11

    def test_intervals_cover_the_truth_and_few_sets_are_refused(self, without_effect):
        given = [one for one in without_effect if one.effect is not None]
        assert len(given) >= 9
        assert sum(one.low <= 0 <= one.high for one in given) >= len(given) - 1
        assert all(one.reason == "placebo_alarms" for one in without_effect if one.effect is None)


class TestLaws:
    def test_an_effect_moves_the_estimate_by_its_size_and_nothing_else(self):
        plain, moved = (judged(panel(seed=1, effect=size)) for size in (0.0, 2.5))
        assert moved.effect - plain.effect == pytest.approx(2.5, abs=1e-6)
        assert (moved.high - moved.low, moved.placebo_rate) == pytest.approx(
            (plain.high - plain.low, plain.placebo_rate), abs=1e-6
        )
        assert moved.verdict == "worked"
        assert moved.grade == "B"

    def test_what_is_better_decides_between_worked_and_harmed(self):
        one = panel(seed=1, effect=2.5)
        assert judged(one, Judging(direction="down")).verdict == "harmed"
        mirrored = replace(one, values=-one.values)
        assert judged(mirrored, Judging(direction="down")).verdict == "worked"

    def test_a_drift_between_the_groups_is_not_an_effect(self):
        one = panel(before=280, seed=4)
        values = one.values.copy()
        values[:2] += 0.02 * np.arange(values.shape[1])
        drifting, plain = judged(replace(one, values=values)), judged(one)
        assert drifting.effect == pytest.approx(plain.effect, abs=1e-6)
        assert drifting.slope == pytest.approx(plain.slope + 0.02, abs=1e-6)

    def test_placebos_refuse_where_the_groups_drift_apart_ever_faster(self):
        """Nothing happens, but a straight line followed on falls short of a parabola on every later day."""
        one = panel(seed=2, phi=0.0, before=280)
        values = one.values.copy()
        values[:2] += 12 * (np.arange(values.shape[1]) / 300) ** 2
        found = judged(replace(one, values=values))
        assert (found.verdict, found.reason, found.effect) == ("refused", "placebo_alarms", None)
        assert found.placebo_rate > 0.1


class TestThresholds:
    @pytest.mark.parametrize(
        ("before", "verdict", "reason"),
        [(55, "refused", "too_few_days_before"), (56, "too_early", "too_few_days_before_for_verdict"),
         (139, "too_early", "too_few_days_before_for_verdict"), (140, "worked", None)],
    )  # fmt: skip
    def test_how_long_a_past_it_takes(self, before, verdict, reason):
        one = panel(before=before, seed=1, effect=30.0)
        found = judged(one)
        assert (found.verdict, found.reason, found.pre_days) == (verdict, reason, before)
        assert (found.effect is None, found.naive is None) == (before < 56, before < 56)

    def test_no_word_before_a_week_or_the_wait_is_over(self):
        assert judged(panel(after=6, seed=1, effect=30.0)).reason == "too_few_days_after"
        early = judged(panel(after=20, seed=1, effect=30.0), Judging(wait=28))
        assert (early.verdict, early.reason) == ("too_early", "wait_not_over")

    def test_without_control_it_is_c_at_best(self):
        one = panel(seed=1, effect=8.0, starts=[140, 140])
        found = judged(one)
        assert (found.design, found.grade, found.control_units) == ("single", "C", 0)
        assert found.not_checked[0] == "control_group"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [(lambda p: replace(p, start=np.full(4, NEVER)), "no_treated_units"),
         (lambda p: replace(p, start=np.array([500, 500, NEVER, NEVER])), "no_days_after"),
         (lambda p: replace(p, values=np.ones_like(p.values)), "no_variation"),
         (lambda p: replace(p, values=np.where(np.arange(168) % 2 == 0, p.values, np.nan)), "too_many_days_missing")],
    )  # fmt: skip
    def test_what_is_refused(self, change, reason):
        found = judged(change(panel(seed=1)))
        assert (found.verdict, found.reason) == ("refused", reason)


class TestStaggered:
    def test_units_that_have_it_already_are_no_controls(self):
        """The effect grows by 0.1 a day: against units treated before, the later cohort would look harmed."""
        one = panel(before=150, after=60, units=2, seed=3, starts=[150, 150, 170, 170, NEVER, NEVER])
        values = one.values.copy()
        for k, begin in enumerate([150, 150, 170, 170]):
            values[k, begin:] += 0.1 * np.arange(210 - begin)
        grown, plain = planned(one), series(one, planned(one))
        assert [set(c.controls.tolist()) for c in grown.cohorts] == [{4, 5}, {4, 5}]
        shift = series(replace(one, values=values), planned(one)).y - plain.y
        assert shift[: grown.before] == pytest.approx(0, abs=1e-9)
        assert shift[grown.before :] == pytest.approx(0.1 * np.arange(grown.after), abs=1e-9)

    def test_those_whose_turn_comes_later_are_controls_as_long_as_it_has_not_come(self):
        plan = planned(panel(before=150, after=60, starts=[150, 150, 190, 190]))
        assert (plan.design, plan.after, plan.left_out.tolist()) == ("staggered", 40, [2, 3])
        assert plan.cohorts[0].controls.tolist() == [2, 3]


def test_missing_figures_do_not_move_the_mean_of_a_group():
    """Units that differ by constants only: the mean of the complete panel comes back exactly."""
    day = np.sin(np.arange(40))
    full = np.array([day + level for level in (0.0, 5.0, 50.0)])
    holes = full.copy()
    holes[0, 3], holes[2, [10, 11]] = np.nan, np.nan
    assert group_mean(holes) == pytest.approx(group_mean(full), abs=1e-6)


def test_over_units_it_is_welch_s_t_of_their_changes():
    """20 + 20 units: the bootstrap's interval lies around that of Welch's test of the units' changes."""
    one = panel(units=20, seed=6)
    found = by_units(one, planned(one))
    change = one.values[:, 140:].mean(1) - one.values[:, :140].mean(1)
    theirs = ttest_ind(change[:20], change[20:], equal_var=False)
    low, high = theirs.confidence_interval(0.95)
    assert found.effect == pytest.approx(change[:20].mean() - change[20:].mean())
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.15 * (high - low))


def test_weights_find_the_units_that_the_treated_are_made_of():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 4)).cumsum(0)
    assert weights(0.7 * x[:, 0] + 0.3 * x[:, 2] + 5, x, 1e-6) == pytest.approx([0.7, 0, 0.3, 0], abs=0.01)
    assert weights(x[:, 0], x, np.inf) == pytest.approx([0.25] * 4)


def test_controls_that_cohorts_share_widen_the_error():
    """Noise of the controls alone, met 0, 10 and 20 days shifted, over 28 days after.

    The mean of those days varies 1 + 2 (2/3 18/28 + 1/3 8/28) = 2.05 times as much as white noise, whose root is 1.43.
    """
    rng, starts = np.random.default_rng(1), [150, 160, 170]
    values = np.vstack((1e-3 * rng.normal(size=(3, 198)), rng.normal(size=(1, 198))))
    one = Panel(["a", "b", "c", "d"], dt.date(2025, 1, 6), values, np.array([*starts, NEVER]))
    plan = planned(one)
    assert plan.after == 28
    assert inflated(one, plan, series(one, plan)).inflation == pytest.approx(1.43, abs=0.2)
    alone = one.where(np.array([True, False, False, True]))
    assert inflated(alone, planned(alone), series(alone, planned(alone))).inflation == 1.0


def test_a_long_time_takes_no_square_of_it():
    """A column for each of 300,000 days would be 720 gigabytes."""
    y = np.zeros(300_000)
    y[[3, 7]] = np.nan
    table = design(Series(y, contrasts(np.arange(len(y)) % 7), 270_000))
    assert table.shape == (300_000, 11)
    assert [np.flatnonzero(table[:, k]).tolist() for k in (-2, -1)] == [[3], [7]]
