"""Which period (day, week, month) a moment lies in, by one look-up and one comparison."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled


class Periods(NamedTuple):
    """Periods that follow each other without a hole.

    Attributes:
        starts: int64[periods + 1], µs, strictly ascending; the last is the end of the last period.
        slots: int32[k], the period at the start of each slot of 2**shift µs, which holds at most one start.
        shift: see `slots`.
    """

    starts: I64
    slots: I32
    shift: int


def periods_from(starts: I64) -> Periods:
    """Periods with their look-up.

    Args:
        starts: int64[periods + 1], µs, strictly ascending, at least two.
    """
    shift = int(np.diff(starts).min()).bit_length() - 1
    slot = np.arange(int(starts[-1] - starts[0] >> shift) + 1, dtype=np.int64)
    found = np.searchsorted(starts, starts[0] + (slot << shift), "right") - 1
    return Periods(frozen(starts), frozen(found.astype(np.int32)), shift)


@compiled
def period_at(periods: Periods, time: int) -> int:
    """The period of a moment that lies in one."""
    found = np.uint64(periods.slots[np.uint64(time - periods.starts[0]) >> np.uint64(periods.shift)])
    return int(np.int64(found + np.uint64(time >= periods.starts[found + np.uint64(1)])))
