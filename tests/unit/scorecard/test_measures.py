"""How the scores of several seeds become one row."""

import numpy as np
import pytest
from scipy import stats

from desireline.scorecard.measures import Cell, Measure, Score, row


def made(measure, *seeds, difficulty="medium", people=10_000):
    return row(Cell("friction", "second", difficulty, people, measure), seeds)


def test_counts_are_summed_over_seeds_with_the_interval_of_wilson():
    measure = Measure("precision", bar=0.95, baseline="odds_top_10")
    found = made(measure, [Score(measure, 3, 4, 4, 10)], [Score(measure, 4, 4, 2, 10)])
    assert (found.value, found.baseline_value, found.seeds) == (7 / 8, 6 / 20, 2)
    low, high = stats.binomtest(7, 8).proportion_ci(method="wilson")
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert (found.holds, found.meets) == ("at_least", False)


def test_means_have_the_interval_of_student():
    measure = Measure("ari", bar=0.8, counted=False)
    values = [0.9, 0.8, 0.85]
    found = made(measure, *([Score(measure, x)] for x in values))
    low, high = stats.t.interval(0.95, 2, np.mean(values), stats.sem(values))
    assert (found.low, found.value, found.high) == pytest.approx((low, 0.85, high))
    assert made(measure, [Score(measure, 0.9)]).low is None
    assert found.meets


def test_a_ratio_of_sums_is_no_mean_of_ratios():
    measure = Measure("loss_ratio", counted=False, baseline="naive_gap")
    found = made(measure, [Score(measure, 0.1, 0.1, 0.3), Score(measure, 0.1, 0.3, 0.3)])
    assert (found.value, found.baseline_value) == pytest.approx((0.5, 1.5))


@pytest.mark.parametrize(
    ("measure", "value", "meets"),
    [
        (Measure("null_runs", bar=0.05, at_most=True), 0, True),
        (Measure("null_runs", bar=0.05, at_most=True), 1, False),
        (Measure("recall", bar=0.65, from_people=20_000), 1, None),
        (Measure("found"), 1, None),
    ],
)
def test_what_meets_a_bar(measure, value, meets):
    assert made(measure, [Score(measure, value)]).meets is meets


def test_nothing_to_measure_on_is_no_value():
    measure = Measure("precision", bar=0.95)
    found = made(measure, [Score(measure, 0, 0)])
    assert (found.value, found.low, found.meets) == (None, None, None)


def test_a_bar_does_not_hold_where_it_was_not_set_for():
    measure = Measure("recall", bar=0.65, hard=False)
    assert made(measure, [Score(measure, 0)], difficulty="hard").bar is None
    assert made(measure, [Score(measure, 0)], difficulty="easy").meets is False


def test_a_bar_with_two_ends_is_missed_where_the_interval_does_not_reach_it():
    measure = Measure("coverage", bar=0.9, bar_most=0.97)
    assert made(measure, [Score(measure, 16, 16)]).meets is True
    assert made(measure, [Score(measure, 1_000, 1_000)]).meets is False
    assert made(measure, [Score(measure, 700, 1_000)]).meets is False
