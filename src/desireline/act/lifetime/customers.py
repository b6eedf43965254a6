"""What models of repeat buying know of customers: how often, how recently, how long watched, and what they spent."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

UNITS: Final = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
"""Days of a unit of time."""


@dataclass(frozen=True, eq=False)
class Customers:
    """Customers as repeat buyers.

    Attributes:
        ids: of each.
        frequency: float64[n], repeat purchases: days with a purchase after the first such day.
        recency: float64[n], time from the first to the last purchase.
        age: float64[n], time from the first purchase to the end of the observation.
        value: float64[n], mean amount of a repeat purchase, 0 without any; None where amounts are unknown.
    """

    ids: list[str]
    frequency: F64
    recency: F64
    age: F64
    value: F64 | None

    @property
    def repeating(self) -> int:
        """How many bought again."""
        return int((self.frequency > 0).sum())


def purchase_days(customer: I64, day: I64, amount: F64) -> tuple[I64, I64, F64]:
    """Purchases of one day as one; days on which refunds take all back are none. A gift is one, for 0.

    Returns:
        Customer, day and net amount, by customer and day.
    """
    order = np.lexsort((day, customer))
    customer, day, amount = customer[order], day[order], amount[order]
    first = np.flatnonzero(np.r_[True, (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])])
    if not len(first):
        return customer, day, amount
    net = np.add.reduceat(amount, first)
    real = (net > 0) | (np.minimum.reduceat(amount, first) >= 0)
    return customer[first][real], day[first][real], net[real]


def summarised(ids: list[str], bought: tuple[I64, I64, F64], end: int, unit: str, *, priced: bool) -> Customers:
    """Customers from their days of purchase up to the day `end`; who had not bought by then is left out.

    Args:
        ids: of the customers.
        bought: as `purchase_days` gives it, days as numbers.
        end: the last day of the observation.
        unit: of `UNITS`.
        priced: whether amounts are known.
    """
    customer, day, amount = (column[bought[1] <= end] for column in bought)
    first = np.flatnonzero(np.r_[True, customer[1:] != customer[:-1]]) if len(customer) else np.zeros(0, np.int64)
    last = np.r_[first[1:], len(customer)] - 1
    frequency = (last - first).astype(np.float64)
    spent = (np.add.reduceat(amount, first) if len(first) else amount) - amount[first]
    length = UNITS[unit]
    return Customers(
        [ids[k] for k in customer[first]], frequency, (day[last] - day[first]) / length, (end - day[first]) / length,
        np.divide(spent, frequency, out=np.zeros(len(first)), where=frequency > 0) if priced else None,
    )  # fmt: skip
