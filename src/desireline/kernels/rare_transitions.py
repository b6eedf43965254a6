"""Transitions where a table of all pairs would be too large: pairs that happen are numbered first."""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.dense import dense_ids
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.sort import sort_events

NONE = -1


@compiled
def _pairs(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, lo: int, hi: int, pair: I64, wait: I64
) -> None:
    """Write to each event the pair of the step that ends there, and its time."""
    for u in range(lo, hi):
        before, since = -1, 0
        for i in range(offsets[u], offsets[u + 1]):
            here = label[code[i]]
            pair[i] = NONE
            wait[i] = 0
            if here < 0:
                continue
            if before >= 0 and not (collapse and here == before):
                pair[i] = before * labels + here
                wait[i] = time[i] - since
            before, since = here, time[i]


@compiled
def _people(offsets: I64, pair: I32, seen: I32, people: I64) -> None:
    for u in range(len(offsets) - 1):
        for i in range(offsets[u], offsets[u + 1]):
            if seen[pair[i]] != u + 1:
                seen[pair[i]] = u + 1
                people[pair[i]] += 1


def sparse_transitions(
    offsets: I64, time: I64, code: I32, label: I32, labels: int, collapse: bool, medians: bool
) -> tuple[I64, I64, I64, I64, npt.NDArray[np.float64] | None]:
    """The fields of `TransitionCounts`, in time and memory that grow with the events only."""
    pair, wait = np.empty(len(code), np.int64), np.empty(len(code), np.int64)
    each(lambda lo, hi: _pairs(offsets, time, code, label, labels, collapse, lo, hi, pair, wait), unit_ranges(offsets))
    unique, number = dense_ids(pair)
    people = np.zeros(len(unique), np.int64)
    _people(offsets, frozen(number), np.zeros(len(unique), np.int32), people)
    count = np.bincount(number, minlength=len(unique))
    median = None
    if medians:
        sorted_wait = np.empty(len(wait), np.int64)
        edges, _ = sort_events(number, wait, np.arange(len(wait)), len(unique), sorted_wait)
        below, above = edges[:-1] + (count - 1) // 2, edges[:-1] + count // 2
        median = sorted_wait[below] + (sorted_wait[above] - sorted_wait[below]) / 2
    kept = np.argsort(unique)
    kept = kept[unique[kept] != NONE]
    ids = unique[kept]
    return ids // labels, ids % labels, count[kept], people[kept], None if median is None else median[kept]
