"""How far the transitions of a window are from those of all other windows."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import F64, I64


def distances(counts: npt.NDArray[Any], row: I64) -> F64:
    """Jensen-Shannon distance (base 2, Lin 1991) of each window from the others, rows weighted by its transitions.

    Args:
        counts: [windows, pairs].
        row: int64[pairs], ascending: where each pair leads from.

    Returns:
        float64[windows], in [0, 1], NaN for a window without transitions.
    """
    edges = np.flatnonzero(np.diff(row, prepend=-1))
    place = np.repeat(np.arange(len(edges)), np.diff(edges, append=len(row)))
    here, rest = counts.astype(np.float64), (counts.sum(axis=0) - counts).astype(np.float64)
    size = np.add.reduceat(here, edges, axis=1)
    p, q = here / np.maximum(size, 1)[:, place], rest / np.maximum(np.add.reduceat(rest, edges, axis=1), 1)[:, place]
    middle = (p + q) / 2
    divergence = np.add.reduceat((_information(p) + _information(q)) / 2 - _information(middle), edges, axis=1)
    total = size.sum(axis=1)
    with np.errstate(invalid="ignore"):
        found: F64 = np.sqrt(np.clip((divergence * size).sum(axis=1) / np.where(total > 0, total, np.nan), 0, 1))
    return found


def _information(p: F64) -> F64:
    found: F64 = p * np.log2(np.where(p > 0, p, 1.0))
    return found
