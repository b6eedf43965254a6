"""From effects and errors to what stands out: unevenness, false discovery rate, shrinkage."""

from math import sqrt

import numpy as np

from desireline.analyze.scope import F64

MEDIAN_OF_SQUARE = 0.454936423119572
"""The median of the square of a standard normal."""

ENOUGH = 4


def unevenness(z: F64) -> float:
    """How many times more effects differ than chance explains, 1 if that may be chance.

    The middle of the squares is compared with a normal's (an empirical null, Efron 2004): the few that stand out do not
    move it. It is believed beyond four of its standard errors (2.33 / sqrt(n) each).
    """
    if len(z) < ENOUGH:
        return 1.0
    found = float(np.median(z**2)) / MEDIAN_OF_SQUARE
    return found if found > 1 + 4 * 2.33 / sqrt(len(z)) else 1.0


def two_sided(z: F64) -> F64:
    """The probability of such a z or a larger one if there is no difference, on either side."""
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-np.abs(z)), np.float64)


def false_discovery(p: F64) -> F64:
    """The q of each p over the whole family (Benjamini and Hochberg 1995).

    >>> false_discovery(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    order = np.argsort(p)
    ratio = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0)
    return q


def shrunk(value: F64, error: F64) -> F64:
    """Effects moved towards none: the posterior means of a normal prior around 0 whose variance fits them all.

    The variance is that of DerSimonian and Laird (1986) around a known mean of 0.
    """
    if not len(value):
        return value
    weight = 1 / error**2
    excess = float((weight * value**2).sum()) - len(value)
    spread = max(0.0, excess / float(weight.sum()))
    return value * spread / (spread + error**2)
