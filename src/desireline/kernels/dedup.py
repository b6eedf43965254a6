"""Which rows stay when several hold the same key."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.partition import mixed, partition
from desireline.kernels.pool import each


@compiled
def _keep_first(edges: I64, keys: I64, rows: I32, arrival: I64, lo: int, hi: int, keep: Bools) -> None:
    """For parts [lo, hi): a table of the best row by key; a row that beats another takes its place."""
    for part in range(lo, hi):
        first, last = edges[part], edges[part + 1]
        size = 16
        while size < 2 * (last - first):
            size *= 2
        mask = np.uint64(size - 1)
        table = np.full(size, -1, np.int32)
        for i in range(first, last):
            slot = mixed(keys[i]) & mask
            while table[slot] >= 0 and keys[first + table[slot]] != keys[i]:
                slot = (slot + np.uint64(1)) & mask
            if table[slot] < 0:
                table[slot] = i - first
                keep[rows[i]] = True
                continue
            held = rows[first + table[slot]]
            if arrival[rows[i]] < arrival[held]:
                keep[held] = False
                keep[rows[i]] = True
                table[slot] = i - first


def first_occurrences(key: I64, arrival: I64) -> Bools:
    """Mark, for each key, the row with the smallest arrival (the first of them if arrivals are equal too).

    Args:
        key: int64[n], any values, n < 2**31.
        arrival: int64[n].

    Returns:
        bool[n], as many True as there are distinct keys.
    """
    key, arrival = frozen(key), frozen(arrival)
    keep = np.zeros(len(key), np.bool_)
    edges, keys, rows = partition(key)
    parts = [(p, p + 1) for p in range(len(edges) - 1)]
    each(lambda lo, hi: _keep_first(edges, keys, rows, arrival, lo, hi, keep), parts)
    return keep
