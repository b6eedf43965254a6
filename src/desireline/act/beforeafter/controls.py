"""Weights of control units that follow the treated ones best on days that they were not fitted to.

Weights are not negative and sum to 1 (Abadie, Diamond and Hainmueller 2010), pulled towards equal weights by a ridge
whose strength forward cross-validation over the days before the change chooses; equal weights are one of the choices,
so that noise does not pick favourites.
"""

import itertools

import numpy as np
from scipy.optimize import nnls

from desireline.act.beforeafter.cohorts import Plan
from desireline.act.beforeafter.panel import F64, Panel, group_mean

RIDGES = (np.inf, 10.0, 1.0, 0.1)
FOLDS = 4
BETTER = 0.9
"""Weights must have at most this part of the squared error of equal weights."""


def cross_validated(panel: Panel, plan: Plan) -> F64 | None:
    """float64[controls]; None where equal weights do as well.

    Args:
        panel: of the plan; only days before the change are read.
        plan: of one cohort with controls.
    """
    (one,) = plan.cohorts
    y = group_mean(panel.values[one.treated])[: one.start]
    x = _filled(panel.values[one.controls][:, : one.start]).T
    there = np.isfinite(y)
    y, x = y[there], x[there]
    if x.shape[1] < 2 or len(y) < 2 * FOLDS * 7:
        return None
    errors = {ridge: _error(y, x, ridge) for ridge in RIDGES}
    best = min(errors, key=lambda ridge: errors[ridge])
    return None if errors[best] > BETTER * errors[np.inf] else weights(y, x, best)


def weights(y: F64, x: F64, ridge: float) -> F64:
    """float64[k]: of the columns of x (float64[n, k]), for changes around the mean of y (float64[n])."""
    k = x.shape[1]
    equal = np.full(k, 1 / k)
    if ridge == np.inf:
        return equal
    centred, target = x - x.mean(0), y - y.mean()
    scale = float(np.sqrt(np.mean(np.square(centred)) * len(y))) or 1.0
    pull = np.sqrt(ridge) * scale
    heavy = 1e3 * scale * np.sqrt(k)
    rows = np.vstack((centred, pull * np.eye(k), heavy * np.ones((1, k))))
    found, _ = nnls(rows, np.concatenate((target, pull * equal, [heavy])))
    return np.asarray(found / found.sum())


def _error(y: F64, x: F64, ridge: float) -> float:
    """Mean squared change of the difference over blocks of days, each from weights of the days before it."""
    edges = np.linspace(len(y) // 2, len(y), FOLDS + 1).astype(int)
    total = 0.0
    for begin, end in itertools.pairwise(edges.tolist()):
        share = weights(y[:begin], x[:begin], ridge)
        left = (y - x @ share)[:end]
        total += float(np.square(left[begin:] - left[:begin].mean()).sum())
    return total


def _filled(values: F64) -> F64:
    """A missing figure as the unit's mean."""
    return np.where(np.isfinite(values), values, np.nanmean(values, axis=1, keepdims=True))
