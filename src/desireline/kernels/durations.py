"""How long units take from one label to another."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

FIRST, LAST = -2, -3
"""Stand for a unit's first and last labelled event where a label is expected."""

NOT_ENTERED = -2
NOT_REACHED = -1


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
    offsets: I64, time: I64, code: I32, label: I32, group_of: I32, start: int, goal: int, lo: int, hi: int,
    group: I32, wait: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        first, last = offsets[u], offsets[u + 1]
        group[u], wait[u] = NOT_ENTERED, NOT_REACHED
        a = _last_of(code, label, first, last) if start == LAST else _first_of(code, label, start, first, last)
        if a == last:
            continue
        group[u] = group_of[code[a]]
        if goal == LAST:
            b = _last_of(code, label, first, last)
            reached = b > a or start == FIRST
        else:
            b = last if goal == FIRST else _first_of(code, label, goal, a + 1, last)
            reached = b < last
        if reached:
            wait[u] = time[b] - time[a]


def durations(offsets: I64, time: I64, code: I32, label: I32, group_of: I32, start: int, goal: int) -> tuple[I32, I64]:
    """From each unit's first `start` to the earliest `goal` that comes later in order.

    From FIRST to LAST is a unit's whole span, 0 for a unit with one labelled event.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        group_of: int32[codes], group of the start event, -1 for none.
        start: a label, FIRST or LAST.
        goal: a label, FIRST or LAST.

    Returns:
        int32[units], the group of the start event, NOT_ENTERED for units without one;
        int64[units], µs, NOT_REACHED for units without a later goal.
    """
    offsets, time, code, label, group_of = (
        frozen(offsets), frozen(time), frozen(code), frozen(label), frozen(group_of)
    )  # fmt: skip
    group, wait = np.empty(len(offsets) - 1, np.int32), np.empty(len(offsets) - 1, np.int64)
    each(
        lambda lo, hi: _durations(offsets, time, code, label, group_of, start, goal, lo, hi, group, wait),
        unit_ranges(offsets),
    )
    return group, wait
