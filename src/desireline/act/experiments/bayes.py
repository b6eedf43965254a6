"""The Bayesian reading of a comparison, which stands beside the verdict and never instead of it."""

from functools import lru_cache
from math import exp, isfinite, pi, sqrt

import numpy as np

from desireline.act.experiments.moments import Figures, error
from desireline.act.experiments.sample import F64
from desireline.model.experiment_result import Beside, MetricKind, Wanted

POINTS = 160


def beside(kind: MetricKind, treatment: Figures, control: Figures, direction: Wanted, adjusted: bool) -> Beside | None:
    """The probability that the treatment is better, and what choosing it costs on average where it is worse.

    Shares: Beta(1 + conversions, 1 + others) of each arm. Otherwise a flat prior and normal means.
    """
    if kind == "binary" and not adjusted:
        if not treatment.n or not control.n:
            return None
        shares = [(1.0 + a.conversions, 1.0 + a.n - a.conversions) for a in (treatment, control)]
        better, worse = shares if direction == "up" else shares[::-1]
        return Beside(probability_better=greater(better, worse), expected_loss=loss(better, worse))
    spread = error(treatment, control)
    if not isfinite(spread) or not spread:
        return None
    z = (treatment.mean - control.mean) / spread * (1 if direction == "up" else -1)
    return _normal(z, spread)


def _normal(z: float, spread: float) -> Beside:
    from scipy.special import ndtr

    density = exp(-z * z / 2) / sqrt(2 * pi)
    return Beside(probability_better=float(ndtr(z)), expected_loss=spread * (density - z * float(ndtr(-z))))


def greater(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The probability that a share of Beta(a) is greater than one of Beta(b).

    >>> round(greater((2.0, 1.0), (1.0, 1.0)), 9)
    0.666666667
    """
    from scipy.special import betainc

    x, mass = _spread_out(a)
    return float(mass @ betainc(*b, x))


def loss(chosen: tuple[float, float], other: tuple[float, float]) -> float:
    """The expected max(other - chosen, 0).

    Over x of the chosen one, E[max(y - x, 0)] = E[y] P(y' > x) - x P(y > x), with one more success in y'.
    """
    from scipy.special import betaincc

    (x, mass), (a, b) = _spread_out(chosen), other
    return max(0.0, float(mass @ (a / (a + b) * betaincc(a + 1, b, x) - x * betaincc(a, b, x))))


def _spread_out(of: tuple[float, float]) -> tuple[F64, F64]:
    """Gauss-Legendre nodes over ten standard deviations to each side of the mean, and the probability that each has."""
    from scipy.special import betaln, xlog1py, xlogy

    a, b = of
    mean, reach = a / (a + b), 10 * sqrt(a * b / (a + b + 1)) / (a + b)
    low, high = max(0.0, mean - reach), min(1.0, mean + reach)
    nodes, weights = _legendre()
    x = low + (nodes + 1) / 2 * (high - low)
    density = np.exp(xlogy(a - 1, x) + xlog1py(b - 1, -x) - betaln(a, b))
    return x, weights / 2 * (high - low) * density


@lru_cache(maxsize=1)
def _legendre() -> tuple[F64, F64]:
    return np.polynomial.legendre.leggauss(POINTS)
