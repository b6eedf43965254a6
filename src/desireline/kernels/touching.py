"""Which units have an event of certain kinds, and how many events of each kind there are."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges, unit_ranges


@compiled
def _touching(offsets: I64, code: I32, wanted: Bools, lo: int, hi: int, found: Bools) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if wanted[code[i]]:
                found[u] = True
                break


def units_touching(offsets: I64, code: I32, wanted: Bools) -> Bools:
    """Which units have an event whose code is wanted.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        wanted: bool[codes].

    Returns:
        bool[units].
    """
    offsets, code, wanted = frozen(offsets), frozen(code), frozen(wanted)
    found = np.zeros(len(offsets) - 1, np.bool_)
    each(lambda lo, hi: _touching(offsets, code, wanted, lo, hi, found), unit_ranges(offsets))
    return found


@compiled
def _firsts(offsets: I64, code: I32, wanted: Bools, lo: int, hi: int, row: I64) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if wanted[code[i]]:
                row[u] = i
                break


def first_rows(offsets: I64, code: I32, wanted: Bools) -> I64:
    """The first event of each unit whose code is wanted: int64[units], -1 for none."""
    offsets, code, wanted = frozen(offsets), frozen(code), frozen(wanted)
    row = np.full(len(offsets) - 1, -1, np.int64)
    each(lambda lo, hi: _firsts(offsets, code, wanted, lo, hi, row), unit_ranges(offsets))
    return row


@compiled
def _tally(code: I32, lo: int, hi: int, counts: I64) -> None:
    for i in range(lo, hi):
        counts[np.uint32(code[i])] += 1


def tally(code: I32, codes: int) -> I64:
    """How often each code occurs: int64[codes] of int32[events]."""
    code = frozen(code)
    work = [(lo, hi, t) for t, (lo, hi) in enumerate(row_ranges(len(code)))]
    counts = np.zeros((len(work), codes), np.int64)
    each(lambda lo, hi, t: _tally(code, lo, hi, counts[t]), work)
    total: I64 = counts.sum(axis=0)
    return total


@compiled
def _meet(offsets: I64, code: I32, label: I32, lo: int, hi: int, met: I64) -> None:
    seen = np.full(len(met), -1, np.int64)
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here >= 0 and seen[here] != u:
                seen[here] = u
                met[here] += 1


def people_meeting(offsets: I64, code: I32, label: I32, labels: int) -> I64:
    """How many units have an event of each label: int64[labels]; `label` int32[codes], -1 for events to skip."""
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)
    work = unit_ranges(offsets, per_worker=1)
    met = np.zeros((len(work), labels), np.int64)
    each(lambda lo, hi, part: _meet(offsets, code, label, lo, hi, met[part]), [(*w, i) for i, w in enumerate(work)])
    total: I64 = met.sum(axis=0)
    return total
