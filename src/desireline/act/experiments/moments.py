"""Counts, means and variances of arms: all that effects and their intervals are made of."""

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

from desireline.act.experiments.sample import F64, I32, I64


@dataclass(frozen=True, eq=False)
class Moments:
    """Figures of cells of people, arms most often.

    Attributes:
        n: int64[cells].
        mean: float64[cells], NaN where nobody is.
        variance: float64[cells] of single values, NaN for fewer than two.
        conversions: int64[cells], values that are not 0.
    """

    n: I64
    mean: F64
    variance: F64
    conversions: I64

    def one(self, cell: int) -> "Figures":
        """The figures of one cell."""
        return Figures(
            int(self.n[cell]), float(self.mean[cell]), float(self.variance[cell]), int(self.conversions[cell])
        )


@dataclass(frozen=True)
class Figures:
    """n people, their mean value, the variance of single values, and how many values are not 0."""

    n: int
    mean: float
    variance: float
    conversions: int


def error(a: Figures, b: Figures) -> float:
    """The standard error of the difference of two means of independent groups; infinite where one cannot be had."""
    if a.n < 2 or b.n < 2:
        return inf
    return sqrt(a.variance / a.n + b.variance / b.n)


def moments(cell: I32, cells: int, value: F64) -> Moments:
    """The moments of known values by cell.

    Args:
        cell: int32[people].
        cells: how many there are.
        value: float64[people], all finite.
    """
    n = np.bincount(cell, minlength=cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(cell, value, minlength=cells) / n
        apart = value - mean[cell]
        squares = np.bincount(cell, apart * apart, minlength=cells)
        variance = np.where(n > 1, squares / np.maximum(n - 1, 1), nan)
    return Moments(n, mean, variance, np.bincount(cell[value != 0], minlength=cells))


def linearised(cell: I32, cells: int, value: F64, per: F64) -> F64:
    """float64[people] whose mean by cell is the ratio of sums, and whose variance is that of the delta method.

    R + (value - R per) / mean(per), with R the ratio of the cell (Deng, Knoblich and Lu 2018); NaN where the
    denominators of a cell add up to nothing.
    """
    n = np.bincount(cell, minlength=cells)
    below = np.bincount(cell, per, minlength=cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(below != 0, np.bincount(cell, value, minlength=cells) / below, nan)
        scale = n / below
    found: F64 = ratio[cell] + (value - ratio[cell] * per) * scale[cell]
    return found
