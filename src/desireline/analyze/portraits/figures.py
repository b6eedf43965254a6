"""Figures of a group of people with their 95 % intervals, and whether it differs from everybody else."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.scope import F64, Bools
from desireline.model.intervals import Interval, mean_within, median_ranks, wilson


class Estimate(NamedTuple):
    """A value with its 95 % interval (None: there is too little for one) and the people behind it."""

    value: float
    within: Interval | None
    n: int


def share(n: int, of: int) -> Estimate | None:
    """A share with Wilson's interval."""
    return Estimate(n / of, wilson(n, of), n) if of else None


def mean(values: F64) -> Estimate | None:
    """A mean with Student's interval."""
    n = len(values)
    if not n:
        return None
    error = float(values.std(ddof=1)) / n**0.5 if n > 1 else 0.0
    return Estimate(float(values.mean()), mean_within(float(values.mean()), error, n), n)


def median(values: F64) -> Estimate | None:
    """A median with the interval of its order statistics (David and Nagaraja); NaN counts as absent."""
    known = np.sort(values[~np.isnan(values)])
    n = len(known)
    if not n:
        return None
    ranks = median_ranks(n)
    within = None if ranks is None else Interval(float(known[ranks[0] - 1]), float(known[ranks[1] - 1]))
    return Estimate(float(np.median(known)), within, n)


def apart(a: Interval | None, b: Interval | None) -> bool | None:
    """Whether two intervals do not overlap, None where one is missing; touching ends overlap.

    >>> apart(Interval(0.1, 0.2), Interval(0.3, 0.4)), apart(Interval(0.1, 0.3), Interval(0.3, 0.4))
    (True, False)
    """
    return None if a is None or b is None else a.high < b.low or b.high < a.low


def of_people(kind: str, values: F64, who: Bools) -> Estimate | None:
    """The mean or median of the people chosen."""
    return mean(values[who]) if kind == "mean" else median(values[who])
