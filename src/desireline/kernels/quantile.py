"""Exact quantiles of whole numbers, by selection instead of sorting."""

from collections.abc import Sequence

import numpy as np

from desireline.kernels.arrays import I64


def quantiles(values: I64, wanted: Sequence[float], zeros: int = 0) -> list[float] | None:
    """Quantiles with linear interpolation between neighbours, as numpy's default.

    Args:
        values: int64[n]; left untouched.
        wanted: each in [0, 1].
        zeros: so many values more that are 0, where none is below it.

    Returns:
        One number for each wanted, None without values.

    >>> quantiles(np.array([4, 1, 3, 2]), (0.5, 0.9))
    [2.5, 3.7]
    >>> quantiles(np.array([4, 1]), (0.5, 0.75), zeros=3)
    [0.0, 1.0]
    """
    n = len(values) + zeros
    if not n:
        return None
    places = [(n - 1) * q for q in wanted]
    needed = sorted({k - zeros for p in places for k in (int(p), min(int(p) + 1, n - 1)) if k >= zeros})
    chosen = np.partition(values, needed) if needed else values
    results = []
    for place in places:
        low, high = int(place), min(int(place) + 1, n - 1)
        below, above = (int(chosen[k - zeros]) if k >= zeros else 0 for k in (low, high))
        results.append(below + (above - below) * (place - low))
    return [float(r) for r in results]
