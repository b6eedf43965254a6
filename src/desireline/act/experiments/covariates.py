"""CUPED: what was known of people before the experiment takes its part of the variance away."""

from dataclasses import dataclass

import numpy as np

from desireline.act.experiments.sample import F64, I32


@dataclass(frozen=True, eq=False)
class Adjusted:
    """Outcomes without what the covariate explains.

    Attributes:
        value: float64[people].
        theta: change of the outcome for one unit of the covariate.
        variance_removed: share of the variance within arms.
        missing: people without the covariate.
    """

    value: F64
    theta: float
    variance_removed: float
    missing: int


def adjusted(arm: I32, arms: int, value: F64, covariate: F64) -> Adjusted:
    """The outcome minus theta (X - mean X), theta pooled over the arms (Deng, Xu, Kohavi and Walker 2013).

    People without the covariate get its mean and an indicator of their own, so that nobody is left out.

    Args:
        arm: int32[people].
        arms: how many there are.
        value: float64[people], all finite.
        covariate: float64[people], NaN where it is not known.
    """
    known = np.isfinite(covariate)
    missing = int((~known).sum())
    middle = float(covariate[known].mean()) if known.any() else 0.0
    scale = float(covariate[known].std()) if known.any() else 0.0
    columns = [np.where(known, (covariate - middle) / (scale or 1.0), 0.0)]
    if missing:
        columns.append((~known).astype(np.float64))
    inside = [_within(arm, arms, column) for column in columns]
    apart = _within(arm, arms, value)
    products = np.array([[float(a @ b) for b in inside] for a in inside])
    theta = np.linalg.lstsq(products, np.array([float(a @ apart) for a in inside]), rcond=None)[0]
    cleared = value.copy()
    for column, slope in zip(columns, theta, strict=True):
        cleared -= slope * (column - column.mean())
    left = _within(arm, arms, cleared)
    before = float(apart @ apart)
    removed = 1 - float(left @ left) / before if before else 0.0
    return Adjusted(cleared, float(theta[0]) / (scale or 1.0), removed, missing)


def _within(arm: I32, arms: int, value: F64) -> F64:
    """Distances from the mean of the own arm."""
    n = np.maximum(np.bincount(arm, minlength=arms), 1)
    found: F64 = value - (np.bincount(arm, value, minlength=arms) / n)[arm]
    return found
