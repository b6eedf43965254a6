"""How often customers without a contract will buy: the BG/NBD model.

Fader, Hardie and Lee 2005, "Counting Your Customers" the Easy Way. While a customer is alive, purchases follow a
Poisson process whose rate varies among customers as Gamma(r, alpha); after any purchase the customer leaves for good
with a chance that varies as Beta(a, b).
"""

from dataclasses import dataclass

import numpy as np

from desireline.act.lifetime.customers import F64, Customers
from desireline.act.lifetime.fitting import least, same


@dataclass(frozen=True)
class BgNbd:
    """The fitted model; `alpha` is in the unit of time of the customers."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def alive(self, x: F64, recency: F64, age: F64) -> F64:
        """The chance that each customer is still one; 1 for who bought once (equation 7 of Fader and Hardie 2008)."""
        odds = self.a / (self.b + np.maximum(x, 1) - 1) * ((self.alpha + age) / (self.alpha + recency)) ** (self.r + x)
        return np.where(x > 0, 1 / (1 + odds), 1.0)

    def purchases(self, x: F64, recency: F64, age: F64, ahead: float) -> F64:
        """The expected purchases of each customer in a time ahead (equation 10)."""
        from scipy.special import hyp2f1

        a = self.a + 1e-9 if abs(self.a - 1) < 1e-9 else self.a
        ages = self.alpha + age
        rest = (ages / (ages + ahead)) ** (self.r + x)
        series = hyp2f1(self.r + x, self.b + x, a + self.b + x - 1, ahead / (ages + ahead))
        ever: F64 = (a + self.b + x - 1) / (a - 1) * (1 - rest * series)
        return ever * self.alive(x, recency, age)


def fit(customers: Customers) -> BgNbd:
    """The parameters of greatest likelihood.

    Times are measured in the longest age meanwhile, so that no unit of time is harder than another.
    """
    x, recency, age = customers.frequency, customers.recency, customers.age
    (x, recency, age), weight = same(x, recency, age)
    longest = float(age.max())
    found = least(lambda given: -_likelihood(given, x, recency / longest, age / longest, weight), 4)
    r, alpha, a, b = found.parameters
    shift = float((weight * x).sum()) * np.log(longest)
    return BgNbd(r, alpha * longest, a, b, -found.value - shift)


def _likelihood(given: F64, x: F64, recency: F64, age: F64, weight: F64) -> float:
    """The log of equation 6, on the scale of logarithms throughout."""
    from scipy.special import gammaln

    r, alpha, a, b = given
    always = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    always += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    staying = -(r + x) * np.log(alpha + age)
    leaving = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + recency)
    return float((weight * (always + np.logaddexp(staying, np.where(x > 0, leaving, -np.inf)))).sum())
