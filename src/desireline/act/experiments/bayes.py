"""The Bayesian reading of a comparison, which stands beside the verdict and never instead of it."""

from math import exp, isfinite, pi, sqrt

import numpy as np

from desireline.act.experiments.moments import Figures, error
from desireline.model.experiment_result import Beside, MetricKind, Wanted

POINTS = 400


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
    """The probability that a share of Beta(a) is greater than one of Beta(b): the integral of a's density times b's F.

    >>> round(greater((2.0, 1.0), (1.0, 1.0)), 6)
    0.666667
    """
    from scipy.special import betainc, betaincinv

    # in steps of equal probability of a, whose ends the Gauss-Legendre nodes avoid
    at, weight = np.polynomial.legendre.leggauss(POINTS)
    inside = betaincinv(*a, (at + 1) / 2)
    return float((weight / 2 * betainc(*b, inside)).sum())


def loss(chosen: tuple[float, float], other: tuple[float, float]) -> float:
    """The expected max(other - chosen, 0).

    By E[x 1(x > y)] = E[x] P(x' > y) with one more success in x'.
    """
    means = [a / (a + b) for a, b in (chosen, other)]
    other_wins = greater((other[0] + 1, other[1]), chosen) * means[1]
    chosen_loses = (1 - greater((chosen[0] + 1, chosen[1]), other)) * means[0]
    return max(0.0, other_wins - chosen_loses)
