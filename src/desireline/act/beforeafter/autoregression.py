"""Regression with residuals that remember the days before: generalised least squares under AR(p) by REML.

The residual is u_t = phi_1 u_(t-1) + ... + phi_p u_(t-p) + e_t, stationary. All n days count, the first p by their
stationary distribution (Prais and Winsten 1954, for any p by the recursion of Durbin and Levinson). The coefficients
maximise the restricted likelihood (Patterson and Thompson 1971; Cheang and Reinsel 2000 for AR residuals), which loses
less of the autocorrelation in short series than least squares. Intervals are Student's t with the degrees of freedom
of Satterthwaite, so that the autocorrelation's own uncertainty widens them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import toeplitz
from scipy.optimize import minimize, minimize_scalar

F64 = npt.NDArray[np.float64]

ORDERS = (1, 2, 3)
"""Orders that are tried; never 0, since independent days are not to be had."""

LIMIT = 0.995
"""The greatest partial autocorrelation: beyond it the level before says nothing about the level after."""


@dataclass(frozen=True)
class Fit:
    """A regression.

    Attributes:
        coefficients: float64[k]; covariance: float64[k, k].
        variance: of the innovations.
        phi: float64[p].
        partial: float64[p], the same as partial autocorrelations.
        likelihood: of the restricted model, in logs.
    """

    coefficients: F64
    covariance: F64
    variance: float
    phi: F64
    partial: F64
    likelihood: float


def phi_of(partial: F64) -> tuple[list[F64], F64]:
    """Predictors of every order 0..p from partial autocorrelations, and each one's error variance over the last one's.

    >>> orders, variance = phi_of(np.array([0.6]))
    >>> orders[1].tolist(), variance.round(4).tolist()
    ([0.6], [1.5625, 1.0])
    """
    orders = [np.zeros(0)]
    for kappa in partial:
        last = orders[-1]
        orders.append(np.append(last - kappa * last[::-1], kappa))
    shares = np.append(1.0 / (1.0 - np.square(partial)), 1.0)
    return orders, np.cumprod(shares[::-1])[::-1]


def whitened(table: F64, partial: F64) -> F64:
    """float64[n, k]: columns made independent, of variance 1 in units of the innovations."""
    orders, variance = phi_of(partial)
    p, n = len(partial), len(table)
    found = table.copy()
    for lag, phi in enumerate(orders[p], 1):
        found[p:] -= phi * table[p - lag : n - lag]
    for row in range(min(p, n)):
        found[row] = (table[row] - orders[row] @ table[:row][::-1]) / np.sqrt(variance[row])
    return found


def fit(y: F64, x: F64, like: F64 | None = None) -> Fit:
    """Regress y (float64[n]) on x (float64[n, k]).

    Args:
        y: what is explained.
        x: of full rank.
        like: partial autocorrelations of a similar series, whose order is taken and from which the search begins;
            without it the order of least BIC.
    """
    if like is not None:
        return _of(y, x, _partial(y, x, like))
    fits: list[Fit] = []
    for _ in ORDERS:
        fits.append(_of(y, x, _partial(y, x, np.append(fits[-1].partial, 0.0) if fits else np.zeros(1))))
    return min(fits, key=lambda one: len(one.phi) * np.log(len(y)) - 2 * one.likelihood)


def _partial(y: F64, x: F64, start: F64) -> F64:
    table = np.column_stack((x, y))
    if len(start) == 1:
        best = minimize_scalar(
            lambda k: -_likelihood(table, np.array([k])), bounds=(-LIMIT, LIMIT), method="bounded",
            options={"xatol": 1e-4},
        )  # fmt: skip
        return np.array([float(best.x)])
    found = minimize(
        lambda z: -_likelihood(table, LIMIT * np.tanh(z)), np.arctanh(start / LIMIT * 0.999), method="Nelder-Mead",
        options={"xatol": 1e-3, "fatol": 1e-4},
    )  # fmt: skip
    return np.asarray(LIMIT * np.tanh(found.x))


def _likelihood(table: F64, partial: F64) -> float:
    """The restricted log likelihood, sigma profiled out, without constants."""
    n, k = len(table), table.shape[1] - 1
    r = np.linalg.qr(whitened(table, partial), "r")
    diagonal = np.abs(np.diag(r))
    if diagonal.min() <= 0.0:
        return -np.inf
    spread = np.log(phi_of(partial)[1][: len(partial)]).sum()
    return float(-(n - k) * np.log(diagonal[-1]) - np.log(diagonal[:-1]).sum() - spread / 2)


def _of(y: F64, x: F64, partial: F64) -> Fit:
    white = whitened(np.column_stack((x, y)), partial)
    inverse = np.linalg.inv(white[:, :-1].T @ white[:, :-1])
    coefficients = inverse @ (white[:, :-1].T @ white[:, -1])
    left = white[:, -1] - white[:, :-1] @ coefficients
    variance = float(left @ left) / (len(y) - x.shape[1])
    likelihood = _likelihood(np.column_stack((x, y)), partial)
    return Fit(coefficients, inverse * variance, variance, phi_of(partial)[0][-1], partial, likelihood)


def covariance_of_days(found: Fit, n: int) -> F64:
    """float64[n, n]: of n days' residuals."""
    return np.asarray(toeplitz(found.variance * np.array(_autocovariance(found.partial, n))))


def _autocovariance(partial: F64, n: int) -> list[float]:
    """Of lags 0..n - 1, in units of the innovations' variance (Yule-Walker)."""
    orders, variance = phi_of(partial)
    gamma = [float(variance[0])]
    for lag in range(1, n):
        phi = orders[min(lag, len(partial))]
        gamma.append(float(phi @ np.array(gamma[: -len(phi) - 1 : -1])))
    return gamma


def degrees_of_freedom(found: Fit, x: F64, column: int) -> float:
    """Satterthwaite's, 2 V^2 / var V, of the variance V of a coefficient.

    V depends on the innovations' variance (2 / (n - k) of its square) and on phi, whose covariance is
    Gamma^-1 / n (Box and Jenkins 1970, ch. 7); the derivative by phi is numerical.
    """
    n, k = x.shape

    def log_variance(partial: F64) -> float:
        white = whitened(x, partial)
        return float(np.log(np.linalg.inv(white.T @ white)[column, column]))

    here, inwards = log_variance(found.partial), -1e-3 * np.where(found.partial < 0, -1.0, 1.0)
    slopes = np.array([
        (log_variance(found.partial + move) - here) / one
        for move, one in zip(np.diag(inwards), inwards, strict=True)
    ])  # fmt: skip
    spread = float(slopes @ _partial_covariance(found.partial, n) @ slopes)
    return float(2.0 / (2.0 / (n - k) + spread))


def _partial_covariance(partial: F64, n: int) -> F64:
    """float64[p, p]: of estimated partial autocorrelations, through the Jacobian of phi."""
    orders, _ = phi_of(partial)
    p, step = len(partial), 1e-5
    by_partial = np.column_stack([
        (phi_of(partial + step * np.eye(p)[j])[0][-1] - orders[-1]) / step for j in range(p)
    ])  # fmt: skip
    gamma_inverse = np.linalg.inv(toeplitz(_autocovariance(partial, p)))
    back = np.linalg.inv(by_partial)
    return np.asarray(back @ gamma_inverse @ back.T / n)
