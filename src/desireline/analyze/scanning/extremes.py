"""How rare a maximum is, and which of many tests hold."""

from math import exp, pi, sqrt

import numpy as np

from desireline.analyze.scope import F64

EULER = 0.5772156649015329
LEAST = 1e-6
"""No p-value below this is told: a fit to some dozens of maxima says nothing about rarer ones."""


def gumbel_tail(observed: float, simulated: F64) -> float:
    """P(maximum >= observed) under a Gumbel distribution fitted to simulated maxima by moments (Abrams et al. 2010).

    >>> round(gumbel_tail(3.0, np.array([1.0, 2.0, 3.0])), 2)
    0.14
    """
    spread = float(simulated.std(ddof=1))
    if spread == 0:
        return 1.0 if observed <= simulated[0] else 0.0
    beta = spread * sqrt(6) / pi
    z = (observed - (float(simulated.mean()) - EULER * beta)) / beta
    return -float(np.expm1(-exp(min(-z, 700.0))))


def p_of(observed: float, simulated: F64) -> float:
    """The p-value of a maximum: its rank among simulated ones; above all of them the tail of a fit."""
    above = int((simulated >= observed).sum())
    by_rank = (above + 1) / (len(simulated) + 1)
    return by_rank if above else max(LEAST, min(gumbel_tail(observed, simulated), by_rank))


def benjamini_hochberg(p: F64) -> F64:
    """The q-value of each p (Benjamini and Hochberg 1995).

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    if not len(p):
        return p
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(q, 1.0)
