"""Rows in another order, on all cores."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges


@compiled
def _gather(values: npt.NDArray[Any], order: I32, lo: int, hi: int, out: npt.NDArray[Any]) -> None:
    for i in range(lo, hi):
        out[i] = values[order[i]]


def gather(values: npt.NDArray[Any], order: npt.NDArray[Any], out: npt.NDArray[Any] | None = None) -> npt.NDArray[Any]:
    """`values[order]`, faster on large arrays; writes to `out` (for example a memory map) if given.

    Args:
        values: int32[m], int64[m] or float64[m].
        order: int32[n] or int64[n] of row numbers in [0, m).
        out: array of the same type and n rows.
    """
    values, order = frozen(values), frozen(order)
    target = np.empty(len(order), values.dtype) if out is None else out.view(np.ndarray)
    rows = row_ranges(len(order))
    each(lambda lo, hi: _gather(values, order, lo, hi, target), rows)
    return target
