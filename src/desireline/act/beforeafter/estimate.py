"""The step of a series of differences at the day of a change, beside weekdays and a slope."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from desireline.act.beforeafter.autoregression import Fit, degrees_of_freedom, fit

F64 = npt.NDArray[np.float64]

POWER = 0.8
STEP, SLOPE = 0, 2
"""Columns of the design."""


@dataclass(frozen=True)
class Series:
    """A figure a day.

    Attributes:
        y: float64[n], NaN where there is none.
        weekdays: float64[n, 6], contrasts of the days of the week.
        before: so many days lie before the change.
        inflation: how many times larger a standard error is than that of an AR process of the same memory.
    """

    y: F64
    weekdays: F64
    before: int
    inflation: float = 1.0

    def between(self, first: int, last: int, before: int) -> "Series":
        """The days from `first` to before `last`, with `before` of them before a change."""
        return Series(self.y[first:last], self.weekdays[first:last], before, self.inflation)

    def backwards(self) -> "Series":
        """The same days, the last one first: what was after is before."""
        return Series(self.y[::-1], self.weekdays[::-1], len(self.y) - self.before, self.inflation)


@dataclass(frozen=True)
class Estimate:
    """A step with its standard error and Student's t of `df` degrees of freedom.

    Attributes:
        critical: of a 95 % interval, in standard errors.
        p: of no step.
        slope_p: of no slope.
    """

    effect: float
    error: float
    df: float
    critical: float
    p: float
    slope: float
    slope_p: float
    fit: Fit

    @property
    def excess(self) -> float:
        """|effect| in halves of the 95 % interval; above 1 it is an alarm."""
        return abs(self.effect) / (self.critical * self.error)

    def minimum_detectable(self, widened: float) -> float:
        """The smallest step found with a power of 80 %."""
        return float((self.critical * widened + stdtrit(self.df, POWER)) * self.error)


def estimate(series: Series, like: F64 | None = None) -> Estimate:
    """The step at the change.

    The slope is always followed on: two groups that drift apart anyway would pass for a change otherwise, and to ask
    the data whether they drift makes intervals too narrow.

    Args:
        series: with days before and after.
        like: partial autocorrelations of a similar series.
    """
    table, y = design(series), np.nan_to_num(series.y)
    found = fit(y, table, like)
    error = float(np.sqrt(found.covariance[STEP, STEP])) * series.inflation
    df = degrees_of_freedom(found, table, STEP)
    effect, slope = float(found.coefficients[STEP]), float(found.coefficients[SLOPE])
    slope_t = abs(slope) / float(np.sqrt(found.covariance[SLOPE, SLOPE]))
    return Estimate(
        effect=effect, error=error, df=df, critical=float(stdtrit(df, 0.975)),
        p=float(2 * stdtr(df, -abs(effect) / error)), slope=slope / len(y), slope_p=float(2 * stdtr(df, -slope_t)),
        fit=found,
    )  # fmt: skip


def design(series: Series) -> F64:
    """float64[n, k]: step, level, slope, weekdays as far as they are told apart, and a column for each missing day.

    A column of its own for a missing day is exactly the likelihood without that day.
    """
    n = len(series.y)
    step = (np.arange(n) >= series.before).astype(np.float64)
    missing = np.flatnonzero(np.isnan(series.y))
    week = series.weekdays - series.weekdays.mean(0)
    left, sizes, _ = np.linalg.svd(week, full_matrices=False)
    days = left[:, sizes > 1e-6 * np.sqrt(n)]
    own = np.zeros((n, len(missing)))
    own[missing, np.arange(len(missing))] = 1.0
    return np.column_stack((step, np.ones(n), np.arange(n) / n, days, own))


def contrasts(weekday: npt.NDArray[np.int64]) -> F64:
    """float64[n, 6]: weekdays 0..6 as contrasts that sum to zero."""
    table = np.vstack((np.eye(6), -np.ones(6)))
    return table[weekday]
