"""Exact medians of many groups at once."""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges


@compiled
def _less_first(values: I64, lo: int, hi: int, pivot: int) -> int:
    """Move values below the pivot to the front of [lo, hi), without a branch on the data; returns where they end."""
    front = lo
    for i in range(lo, hi):
        value = values[i]
        values[i] = values[front]
        values[front] = value
        front += value < pivot
    return front


@compiled
def _pivot(values: I64, lo: int, hi: int, seed: int) -> int:
    """The median of three values at scattered places, so that no order of the data is a bad one."""
    n = hi - lo
    a = values[lo + seed % n]
    b = values[lo + (seed >> 8) % n]
    c = values[lo + (seed >> 16) % n]
    middle: int = max(min(a, b), min(max(a, b), c))
    return middle


@compiled
def _select(values: I64, lo: int, hi: int, k: int) -> int:
    """The value that would stand at index k if values[lo:hi] were sorted; afterwards none before k is larger."""
    seed = 0x2545F491
    while hi - lo > 1:
        seed = (seed * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        pivot = _pivot(values, lo, hi, seed)
        middle = _less_first(values, lo, hi, pivot)
        if k < middle:
            hi = middle
            continue
        above = middle if pivot == np.iinfo(np.int64).max else _less_first(values, middle, hi, pivot + 1)
        if k < above or above == middle:
            return pivot
        lo = above
    found: int = values[lo]
    return found


@compiled
def _medians(edges: I64, values: I64, lo: int, hi: int, found: npt.NDArray[np.float64]) -> None:
    for group in range(lo, hi):
        first, last = edges[group], edges[group + 1]
        n = last - first
        if n == 0:
            found[group] = np.nan
            continue
        k = first + (n - 1) // 2
        below = _select(values, first, last, k)
        above = below
        if n % 2 == 0:
            above = values[k + 1]
            for i in range(k + 2, last):
                above = min(above, values[i])
        found[group] = below + (above - below) / 2


def group_medians(edges: I64, values: I64) -> npt.NDArray[np.float64]:
    """The median of each group; of an even number of values the mean of the middle two.

    Args:
        edges: int64[groups + 1]; values[edges[g]:edges[g + 1]] belong to group g.
        values: int64[n], reordered within the groups.

    Returns:
        float64[groups], NaN for a group without values.
    """
    found = np.empty(len(edges) - 1, np.float64)
    edges = frozen(edges)
    each(lambda lo, hi: _medians(edges, values, lo, hi, found), unit_ranges(edges))
    return found
