"""What a customer's purchases are worth on average: the Gamma-Gamma model.

Fader, Hardie and Lee 2005, RFM and CLV; Fader and Hardie 2013, The Gamma-Gamma Model of Monetary Value. It takes for
granted that how much is spent has nothing to do with how often: `correlation` says whether the data agree.
"""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np

from desireline.act.lifetime.customers import F64, Customers
from desireline.act.lifetime.fitting import least
from desireline.model.intervals import Interval, Z

LINKED = 0.3
"""Correlation of spend and frequency from which the model's assumption does not hold."""


@dataclass(frozen=True)
class GammaGamma:
    """The fitted model; `gamma` is in money."""

    p: float
    q: float
    gamma: float
    log_likelihood: float
    customers: int

    def expected(self, x: F64, mean: F64) -> F64:
        """The expected mean amount of each customer's future purchases (equation 5 of the note of 2013).

        NaN where q is not above 1 and nothing is known of a customer: that mean does not exist.
        """
        below = self.p * x + self.q - 1
        return np.where(below > 0, self.p * (self.gamma + x * mean) / np.where(below > 0, below, 1), np.nan)


def fit(customers: Customers) -> GammaGamma | None:
    """The parameters of greatest likelihood of customers who bought again; None where fewer than ten did.

    Amounts are measured in their mean meanwhile, so that no currency is harder than another.
    """
    if customers.value is None:
        return None
    some = (customers.frequency > 0) & (customers.value > 0)
    x, mean = customers.frequency[some], customers.value[some]
    if len(x) < 10:
        return None
    size = float(mean.mean())
    found = least(lambda given: -_likelihood(given, x, mean / size), 3)
    p, q, gamma = found.parameters
    return GammaGamma(p, q, gamma * size, -found.value - len(x) * float(np.log(size)), len(x))


def _likelihood(given: F64, x: F64, mean: F64) -> float:
    """The log of equation 1a of the note of 2013."""
    from scipy.special import gammaln

    p, q, gamma = given
    every = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
    every += (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(gamma + x * mean)
    return float(every.sum())


def correlation(customers: Customers) -> tuple[float, Interval | None] | None:
    """Pearson's correlation of frequency and mean spend of those who bought again, with Fisher's interval."""
    if customers.value is None:
        return None
    some = (customers.frequency > 0) & (customers.value > 0)
    x, mean = customers.frequency[some], customers.value[some]
    if len(x) < 3 or x.std() == 0 or mean.std() == 0:
        return None
    r = float(np.corrcoef(x, mean)[0, 1])
    if len(x) < 4 or abs(r) >= 1:
        return r, None
    half = Z / sqrt(len(x) - 3)
    return r, Interval(tanh(atanh(r) - half), tanh(atanh(r) + half))
