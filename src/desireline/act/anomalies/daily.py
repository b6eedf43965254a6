"""Figures of days, as they are expected and judged: counts, shares, or values with their own error."""

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

Family = Literal["count", "share", "value"]


class Daily(NamedTuple):
    """Days in ascending order; gaps are days without a figure.

    Attributes:
        family: counts are Poisson, shares binomial, values normal, each with more noise than that says.
        day: int64[d], days since 1970.
        value: float64[d], a count, a share of 1, or a value.
        size: float64[d]: how many a share is of; the sampling variance of a value; 1 of a count.
    """

    family: Family
    day: I64
    value: F64
    size: F64

    def part(self, chosen: npt.NDArray[np.bool_] | slice) -> "Daily":
        """Some of the days."""
        return Daily(self.family, self.day[chosen], self.value[chosen], self.size[chosen])


def mean_of(family: Family, linear: F64) -> F64:
    """What is expected where the linear predictor is that: log, logit or identity link."""
    bounded = np.clip(linear, -30.0, 30.0)
    if family == "count":
        return np.exp(bounded)
    return 1.0 / (1.0 + np.exp(-bounded)) if family == "share" else linear


def linear_of(family: Family, mean: F64) -> F64:
    """The other way."""
    if family == "count":
        return np.log(np.maximum(mean, 1e-3))
    if family == "share":
        bounded = np.clip(mean, 1e-6, 1 - 1e-6)
        return np.log(bounded / (1 - bounded))
    return mean


def variance_of(family: Family, mean: F64, size: F64) -> F64:
    """Of one day's figure without any more noise."""
    if family == "count":
        return np.maximum(mean, 1e-9)
    return np.maximum(mean * (1 - mean), 1e-9) / size if family == "share" else size


def slope_of(family: Family, mean: F64) -> F64:
    """By how much the mean rises with the linear predictor."""
    if family == "count":
        return np.maximum(mean, 1e-9)
    return np.maximum(mean * (1 - mean), 1e-9) if family == "share" else np.ones_like(mean)


def scores(days: Daily, mean: F64, noise: float) -> F64:
    """Standard normal scores of the days' mid-p-values under that mean and `noise` times the plain variance.

    Counts: negative binomial of variance noise × mean (Poisson for 1). Shares: beta-binomial of `noise` times the
    binomial variance. Mid-p: Lancaster (1961).
    """
    if days.family == "value":
        found: F64 = (days.value - mean) / np.sqrt(noise * days.size)
        return found
    whole, law = _law(days, mean, noise)
    below, at = law.cdf(whole - 1), law.pmf(whole)
    above = law.sf(whole)
    upper = whole > law.mean()
    found = np.where(upper, -stats.norm.ppf(above + at / 2), stats.norm.ppf(below + at / 2))
    bounded: F64 = np.clip(found, -37.0, 37.0)
    return bounded


def value_at(days: Daily, mean: F64, noise: float, score: F64) -> F64:
    """The figure whose score it would be."""
    if days.family == "value":
        return mean + score * np.sqrt(noise * days.size)
    _, law = _law(days, mean, noise)
    found: F64 = law.ppf(stats.norm.cdf(score))
    return found if days.family == "count" else found / days.size


def _law(days: Daily, mean: F64, noise: float) -> tuple[F64, stats.distributions.rv_frozen]:
    if days.family == "count":
        whole = np.round(days.value)
        if noise <= 1.001:
            return whole, stats.poisson(mean)
        return whole, stats.nbinom(mean / (noise - 1), 1 / noise)
    whole = np.round(days.value * days.size)
    together = np.clip((noise - 1) / np.maximum(days.size - 1, 1), 0.0, 0.5)
    if noise <= 1.001:
        return whole, stats.binom(days.size, mean)
    total = (1 - together) / np.maximum(together, 1e-9)
    return whole, stats.betabinom(days.size, np.maximum(mean * total, 1e-6), np.maximum((1 - mean) * total, 1e-6))
