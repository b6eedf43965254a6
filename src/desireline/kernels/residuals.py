"""Counts as normal scores: randomised quantile residuals of the beta-binomial distribution (Dunn and Smyth 1996)."""

from math import exp, lgamma
from typing import Final

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import F64, I32, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges

MOST: Final = 200
"""Counts of more events are scaled down to so many: by then the mixing of shares outweighs the drawing of events."""

LEAST_SPREAD: Final = 1e-6


@compiled
def _below(x: int, n: int, a: float, b: float) -> tuple[float, float]:
    """P(X < x) and P(X = x) of the beta-binomial distribution with n draws."""
    here = exp(lgamma(n + b) - lgamma(b) + lgamma(a + b) - lgamma(n + a + b))
    below = 0.0
    for k in range(x):
        below += here
        here *= (n - k) * (a + k) / ((k + 1) * (b + n - k - 1))
    return below, here


@compiled
def _places(x: I32, of: I32, share: float, spread: float, chance: F64, lo: int, hi: int, place: F64) -> None:
    flip = share > 0.5
    p = 1 - share if flip else share
    a, b = p * (1 - spread) / spread, (1 - p) * (1 - spread) / spread
    for i in range(lo, hi):
        n, k = of[i], of[i] - x[i] if flip else x[i]
        if n > MOST:
            n, k = MOST, int(k * (MOST / n) + 0.5)
        below, here = _below(k, n, a, b)
        u = below + chance[i] * here
        place[i] = 1 - u if flip else u


def places(x: I32, of: I32, share: float, spread: float, chance: F64) -> npt.NDArray[np.float64]:
    """Where each count lies in the distribution it would have if all units drew from one population of shares.

    The population is a beta distribution; a place within the step of a count is drawn. Without structure places are
    uniform whatever the number of events, so that short and long journeys can be held against each other.

    Args:
        x: int32[units].
        of: int32[units], x of so many events.
        share: the mean of the shares, in (0, 1).
        spread: the correlation of two events of one unit, in (0, 1); see `moments`.
        chance: float64[units] in [0, 1).

    Returns:
        float64[units] in [0, 1].
    """
    x, of, chance = frozen(x), frozen(of), frozen(chance)
    found = np.empty(len(x))
    each(lambda lo, hi: _places(x, of, share, spread, chance, lo, hi, found), row_ranges(len(x)))
    return found


def moments(x: I32, of: I32) -> tuple[float, float]:
    """The pooled share x / of, and the correlation of two events of one unit by moments, at least 1e-6, at most 0.9.

    >>> moments(np.array([0, 4], np.int32), np.array([4, 4], np.int32))
    (0.5, 0.9)
    """
    n = of.astype(np.float64)
    share = float(x.sum() / max(n.sum(), 1))
    chance, pairs = share * (1 - share), float((n * (n - 1)).sum())
    if not chance or not pairs:
        return share, LEAST_SPREAD
    spread = float((((x - n * share) ** 2) - n * chance).sum()) / (pairs * chance)
    return share, min(max(spread, LEAST_SPREAD), 0.9)
