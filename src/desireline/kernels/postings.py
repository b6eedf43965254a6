"""Where the events of some kinds are: short lists, so that a question about few kinds need not read all events."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I8, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.pool import each, unit_ranges


class Posting(NamedTuple):
    """The events of one kind among the units [lo, hi) of a part, in their order.

    Attributes:
        first: int32[hi - lo + 1], the events of unit lo + u are first[u]:first[u + 1].
        units: int32[n], the units that have some, less lo.
        position: int32[events], less that of the part's first event.
        time: int64[events], µs.
    """

    first: I32
    units: I32
    position: I32
    time: I64

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return sum(array.nbytes for array in self)


@compiled
def _collect(
    offsets: I64, time: I64, code: I32, kind: I8, mask: I64, lo: int, hi: int, first: I32, units: I32, position: I32,
    times: I64, made: I64,
) -> None:  # fmt: skip
    """Fill each kind's row; made[0] counts its events, made[1] its units."""
    found = np.empty(BLOCK + 1, np.int64)
    begin, unit, end = offsets[lo], lo, offsets[lo + 1]
    kinds = len(first)
    for block in range(begin, offsets[hi], BLOCK):
        for f in range(matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)):
            at = found[f]
            while at >= end:
                unit += 1
                end = offsets[unit + 1]
                for k in range(kinds):
                    first[k, unit - lo] = made[0, k]
            row = kind[code[at]]
            n = made[0, row]
            units[row, made[1, row]] = unit - lo
            made[1, row] += n == first[row, unit - lo]
            position[row, n], times[row, n] = at - begin, time[at]
            made[0, row] = n + 1
    for u in range(unit + 1, hi + 1):
        for k in range(kinds):
            first[k, u - lo] = made[0, k]


def postings(offsets: I64, time: I64, code: I32, kind: npt.NDArray[np.int8], kinds: int) -> list[list[Posting]]:
    """The lists of several kinds of events, in one pass.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        kind: int8[codes], the kind of each code, -1 for none.
        kinds: how many kinds there are.

    Returns:
        For each kind a list for each part of the units, as `unit_ranges` cuts them.
    """
    offsets, time, code, kind = frozen(offsets), frozen(time), frozen(code), frozen(kind)
    mask = frozen((kind >= 0).astype(np.int64))

    def part(lo: int, hi: int) -> list[Posting]:
        most = int(offsets[hi] - offsets[lo])
        first, made = np.zeros((kinds, hi - lo + 1), np.int32), np.zeros((2, kinds), np.int64)
        units, position = np.empty((kinds, hi - lo + 1), np.int32), np.empty((kinds, most), np.int32)
        times = np.empty((kinds, most), np.int64)
        if hi > lo:
            _collect(offsets, time, code, kind, mask, lo, hi, first, units, position, times, made)
        return [
            Posting(*map(frozen, (first[k].copy(), units[k, :d].copy(), position[k, :n].copy(), times[k, :n].copy())))
            for k, (n, d) in enumerate(made.T.tolist())
        ]

    return [list(kind) for kind in zip(*each(part, unit_ranges(offsets)), strict=True)]
