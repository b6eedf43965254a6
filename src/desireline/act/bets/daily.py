"""What a daily figure can show: its past says how much its days vary and how far they resemble each other."""

import numpy as np
from scipy.special import stdtr, stdtrit

from desireline.act.beforeafter.autoregression import F64, Fit, degrees_of_freedom, fit, phi_of, whitened
from desireline.act.beforeafter.estimate import POWER, STEP, Series, contrasts, design
from desireline.act.beforeafter.placebo import LEAST_BEFORE
from desireline.errors import BadQuestion
from desireline.model.bet import Detectable

LONGEST = 365


def of_days(past: F64, days: int, expected: float | None = None) -> Detectable | None:
    """The smallest step that a before/after would find four times in five.

    Args:
        past: float64[n], daily differences to control (or the figure itself if nobody is compared with), NaN where
            there is none; the last day is the day before the change.
        days: how long is waited after the change.
        expected: the step that is bet on.

    Returns:
        None with fewer than 56 days, or where nothing varies.

    Raises:
        BadQuestion: a figure makes no sense.
    """
    if days < 1 or expected == 0:
        raise BadQuestion(parameter="days", given=str(days), expected="≥ 1; expected ≠ 0")
    there = np.isfinite(past)
    if there.sum() < LEAST_BEFORE or np.ptp(past[there]) == 0:
        return None
    before = _days(past, len(past))
    known = fit(np.nan_to_num(past), design(before)[:, 1:])
    least, power = _reach(known.partial, known.variance, past, days, expected)
    wait = None if expected is None else _wait(known.partial, known.variance, past, abs(expected))
    return Detectable(kind="daily", minimum_detectable=least, power=power, days=wait, n=days)


def _reach(
    partial: F64, variance: float, past: F64, after: int, expected: float | None
) -> tuple[float, float | None]:  # fmt: skip
    """The smallest step found with a power of 80 %, and the power for the expected one."""
    table = design(_days(np.append(past, np.zeros(after)), len(past)))
    white = whitened(table, partial)
    covariance = np.asarray(np.linalg.inv(white.T @ white) * variance, np.float64)
    as_if = Fit(np.zeros(table.shape[1]), covariance, variance, phi_of(partial)[0][-1], partial, 0.0)
    df, error = degrees_of_freedom(as_if, table, STEP), float(np.sqrt(covariance[STEP, STEP]))
    critical = float(stdtrit(df, 0.975))
    least = (critical + float(stdtrit(df, POWER))) * error
    return least, None if expected is None else float(stdtr(df, abs(expected) / error - critical))


def _wait(partial: F64, variance: float, past: F64, expected: float) -> int | None:
    """The first whole week after which the expected step would be found; None within a year."""
    for after in range(7, LONGEST, 7):
        if _reach(partial, variance, past, after, None)[0] <= expected:
            return after
    return None


def _days(y: F64, before: int) -> Series:
    return Series(y, contrasts(np.arange(len(y)) % 7), before)
