"""Waits that are long for the step that they are part of."""

import numpy as np

from desireline.kernels.arrays import F64, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges


@compiled
def _limit(first: I64, target: I64, limit: F64, source: int, into: int) -> float:
    """The limit of a step, -1 if it has none; targets are ascending within each source."""
    lo, hi = first[source], first[source + 1]
    while lo < hi:
        middle = (lo + hi) // 2
        if target[middle] < into:
            lo = middle + 1
        else:
            hi = middle
    if lo < first[source + 1] and target[lo] == into:
        return float(limit[lo])
    return -1.0


@compiled
def _waits(
    offsets: I64, time: I64, code: I32, label: I32, first: I64, target: I64, limit: F64, lo: int, hi: int,
    chance: Bools, hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        before = -1
        for i in range(offsets[u], offsets[u + 1]):
            here = label[code[i]]
            if here < 0:
                continue
            if before >= 0:
                most = _limit(first, target, limit, label[code[before]], here)
                chance[before] = most >= 0
                hit[before] = 0 <= most < time[i] - time[before]
            before = i


def long_waits(
    offsets: I64, time: I64, code: I32, label: I32, first: I64, target: I64, limit: F64
) -> tuple[Bools, Bools]:
    """Events after which the unit's next labelled one comes later than the limit of that step.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        first: int64[labels + 1], the steps of each label in `target`.
        target: int64[steps], the label after it, ascending within a label.
        limit: float64[steps], µs; below 0 for steps without one.

    Returns:
        bool[events], events followed by a step with a limit; bool[events], those that wait longer.
    """
    offsets, time, code = frozen(offsets), frozen(time), frozen(code)
    label, first, target = frozen(label), frozen(first), frozen(target)
    limits = frozen(limit)
    chance, hit = np.zeros((2, len(time)), np.bool_)
    each(
        lambda lo, hi: _waits(offsets, time, code, label, first, target, limits, lo, hi, chance, hit),
        unit_ranges(offsets),
    )
    return chance, hit
