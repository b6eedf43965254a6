"""Chances and multiplicity: what stands out of the expected when many cells are looked at."""

import numpy as np

from desireline.analyze.scope import F64, I64

Q = 0.05
"""The false-discovery rate at which something stands out."""


def false_discovery(p: F64) -> F64:
    """The q of each p: the least false-discovery rate at which it is picked (Benjamini and Hochberg 1995).

    >>> false_discovery(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    n = len(p)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * n / np.arange(1, n + 1)
    found = np.empty(n)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found


USUAL_SQUARE = 0.4549
"""The median of a squared standard normal variable."""


def scatter(people: I64, of: I64, expected: F64) -> float:
    """How many times the binomial variance cells differ by that are alike, at least 1.

    The median of squared deviations over that of a normal variable, which a few cells with trouble do not move (after
    Spiegelhalter 2005, "Handling over-dispersion of performance indicators").
    """
    spread = expected * (1 - expected / np.maximum(of, 1))
    square = (people - expected)[spread > 0] ** 2 / spread[spread > 0]
    return max(1.0, float(np.median(square)) / USUAL_SQUARE) if len(square) else 1.0


def wide_tail(people: I64, of: I64, expected: F64, times: float) -> F64:
    """As `upper_tail`, for a variance so many `times` the binomial one (normal)."""
    from scipy.special import ndtr

    spread = np.sqrt(np.maximum(times * expected * (1 - expected / np.maximum(of, 1)), 1e-300))
    tail: F64 = ndtr(-(people - 0.5 - expected) / spread)
    return tail


def upper_tail(people: I64, of: I64, expected: F64) -> F64:
    """The probability that at least `people` of `of` units are affected where `expected` are (binomial)."""
    from scipy.special import bdtrc

    share = np.clip(expected / np.maximum(of, 1), 0.0, 1.0)
    return np.where(people > 0, bdtrc(people - 1, of, share), 1.0)
