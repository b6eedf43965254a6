"""Figures of days, as they are expected and judged: counts, shares, or values with their own error."""

from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

Family = Literal["count", "share", "value"]

_NONE: Final = 1.001
"""Noise that is none."""


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


SMALL: Final = 300
"""Up to so many of a day, overdispersed shares are beta-binomial; the Beta itself is as good for more, and quick."""


def scores(days: Daily, mean: F64, noise: float) -> F64:
    """Standard normal scores of the days' mid-p-values under that mean and `noise` times the plain variance.

    Counts: negative binomial of variance noise × mean (Poisson for 1). Shares: beta-binomial of `noise` times the
    binomial variance, or the Beta of that variance at half a count. Mid-p: Lancaster (1961).
    """
    if days.family == "value":
        plain: F64 = (days.value - mean) / np.sqrt(noise * days.size)
        return plain
    if _is_beta(days, noise):
        law = _beta(days, mean, noise)
        at = (np.round(days.value * days.size) + 0.5) / (days.size + 1)
        return _normal(law.cdf(at), law.sf(at))
    whole, law = _law(days, mean, noise)
    half = law.pmf(whole) / 2
    return _normal(law.cdf(whole - 1) + half, law.sf(whole) + half)


def _normal(below: F64, above: F64) -> F64:
    """Out of the smaller tail, so that far days keep their order."""
    found: F64 = np.where(below > above, -stats.norm.ppf(above), stats.norm.ppf(below))
    bounded: F64 = np.clip(found, -37.0, 37.0)
    return bounded


def value_at(days: Daily, mean: F64, noise: float, score: F64) -> F64:
    """The figure whose score it would be."""
    if days.family == "value":
        return mean + score * np.sqrt(noise * days.size)
    if _is_beta(days, noise):
        share = _beta(days, mean, noise).ppf(stats.norm.cdf(score))
        bounded: F64 = np.clip((share * (days.size + 1) - 0.5) / days.size, 0.0, 1.0)
        return bounded
    _, law = _law(days, mean, noise)
    found: F64 = law.ppf(stats.norm.cdf(score))
    return found if days.family == "count" else found / days.size


def _is_beta(days: Daily, noise: float) -> bool:
    return days.family == "share" and noise > _NONE and bool(days.size.max() > SMALL)


def _beta(days: Daily, mean: F64, noise: float) -> "stats.distributions.rv_frozen":
    total = np.maximum(days.size / noise - 1, 1e-3)
    return stats.beta(np.maximum(mean * total, 1e-6), np.maximum((1 - mean) * total, 1e-6))


def _law(days: Daily, mean: F64, noise: float) -> "tuple[F64, stats.distributions.rv_frozen]":
    if days.family == "count":
        whole = np.round(days.value)
        return whole, stats.poisson(mean) if noise <= _NONE else stats.nbinom(mean / (noise - 1), 1 / noise)
    whole = np.round(days.value * days.size)
    if noise <= _NONE:
        return whole, stats.binom(days.size, mean)
    together = np.clip((noise - 1) / np.maximum(days.size - 1, 1), 1e-9, 0.5)
    total = (1 - together) / together
    return whole, stats.betabinom(days.size, np.maximum(mean * total, 1e-6), np.maximum((1 - mean) * total, 1e-6))
