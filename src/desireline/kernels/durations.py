"""How long units take from one label to another."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

FIRST, LAST = -2, -3
"""Stand for a unit's first and last labelled event where a label is expected."""

NONE = -1
"""The start of units that have none, and the wait of those that do not reach the goal."""


@compiled
def _first_of(code: I32, label: I32, wanted: int, first: int, last: int) -> int:
    """The position in [first, last) of the first event with the label (any label for FIRST); `last` if none."""
    for i in range(first, last):
        here = label[code[i]]
        if here == wanted or (wanted == FIRST and here >= 0):
            return i
    return last


@compiled
def _last_of(code: I32, label: I32, first: int, last: int) -> int:
    for i in range(last - 1, first - 1, -1):
        if label[code[i]] >= 0:
            return i
    return last


@compiled
def _durations(
    offsets: I64, time: I64, code: I32, label: I32, start: int, goal: int, lo: int, hi: int, began: I64, wait: I64
) -> None:
    for u in range(lo, hi):
        first, last = offsets[u], offsets[u + 1]
        began[u] = wait[u] = NONE
        a = _last_of(code, label, first, last) if start == LAST else _first_of(code, label, start, first, last)
        if a == last:
            continue
        began[u] = a
        if goal == LAST:
            b = _last_of(code, label, first, last)
            reached = b > a or start == FIRST
        else:
            b = last if goal == FIRST else _first_of(code, label, goal, a + 1, last)
            reached = b < last
        if reached:
            wait[u] = time[b] - time[a]


def durations(offsets: I64, time: I64, code: I32, label: I32, start: int, goal: int) -> tuple[I64, I64]:
    """From each unit's first `start` to the earliest `goal` that comes later in order.

    From FIRST to LAST is a unit's whole span, 0 for a unit with one labelled event.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        start: a label, FIRST or LAST.
        goal: a label, FIRST or LAST.

    Returns:
        int64[units], the place of the start event, NONE for units without one;
        int64[units], µs, NONE for units without a later goal.
    """
    offsets, time, code, label = frozen(offsets), frozen(time), frozen(code), frozen(label)
    began, wait = np.empty(len(offsets) - 1, np.int64), np.empty(len(offsets) - 1, np.int64)
    each(
        lambda lo, hi: _durations(offsets, time, code, label, start, goal, lo, hi, began, wait),
        unit_ranges(offsets),
    )
    return began, wait
