"""Traces reduced to what a plan knows: immediate repeats and touchpoints outside the plan leave no token."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.variants import Sequences

LONGEST = 10_000
"""Tokens of a unit above which it is not aligned: the work is tokens times steps."""


class Condensed(NamedTuple):
    """Units that met a planned touchpoint, as tokens.

    Attributes:
        starts: int64[units + 1]; tokens of unit u are starts[u]:starts[u + 1], none if it is not aligned. The first
            says whether the unit is over (`planned + failing`) or open (one more), the others are labels in order.
        tokens: int32.
        length: int32[units], touchpoints of each unit with immediate repeats as one, planned or not.
        too_long: units that are not aligned because they have more than LONGEST tokens.
    """

    starts: I64
    tokens: I32
    length: I32
    too_long: int

    def firsts(self, known: int) -> I32:
        """int32[units]: the first unit with the same tokens; `known` labels and the two marks can be tokens."""
        numbers = np.arange(known + 2, dtype=np.int32)
        return Sequences(self.starts, self.tokens, numbers, numbers, collapse=False).firsts()


@compiled
def _measure(
    offsets: I64, code: I32, label: I32, planned: int, known: int, lo: int, hi: int, n: I64, length: I32
) -> None:
    for u in range(lo, hi):
        before, tokens, steps, touched = -1, 0, 0, 0
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here < 0 or here == before:
                continue
            before = here
            touched += 1
            tokens += here < known
            steps += here < planned
        length[u] = touched
        n[u] = tokens + 1 if steps else 0


@compiled
def _fill(
    offsets: I64, code: I32, label: I32, known: int, still: Bools, starts: I64, lo: int, hi: int, out: I32
) -> None:
    for u in range(lo, hi):
        to, last, before = starts[u], starts[u + 1], -1
        if to == last:
            continue
        out[to] = known + still[u]
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here < 0 or here == before:
                continue
            before = here
            if here < known:
                to += 1
                out[to] = here


def condense(offsets: I64, code: I32, label: I32, planned: int, failing: int, still: Bools) -> Condensed:
    """Every unit's tokens.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes]: touchpoints of the plan from 0, then those that mark a failure, then others; -1 outside.
        planned: how many touchpoints the plan has.
        failing: how many mark a failure.
        still: bool[units], whose journey may still go on.
    """
    offsets, code, label, still = frozen(offsets), frozen(code), frozen(label), frozen(still)
    units, known = len(offsets) - 1, planned + failing
    n, length = np.zeros(units, np.int64), np.zeros(units, np.int32)
    runs = unit_ranges(offsets)
    each(lambda lo, hi: _measure(offsets, code, label, planned, known, lo, hi, n, length), runs)
    long = n > LONGEST
    n[long] = 0
    starts = frozen(np.concatenate((np.zeros(1, np.int64), np.cumsum(n))))
    tokens = np.empty(int(starts[-1]), np.int32)
    each(lambda lo, hi: _fill(offsets, code, label, known, still, starts, lo, hi, tokens), runs)
    return Condensed(starts, tokens, length, int(long.sum()))
