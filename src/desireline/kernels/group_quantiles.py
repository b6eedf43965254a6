"""Exact medians and other quantiles of many groups at once, by selection instead of sorting."""

from collections.abc import Sequence

import numpy as np

from desireline.kernels.arrays import F64, I64, frozen
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
def quantile_at(values: I64, first: int, begin: int, last: int, share: float) -> tuple[float, int]:
    """A quantile of values[first:last] with linear interpolation, and the index below it.

    None before `begin` may be larger than any from there on, and `begin` must not be above the quantile; so is it
    afterwards with the index that is returned, which a higher quantile can begin from.
    """
    place = (last - 1 - first) * share
    low = first + int(place)
    below = _select(values, begin, last, low)
    beyond = place - int(place)
    if beyond == 0:
        return float(below), low
    above = values[low + 1]
    for i in range(low + 2, last):
        above = min(above, values[i])
    return below + (above - below) * beyond, low


@compiled
def _quantiles(edges: I64, values: I64, wanted: F64, lo: int, hi: int, found: F64) -> None:
    for group in range(lo, hi):
        first, last = edges[group], edges[group + 1]
        begin = first
        for q in range(len(wanted)):
            if first == last:
                found[q, group] = np.nan
            else:
                found[q, group], begin = quantile_at(values, first, begin, last, wanted[q])


def group_quantiles(edges: I64, values: I64, wanted: Sequence[float]) -> F64:
    """Quantiles of each group with linear interpolation between neighbours, as numpy's default.

    Args:
        edges: int64[groups + 1]; values[edges[g]:edges[g + 1]] belong to group g.
        values: int64[n], reordered within the groups.
        wanted: each in [0, 1], ascending.

    Returns:
        float64[wanted, groups], NaN for a group without values.
    """
    found = np.empty((len(wanted), len(edges) - 1), np.float64)
    edges, shares = frozen(edges), frozen(np.array(wanted, np.float64))
    each(lambda lo, hi: _quantiles(edges, values, shares, lo, hi, found), unit_ranges(edges))
    return found
