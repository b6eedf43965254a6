"""Large keys as small numbers: 0, 1, 2, … in order of first appearance."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.partition import mixed, partition
from desireline.kernels.pool import each


@compiled
def _first_rows(edges: I64, keys: I64, rows: I32, lo: int, hi: int, first_row: I32) -> None:
    """For parts [lo, hi): write to each row the first row of the same key."""
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
            first_row[rows[i]] = rows[first + table[slot]]


@compiled
def _number(hashes: I64, code: I32, unique: I64) -> int:
    """Turn first rows into numbers in place: a first row comes before all that point to it."""
    n = 0
    for row in range(len(code)):
        first = code[row]
        if first == row:
            unique[n] = hashes[row]
            code[row] = n
            n += 1
        else:
            code[row] = code[first]
    return n


def dense_ids(hashes: I64) -> tuple[I64, I32]:
    """Number keys in order of first appearance.

    Args:
        hashes: int64[n], any values, n < 2**31.

    Returns:
        unique int64[k] and code int32[n], so that `unique[code]` are the keys.
    """
    hashes = frozen(hashes)
    edges, keys, rows = partition(hashes)
    code, unique = np.empty(len(hashes), np.int32), np.empty(len(hashes), np.int64)
    parts = [(p, p + 1) for p in range(len(edges) - 1)]
    each(lambda lo, hi: _first_rows(edges, keys, rows, lo, hi, code), parts)
    n = _number(hashes, code, unique)
    return unique[:n].copy(), code


@compiled
def _first_of_new(code: I32, known: int, first: I64) -> int:
    n = known
    for row in range(len(code)):
        if code[row] == n:
            first[n - known] = row
            n += 1
    return n - known


def first_rows(code: I32, known: int, most: int) -> I64:
    """Where each new number stands first.

    Args:
        code: int32[n], numbers of which those from `known` on were given in order of first appearance here.
        known: how many numbers were given before.
        most: how many new ones there can be.

    Returns:
        int64[k], a row for each new number, in their order.
    """
    first = np.empty(most, np.int64)
    return first[: _first_of_new(frozen(code), known, first)].copy()
