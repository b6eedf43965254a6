"""How long customers under contract stay: the shifted-beta-geometric model.

Fader and Hardie 2007, How to Project Customer Retention. At the end of every period a customer leaves with a chance
that varies among customers as Beta(alpha, beta); those with a high chance go first, so retention rises by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.act.lifetime.customers import F64
from desireline.act.lifetime.fitting import least
from desireline.errors import BadCounts


@dataclass(frozen=True)
class Sbg:
    """The fitted model."""

    alpha: float
    beta: float
    log_likelihood: float

    def retention(self, periods: int) -> F64:
        """float64[periods]: the chance to stay through period 1, 2, … for who is there when it begins."""
        t = np.arange(1, periods + 1)
        chances: F64 = np.asarray((self.beta + t - 1) / (self.alpha + self.beta + t - 1), np.float64)
        return chances

    def survival(self, periods: int) -> F64:
        """float64[periods + 1]: the share still there after 0, 1, … periods."""
        staying: F64 = np.r_[1.0, np.cumprod(self.retention(periods))]
        return staying

    def lifetime(self, discount: float) -> float:
        """Discounted periods that a new customer pays for, the first at once; `discount` is a period's rate.

        >>> round(Sbg(1.0, 3.0, 0.0).lifetime(0.1), 3)
        4.295
        """
        from scipy.special import hyp2f1

        return float(hyp2f1(1.0, self.beta, self.alpha + self.beta, 1 / (1 + discount)))

    def residual(self, renewals: int, discount: float) -> float:
        """Discounted periods ahead of who has renewed so often and may renew next (Fader and Hardie 2010, DERL)."""
        from scipy.special import hyp2f1

        n = renewals + 1
        first = (self.beta + n - 1) / (self.alpha + self.beta + n - 1)
        return float(first * hyp2f1(1.0, self.beta + n, self.alpha + self.beta + n, 1 / (1 + discount)))


def fit(active: Sequence[int]) -> Sbg:
    """The parameters of greatest likelihood.

    Args:
        active: customers of one cohort at its start and at the end of each period, never rising.

    Raises:
        BadCounts: there are fewer than three counts, one is negative, or they rise.
    """
    known = ("active",)
    for k, count in enumerate(active):
        if count < 0:
            raise BadCounts("sbg", f"active {k}", str(count), "negative", known)
        if k and count > active[k - 1]:
            raise BadCounts("sbg", f"active {k}", f"{count} > {active[k - 1]}", "more_than_all", known)
    if len(active) < 3 or not active[0] or active[-1] == active[0]:
        raise BadCounts("sbg", "active", ", ".join(map(str, active)), "missing", known)
    return fit_stays([-int(lost) for lost in np.diff(active)], [0] * (len(active) - 1) + [active[-1]])


def fit_stays(lost: Sequence[int], kept: Sequence[int]) -> Sbg:
    """The parameters of greatest likelihood, of cohorts that may have begun at different times.

    Args:
        lost: who left at the end of period 1, 2, …
        kept: who was still there when last seen, after 0, 1, 2, … periods: one more than `lost`.

    Raises:
        BadCounts: nobody leaves, or all of them leave at the end of the first period.
    """
    if len(lost) < 2 or not sum(lost) or not (sum(lost[1:]) + sum(kept[1:])):
        raise BadCounts("sbg", "lost", ", ".join(map(str, lost)) or "–", "too_few", ("lost",))
    gone, there = np.asarray(lost, np.float64), np.asarray(kept, np.float64)
    found = least(lambda given: -_likelihood(given, gone, there), 2)
    alpha, beta = found.parameters
    return Sbg(alpha, beta, -found.value)


def _likelihood(given: F64, lost: F64, kept: F64) -> float:
    """Equation 7: P(T = t) = P(T = t - 1) (beta + t - 2) / (alpha + beta + t - 1)."""
    alpha, beta = given
    t = np.arange(1, len(lost) + 1)
    leaving = np.log(alpha) - np.log(alpha + beta + t - 1)
    staying = np.log(beta + t - 1) - np.log(alpha + beta + t - 1)
    reached = np.r_[0.0, np.cumsum(staying)]
    return float((lost * (leaving + reached[:-1])).sum() + (kept * reached).sum())
