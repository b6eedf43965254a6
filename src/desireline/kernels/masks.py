"""Conditions as masks: from values to events, from events to units, and back."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges, unit_ranges


@compiled
def _look_up(index: I32, table: Bools, lo: int, hi: int, holds: Bools) -> None:
    for i in range(lo, hi):
        holds[i] = table[index[i]]


@compiled
def _look_up_at(index: I32, table: Bools, position: I64, lo: int, hi: int, holds: Bools) -> None:
    for i in range(lo, hi):
        holds[i] = table[index[position[i]]]


def look_up(index: I32, table: Bools, position: I64 | None = None) -> Bools:
    """`table[index]`, or `table[index[position]]`; index -1 is the table's last entry.

    Args:
        index: int32[rows].
        table: bool[values].
        position: int64[n] into index; None for all rows.
    """
    index, table = frozen(index), frozen(table)
    holds = np.empty(len(index) if position is None else len(position), np.bool_)
    if position is None:
        each(lambda lo, hi: _look_up(index, table, lo, hi, holds), row_ranges(len(holds)))
    else:
        at = frozen(position)
        each(lambda lo, hi: _look_up_at(index, table, at, lo, hi, holds), row_ranges(len(holds)))
    return holds


@compiled
def _count(offsets: I64, rows: Bools, lo: int, hi: int, counts: I64) -> None:
    for u in range(lo, hi):
        n = 0
        for i in range(offsets[u], offsets[u + 1]):
            n += rows[i]
        counts[u] = n


def count_in_units(offsets: I64, rows: Bools) -> I64:
    """How many rows of each unit are set: int64[units] of int64[units + 1] and bool[events]."""
    offsets, rows = frozen(offsets), frozen(rows)
    counts = np.empty(len(offsets) - 1, np.int64)
    each(lambda lo, hi: _count(offsets, rows, lo, hi, counts), unit_ranges(offsets))
    return counts


@compiled
def _spread(offsets: I64, holds: Bools, lo: int, hi: int, rows: Bools) -> None:
    for u in range(lo, hi):
        rows[offsets[u] : offsets[u + 1]] = holds[u]


def spread(offsets: I64, holds: Bools) -> Bools:
    """Each event gets what its unit has: bool[events] of int64[units + 1] and bool[units]."""
    offsets, holds = frozen(offsets), frozen(holds)
    rows = np.empty(int(offsets[-1]), np.bool_)
    each(lambda lo, hi: _spread(offsets, holds, lo, hi, rows), unit_ranges(offsets))
    return rows
