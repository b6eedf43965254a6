"""What a share or a mean of people can show, two groups of equal size compared once at 5 % two-sided."""

from math import ceil, sqrt

from desireline.errors import BadQuestion
from desireline.model.bet import BetKind, Detectable
from desireline.model.intervals import Z

Z_POWER = 0.8416212335729143
"""The 80 % point of the normal distribution."""

LONGEST = 36_500
"""Days that are told; an effect that takes longer to be seen never is."""


def of_share(base: float, per_day: float, days: int, expected: float | None = None) -> Detectable:
    """Of a share.

    n a group = (z_{.975} + z_{.8})² (p q + p' q') / (p' - p)², p' the share with the change (Fleiss, 2.14 without
    continuity); the smallest effect solves it for p' above p, and below p where there is no room above.

    Args:
        base: the share without the change.
        per_day: people a day in each group.
        days: how long is waited.
        expected: the change of the share that is bet on.

    Raises:
        BadQuestion: a figure makes no sense.
    """
    _check(0 < base < 1, "base", base, "0 < base < 1")
    _check(expected is None or (expected != 0 and 0 < base + expected < 1), "expected", expected, "0 < base + … < 1")
    n = _people(per_day, days)
    way = 1.0 if base <= 0.5 else -1.0
    low, high = 0.0, 1 - base if way > 0 else base
    for _ in range(60):
        middle = (low + high) / 2
        found = _needed(_variance(base, base + way * middle), middle) <= n
        low, high = (low, middle) if found else (middle, high)
    variance = None if expected is None else _variance(base, base + expected)
    return _told("share", high, variance, expected, n, per_day)


def of_mean(spread: float, per_day: float, days: int, expected: float | None = None) -> Detectable:
    """Of a mean whose single values have the standard deviation `spread`; else as `of_share`.

    Raises:
        BadQuestion: a figure makes no sense.
    """
    _check(spread > 0, "spread", spread, "> 0")
    _check(expected is None or expected != 0, "expected", expected, "≠ 0")
    n, variance = _people(per_day, days), 2 * spread**2
    return _told("mean", (Z + Z_POWER) * sqrt(variance / n), variance, expected, n, per_day)


def _told(
    kind: BetKind, least: float, variance: float | None, expected: float | None, n: int, per_day: float
) -> Detectable:
    if expected is None or variance is None:
        return Detectable(kind=kind, minimum_detectable=least, power=None, days=None, n=n)
    from scipy.special import ndtr

    reach = abs(expected) / sqrt(variance / n)
    wait = _needed(variance, expected) / per_day
    return Detectable(
        kind=kind, minimum_detectable=least, power=float(ndtr(reach - Z) + ndtr(-reach - Z)),
        days=ceil(wait) if wait <= LONGEST else None, n=n,
    )  # fmt: skip


def _variance(p: float, other: float) -> float:
    return p * (1 - p) + other * (1 - other)


def _needed(variance: float, effect: float) -> float:
    root = (Z + Z_POWER) * sqrt(variance) / abs(effect)
    return root * root


def _people(per_day: float, days: int) -> int:
    _check(per_day > 0, "per_day", per_day, "> 0")
    _check(days >= 1, "days", days, "≥ 1")
    return max(2, int(per_day * days))


def _check(fits: bool, parameter: str, given: float | None, expected: str) -> None:
    if not fits:
        raise BadQuestion(parameter=parameter, given=str(given), expected=expected)
