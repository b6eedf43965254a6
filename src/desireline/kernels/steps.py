"""What every pass over steps, from one labelled event to the unit's next one, shares.

The passes run over events, not over units: the end of a loop over one unit's few events is a branch that no processor
foresees, and costs more than the work between two of them.
"""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I64
from desireline.kernels.compiled import compiled

BLOCK = 1024
"""Events looked at together, so that their marks stay in the nearest cache."""

Marks = npt.NDArray[np.uint8]


@compiled
def mark_starts(offsets: I64, unit: int, hi: int, first: int, last: int, mark: Marks) -> int:
    """Mark the units' first events among [first, last), from `unit` on; returns the next unit to mark."""
    mark[:] = 0
    while unit < hi and offsets[unit] < last:
        mark[offsets[unit] - first] = 1
        unit += 1
    return unit


@compiled
def ends_step(before: int | np.int32, here: int, collapse: bool, plain: bool) -> bool:
    """Whether an event labelled `here` (below 0: outside) ends a step from one labelled `before`.

    `plain`: nothing is outside and nothing collapses, so that all do.
    """
    return plain or ((here >= 0) & (not (collapse & (here == before))))
