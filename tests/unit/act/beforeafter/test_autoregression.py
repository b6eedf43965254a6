"""Regression under AR(p) against statsmodels' GLS with the covariance written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import toeplitz
from statsmodels.regression.linear_model import GLS, GLSAR
from statsmodels.tsa.arima_process import ArmaProcess

from desireline.act.beforeafter.autoregression import degrees_of_freedom, fit, phi_of, whitened
from desireline.act.beforeafter.estimate import STEP, Series, contrasts, design, estimate

PARTIAL = st.lists(st.floats(-0.9, 0.9), min_size=1, max_size=3).map(np.array)


def drawn(n, phi, seed):
    """AR(1) of variance 1, its first value drawn from the same distribution."""
    noise = np.random.default_rng(seed).normal(size=n)
    noise[1:] *= np.sqrt(1 - phi**2)
    for k in range(1, n):
        noise[k] += phi * noise[k - 1]
    return noise


def covariance(partial, n):
    """By statsmodels' theory of ARMA processes."""
    phi = phi_of(partial)[0][-1]
    return toeplitz(ArmaProcess(np.r_[1, -phi], [1.0]).acovf(n))


@given(PARTIAL)
def test_whitening_undoes_the_covariance_of_the_process(partial):
    n = 12
    w = whitened(np.eye(n), partial)
    assert np.allclose(w @ covariance(partial, n) @ w.T, np.eye(n), atol=1e-6)


@pytest.mark.parametrize("seed", [1, 2])
def test_coefficients_and_errors_are_those_of_gls(seed):
    series = Series(drawn(90, 0.6, seed), contrasts(np.arange(90) % 7), 70)
    x = design(series)
    found = fit(series.y, x)
    theirs = GLS(series.y, x, covariance(found.partial, 90)).fit()
    assert found.coefficients == pytest.approx(theirs.params, abs=1e-8)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(theirs.bse, abs=1e-8)


def test_the_restricted_likelihood_is_the_one_written_out_with_dense_matrices():
    """log L_R = -((n - k) log RSS + log det S + log det X'S^-1 X) / 2 up to a constant (Harville 1974)."""
    series = Series(drawn(60, 0.5, 3), contrasts(np.arange(60) % 7), 40)
    x, values = design(series), []
    for partial in (np.array([0.3]), np.array([0.6, -0.2])):
        s = covariance(partial, 60)
        inner = x.T @ np.linalg.solve(s, x)
        left = series.y - x @ np.linalg.solve(inner, x.T @ np.linalg.solve(s, series.y))
        rss = left @ np.linalg.solve(s, left)
        dense = -((60 - x.shape[1]) * np.log(rss) + np.linalg.slogdet(s)[1] + np.linalg.slogdet(inner)[1]) / 2
        from desireline.act.beforeafter.autoregression import _likelihood

        values.append(_likelihood(np.column_stack((x, series.y)), partial) - dense)
    assert values[0] == pytest.approx(values[1], abs=1e-8)


def test_autocorrelation_lies_above_that_of_least_squares_which_is_too_low_in_short_series():
    restricted, usual = [], []
    for seed in range(40):
        series = Series(drawn(70, 0.6, seed), contrasts(np.arange(70) % 7), 56)
        x = design(series)
        restricted.append(fit(series.y, x, np.zeros(1)).phi[0])
        model = GLSAR(series.y, x, 1)
        model.iterative_fit(20)
        usual.append(model.rho[0])
    assert np.mean(usual) < np.mean(restricted) - 0.03
    assert np.mean(restricted) == pytest.approx(0.6, abs=0.05)


def test_a_missing_day_is_a_day_that_is_not_there():
    """The dummy of a missing day gives GLS on the other days with their part of the covariance."""
    y = drawn(80, 0.5, 5)
    y[[3, 20, 21, 70]] = np.nan
    series = Series(y, contrasts(np.arange(80) % 7), 60)
    found, there = estimate(series), np.isfinite(y)
    x = design(Series(np.zeros(80), series.weekdays, 60))[there]
    theirs = GLS(y[there], x, covariance(found.fit.partial, 80)[np.ix_(there, there)]).fit()
    assert (found.effect, found.error) == pytest.approx((theirs.params[STEP], theirs.bse[STEP]), rel=1e-6)


def test_degrees_of_freedom_fall_where_days_resemble_each_other():
    """White noise with phi = 0: 2 / (2 / (n - k) + slope² / n); more memory leaves fewer independent days."""
    series = Series(drawn(168, 0.0, 1), contrasts(np.arange(168) % 7), 140)
    x = design(series)
    by_phi = [degrees_of_freedom(_as_if(fit(series.y, x, np.zeros(1)), phi), x, STEP) for phi in (0.0, 0.3, 0.6)]
    assert by_phi[0] > by_phi[1] > by_phi[2] > 15
    assert by_phi[0] < 168 - x.shape[1]


def _as_if(found, phi):
    from dataclasses import replace

    return replace(found, partial=np.array([phi]), phi=np.array([phi]))
