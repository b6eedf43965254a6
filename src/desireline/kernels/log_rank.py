"""The log-rank comparison of groups, over sorted times in one pass."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled

F64 = npt.NDArray[np.float64]


class Compared(NamedTuple):
    """float64[groups], events less those expected of equal groups; float64[groups, groups], their covariance."""

    excess: F64
    covariance: F64


@compiled
def _log_rank(time: I64, reached: Bools, group: I32, at_risk: F64, here: F64, excess: F64, covariance: F64) -> None:
    i, groups = 0, len(at_risk)
    while i < len(time):
        now, events, risk, end = time[i], 0.0, at_risk.sum(), i
        here[:] = 0.0
        while end < len(time) and time[end] == now:
            if reached[end]:
                excess[group[end]] += 1.0
                events += 1.0
            here[group[end]] += 1.0
            end += 1
        if events > 0.0:
            for g in range(groups):
                excess[g] -= events * at_risk[g] / risk
        if events > 0.0 and risk > 1.0:
            spread = events * (risk - events) / (risk - 1.0) / risk
            for g in range(groups):
                covariance[g, g] += spread * at_risk[g]
                for h in range(groups):
                    covariance[g, h] -= spread * at_risk[g] * at_risk[h] / risk
        at_risk -= here
        i = end


def log_rank(time: I64, reached: Bools, group: I32, groups: int) -> Compared:
    """Compare groups by their events and those expected at every time (Mantel 1966; hypergeometric covariance).

    Args:
        time: int64[n], ascending; of the event, or until which a unit was watched.
        reached: bool[n], whether it is the time of an event.
        group: int32[n].
        groups: how many there are.
    """
    at_risk = np.bincount(group, minlength=groups).astype(np.float64)
    found = Compared(np.zeros(groups), np.zeros((groups, groups)))
    _log_rank(frozen(time), frozen(reached), frozen(group), at_risk, np.zeros(groups), *found)
    return found
