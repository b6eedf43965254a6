"""Customer lifetime value: expected purchases times their expected worth, discounted, for each customer."""

import numpy as np

from desireline.act.lifetime.bg_nbd import BgNbd
from desireline.act.lifetime.customers import F64, UNITS, Customers
from desireline.act.lifetime.gamma_gamma import GammaGamma

MONTH = UNITS["month"]


def worth(
    customers: Customers, buying: BgNbd, spending: GammaGamma, unit: str, months: int, discount: float, margin: float
) -> F64:
    """float64[customers]: the margin of the months ahead, each month discounted to today.

    Args:
        customers: whose.
        buying: how often.
        spending: how much.
        unit: of time, as the customers and `buying` have it.
        months: ahead.
        discount: a year's rate, such as .1.
        margin: part of an amount that is earned.
    """
    x, recency, age = customers.frequency, customers.recency, customers.age
    known = customers.value if customers.value is not None else np.zeros(len(x))
    total, before = np.zeros(len(x)), np.zeros(len(x))
    for month in range(1, months + 1):
        by_then = buying.purchases(x, recency, age, month * MONTH / UNITS[unit])
        total += (by_then - before) / (1 + discount) ** (month / 12)
        before = by_then
    return total * spending.expected(x, known) * margin
