"""Exact quantiles of whole numbers, by selection instead of sorting."""

from collections.abc import Sequence

import numpy as np

from desireline.kernels.arrays import I64


def quantiles(values: I64, wanted: Sequence[float]) -> list[float] | None:
    """Quantiles with linear interpolation between neighbours, as numpy's default.

    Args:
        values: int64[n]; left untouched.
        wanted: each in [0, 1].

    Returns:
        One number for each wanted, None without values.

    >>> quantiles(np.array([4, 1, 3, 2]), (0.5, 0.9))
    [2.5, 3.7]
    """
    if not len(values):
        return None
    places = [(len(values) - 1) * q for q in wanted]
    needed = sorted({n for p in places for n in (int(p), min(int(p) + 1, len(values) - 1))})
    chosen = np.partition(values, needed)
    results = []
    for place in places:
        low = int(place)
        below, above = int(chosen[low]), int(chosen[min(low + 1, len(values) - 1)])
        results.append(below + (above - below) * (place - low))
    return [float(r) for r in results]
