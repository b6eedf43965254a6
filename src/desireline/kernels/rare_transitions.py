"""Transitions of many labels: steps are sorted by their first label, then counted one first label after the other.

So every table is as long as there are labels, not pairs, and stays in a near cache (radix partitioning).
"""

import numpy as np

from desireline.kernels.arrays import F64, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.group_quantiles import quantile_at
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.steps import BLOCK, ends_step, mark_starts

TARGET_BITS = 32
SCARCE = 16
"""Where fewer than one label in so many was met, these are sorted; else all labels are looked through."""


@compiled
def _tally(code: I32, label: I32, first: int, last: int, counts: I64) -> None:
    """Events by label; the last place takes those outside."""
    for i in range(first, last):
        counts[label[np.uint32(code[i])]] += 1


@compiled
def _sort(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, plain: bool, medians: bool,
    lo: int, hi: int, at: I64, step: I64, wait: I64,
) -> None:  # fmt: skip
    """Write each step (unit, target) and its time where its source's steps go; what is none goes elsewhere."""
    mark = np.zeros(BLOCK, np.uint8)
    nothing = np.int32(labels)
    unit, before, since, starting = np.int64(lo - 1), nothing, np.int64(0), lo
    for first in range(offsets[lo], offsets[hi], BLOCK):
        last = min(first + BLOCK, offsets[hi])
        starting = mark_starts(offsets, starting, hi, first, last, mark)
        for k in range(last - first):
            here = label[np.uint32(code[first + k])]
            unit += mark[k]
            before = nothing if mark[k] else before
            source = np.uint32(before if ends_step(before, here, collapse, plain) else nothing)
            inside = plain or here >= 0
            to = at[source]
            step[to] = unit << TARGET_BITS | np.int64(np.uint32(here))
            if medians:
                now = time[first + k]
                wait[to] = now - since
                since = now if inside else since
            at[source] = to + (source != nothing)
            before = here if inside else before


@compiled
def _count(
    starts: I64, ends: I64, step: I64, source: int, count: I64, people: I64, seen: I64, met: I64
) -> int:  # fmt: skip
    """Count one source's steps by target; returns how many targets were met."""
    n = 0
    for run in range(len(starts)):
        for i in range(starts[run, source], ends[run, source]):
            target, unit = np.uint32(step[i]), step[i] >> TARGET_BITS
            met[n] = target
            n += count[target] == 0
            count[target] += 1
            people[target] += seen[target] != unit
            seen[target] = unit
    return n


@compiled
def _in_order(count: I64, met: I64, n: int) -> None:
    """Put the n targets that were met in ascending order."""
    if n * SCARCE < len(count):
        met[:n].sort()
        return
    n = 0
    for target in range(len(count)):
        met[n] = target
        n += count[target] > 0


@compiled
def _spread(
    starts: I64, ends: I64, step: I64, wait: I64, source: int, count: I64, met: I64, n: int, at: I64, room: I64
) -> None:
    """Write one source's times by target; `at` is where each target's times end."""
    place = 0
    for m in range(n):
        at[met[m]] = place
        place += count[met[m]]
    for run in range(len(starts)):
        for i in range(starts[run, source], ends[run, source]):
            target = np.uint32(step[i])
            room[at[target]] = wait[i]
            at[target] += 1


@compiled
def _merge(
    starts: I64, ends: I64, step: I64, wait: I64, labels: int, medians: bool, lo: int, hi: int, pairs: I64, times: F64
) -> int:
    """The pairs of sources [lo, hi) as rows (source, target, count, people); returns how many."""
    count, people, at = np.zeros(labels, np.int64), np.zeros(labels, np.int64), np.zeros(labels, np.int64)
    seen, met = np.full(labels, -1, np.int64), np.empty(labels + 1, np.int64)
    room = np.empty((ends[:, lo:hi] - starts[:, lo:hi]).sum(axis=0).max() if medians else 0, np.int64)
    rows = 0
    for source in range(lo, hi):
        n = _count(starts, ends, step, source, count, people, seen, met)
        _in_order(count, met, n)
        if medians:
            _spread(starts, ends, step, wait, source, count, met, n, at, room)
        for m in range(n):
            target = met[m]
            pairs[rows, 0], pairs[rows, 1], pairs[rows, 2], pairs[rows, 3] = (
                source, target, count[target], people[target]
            )  # fmt: skip
            if medians:
                first, last = at[target] - count[target], at[target]
                times[0, rows], half = quantile_at(room, first, first, last, 0.5)
                times[1, rows], _ = quantile_at(room, first, half, last, 0.9)
            rows += 1
            count[target], people[target], seen[target] = 0, 0, -1
    return rows


def sparse_transitions(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, medians: bool
) -> tuple[I64, I64, I64, I64, F64 | None]:
    """The fields of `TransitionCounts`, in time and memory that grow with the events and the labels, not with pairs."""
    runs = unit_ranges(offsets, per_worker=1)
    plain = not collapse and bool((label >= 0).all())

    def tally(lo: int, hi: int) -> I64:
        counts = np.zeros(labels + 1, np.int64)
        _tally(code, label, offsets[lo], offsets[hi], counts)
        counts[labels] = 1
        return counts

    sizes = np.stack(each(tally, runs))
    starts = np.ascontiguousarray((np.cumsum(sizes.T.ravel()) - sizes.T.ravel()).reshape(sizes.T.shape).T)
    step = np.empty(int(sizes.sum()), np.int64)
    wait = np.empty(len(step) if medians else 0, np.int64)
    ends = starts.copy()
    work = [(lo, hi, k) for k, (lo, hi) in enumerate(runs)]
    each(
        lambda lo, hi, k: _sort(
            offsets, time, code, label, labels, collapse, plain, medians, lo, hi, ends[k], step, wait
        ),
        work,
    )
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum((ends - starts)[:, :labels].sum(axis=0))))

    def merge(lo: int, hi: int) -> tuple[I64, F64]:
        most = min(int(edges[hi] - edges[lo]), (hi - lo) * labels)
        pairs, times = np.empty((most, 4), np.int64), np.empty((2, most if medians else 0))
        n = _merge(starts, ends, step, wait, labels, medians, lo, hi, pairs, times)
        return pairs[:n], times[:, :n]

    parts = each(merge, unit_ranges(frozen(edges)))
    source, target, count, people = np.concatenate([pairs for pairs, _ in parts]).T
    return source, target, count, people, np.concatenate([t for _, t in parts], axis=1) if medians else None
