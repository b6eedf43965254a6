"""Values that come by key, in the order of other keys."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges

SPARSE = 8
"""Keys spread wider than so many times their number are looked up by search instead of in a table."""


@compiled
def _scatter(keys: I64, values: I32, low: int, lo: int, hi: int, table: I32) -> None:
    for i in range(lo, hi):
        at = keys[i] - low
        if 0 <= at < len(table):
            table[at] = values[i]


@compiled
def _look_up(wanted: I64, low: int, table: I32, lo: int, hi: int, out: I32) -> None:
    for i in range(lo, hi):
        out[i] = table[wanted[i] - low]


def placed(wanted: I64, keys: I64, values: I32) -> I32:
    """The value of each wanted key.

    Args:
        wanted: int64[n].
        keys: int64[m], distinct.
        values: int32[m].

    Returns:
        int32[n], -1 where `keys` does not hold the wanted one.
    """
    if not len(wanted) or not len(keys):
        return np.full(len(wanted), -1, np.int32)
    wanted, keys, values = frozen(wanted), frozen(keys), frozen(values)
    low = int(wanted.min())
    span = int(wanted.max()) - low + 1
    if span > SPARSE * (len(wanted) + 1024):
        order = np.argsort(keys)
        at = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
        return np.where(keys[order[at]] == wanted, values[order[at]], np.int32(-1))
    table, out = np.full(span, -1, np.int32), np.empty(len(wanted), np.int32)
    each(lambda lo, hi: _scatter(keys, values, low, lo, hi, table), row_ranges(len(keys)))
    found = frozen(table)
    each(lambda lo, hi: _look_up(wanted, low, found, lo, hi, out), row_ranges(len(wanted)))
    return out
