"""What cohorts of a staggered roll-out have in common: the same controls, met on different days of the common clock.

A control unit's run of high days enters every cohort's difference, shifted by the days between the starts, and so
comes back in their average at lags that no AR process of low order knows. The covariance is that of cohorts' residuals
on the same calendar day times the memory of one cohort's series:
cov(e, e') = sum over cohorts g, h of w_g w_h R_gh gamma(g + e - h - e').
"""

from dataclasses import replace

import numpy as np

from desireline.act.beforeafter.autoregression import F64, covariance_of_days, fit, whitened
from desireline.act.beforeafter.cohorts import Plan, series
from desireline.act.beforeafter.estimate import STEP, Series, design
from desireline.act.beforeafter.panel import Panel


def inflated(panel: Panel, plan: Plan, days: Series) -> Series:
    """The series with its `inflation`; of one cohort it is 1, and never less.

    Args:
        panel: of the plan.
        plan: of the series.
        days: the cohorts' average.
    """
    if len(plan.cohorts) < 2:
        return days
    share = np.array([len(one.treated) for one in plan.cohorts]) / plan.treated
    alone = [series(panel, replace(plan, cohorts=[one])) for one in plan.cohorts]
    first = [one.start - plan.before for one in plan.cohorts]
    n, shift = len(days.y), np.array(first) - min(first)
    largest = alone[int(np.argmax(share))]
    memory = fit(np.nan_to_num(largest.y), design(largest))
    gamma = covariance_of_days(memory, n + int(shift.max()) + 1)[0]
    together = _residual_covariance(alone, shift)
    lag = np.arange(n)[:, None] - np.arange(n)[None]
    true = np.zeros((n, n))
    for g, of_g in enumerate(share):
        for h, of_h in enumerate(share):
            true += of_g * of_h * together[g, h] * gamma[np.abs(lag + shift[g] - shift[h])]
    table = design(days)
    found = fit(np.nan_to_num(days.y), table)
    white = whitened(table, found.partial)
    weights = np.linalg.solve(white.T @ white, white.T)[STEP] @ whitened(np.eye(n), found.partial)
    usual = covariance_of_days(found, n)
    ratio = (weights @ true @ weights) / true[0, 0] / ((weights @ usual @ weights) / usual[0, 0])
    return replace(days, inflation=max(1.0, float(np.sqrt(ratio))))


def _residual_covariance(alone: list[Series], shift: np.ndarray) -> F64:
    """float64[cohorts, cohorts]: of residuals on the same calendar day."""
    size = len(alone[0].y) + int(shift.max())
    left = np.full((len(alone), size), np.nan)
    for row, (one, begin) in enumerate(zip(alone, shift.tolist(), strict=True)):
        table, y = design(one), np.nan_to_num(one.y)
        residual = y - table @ np.linalg.lstsq(table, y, rcond=None)[0]
        left[row, begin : begin + len(y)] = np.where(np.isfinite(one.y), residual, np.nan)
    both = left[:, np.isfinite(left).all(0)]
    return np.asarray(both @ both.T / both.shape[1])
