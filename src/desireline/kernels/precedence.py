"""Which new label units meet soon after which other, and in which stage a label happens."""

from typing import Final

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, ranges

BLOCKS: Final = 10

SOON: Final = 3
"""So many new labels after a new one count as following it."""


@compiled
def _precede(offsets: I64, code: I32, label: I32, labels: int, lo: int, hi: int, before: I32) -> None:
    seen = np.full(labels, -1, np.int64)
    order = np.empty(labels, np.int32)
    for u in range(lo, hi):
        met = 0
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here >= 0 and seen[here] != u:
                seen[here] = u
                order[met] = here
                met += 1
        for b in range(met):
            before[order[b], order[b]] += 1
            for a in range(max(0, b - SOON), b):
                before[order[a], order[b]] += 1


def precedence(offsets: I64, code: I32, label: I32, labels: int) -> I32:
    """Units by which of two labels they first meet shortly before which other.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        labels: how many labels there are.

    Returns:
        int32[blocks, labels, labels], for consecutive blocks of units: those that first meet the second label as one
        of the three next new ones after the first; on the diagonal those that meet it.
    """
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)
    pieces = ranges(len(offsets) - 1, BLOCKS)

    def count(lo: int, hi: int) -> I32:
        before = np.zeros((labels, labels), np.int32)
        _precede(offsets, code, label, labels, lo, hi, before)
        return before

    return np.stack(each(count, pieces))


@compiled
def _surround(offsets: I64, code: I32, label: I32, stage: I32, lo: int, hi: int, inside: I64) -> None:
    none = inside.shape[1] - 1
    for u in range(lo, hi):
        before, here, run = -1, -1, 0
        for i in range(offsets[u], offsets[u + 1]):
            after = label[np.uint32(code[i])]
            if after < 0:
                continue
            if after == here:
                run += 1
                continue
            if before >= 0:
                at = stage[before] if stage[before] == stage[after] else none
                inside[here, at] += run
            before, here, run = here, after, 1


def surroundings(offsets: I64, code: I32, label: I32, stage: I32, stages: int) -> I64:
    """In which stage labels happen by what stands next to them.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        stage: int32[labels], ≥ 0.
        stages: how many there are.

    Returns:
        int64[labels, stages + 1]: events whose neighbours, other labels before and after them, are both of the same
        stage; in the last column events between two stages. Events without both neighbours are not counted.
    """
    offsets, code, label, stage = frozen(offsets), frozen(code), frozen(label), frozen(stage)

    def count(lo: int, hi: int) -> I64:
        inside = np.zeros((len(stage), stages + 1), np.int64)
        _surround(offsets, code, label, stage, lo, hi, inside)
        return inside

    total: I64 = np.sum(each(count, ranges(len(offsets) - 1, BLOCKS)), axis=0)
    return total
