"""The doubly robust estimate: by hand, on planted effects, and against what it must not believe."""

import numpy as np
import pytest

from desireline.analyze.stakes.aipw import att, combined, folds
from desireline.analyze.stakes.sensitivity import e_value
from desireline.model.intervals import Z
from tests.planted.exposure import hidden, planted


def test_by_hand_with_one_covariate_of_two_values():
    """4 exposed and 4 others at x=0, 6 exposed and 3 others at x=1; shares of success 1/4, 2/4; 3/6, 2/3.

    Standardised to the exposed: (4 (1/4 - 2/4) + 6 (3/6 - 2/3)) / 10 = -.2.
    """
    x = np.array([0] * 8 + [1] * 9)
    exposed = np.array([1] * 4 + [0] * 4 + [1] * 6 + [0] * 3, bool)
    outcome = np.array([1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0], float)
    chance, without = np.where(x == 1, 6 / 9, 4 / 8), np.where(x == 1, 2 / 3, 2 / 4)
    rows = np.arange(17)
    got = combined(outcome, exposed, chance, without, rows, x[:, None].astype(float))
    assert got.estimate == pytest.approx(-0.2)
    assert (got.groups.observed, got.without) == (pytest.approx(0.4), pytest.approx(0.6))
    assert got.groups.naive == pytest.approx(4 / 10 - 4 / 7)
    assert got.ratio == pytest.approx(2 / 3)
    weights_alone = combined(outcome, exposed, chance, np.zeros(17), rows, x[:, None].astype(float))
    model_alone = combined(outcome, exposed, np.full(17, 10 / 17), without, rows, x[:, None].astype(float))
    assert weights_alone.estimate == pytest.approx(-0.2)
    assert model_alone.estimate == pytest.approx(-0.2)


def test_error_is_the_sandwich_of_sums_within_people():
    """Everyone's row written twice says no more than once: the error stays that of single rows."""
    one = planted(400, 1)
    chance, without = np.full(400, float(one.exposed.mean())), np.full(400, 0.5)
    single = combined(one.outcome, one.exposed, chance, without, np.arange(400), one.covariates)
    twice = (np.tile(column, 2) for column in (one.outcome, one.exposed, chance, without, np.arange(400)))
    double = combined(*twice, np.tile(one.covariates, (2, 1)))
    assert double.error == pytest.approx(single.error, rel=1e-9)
    assert double.estimate == pytest.approx(single.estimate)


@pytest.mark.parametrize(("curved", "amounts"), [(False, False), (True, False), (False, True)])
def test_interval_covers_the_planted_effect(curved, amounts):
    """15 seeds of 600 people: at 95 % fewer than 13 intervals cover in 4 of 100 runs; the naive gap is far off."""
    runs = [planted(600, seed, curved=curved, amounts=amounts) for seed in range(15)]
    found = [att(run.outcome, run.exposed, run.covariates, np.arange(600)) for run in runs]
    covered = sum(one.low <= run.truth <= one.high for one, run in zip(found, runs, strict=True))
    assert covered >= 13
    naive = sum(abs(one.groups.naive - run.truth) < Z * one.error for one, run in zip(found, runs, strict=True))
    assert naive < covered - 3


def test_no_effect_is_not_found_when_the_confounder_is_seen():
    runs = [planted(600, seed, effect=0.0) for seed in range(15)]
    found = [att(run.outcome, run.exposed, run.covariates, np.arange(600)) for run in runs]
    assert sum(not one.low <= 0 <= one.high for one in found) <= 2


def test_hidden_confounder_is_stronger_than_the_sensitivity_value():
    """No effect, and a hidden factor of strength 2.5: an effect is found, and told to need less than 2.5 to vanish."""
    runs = [hidden(4000, seed, 2.5) for seed in range(5)]
    found = [att(run.outcome, run.exposed, run.covariates, np.arange(4000)) for run in runs]
    assert all(one.high < 0 for one in found)
    assert all(1 < one.e_value_low < one.e_value < 2.5 for one in found)


def test_published_e_value():
    """VanderWeele and Ding 2017: a risk ratio of 3.9 (1.8 to 8.7) has an E-value of 7.2, and 3.0 for its lower end."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1.8) == pytest.approx(3.0)
    assert e_value(1 / 1.8) == pytest.approx(3.0)


def test_overlap_says_who_is_beyond_comparison():
    """Exposure that follows the covariate without fail leaves nobody to compare with."""
    x = np.linspace(-3, 3, 600)
    outcome = np.arange(600) % 2 * 1.0
    apart = att(outcome, x > 0, x[:, None], np.arange(600)).groups.overlap
    mixed = planted(600, 2)
    close = att(mixed.outcome, mixed.exposed, mixed.covariates, np.arange(600)).groups.overlap
    assert apart.trimmed > 0.5
    assert apart.imbalance > 1
    assert close.trimmed < 0.05
    assert close.effective_controls > 60
    assert close.imbalance < 0.2 < close.imbalance_before
    assert sum(close.exposed) == mixed.exposed.sum()
    assert sum(close.controls) == (~mixed.exposed).sum()


def test_undiluted_is_told_like_any_other():
    """A quarter of the others exposed later: .06 of .6 lost becomes .08 of .62, with an error a third greater."""
    rows = np.arange(1000)
    exposed, outcome = rows % 2 == 0, (rows // 2 % 50 < np.where(rows % 2 == 0, 27, 30)) * 1.0
    found = combined(outcome, exposed, np.full(1000, 0.5), np.full(1000, 0.6), rows, np.zeros((1000, 0)))
    whole = found.undiluted(0.75)
    assert found.estimate == pytest.approx(-0.06)
    assert whole.estimate == pytest.approx(-0.08)
    assert whole.without == pytest.approx(0.62)
    assert whole.ratio == pytest.approx(0.54 / 0.62)
    assert whole.high - whole.low == pytest.approx((found.high - found.low) / 0.75)


def test_folds_are_of_equal_size_and_repeat():
    assert np.bincount(folds(12, 3)).tolist() == [3, 3, 2, 2, 2]
    assert folds(50, 3).tolist() == folds(50, 3).tolist() != folds(50, 4).tolist()
