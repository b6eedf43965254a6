"""Days that stand out: false alarms are as rare as stated on series where nothing is the matter; a fall is found."""

import numpy as np
import pytest
from scipy.stats import betabinom, norm

from desireline.act.anomalies.daily import Daily, scores, value_at
from desireline.act.anomalies.expecting import LEAST, expectation
from desireline.act.anomalies.judging import judged, tails_of

FIRST = 20_000
WEEK = np.array([1.0, 1.1, 1.05, 1.0, 1.2, 0.7, 0.6])
PAST, NEW = 182, 28


def planted(kind: str, rng: np.random.Generator, fall: float = 0.0, past: int = PAST, new: int = NEW) -> Daily:
    """A series with weekdays and a trend of 30 %; `fall` on its last day."""
    day = np.arange(FIRST, FIRST + past + new)
    mean = 400 * WEEK[(day + 3) % 7] * np.exp(0.3 * np.linspace(0, 1, len(day)))
    mean[-1] *= 1 - fall
    if kind == "poisson":
        return Daily("count", day, rng.poisson(mean).astype(float), np.ones(len(day)))
    if kind == "overdispersed":
        return Daily("count", day, rng.negative_binomial(mean / 2, 1 / 3).astype(float), np.ones(len(day)))
    if kind == "carried":
        level = np.zeros(len(day))
        for t in range(1, len(day)):
            level[t] = 0.6 * level[t - 1] + rng.normal(0, 0.06)
        return Daily("count", day, rng.poisson(mean * np.exp(level)).astype(float), np.ones(len(day)))
    if kind == "share":
        of, share = np.round(mean * 10), np.where(day == day[-1], 0.3 * (1 - fall), 0.3)
        return Daily("share", day, rng.binomial(of.astype(int), rng.beta(share * 1500, (1 - share) * 1500)) / of, of)
    variance = 2 / WEEK[(day + 3) % 7]
    value = 50 * np.where(day == day[-1], 1 - fall, 1) + rng.normal(0, np.sqrt(2 * variance))
    return Daily("value", day, value, variance)


@pytest.mark.parametrize("kind", ["poisson", "overdispersed", "carried", "share", "value"])
def test_false_alarms_are_as_rare_as_stated(kind):
    rng = np.random.default_rng(5)
    looks = [judged(planted(kind, rng), FIRST + PAST, 0.05).p for _ in range(8)]
    p = np.concatenate(looks)
    assert len(p) == 8 * NEW
    # 224 days: the 99.9 % range of a true rate of 5 % ends at 10.3 %, of 1 % at 3.6 %
    assert np.mean(p <= 0.05) <= 0.103
    assert np.mean(p <= 0.01) <= 0.036
    assert np.mean(p <= 0.5) >= 0.3, "or nothing would ever be found"


@pytest.mark.parametrize("kind", ["poisson", "share", "value"])
def test_a_fall_of_thirty_per_cent_is_found_among_twenty_kpis_and_two_weeks(kind):
    rng, rate = np.random.default_rng(6), 0.05 / (20 * 14)
    found = [judged(planted(kind, rng, 0.3, new=1), FIRST + PAST, rate).p[0] <= rate for _ in range(10)]
    assert sum(found) >= 9


def test_one_look_at_many_days_rarely_alarms_at_all():
    rng = np.random.default_rng(7)
    rate = 0.05 / NEW
    assert sum((judged(planted("overdispersed", rng), FIRST + PAST, rate).p <= rate).any() for _ in range(10)) <= 3


def test_the_interval_is_where_days_begin_to_stand_out():
    days = planted("overdispersed", np.random.default_rng(8), 0.4)
    found = judged(days, FIRST + PAST, 0.01)
    outside = (days.value[-NEW:] < found.low) | (days.value[-NEW:] > found.high)
    assert np.mean(outside == (found.p <= 0.01)) >= 0.96, "counts jump: an end may be one off"
    assert outside[-1]
    assert ((found.low <= found.expected) & (found.expected <= found.high)).all()


def test_an_odd_past_day_does_not_hide_the_next_one():
    days = planted("poisson", np.random.default_rng(9), 0.3, new=1)
    days.value[60] *= 4
    days.value[100] = 0
    assert judged(days, FIRST + PAST, 0.001).p[0] < 0.001


def test_too_short_or_constant_a_past_says_nothing():
    short = planted("poisson", np.random.default_rng(1), past=LEAST - 1, new=3)
    assert not len(judged(short, FIRST + LEAST - 1, 0.05).day)
    same = Daily("count", np.arange(100), np.full(100, 7.0), np.ones(100))
    assert expectation(same) is None


def test_what_one_day_carries_over_is_found():
    rng = np.random.default_rng(10)
    carried = [tails_of(expectation(planted("carried", rng))).carried for _ in range(6)]
    free = [tails_of(expectation(planted("poisson", rng))).carried for _ in range(6)]
    assert np.mean(carried) > 0.35
    assert np.mean(free) < 0.12


def test_scores_are_those_of_the_distributions():
    # by hand: a Poisson of mean 4 has P(X < 8) = .9489, P(X = 8) = .0298: mid-p above = .0362, score 1.797
    count = Daily("count", np.array([0]), np.array([8.0]), np.ones(1))
    assert scores(count, np.array([4.0]), 1.0)[0] == pytest.approx(1.797, abs=0.002)
    # a binomial of 10 at .5: P(X > 8) = .0107, P(X = 8) = .0439: mid-p above = .0327, score 1.843
    share = Daily("share", np.array([0]), np.array([0.8]), np.array([10.0]))
    assert scores(share, np.array([0.5]), 1.0)[0] == pytest.approx(1.843, abs=0.002)
    # the Beta of large days is the exact beta-binomial to the third digit
    many = Daily("share", np.array([0]), np.array([0.26]), np.array([1000.0]))
    assert scores(many, np.array([0.3]), 3.0)[0] == pytest.approx(
        norm.ppf(betabinom.cdf(259, 1000, 149.55, 348.95) + betabinom.pmf(260, 1000, 149.55, 348.95) / 2), abs=0.01
    )
    value = Daily("value", np.array([0]), np.array([7.0]), np.array([4.0]))
    assert scores(value, np.array([1.0]), 2.25)[0] == pytest.approx(2.0)
    assert value_at(value, np.array([1.0]), 2.25, np.array([2.0]))[0] == pytest.approx(7.0)
