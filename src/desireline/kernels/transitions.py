"""Steps from one label to the next: how often, by how many, and how long they take."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.medians import group_medians
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.rare_transitions import sparse_transitions

DENSE_CELLS = 1 << 22
"""Up to so many pairs (2,048 labels) a table of all pairs is faster than a hash of those that happen."""

COUNT, PEOPLE, SEEN = 0, 1, 2


@dataclass(frozen=True, eq=False)
class TransitionCounts:
    """Pairs that happen, in ascending order of (source, target).

    Attributes:
        source: int64[pairs], label before.
        target: int64[pairs], label after.
        count: int64[pairs].
        people: int64[pairs], units with at least one such step.
        median: float64[pairs], µs; None if not asked for.
    """

    source: I64
    target: I64
    count: I64
    people: I64
    median: npt.NDArray[np.float64] | None


@compiled
def _count(offsets: I64, code: I32, label: I32, labels: int, collapse: bool, lo: int, hi: int, cells: I32) -> None:
    for u in range(lo, hi):
        before = -1
        for i in range(offsets[u], offsets[u + 1]):
            here = label[np.uint32(code[i])]
            if here < 0:
                continue
            if before >= 0 and not (collapse and here == before):
                pair = np.uint64(before * labels + here)
                cells[pair, COUNT] += 1
                cells[pair, PEOPLE] += cells[pair, SEEN] != u + 1
                cells[pair, SEEN] = u + 1
            before = here


@compiled
def _spread(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, lo: int, hi: int, at: I64, waits: I64
) -> None:
    """Write the time of each step to its pair's place."""
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
    number = np.int32 if len(code) < 2**31 else np.int64

    def count(lo: int, hi: int) -> npt.NDArray[np.int32]:
        cells = np.zeros((labels**2, 3), number)
        _count(offsets, code, label, labels, collapse, lo, hi, cells)
        return cells[:, :SEEN]

    parts = np.stack(each(count, runs))
    total = parts.sum(axis=0, dtype=np.int64)
    happen = np.flatnonzero(total[:, COUNT])
    median = None
    if medians:
        edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(total[:, COUNT])))
        before = np.cumsum(parts[:, :, COUNT], axis=0, dtype=np.int64) - parts[:, :, COUNT]
        at: I64 = edges[:-1] + before
        waits = np.empty(edges[-1], np.int64)
        work = [(lo, hi, k) for k, (lo, hi) in enumerate(runs)]
        each(lambda lo, hi, k: _spread(offsets, time, code, label, labels, collapse, lo, hi, at[k], waits), work)
        median = group_medians(edges, waits)[happen]
    return TransitionCounts(happen // labels, happen % labels, total[happen, COUNT], total[happen, PEOPLE], median)


def units_with_transition(offsets: I64, code: I32, label: I32, pair: tuple[int, int], *, collapse: bool) -> Bools:
    """bool[units]: whether a unit has a step of that pair of labels; arguments as `transitions` takes them."""
    offsets, code, label = frozen(offsets), frozen(code), frozen(label)
    found, wanted = np.zeros(len(offsets) - 1, np.bool_), frozen(np.array(pair, np.int64))
    each(lambda lo, hi: _having(offsets, code, label, wanted, collapse, lo, hi, found), unit_ranges(offsets))
    return found
