"""Events in the order of their units: by (unit, time, arrival)."""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.merging import sort_keys, sort_pairs
from desireline.kernels.pool import each, row_ranges, unit_ranges

PACKED = 1024
"""Units of up to so many events are sorted as single numbers (time, place) if their span fits beside the place."""
PLACE_BITS = 10
SPAN = 1 << (62 - PLACE_BITS)


@compiled
def _count(unit: I32, lo: int, hi: int, counts: I64) -> None:
    for i in range(lo, hi):
        counts[unit[i]] += 1


@compiled
def _starts(counts: npt.NDArray[np.int64], offsets: I64) -> None:
    """Turn counts[thread, unit] into the place where that thread puts its first row of the unit."""
    at = 0
    for u in range(counts.shape[1]):
        for t in range(counts.shape[0]):
            n = counts[t, u]
            counts[t, u] = at
            at += n
        offsets[u + 1] = at


@compiled
def _place(unit: I32, time: I64, lo: int, hi: int, at: I64, order: I32, times: I64) -> None:
    for i in range(lo, hi):
        u = unit[i]
        to = at[u]
        at[u] = to + 1
        order[to] = i
        times[to] = time[i]


@compiled
def _sort_packed(times: I64, order: I32, first: int, n: int, low: int, keys: I64, spare: I64, rows: I64) -> None:
    """Sort one unit by numbers that hold the time above and the place below: half the memory traffic of pairs."""
    for i in range(n):
        keys[i] = ((times[first + i] - low) << PLACE_BITS) | i
        rows[i] = order[first + i]
    sort_keys(keys, n, spare)
    for i in range(n):
        times[first + i] = low + (keys[i] >> PLACE_BITS)
        order[first + i] = rows[keys[i] & (PACKED - 1)]


@compiled
def _settle_ties(times: I64, order: I32, first: int, last: int, arrival: I64, keys: I64, spare: I64, rows: I64) -> None:
    """Rows of one time, found next to each other, by arrival."""
    i = first
    while i < last:
        end = i + 1
        ordered = True
        while end < last and times[end] == times[i]:
            ordered &= arrival[order[end - 1]] <= arrival[order[end]]
            end += 1
        if not ordered:
            for k in range(i, end):
                keys[k - i] = arrival[order[k]]
            sort_pairs(keys, order[i:end], 0, end - i, spare, rows)
        i = end


@compiled
def _sort_units(offsets: I64, arrival: I64, lo: int, hi: int, order: I32, times: I64) -> None:
    room = PACKED
    keys, spare, rows = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    for u in range(lo, hi):
        first, last = offsets[u], offsets[u + 1]
        n = last - first
        if n < 2:
            continue
        if n > room:
            room = 2 * n
            keys, spare, rows = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
        low = high = times[first]
        in_order, ties = True, False
        for i in range(first + 1, last):
            in_order &= times[i - 1] <= times[i]
            low, high = min(low, times[i]), max(high, times[i])
        if not in_order:
            if n <= PACKED and low > -SPAN and high < SPAN and high - low < SPAN:
                _sort_packed(times, order, first, n, low, keys, spare, rows)
            else:
                sort_pairs(times, order, first, last, spare, rows)
        for i in range(first + 1, last):
            ties |= times[i - 1] == times[i]
        if ties:
            _settle_ties(times, order, first, last, arrival, keys, spare, rows)


def sort_events(
    unit: I32, time: I64, arrival: I64, n_units: int, sorted_time: I64 | None = None
) -> tuple[I64, npt.NDArray[np.int32] | I64]:
    """The order that puts events by (unit, time, arrival): counting sort on the unit, then a sort within each.

    Args:
        unit: int32[n], 0 <= unit < n_units.
        time: int64[n].
        arrival: int64[n]; rows with equal unit, time and arrival keep their order.
        n_units: how many units there are, also those without a row.
        sorted_time: int64[n] to fill with `time[order]`, which comes free of charge here.

    Returns:
        offsets int64[n_units + 1] and order, int32[n] (int64[n] from 2**31 rows on): row numbers, so that
        `time[order[offsets[u]:offsets[u + 1]]]` are the times of unit u.
    """
    unit, time, arrival = frozen(unit), frozen(time), frozen(arrival)
    n = len(unit)
    rows = row_ranges(n)
    index = np.dtype(np.int32 if n < 2**31 else np.int64)
    counts = np.zeros((len(rows), n_units), index)
    offsets = np.zeros(n_units + 1, np.int64)
    order = np.empty(n, index)
    times = np.empty(n, np.int64) if sorted_time is None else sorted_time.view(np.ndarray)
    work = [(lo, hi, t) for t, (lo, hi) in enumerate(rows)]
    each(lambda lo, hi, t: _count(unit, lo, hi, counts[t]), work)
    _starts(counts, offsets)
    each(lambda lo, hi, t: _place(unit, time, lo, hi, counts[t], order, times), work)
    units = frozen(offsets)
    each(lambda lo, hi: _sort_units(units, arrival, lo, hi, order, times), unit_ranges(offsets))
    return offsets, order
