"""Steps from one label to the next: how often, by how many, and how long they take."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import F64, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.group_quantiles import group_quantiles
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.rare_transitions import sparse_transitions
from desireline.kernels.steps import BLOCK, ends_step, mark_starts

DENSE_CELLS = 1 << 18
"""Up to so many pairs (512 labels) a table of all pairs is faster than sorting steps by their first label."""

SHARES = (0.5, 0.9)


@dataclass(frozen=True, eq=False)
class TransitionCounts:
    """Pairs that happen, in ascending order of (source, target).

    Attributes:
        source: int64[pairs], label before.
        target: int64[pairs], label after.
        count: int64[pairs].
        people: int64[pairs], units with at least one such step.
        times: float64[2, pairs], µs: median and 90th percentile; None if not asked for.
    """

    source: I64
    target: I64
    count: I64
    people: I64
    times: F64 | None


@compiled
def _count(
    offsets: I64, code: I32, label: I32, labels: int, collapse: bool, plain: bool, lo: int, hi: int,
    count: npt.NDArray[np.int32], people: npt.NDArray[np.int32], seen: npt.NDArray[np.int32],
) -> None:  # fmt: skip
    """Count every pair; the row after the last label takes what follows nothing, the cell after it what is no step."""
    mark = np.zeros(BLOCK, np.uint8)
    nothing, width = np.int32(labels), np.int32(labels)
    no_step = np.int32((labels + 1) * labels)
    unit, before, starting = np.int32(lo), nothing, lo
    for first in range(offsets[lo], offsets[hi], BLOCK):
        last = min(first + BLOCK, offsets[hi])
        starting = mark_starts(offsets, starting, hi, first, last, mark)
        for k in range(last - first):
            here = label[np.uint32(code[first + k])]
            unit += mark[k]
            before = nothing if mark[k] else before
            cell = np.uint32(before * width + here if ends_step(before, here, collapse, plain) else no_step)
            count[cell] += 1
            people[cell] += seen[cell] != unit
            seen[cell] = unit
            before = here if plain or here >= 0 else before


@compiled
def _spread(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, lo: int, hi: int, at: I64, waits: I64
) -> None:
    """Write the time of each step to its pair's place: bound by memory, so that a loop over units costs nothing."""
    for u in range(lo, hi):
        before, since = -1, 0
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here < 0:
                continue
            if before >= 0 and not (collapse and here == before):
                pair = np.uint64(before * labels + here)
                waits[at[pair]] = time[i] - since
                at[pair] += 1
            before, since = here, time[i]


@compiled
def _having(offsets: I64, code: I32, label: I32, pair: I64, collapse: bool, lo: int, hi: int, found: Bools) -> None:
    for u in range(lo, hi):
        before = -1
        for i in range(offsets[u], offsets[u + 1]):
            here = label[code[i]]
            if here < 0:
                continue
            if before == pair[0] and here == pair[1] and not (collapse and here == before):
                found[u] = True
                break
            before = here


def transitions(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, *, collapse: bool, medians: bool
) -> TransitionCounts:
    """Count steps from each labelled event to the unit's next labelled one.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        labels: how many labels there are.
        collapse: repeats in a row count as one event; time runs from the last of them.
        medians: whether to collect the time of every step, 8 bytes each.
    """
    offsets, time, code, label = frozen(offsets), frozen(time), frozen(code), frozen(label)
    if labels**2 > min(DENSE_CELLS, 65_536 + 4 * len(code)):
        return TransitionCounts(*sparse_transitions(offsets, time, code, label, labels, collapse, medians))
    runs = unit_ranges(offsets, per_worker=1)
    plain = not collapse and bool((label >= 0).all())
    number: npt.DTypeLike = np.int32 if len(code) < 2**31 else np.int64

    def count(lo: int, hi: int) -> npt.NDArray[np.int32]:
        found, seen = np.zeros((2, (labels + 1) * labels + 1), number), np.full((labels + 1) * labels + 1, -1, number)
        _count(offsets, code, label, labels, collapse, plain, lo, hi, found[0], found[1], seen)
        return found[:, : labels**2]

    parts = np.stack(each(count, runs))
    total: I64 = parts.sum(axis=0, dtype=np.int64)
    happen = np.flatnonzero(total[0])
    times = None
    if medians:
        edges = np.zeros(labels**2 + 1, np.int64)
        edges[1:] = np.cumsum(total[0])
        at = edges[:-1] + np.cumsum(parts[:, 0], axis=0, dtype=np.int64) - parts[:, 0]
        waits = np.empty(int(edges[-1]), np.int64)
        work = [(lo, hi, k) for k, (lo, hi) in enumerate(runs)]
        each(lambda lo, hi, k: _spread(offsets, time, code, label, labels, collapse, lo, hi, at[k], waits), work)
        times = group_quantiles(edges, waits, SHARES)[:, happen]
    return TransitionCounts(happen // labels, happen % labels, total[0, happen], total[1, happen], times)


def units_with_transition(offsets: I64, code: I32, label: I32, pair: tuple[int, int], *, collapse: bool) -> Bools:
    """bool[units]: whether a unit has a step of that pair of labels; arguments as `transitions` takes them."""
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)
    found, wanted = np.zeros(len(offsets) - 1, np.bool_), frozen(np.array(pair, np.int64))
    each(lambda lo, hi: _having(offsets, code, label, wanted, collapse, lo, hi, found), unit_ranges(offsets))
    return found
