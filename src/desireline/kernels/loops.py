"""Going round: back and forth between two labels, and long runs of one."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

NONE = -1


@compiled
def _ping_pong(
    offsets: I64, time: I64, code: I32, label: I32, within: int, lo: int, hi: int, hit: Bools, other: I32
) -> None:
    at = np.empty(4, np.int64)
    for u in range(lo, hi):
        runs, here, counted = 0, NONE, False
        for i in range(offsets[u], offsets[u + 1]):
            into = label[code[i]]
            if into < 0 or into == here:
                continue
            counted = counted and runs >= 2 and into == label[code[at[2]]]
            here = into
            at[0], at[1], at[2], at[3] = at[1], at[2], at[3], i
            runs += 1
            if runs < 4 or counted or time[i] - time[at[0]] > within:
                continue
            if into == label[code[at[1]]] and label[code[at[2]]] == label[code[at[0]]]:
                hit[at[0]], counted = True, True
                other[at[0]] = into


def ping_pong(offsets: I64, time: I64, code: I32, label: I32, within: int) -> tuple[Bools, I32]:
    """Where units begin to go A, B, A, B, repeats in a row as one, within `within` µs from first to last.

    Each stretch of going back and forth counts once, however long.

    Returns:
        bool[events], the first A of each stretch; int32[events], there the label of B (elsewhere nothing).
    """
    offsets, time, code, label = frozen(offsets), frozen(time), frozen(code), frozen(label)
    hit, other = np.zeros(len(time), np.bool_), np.empty(len(time), np.int32)
    each(lambda lo, hi: _ping_pong(offsets, time, code, label, within, lo, hi, hit, other), unit_ranges(offsets))
    return hit, other


@compiled
def _runs(offsets: I64, time: I64, code: I32, label: I32, silence: int, lo: int, hi: int, length: I32) -> None:
    for u in range(lo, hi):
        start, last = NONE, NONE
        for i in range(offsets[u], offsets[u + 1]):
            here = label[code[i]]
            if here < 0:
                continue
            if start < 0 or here != label[code[start]] or time[i] - time[last] > silence:
                start = i
            length[start] += 1
            last = i


def runs(offsets: I64, time: I64, code: I32, label: I32, silence: int) -> I32:
    """int32[events]: at the first event of each run of one label its length, elsewhere 0.

    Events without a label do not interrupt a run; a silence of more than `silence` µs does.
    """
    offsets, time, code, label = frozen(offsets), frozen(time), frozen(code), frozen(label)
    length = np.zeros(len(time), np.int32)
    each(lambda lo, hi: _runs(offsets, time, code, label, silence, lo, hi, length), unit_ranges(offsets))
    return length


@compiled
def _lengths(code: I32, label: I32, length: I32, lo: int, hi: int, counts: I64) -> None:
    most = counts.shape[1] - 1
    for i in range(lo, hi):
        if length[i] > 0:
            counts[label[code[i]], min(length[i], most)] += 1


def lengths(offsets: I64, code: I32, label: I32, labels: int, length: I32, most: int) -> I64:
    """int64[labels, most + 1]: runs by label and length; longer ones count as `most`."""
    code, label, length = frozen(code), frozen(label), frozen(length)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros((labels, most + 1), np.int64)
        _lengths(code, label, length, int(offsets[lo]), int(offsets[hi]), counts)
        return counts

    total: I64 = np.sum(each(part, unit_ranges(offsets, per_worker=1)), axis=0)
    return total


@compiled
def _longer(code: I32, label: I32, length: I32, limit: I64, lo: int, hi: int, hit: Bools) -> None:
    for i in range(lo, hi):
        if length[i] > 0:
            hit[i] = length[i] > limit[label[code[i]]]


def longer(offsets: I64, code: I32, label: I32, length: I32, limit: I64) -> Bools:
    """bool[events]: first events of runs that are longer than the limit of their label."""
    code, label, length, limit = frozen(code), frozen(label), frozen(length), frozen(limit)
    hit = np.zeros(len(code), np.bool_)
    each(
        lambda lo, hi: _longer(code, label, length, limit, int(offsets[lo]), int(offsets[hi]), hit),
        unit_ranges(offsets),
    )
    return hit
