"""95 % intervals of shares, counts, medians and means, and of their differences."""

from math import ceil, floor, sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


class Interval(NamedTuple):
    """The ends of a 95 % interval."""

    low: float
    high: float


def wilson(n: int, of: int) -> Interval:
    """Wilson's score interval of the share n / of; 0 to 1 where there is nothing to share (Wilson 1927).

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if not of:
        return Interval(0.0, 1.0)
    share, spread = n / of, Z * Z / of
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))


def newcombe(a: int, a_of: int, b: int, b_of: int) -> Interval:
    """The interval of a / a_of - b / b_of for two independent groups (Newcombe 1998, method 10).

    >>> [round(end, 4) for end in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    if not a_of or not b_of:
        return Interval(-1.0, 1.0)
    return mover(a / a_of, wilson(a, a_of), b / b_of, wilson(b, b_of))


def mover(a: float, around_a: Interval, b: float, around_b: Interval) -> Interval:
    """The interval of a - b from the intervals of two independent estimates (Zou and Donner 2008).

    With Wilson's intervals of two shares it is `newcombe`.
    """
    return Interval(
        a - b - sqrt((a - around_a.low) ** 2 + (around_b.high - b) ** 2),
        a - b + sqrt((around_a.high - a) ** 2 + (b - around_b.low) ** 2),
    )


def poisson(n: int) -> Interval:
    """The score interval of the mean of a Poisson count (Rao), for counts of people in two periods.

    >>> [round(end, 2) for end in poisson(10)]
    [5.43, 18.41]
    """
    half = Z * sqrt(n + Z * Z / 4)
    return Interval(max(0.0, n + Z * Z / 2 - half), n + Z * Z / 2 + half)


def median_ranks(n: int) -> tuple[int, int] | None:
    """Which order statistics (from 1) bound the median of n values with at least 95 %; None for fewer than 6 values.

    The binomial interval of David and Nagaraja (Order Statistics, 7.1), symmetric and exact.

    >>> median_ranks(10), median_ranks(20), median_ranks(100)
    ((2, 9), (6, 15), (40, 61))
    """
    from scipy.special import bdtr

    low = max(0, floor(n / 2 - Z * sqrt(n) / 2) - 2)
    while low < ceil(n / 2) and bdtr(low, n, 0.5) <= 0.025:
        low += 1
    return (low, n + 1 - low) if low else None


def mean_within(mean: float, error: float, n: int) -> Interval | None:
    """The interval of a mean with a standard error that n independent values gave (Student's t); None for n < 2."""
    from scipy.special import stdtrit

    if n < 2:
        return None
    half = float(stdtrit(n - 1, 0.975)) * error
    return Interval(mean - half, mean + half)
