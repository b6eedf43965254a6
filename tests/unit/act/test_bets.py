"""What bets can detect, against statsmodels; and how they turned out, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import NormalIndPower

from desireline.act.beforeafter.estimate import Series, contrasts, estimate
from desireline.act.bets import calibration, of_days, of_mean, of_share
from desireline.errors import BadQuestion
from desireline.model.bet import SettledBet
from tests.unit.act.beforeafter.test_autoregression import drawn


def test_a_mean_as_statsmodels():
    found = of_mean(10.0, 50, 14, 2.0)
    assert found.minimum_detectable == pytest.approx(10 * NormalIndPower().solve_power(None, 700, 0.05, 0.8), rel=1e-4)
    assert found.power == pytest.approx(NormalIndPower().power(0.2, 700, 0.05), abs=1e-6)
    assert found.days == np.ceil(NormalIndPower().solve_power(0.2, None, 0.05, 0.8) / 50)


def test_a_share_by_hand():
    """(1.96 + .8416)² (.05 .95 + .06 .94) / .01² = 8,155 a group: .05 to .06, the textbook's case."""
    found = of_share(0.05, 100, 30, 0.01)
    assert found.days == 82
    assert of_share(0.05, 8155, 1).minimum_detectable == pytest.approx(0.01, abs=2e-5)


@given(st.floats(0.01, 0.99), st.integers(20, 5000))
def test_the_smallest_detectable_share_has_a_power_of_four_in_five(base, n):
    """Where both groups would be full or empty the normal approximation ends, and so does the search."""
    least = of_share(base, n, 1).minimum_detectable
    if least < max(base, 1 - base) - 1e-6:
        way = 1 if base <= 0.5 else -1
        assert of_share(base, n, 1, way * least).power == pytest.approx(0.8, abs=1e-3)


def test_days_that_resemble_each_other_say_less():
    found = [of_days(drawn(200, phi, 3), 28) for phi in (0.0, 0.4, 0.8)]
    assert found[0].minimum_detectable < found[1].minimum_detectable < found[2].minimum_detectable


def test_what_a_daily_figure_can_detect_is_what_the_estimate_then_says():
    y = drawn(228, 0.6, 2)
    planned = of_days(y[:200], 28)
    then = estimate(Series(y, contrasts(np.arange(228) % 7), 200))
    assert planned.minimum_detectable == pytest.approx(then.minimum_detectable(1.0), rel=0.1)


def test_twice_the_noise_takes_twice_the_effect_and_the_wait_is_the_first_that_suffices():
    y = drawn(200, 0.3, 1)
    one, two = of_days(y, 28, 0.8), of_days(2 * y, 28, 1.6)
    assert two.minimum_detectable == pytest.approx(2 * one.minimum_detectable, rel=1e-3)
    assert one.days == two.days
    assert of_days(y, one.days).minimum_detectable <= 0.8 < of_days(y, one.days - 7).minimum_detectable


@pytest.mark.parametrize("past", [np.zeros(100), drawn(55, 0.3, 1), np.full(80, np.nan)])
def test_nothing_is_said_of_too_short_or_constant_pasts(past):
    assert of_days(past, 28) is None


@pytest.mark.parametrize("ask", [lambda: of_share(0.0, 10, 10), lambda: of_mean(0.0, 10, 10), lambda: of_mean(1, 0, 1),
                                 lambda: of_share(0.9, 10, 10, 0.2), lambda: of_days(np.ones(90), 0)])  # fmt: skip
def test_figures_that_make_no_sense(ask):
    with pytest.raises(BadQuestion):
        ask()


@pytest.mark.parametrize("tiny", [1e-7, 1e-200, 5e-324])
def test_what_takes_ages_to_be_seen_never_is(tiny):
    assert (of_mean(1.0, 10, 10, tiny).days, of_share(0.5, 10, 10, tiny).days) == (None, None)


def test_calibration_by_hand():
    """Measured over expected: 1, .5, 0 and -.5, mean .25; t(3) 3.1824 times .6455 / 2 gives ± 1.0272."""
    rows = [("a", 10, 10, 8, 12, "worked"), ("b", 10, 5, 1, 9, "worked"), ("c", 4, 0, -5, 5, "no_evidence"),
            ("d", 2, -1, -1.5, -0.5, "harmed"), ("e", 9, None, None, None, "too_early")]  # fmt: skip
    bets = [SettledBet(name=n, expected=e, effect=x, low=low, high=high, verdict=v) for n, e, x, low, high, v in rows]
    found = calibration(bets)
    assert (found.n, found.measured, found.hits, found.hit_rate, found.covered) == (4, 4, 2, 0.5, 2)
    assert (found.ratio, found.ratio_low, found.ratio_high) == pytest.approx((0.25, -0.7772, 1.2772), abs=1e-3)
    assert not found.enough
    empty = calibration(bets[4:])
    assert (empty.n, empty.hit_rate, empty.ratio, empty.low) == (0, None, None, None)
