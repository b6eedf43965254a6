"""The events of some kinds, with their units and times, on all cores; and sums of them by customer and period."""

from itertools import pairwise
from typing import Final

import numpy as np

from desireline.kernels.arrays import F64, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import WORKERS, each, ranges, row_ranges, unit_ranges

SUMS: Final = 6
"""Of `customer_sums`."""


@compiled
def _count(offsets: I64, code: I32, wanted: Bools, lo: int, hi: int) -> int:
    found = 0
    for i in range(offsets[lo], offsets[hi]):
        found += wanted[np.uint32(code[i])]
    return found


@compiled
def _pick(
    offsets: I64, time: I64, code: I32, wanted: Bools, lo: int, hi: int, at: int, row: I64, unit: I64, times: I64
) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if wanted[np.uint32(code[i])]:
                row[at], unit[at], times[at] = i, u, time[i]
                at += 1


def pick(offsets: I64, time: I64, code: I32, wanted: Bools) -> tuple[I64, I64, I64]:
    """The events whose codes are wanted, by unit and time.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs.
        code: int32[events].
        wanted: bool[codes].

    Returns:
        int64[found] each: the row, the unit, the time.
    """
    offsets, time, code, wanted = frozen(offsets), frozen(time), frozen(code), frozen(wanted)
    parts = unit_ranges(offsets)
    counts = each(lambda lo, hi: _count(offsets, code, wanted, lo, hi), parts)
    ends = np.cumsum([0, *counts])
    row, unit, times = (np.empty(int(ends[-1]), np.int64) for _ in range(3))
    pieces = [(lo, hi, int(at)) for (lo, hi), at in zip(parts, ends[:-1], strict=True)]
    each(lambda lo, hi, at: _pick(offsets, time, code, wanted, lo, hi, at, row, unit, times), pieces)
    return row, unit, times


@compiled
def _sums(unit: I64, time: I64, number: F64, amount: F64, edges: I64, lo: int, hi: int, found: F64) -> None:
    i, periods = lo, len(edges) - 1
    while i < hi:
        who, period = unit[i], 0
        while i < hi and unit[i] == who:
            while period < periods and edges[period + 1] <= time[i]:
                period += 1
            if period == periods or time[i] < edges[0]:
                i += 1
                continue
            n, sum_of = 0.0, 0.0
            while i < hi and unit[i] == who and time[i] < edges[period + 1]:
                n += number[i]
                sum_of += amount[i]
                i += 1
            found[period, 0] += n
            found[period, 1] += sum_of
            found[period, 2] += sum_of * sum_of
            found[period, 3] += 1
            found[period, 4] += n * n
            found[period, 5] += n * sum_of


def customer_sums(unit: I64, time: I64, number: F64, amount: F64, edges: I64) -> F64:
    """Sums over customers, each of whom counts once a period.

    Args:
        unit: int64[entries], ascending.
        time: int64[entries], ascending in each unit.
        number: float64[entries], how many each is.
        amount: float64[entries].
        edges: int64[periods + 1], ascending.

    Returns:
        float64[periods, 6]: with N and A a customer's numbers and amounts of the period, the sums of N, A, A², 1, N²
        and N A over customers.
    """
    unit, time, edges, number, amount = frozen(unit), frozen(time), frozen(edges), frozen(number), frozen(amount)
    cuts = sorted({0, len(unit), *(int(np.searchsorted(unit, unit[lo])) for lo, _ in ranges(len(unit), WORKERS) if lo)})

    def part(lo: int, hi: int) -> F64:
        found = np.zeros((len(edges) - 1, SUMS))
        _sums(unit, time, number, amount, edges, lo, hi, found)
        return found

    total = np.zeros((len(edges) - 1, SUMS))
    for found in each(part, list(pairwise(cuts))):
        total += found
    return total


@compiled
def _opening(unit: I64, time: I64, starts: I64, lo: int, hi: int, opens: Bools) -> None:
    day = 0
    for i in range(lo, hi):
        again = i > 0 and unit[i - 1] == unit[i]
        if i == lo or not again:
            day = np.searchsorted(starts, time[i], "right")
            opens[i] = not again or time[i - 1] < starts[day - 1]
        elif time[i] >= starts[day]:
            opens[i] = True
            while time[i] >= starts[day]:
                day += 1


def first_of_periods(unit: I64, time: I64, starts: I64) -> I64:
    """int64[found], the first event of every unit in each period.

    Args:
        unit: int64[events], ascending.
        time: int64[events], µs, ascending in each unit, from the first start to before the last.
        starts: int64[periods + 1], ascending.
    """
    unit, time, starts = frozen(unit), frozen(time), frozen(starts)
    opens = np.zeros(len(unit), np.bool_)
    each(lambda lo, hi: _opening(unit, time, starts, lo, hi, opens), row_ranges(len(unit)))
    return np.flatnonzero(opens)
