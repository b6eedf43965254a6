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


def upper_tail(people: I64, of: I64, expected: F64) -> F64:
    """The probability that at least `people` of `of` units are affected where `expected` are (binomial)."""
    from scipy.special import bdtrc

    share = np.clip(expected / np.maximum(of, 1), 0.0, 1.0)
    return np.where(people > 0, bdtrc(people - 1, of, share), 1.0)
