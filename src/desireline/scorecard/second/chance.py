"""What the second maker of worlds shares: choices by weight, and its calendar."""

from typing import Final

import numpy as np

from desireline.analyze.scope import F64, I64

DAY: Final = 86_400_000_000
START: Final = 1_767_571_200_000_000
"""µs; Monday, 5 January 2026, 00:00 UTC."""


def chosen(weights: F64, luck: F64) -> I64:
    """int64[n]: the column that a uniform draw falls into, by weights float64[n, columns]."""
    edges = np.cumsum(weights, axis=1)
    found: I64 = (luck[:, None] * edges[:, -1:] > edges).sum(axis=1)
    return found


def micros(days: F64) -> I64:
    """µs UTC of days since the start."""
    found: I64 = START + np.round(days * DAY).astype(np.int64)
    return found
