"""What lies in stretches of journeys: how often each label occurs, and the sum of what is known."""

import numpy as np

from desireline.kernels.arrays import F64, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges


@compiled
def _counts(start: I64, end: I64, code: I32, group: I32, lo: int, hi: int, found: I32) -> None:
    for r in range(lo, hi):
        for i in range(start[r], end[r]):
            found[r, group[code[i]]] += 1


def counts(start: I64, end: I64, code: I32, group: I32, groups: int) -> I32:
    """How many events of each group lie in stretches of events.

    Args:
        start: int64[stretches], the first row of each.
        end: int64[stretches], the row after its last.
        code: int32[events].
        group: int32[codes], below `groups`.
        groups: how many groups there are.

    Returns:
        int32[stretches, groups].
    """
    start, end, code, group = frozen(start), frozen(end), frozen(code), frozen(group)
    found = np.zeros((len(start), groups), np.int32)
    each(lambda lo, hi: _counts(start, end, code, group, lo, hi, found), row_ranges(len(start)))
    return found


@compiled
def _sums(start: I64, end: I64, value: F64, lo: int, hi: int, total: F64, known: I64) -> None:
    for r in range(lo, hi):
        for i in range(start[r], end[r]):
            if not np.isnan(value[i]):
                total[r] += value[i]
                known[r] += 1


def sums(start: I64, end: I64, value: F64) -> tuple[F64, I64]:
    """The sum (float64) and number (int64) of the values that are not NaN in rows [start, end) of each stretch."""
    start, end, value = frozen(start), frozen(end), frozen(value)
    total, known = np.zeros(len(start)), np.zeros(len(start), np.int64)
    each(lambda lo, hi: _sums(start, end, value, lo, hi, total, known), row_ranges(len(start)))
    return total, known
