"""Sample ratio mismatch: whether the arms have the sizes that the assignment was to give them."""

from math import exp
from typing import Final

import numpy as np

from desireline.act.experiments.sample import F64, I64
from desireline.model.experiment_result import SampleRatio

WARN: Final = 0.01
BLOCK: Final = 0.001
CONCENTRATION: Final = 1_000.0
"""How near to the intended shares the sequential test looks for others."""


def sample_ratio(counts: I64, shares: F64, course: I64 | None = None) -> SampleRatio:
    """The check of the arms' sizes against the shares they were to have.

    Args:
        counts: int64[arms], all who were assigned.
        shares: float64[arms], adding up to 1.
        course: int64[looks, arms], the counts at earlier looks.
    """
    p = chi_square(counts, shares)
    looks = [counts] if course is None else [*course, counts]
    always = min(sequential(look, shares) for look in looks)
    status = "block" if p < BLOCK else "warn" if p < WARN else "ok"
    return SampleRatio.model_validate({"p": p, "status": status, "sequential_p": always})


def chi_square(counts: I64, shares: F64) -> float:
    """The p of Pearson's goodness of fit.

    >>> round(chi_square(np.array([44_700, 45_489]), np.array([0.5, 0.5])), 4)
    0.0086
    """
    from scipy.special import chdtrc

    expected = shares * counts.sum()
    return float(chdtrc(len(counts) - 1, float(((counts - expected) ** 2 / expected).sum())))


def sequential(counts: I64, shares: F64) -> float:
    """A p that may be looked at after every person (Lindon and Malek 2022).

    The inverse of the Bayes factor of a Dirichlet around the intended shares against these shares themselves.
    """
    from scipy.special import gammaln

    alpha = CONCENTRATION * shares
    found = gammaln(alpha.sum()) - gammaln(alpha.sum() + counts.sum())
    found += (gammaln(alpha + counts) - gammaln(alpha)).sum() - (counts * np.log(shares)).sum()
    return exp(-max(0.0, float(found)))
