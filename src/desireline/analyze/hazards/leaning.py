"""Tell what a touchpoint does now from who leans towards it: decoys are met oftener by people of little intent."""

from math import log
from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from desireline.analyze.scope import F64, I64, Bools

SCALES = (0.1, 0.2, 0.4, 0.8)
SHARES = (0.1, 0.2, 0.4, 0.7)
LEAST = 1e-12


class Effects(NamedTuple):
    """Log hazard ratios against a typical exposure, with their standard errors: float64[exposures] each."""

    value: F64
    error: F64


def plain(now: F64, robust: F64, model: F64, weight: F64, group: I64) -> Effects:
    """Effects without regard to who leans towards what; arguments as below."""
    centred = _against_others(weight, group)
    variances = [(centred @ v @ centred.T).diagonal() for v in (robust, model)]
    return Effects(now - _typical(now, weight, group), np.sqrt(np.maximum(np.maximum(*variances), LEAST)))


def apart_from_leaning(now: F64, met: F64, robust: F64, model: F64, weight: F64, group: I64) -> Effects:
    """Effects at this step, over either view of what earlier meetings say.

    Either an earlier meeting tells nothing of the outcome, or as much as a normal prior allows; how many exposures are
    of the second kind and how wide the prior is maximise the likelihood of all (spike and slab, empirical Bayes). Both
    views are averaged by their probability, and the doubt between them goes into the error.

    Args:
        now: float64[n], log hazard ratios of this step.
        met: float64[n], of having met the exposure by now.
        robust: float64[2 n, 2 n], their covariance, clustered.
        model: the same by the model, which is used where it is larger.
        weight: float64[n], steps of each exposure; 0 takes no part.
        group: int64[n], which exposures are compared with each other.
    """
    n = len(now)
    centred = _against_others(weight, group)
    both = [[centred @ v[a, b] @ centred.T for a, b in _blocks(n)] for v in (robust, model)]
    (vn, vm, vc), (mn, mm, _) = ([np.array(x.diagonal()) for x in blocks] for blocks in both)
    vn, vm = np.maximum(np.maximum(vn, mn), LEAST), np.maximum(np.maximum(vm, mm), LEAST)
    vc = np.clip(vc, -0.99 * np.sqrt(vn * vm), 0.99 * np.sqrt(vn * vm))
    met = met - _typical(met, weight, group)
    tau2, lean = _leaning(met, vm, weight > 0)
    slope: F64 = vc / vm
    rest: F64 = vn - vc * slope
    kept: F64 = tau2 / (tau2 + vm)
    without, within = now - slope * met, now - slope * met * (1 - kept)
    value = (1 - lean) * without + lean * within
    doubt = lean * slope**2 * kept * vm + lean * (1 - lean) * (within - without) ** 2
    return Effects(value - _typical(value, weight, group), np.sqrt(rest + doubt))


def _blocks(n: int) -> list[tuple[slice, slice]]:
    first, second = slice(0, n), slice(n, 2 * n)
    return [(first, first), (second, second), (first, second)]


def _leaning(met: F64, variance: F64, used: Bools) -> tuple[float, F64]:
    """The prior's variance, and the probability of each exposure that earlier meetings tell of the outcome."""
    best, found = -np.inf, (0.0, np.zeros(len(met)))
    for scale in SCALES:
        for share in SHARES:
            spike = (1 - share) * _density(met, variance)
            slab = share * _density(met, variance + scale**2)
            likelihood = float(np.log(np.maximum(spike + slab, 1e-300))[used].sum())
            if likelihood > best:
                best, found = likelihood, (scale**2, slab / np.maximum(spike + slab, 1e-300))
    return found


def _density(value: F64, variance: F64) -> F64:
    return np.asarray(np.exp(-0.5 * value**2 / variance) / np.sqrt(2 * np.pi * variance), np.float64)


def _against_others(weight: F64, group: I64) -> F64:
    """float64[n, n]: takes values to their difference from the mean of their group."""
    same = (group[:, None] == group[None]) * weight[None]
    return np.asarray(np.eye(len(weight)) - same / np.maximum(same.sum(axis=1, keepdims=True), LEAST), np.float64)


def _typical(value: F64, weight: F64, group: I64) -> F64:
    """The weighted median of each one's group: a few that stand out do not move it.

    Where the mean hazard is over twice that of the median, most have next to none, and the mean is typical.
    """
    found = np.zeros(len(value))
    for one in np.unique(group):
        own = np.flatnonzero((group == one) & (weight > 0))
        if len(own):
            order = own[np.argsort(value[own])]
            reached = np.cumsum(weight[order])
            median = value[order[np.searchsorted(reached, reached[-1] / 2)]]
            mean = logsumexp(value[own], b=weight[own]) - log(reached[-1])
            found[group == one] = mean if mean - median > log(2) else median
    return found
