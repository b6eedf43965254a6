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


def ratio_of_shares(a: int, a_of: int, b: int, b_of: int) -> Interval:
    """The interval of (a / a_of) / (b / b_of) for two independent groups; the upper end is infinite where b is 0.

    MOVER-R of Wilson's intervals (Donner and Zou 2012; Fagerland and Newcombe 2013), for ratios what `newcombe` is for
    differences.

    >>> [round(end, 3) for end in ratio_of_shares(90, 1000, 120, 1000)]
    [0.579, 0.971]
    """
    if not a_of or not b_of or not b:
        return Interval(0.0, float("inf"))
    share, other = a / a_of, b / b_of
    (low, high), (other_low, other_high) = wilson(a, a_of), wilson(b, b_of)
    product = share * other
    below = sqrt(max(0.0, product**2 - low * other_high * (2 * share - low) * (2 * other - other_high)))
    above = sqrt(max(0.0, product**2 - high * other_low * (2 * share - high) * (2 * other - other_low)))
    return Interval(
        low * (2 * share - low) / (product + below) if a else 0.0,  # the numerator made rational: stable for few
        (product + above) / (other_low * (2 * other - other_low)),
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


def adjusted_wald(up: float, neutral: float, down: float) -> Interval:
    """The interval of (up - down) / n of answers in three classes: Wald's after adding 3/4, 3/2 and 3/4 of an answer.

    Rocks (2016), "Interval Estimation for the Net Promoter Score". Widened where it would miss the estimate itself.

    >>> [round(end, 3) for end in adjusted_wald(16, 3, 1)]
    [0.401, 0.904]
    """
    n = up + neutral + down
    if not n:
        return Interval(-1.0, 1.0)
    shares, found = ((up + 0.75) / (n + 3), (down + 0.75) / (n + 3)), (up - down) / n
    middle = shares[0] - shares[1]
    half = Z * sqrt((shares[0] + shares[1] - middle * middle) / (n + 3))
    return Interval(max(-1.0, min(middle - half, found)), min(1.0, max(middle + half, found)))


def mean_of(n: int, total: float, squares: float) -> Interval | None:
    """The interval of a mean from the sum of n independent values and of their squares (Student's t).

    None for fewer than 2 values, and where all are equal: those say nothing of how far the next one may lie.

    >>> [round(end, 3) for end in mean_of(4, 14, 54)]
    [1.446, 5.554]
    """
    if n < 2:
        return None
    spread = squares - total * total / n
    if spread <= 1e-12 * abs(squares):
        return None
    return mean_within(total / n, sqrt(spread / (n - 1) / n), n)


def ratio_of(n: int, top: float, bottom: float, tops: float, bottoms: float, both: float) -> Interval | None:
    """The interval of a ratio of two sums over n independent units (delta method, Student's t).

    The variance is that of top - ratio * bottom over units (Cochran 1977, 6.4). None as in `mean_of`.

    Args:
        n: units.
        top: the sum above.
        bottom: the sum below.
        tops: the sum over units of the squares of what is above.
        bottoms: of the squares of what is below.
        both: of the products of the two.
    """
    if n < 2 or not bottom:
        return None
    ratio = top / bottom
    spread = tops - 2 * ratio * both + ratio * ratio * bottoms
    if spread <= 1e-12 * abs(tops):
        return None
    return mean_within(ratio, sqrt(spread * n / (n - 1)) / abs(bottom), n)
