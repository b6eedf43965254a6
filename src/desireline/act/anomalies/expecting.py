"""What a day is expected to be: weekday, trend and season, fitted so that single odd days in the past do not matter.

A generalised linear model with quasi-likelihood (McCullagh and Nelder 1989, 9.2), fitted by iteratively reweighted
least squares with Huber's weights; the noise above the plain variance comes from the median absolute residual.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.act.anomalies.daily import F64, I64, Daily, linear_of, mean_of, scores, slope_of, variance_of

LEAST: Final = 56
"""Days of the past below which nothing is expected."""

PAST: Final = 182
"""Days of the past that are looked at where there is no season to be seen; with it, `SEASON` or more."""

SEASON: Final = 730

_YEAR: Final = 365.25
_HUBER: Final = 1.345
_TURNS: Final = 12
_MAD: Final = 1.4826


@dataclass(frozen=True)
class Expectation:
    """A model of the days before.

    Attributes:
        weights: of the design's columns.
        spread: their covariance, for noise 1.
        noise: how many times the plain variance days have.
        origin, span: of the trend, in days.
        season: whether there are waves of the year in it.
        past: scores of the days before, and which days these are.
    """

    weights: F64
    spread: F64
    noise: float
    origin: float
    span: float
    season: bool
    past: tuple[I64, F64]

    def mean(self, days: Daily) -> F64:
        """What is expected of days."""
        return mean_of(days.family, self._design(days.day) @ self.weights)

    def scores(self, days: Daily, *, fitted: bool = False) -> F64:
        """How far days are off, in standard deviations, the error of the model counted in.

        Args:
            days: to be told.
            fitted: whether they are among those that the model was fitted to.
        """
        x, mean = self._design(days.day), self.mean(days)
        pull = slope_of(days.family, mean) ** 2 / variance_of(days.family, mean, days.size)
        lever = np.einsum("ij,jk,ik->i", x, self.spread, x) * pull
        width = np.sqrt(np.maximum(1 - lever, 0.2) if fitted else 1 + lever)
        found: F64 = scores(days, mean, self.noise) / width
        return found

    def _design(self, day: I64) -> F64:
        return _design(day, self.origin, self.span, season=self.season)


def expectation(days: Daily) -> Expectation | None:
    """The model of some days; None where they are too few or never differ."""
    season = len(days.day) >= SEASON
    used = days.part(slice(-3 * 366 if season else -PAST, None))
    if len(used.day) < LEAST or np.ptp(used.value) == 0:
        return None
    origin, span = float(used.day[-1]), max(1.0, float(used.day[-1] - used.day[0]))
    x = _design(used.day, origin, span, season=season)
    weights, spread, noise = _fitted(used, x)
    empty = (used.day[:0], used.value[:0])
    made = Expectation(weights, spread, noise, origin, span, season, empty)
    return Expectation(weights, spread, noise, origin, span, season, (used.day, made.scores(used, fitted=True)))


def _fitted(days: Daily, x: F64) -> tuple[F64, F64, float]:
    start = np.full(len(days.value), np.median(days.value))
    linear = linear_of(days.family, (days.value + start) / 2 if days.family != "value" else start)
    trust, noise = np.ones(len(linear)), 1.0
    weights = np.zeros(x.shape[1])
    spread: F64 = np.eye(x.shape[1])
    free = max(1, len(linear) - x.shape[1])
    for _ in range(_TURNS):
        mean = mean_of(days.family, linear)
        slope, plain = slope_of(days.family, mean), variance_of(days.family, mean, days.size)
        pull = trust * slope**2 / plain
        spread = np.asarray(np.linalg.pinv(x.T @ (pull[:, None] * x)), np.float64)
        weights = spread @ (x.T @ (pull * (linear + (days.value - mean) / slope)))
        linear = x @ weights
        mean = mean_of(days.family, linear)
        off = (days.value - mean) / np.sqrt(variance_of(days.family, mean, days.size))
        scale = max(_MAD * float(np.median(np.abs(off))) * np.sqrt(len(off) / free), 1e-9)
        noise = max(1.0, scale**2) if days.family != "value" else scale**2
        trust = np.minimum(1.0, _HUBER / np.maximum(np.abs(off) / np.sqrt(noise), 1e-9))
    return weights, spread, noise


def _design(day: I64, origin: float, span: float, *, season: bool) -> F64:
    weekday = (day + 3) % 7  # the first day of 1970 was a Thursday
    columns = [np.ones(len(day)), *((weekday == k).astype(float) for k in range(6))]
    columns.append((day - origin) / span)
    if season:
        turn = 2 * np.pi * day / _YEAR
        columns += [wave(k * turn) for k in (1, 2) for wave in (np.sin, np.cos)]
    return np.column_stack(columns)
