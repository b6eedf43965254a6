"""Weave new rows into sorted ones: which stretches of the old and of the new rows follow each other, and their copy.

A store of millions of rows that gains a thousand consists of a few thousand stretches. They are found once and then
every array is copied stretch by stretch, so that no order of all rows is ever held.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges


class Sorted(NamedTuple):
    """Rows by (unit, time, arrival): `offsets` int64[units + 1]; `time` and `arrival` int64[rows]."""

    offsets: I64
    time: I64
    arrival: I64


@dataclass(frozen=True, eq=False)
class Weave:
    """The order of old and new rows by (unit, time, arrival).

    Attributes:
        offsets: int64[units + 1], rows of each unit.
        starts: int64[stretches + 1], the first row of each stretch.
        origin: int64[stretches]: a stretch's first old row, or `~` its first new row.
    """

    offsets: I64
    starts: I64
    origin: I64


@compiled
def _most(src_starts: I32, src: I32, old: Sorted, new: Sorted) -> int:
    """How many stretches there are at most."""
    most, previous = 1, -2
    for q in range(len(new.offsets) - 1):
        first, last = src_starts[q], src_starts[q + 1]
        more = new.offsets[q + 1] - new.offsets[q]
        if last - first == 1 and more == 0:
            most += src[first] != previous + 1
            previous = src[first]
        else:
            rows = 1
            if last - first > 1:
                for k in range(first, last):
                    rows += old.offsets[src[k] + 1] - old.offsets[src[k]]
            most += rows + 2 * more
            previous = -2
    return most


@compiled
def _emit(starts: I64, origin: I64, n: int, at: int, row: int) -> int:
    """A stretch that begins at `at` with `row` (`~` for new rows), joined to the one before where it goes on."""
    if n > 0:
        before, length = origin[n - 1], at - starts[n - 1]
        if (before >= 0 and row == before + length) or (before < 0 and row == before - length):
            return n
    starts[n], origin[n] = at, row
    return n + 1


@compiled
def _later(x: int, y: int, old: Sorted, new: Sorted) -> bool:
    t = old.time[x] if x >= 0 else new.time[~x]
    u = old.time[y] if y >= 0 else new.time[~y]
    if t != u:
        return bool(t > u)
    return bool((old.arrival[x] if x >= 0 else new.arrival[~x]) > (old.arrival[y] if y >= 0 else new.arrival[~y]))


@compiled
def _merge(rows: I64, n: int, first: int, step: int, m: int, old: Sorted, new: Sorted) -> None:
    """Merge the m rows first, first + step, … into the n sorted rows, from the end: what comes late costs little."""
    i, j, to = n - 1, m - 1, n + m - 1
    while j >= 0:
        row = first + step * j
        if i >= 0 and _later(rows[i], row, old, new):
            rows[to] = rows[i]
            i -= 1
        else:
            rows[to] = row
            j -= 1
        to -= 1


@compiled
def _weave(src_starts: I32, src: I32, old: Sorted, new: Sorted, offsets: I64, starts: I64, origin: I64) -> int:
    n, at = 0, 0
    rows = np.empty(1024, np.int64)
    for q in range(len(new.offsets) - 1):
        first, last = src_starts[q], src_starts[q + 1]
        more = new.offsets[q + 1] - new.offsets[q]
        total = more
        for k in range(first, last):
            total += old.offsets[src[k] + 1] - old.offsets[src[k]]
        if last - first == 1 and more == 0:
            n = _emit(starts, origin, n, at, old.offsets[src[first]])
        elif first == last:
            n = _emit(starts, origin, n, at, ~new.offsets[q])
        else:
            if total > len(rows):
                rows = np.empty(2 * total, np.int64)
            held = 0
            for k in range(first, last):
                m = old.offsets[src[k] + 1] - old.offsets[src[k]]
                _merge(rows, held, old.offsets[src[k]], 1, m, old, new)
                held += m
            _merge(rows, held, ~new.offsets[q], -1, more, old, new)
            for i in range(total):
                n = _emit(starts, origin, n, at + i, rows[i])
        at += total
        offsets[q + 1] = at
    starts[n] = at
    return n


def weave(was: I32, old: Sorted, new: Sorted) -> Weave:
    """Merge the new rows of each unit into its old ones, and the old ones of units that have become one.

    Args:
        was: int32[old units], the number that each has now; several may have the same.
        old: rows by old unit.
        new: rows by unit; every unit has an old or a new row.
    """
    src = frozen(np.argsort(was, kind="stable").astype(np.int32))
    units = len(new.offsets) - 1
    src_starts = frozen(np.searchsorted(was[src], np.arange(units + 1)).astype(np.int32))
    old, new = Sorted(*map(frozen, old)), Sorted(*map(frozen, new))
    most = _most(src_starts, src, old, new)
    offsets, starts, origin = np.zeros(units + 1, np.int64), np.empty(most + 1, np.int64), np.empty(most, np.int64)
    n = _weave(src_starts, src, old, new, offsets, starts, origin)
    return Weave(offsets, frozen(starts[: n + 1].copy()), frozen(origin[:n].copy()))


@compiled
def _copy(
    starts: I64, origin: I64, old: npt.NDArray[Any], new: npt.NDArray[Any], order: npt.NDArray[Any], lo: int, hi: int,
    out: npt.NDArray[Any],
) -> None:  # fmt: skip
    """Rows [lo, hi) to `out`."""
    stretch = np.searchsorted(starts, lo, side="right") - 1
    at = lo
    while at < hi:
        end = min(starts[stretch + 1], hi)
        skipped = at - starts[stretch]
        row = origin[stretch]
        if row >= 0:
            out[at - lo : end - lo] = old[row + skipped : row + skipped + end - at]
        else:
            first = ~row + skipped
            for i in range(end - at):
                out[at - lo + i] = new[order[first + i]]
        at = end
        stretch += 1


def woven(
    plan: Weave, old: npt.NDArray[Any], new: npt.NDArray[Any], order: npt.NDArray[Any], lo: int, hi: int
) -> npt.NDArray[Any]:
    """Rows [lo, hi) of a column in the new order.

    Args:
        plan: see `weave`.
        old: int32, int64 or float64 [old rows].
        new: the same type, [new rows] in any order.
        order: int32 or int64 [new rows], so that `new[order]` are the new rows as `weave` saw them.
        lo: first row.
        hi: the row after the last.
    """
    out = np.empty(hi - lo, new.dtype)
    starts, origin, old, new, order = (frozen(a) for a in (plan.starts, plan.origin, old, new, order))
    each(lambda a, b: _copy(starts, origin, old, new, order, lo + a, lo + b, out[a:b]), row_ranges(hi - lo))
    return out
