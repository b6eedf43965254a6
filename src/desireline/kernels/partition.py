"""Rows split by the hash of their key into parts that fit a core's cache: the first half of any large hash table."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges

ROWS_PER_PART = 16_384
MAX_BITS = 9
"""More parts at once than a core has page translations at hand make each write slow."""


@compiled
def mixed(key: int) -> np.uint64:
    """A 64-bit key with its bits spread (the finaliser of MurmurHash3): callers' keys may be small numbers."""
    x = np.uint64(key)
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xFF51AFD7ED558CCD)
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xC4CEB9FE1A85EC53)
    x ^= x >> np.uint64(33)
    return x


@compiled
def _count(key: I64, lo: int, hi: int, bits: int, counts: I64) -> None:
    shift = np.uint64(64 - bits)
    for i in range(lo, hi):
        counts[mixed(key[i]) >> shift] += 1


@compiled
def _place(key: I64, lo: int, hi: int, bits: int, at: I64, keys: I64, rows: I32) -> None:
    shift = np.uint64(64 - bits)
    for i in range(lo, hi):
        p = mixed(key[i]) >> shift
        to = at[p]
        at[p] = to + 1
        keys[to] = key[i]
        rows[to] = i


def partition(key: I64) -> tuple[I64, I64, I32]:
    """Split rows by key so that equal keys share a part.

    Args:
        key: int64[n], read-only, n < 2**31.

    Returns:
        edges int64[parts + 1], and by part the keys int64[n] and their rows int32[n], rows ascending in each part.
    """
    n = len(key)
    bits = min(MAX_BITS, max(1, int(np.ceil(np.log2(max(n / ROWS_PER_PART, 1))))))
    work = [(lo, hi, t) for t, (lo, hi) in enumerate(row_ranges(n))]
    counts = np.zeros((len(work), 1 << bits), np.int64)
    each(lambda lo, hi, t: _count(key, lo, hi, bits, counts[t]), work)
    ends = np.cumsum(counts.T.ravel()).reshape(counts.T.shape)
    edges = np.concatenate((np.zeros(1, np.int64), ends[:, -1]))
    starts = np.ascontiguousarray((ends - counts.T).T)
    keys, rows = np.empty(n, np.int64), np.empty(n, np.int32)
    each(lambda lo, hi, t: _place(key, lo, hi, bits, starts[t], keys, rows), work)
    return frozen(edges), frozen(keys), frozen(rows)
