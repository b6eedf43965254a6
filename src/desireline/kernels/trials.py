"""Trials: who starts has until a deadline to reach something; starts meanwhile belong to the same trial."""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I64, frozen
from desireline.kernels.compiled import compiled

U8 = npt.NDArray[np.uint8]

STARTS, REACHES = 1, 2
"""Bits of what an event is."""


def trials(unit: I64, time: I64, role: U8, deadline: I64, *, anew: bool = True) -> tuple[I64, I64]:
    """The trials of units, one after the other.

    A start opens a trial unless one is open; reaching closes it, and so does the deadline. An event that is both
    reaches first and then, if `anew`, starts the next one. Reaching at the very deadline is in time.

    Args:
        unit: int64[rows], ascending.
        time: int64[rows], µs, ascending in each unit.
        role: uint8[rows], `STARTS` | `REACHES`.
        deadline: int64[rows], µs: of a trial that starts there.
        anew: whether what reaches may start, too.

    Returns:
        int64[trials], the row that each starts at, and int64[trials], the row that reaches, -1 for none.
    """
    start, end = np.empty((2, len(unit)), np.int64)
    found = _trials(frozen(unit), frozen(time), frozen(role), frozen(deadline), anew, start, end)
    return start[:found].copy(), end[:found].copy()


@compiled
def _trials(unit: I64, time: I64, role: U8, deadline: I64, anew: bool, start: I64, end: I64) -> int:
    found, opened = 0, -1
    for i in range(len(unit)):
        if opened >= 0 and (unit[opened] != unit[i] or time[i] > deadline[opened]):
            opened = -1
        if opened >= 0 and role[i] & 2:
            end[found - 1], opened = i, -1
            if not anew:
                continue
        if opened < 0 and role[i] & 1:
            start[found], end[found], opened = i, -1, i
            found += 1
    return found
