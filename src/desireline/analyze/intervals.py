"""95 % intervals of shares and of their differences."""

from math import sqrt
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
    first, second = a / a_of, b / b_of
    (low_a, high_a), (low_b, high_b) = wilson(a, a_of), wilson(b, b_of)
    difference = first - second
    return Interval(
        difference - sqrt((first - low_a) ** 2 + (high_b - second) ** 2),
        difference + sqrt((high_a - first) ** 2 + (second - low_b) ** 2),
    )
