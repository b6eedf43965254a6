"""Effects, intervals, checks and sizes against statsmodels, scipy, published figures and sums by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import integrate, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from desireline.act.experiments.always import confidence_sequence, factor, started
from desireline.act.experiments.bayes import greater, loss
from desireline.act.experiments.covariates import adjusted
from desireline.act.experiments.fixed import fixed_horizon
from desireline.act.experiments.moments import Figures, error, linearised, moments
from desireline.act.experiments.multiplicity import false_discovery, holm, shrunk
from desireline.act.experiments.planning import minimum_detectable, plan
from desireline.act.experiments.sample_ratio import chi_square, sample_ratio, sequential
from desireline.errors import BadQuestion


def of(values):
    return moments(np.zeros(len(values), np.int32), 1, np.asarray(values, float)).one(0)


@pytest.fixture
def rng():
    return np.random.default_rng(8)


@pytest.mark.parametrize(("a", "b"), [((48, 500), (30, 510)), ((0, 60), (5, 40)), ((99, 100), (70, 100))])
def test_shares_as_statsmodels_has_them(a, b):
    def share(k, n):
        return Figures(n, k / n, k * (n - k) / n / (n - 1), k)

    found = fixed_horizon("binary", share(*a), share(*b))
    z, p = proportions_ztest([a[0], b[0]], [a[1], b[1]])
    low, high = confint_proportions_2indep(a[0], a[1], b[0], b[1], method="newcomb", compare="diff")
    assert (found.statistic, found.p) == pytest.approx((z, p))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_means_as_statsmodels_has_them(rng):
    a, b = rng.normal(3, 2, 40), rng.normal(2.5, 5, 25)
    found = fixed_horizon("mean", of(a), of(b))
    t, p = stats.ttest_ind(a, b, equal_var=False)
    interval = CompareMeans(DescrStatsW(a), DescrStatsW(b)).tconfint_diff(usevar="unequal")
    assert (found.statistic, found.p) == pytest.approx((t, p))
    assert (found.low, found.high) == pytest.approx(interval)


def test_a_ratio_is_the_ratio_of_sums_with_the_variance_of_the_delta_method(rng):
    per = rng.poisson(4, 900) + 1.0
    value = rng.binomial(per.astype(int), 0.3).astype(float)
    found = of(linearised(np.zeros(900, np.int32), 1, value, per))
    ratio, mean = value.sum() / per.sum(), per.mean()
    covariance = np.cov(value, per)
    by_hand = (covariance[0, 0] - 2 * ratio * covariance[0, 1] + ratio**2 * covariance[1, 1]) / mean**2
    assert (found.mean, found.variance) == pytest.approx((ratio, by_hand))


def test_nothing_that_varies_gives_no_p():
    none = Figures(50, 0.0, 0.0, 0)
    assert fixed_horizon("binary", none, none).p is None
    assert fixed_horizon("mean", none, none).low is None
    assert fixed_horizon("mean", Figures(1, 2.0, np.nan, 1), none).p is None


def test_the_confidence_sequence_costs_what_was_computed_for_it():
    assert factor(20_000, 20_000, 0.05) / stats.norm.ppf(0.975) == pytest.approx(1.55, abs=0.005)
    arms = Figures(10_000, 0.06, 0.0564, 600), Figures(10_000, 0.05, 0.0475, 500)
    low, high = confidence_sequence(*arms, tuned_for=20_000)
    t, alpha = 20_000, 0.05
    r2 = (-2 * np.log(alpha) + np.log(-2 * np.log(alpha) + 1)) / 20_000
    spread = np.sqrt(t) * error(*arms)
    half = spread * np.sqrt(2 * (t * r2 + 1) / (t**2 * r2) * np.log(np.sqrt(t * r2 + 1) / alpha))
    assert (low, high) == pytest.approx((0.01 - half, 0.01 + half))
    around = [factor(20_000, tuned, 0.05) for tuned in (10_000, 20_000, 40_000)]
    assert min(around) == around[1], "narrowest at the size that it is tuned for"


def test_it_starts_at_a_hundred_conversions_and_as_many_others():
    enough, few = Figures(5_000, 0.02, 0.0196, 100), Figures(4_950, 0.02, 0.0196, 99)
    assert started("binary", enough, enough)
    assert not started("binary", enough, few)
    assert not started("binary", enough, Figures(150, 0.9, 0.09, 135))
    assert started("mean", Figures(100, 3.0, 1.0, 100), enough)


def test_twenty_looks_without_an_effect_rarely_alarm_and_the_fixed_test_often(rng):
    runs, looks, step = 400, 20, 500
    hits = rng.binomial(step, 0.1, (2, runs, looks)).cumsum(axis=2)
    n = step * np.arange(1, looks + 1)
    p = hits / n
    spread = np.sqrt((p * (1 - p)).sum(axis=0) / n)
    apart = np.abs(p[0] - p[1]) / spread
    reach = np.array([factor(2 * int(size), 20_000, 0.05) for size in n])
    fires = (apart > reach) & (hits.min(axis=0) >= 100)
    assert fires.any(axis=1).mean() <= 0.05
    assert (apart > 1.96).any(axis=1).mean() > 0.15


def test_a_covariate_is_taken_off_as_regression_takes_it(rng):
    n = 3_000
    arm = rng.integers(0, 2, n).astype(np.int32)
    x = rng.normal(50, 7, n)
    y = 0.3 * x + 0.5 * arm + rng.normal(0, 2, n)
    x[rng.random(n) < 0.2] = np.nan
    found = adjusted(arm, 2, y, x)
    known = np.isfinite(x)
    design = np.column_stack([np.ones(n), arm, np.where(known, x, np.nanmean(x)), ~known])
    model = sm.OLS(y, design).fit()
    assert found.theta == pytest.approx(model.params[2])
    assert found.missing == (~known).sum()
    effect = found.value[arm == 1].mean() - found.value[arm == 0].mean()
    assert effect == pytest.approx(model.params[1], abs=2 * model.bse[1])
    within = y - np.array([y[arm == 0].mean(), y[arm == 1].mean()])[arm]
    assert found.variance_removed == pytest.approx(1 - (model.resid**2).sum() / (within**2).sum(), abs=1e-3)


@pytest.mark.parametrize("rho", [0.3, 0.7])
def test_what_a_covariate_gains_is_the_square_of_its_correlation(rng, rho):
    x = rng.normal(size=20_000)
    y = rho * x + np.sqrt(1 - rho**2) * rng.normal(size=20_000)
    assert adjusted(np.zeros(20_000, np.int32), 1, y, x).variance_removed == pytest.approx(rho**2, rel=0.1)


def test_a_covariate_that_says_nothing_changes_nothing():
    y = np.array([1.0, 2.0, 3.0, 4.0])
    for x in (np.full(4, 7.0), np.full(4, np.nan)):
        found = adjusted(np.array([0, 0, 1, 1], np.int32), 2, y, x)
        assert (found.theta, found.variance_removed) == (0.0, pytest.approx(0.0))
        assert found.value.tolist() == pytest.approx(y.tolist())


def test_the_sample_ratio_as_scipy_has_it():
    counts, shares = np.array([700, 190, 110]), np.array([0.7, 0.2, 0.1])
    assert chi_square(counts, shares) == pytest.approx(stats.chisquare(counts, counts.sum() * shares).pvalue)
    even = np.array([0.5, 0.5])
    assert sample_ratio(np.array([51_000, 49_000]), even).status == "block"
    assert sample_ratio(np.array([44_700, 45_489]), even).status == "warn"
    assert sample_ratio(np.array([5_010, 4_990]), even).status == "ok"


def test_the_sequential_check_is_a_fair_bet_at_every_look(rng):
    even = np.array([0.5, 0.5])
    alarms = 0
    for _ in range(200):
        first = rng.binomial(200, 0.5, 50).cumsum()
        looks = np.column_stack([first, 200 * np.arange(1, 51) - first])
        alarms += min(sequential(look, even) for look in looks) < 0.05
    assert alarms <= 16, "5 % of 200, and two standard errors"
    late = np.array([[60, 40], [500, 500]])
    assert sample_ratio(late[1], even, late).sequential_p == sequential(late[0], even) < sequential(late[1], even) == 1


def test_families_as_statsmodels_has_them():
    p = [0.001, 0.02, 0.03, 0.2, 0.04]
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert false_discovery([*p, None])[:5] == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert false_discovery([None]) == [None]


def test_winners_are_drawn_back_by_what_is_known_of_their_like():
    effect, spread = np.array([0.04]), np.array([0.02])
    assert shrunk(effect, spread, around=0.0, spread=0.01)[0] == pytest.approx(0.04 * 0.01**2 / (0.01**2 + 0.02**2))
    alike = np.array([0.011, 0.009, 0.010])
    assert shrunk(alike, np.full(3, 0.01)) == pytest.approx(np.full(3, 0.01)), "no more spread than chance: all alike"
    apart = np.array([-1.0, 0.0, 1.0])
    assert shrunk(apart, np.full(3, 0.01)) == pytest.approx(apart, abs=1e-3)


@pytest.mark.parametrize(
    ("a", "b"), [((3.0, 9.0), (2.0, 7.0)), ((41.0, 460.0), (25.0, 480.0)), ((1.0, 1.0), (1.0, 30.0))]
)
def test_the_bayesian_reading_by_integration(a, b):
    first, second = stats.beta(*a), stats.beta(*b)
    assert greater(a, b) == pytest.approx(integrate.quad(lambda x: first.pdf(x) * second.cdf(x), 0, 1)[0], rel=1e-7)

    def lost(x):  # the expected max(y - x, 0) is the integral of P(y > t) over t from x on
        return first.cdf(x) * second.sf(x)

    assert loss(a, b) == pytest.approx(integrate.quad(lost, 0, 1)[0], rel=1e-6)


def test_a_size_by_hand():
    found = plan(0.05, 0.01, per_day=1_000)
    assert found.per_arm == int(np.ceil((1.959964 + 0.841621) ** 2 * (0.0475 + 0.0564) / 0.01**2)) == 8_155
    assert found.always_per_arm / found.per_arm == pytest.approx(((3.035 + 0.8416) / 2.8016) ** 2, rel=1e-3)
    assert found.days == int(np.ceil(2 * found.always_per_arm / 1_000))
    spread = np.sqrt((0.0475 + 0.0564) / found.per_arm)
    assert minimum_detectable(spread) == pytest.approx(0.01, rel=1e-3)
    assert plan(10, 1, spread=4).per_arm == int(np.ceil(2 * (4 * 2.801585) ** 2))
    assert plan(0.05, 0.01, arms=3).per_arm > found.per_arm


@pytest.mark.parametrize("fields", [{"base": 1.2}, {"detect": 0.0}, {"detect": 0.97}, {"power": 1.0}, {"arms": 1},
                                    {"spread": 0.0}, {"per_day": 0.0}, {"detect": 1e-200}, {"alpha": 1e-320},
                                    {"arms": 10**30}, {"per_day": 1e-300}, {"spread": np.inf}, {"spread": 1e300},
                                    {"base": np.nan, "spread": 1.0}, {"detect": np.inf, "spread": 1.0}])  # fmt: skip
def test_a_size_of_nonsense_is_refused(fields):
    with pytest.raises(BadQuestion):
        plan(**{"base": 0.05, "detect": 0.01, **fields})
