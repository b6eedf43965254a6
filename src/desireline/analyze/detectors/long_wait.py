"""Long waits: the next touchpoint comes later than three times the median wait of that very step, and than a minute.

A fixed share of waits is long by construction, and any rule of this kind finds some everywhere. Expected is therefore
the share of long waits at all other touchpoints and channels, of people with about as many waits (those who do much do
it fast); a touchpoint is an obstacle if it has more of them by more than touchpoints usually differ. Silences that end
a journey are no waits, nor is what comes after a goal.
"""

import numpy as np

from desireline.analyze.detectors.material import MINUTE, NUMBERS, Material, Signs, by_number
from desireline.analyze.detectors.model import Reason
from desireline.analyze.scope import F64, I64

TIMES, SHORTEST = 3, MINUTE
LEAST = 20
"""Steps that happen less often have no median that one could hold a wait against."""


def find(material: Material) -> Signs | Reason:
    """The touchpoints that people wait long after."""
    from desireline.kernels.hits import by_kind
    from desireline.kernels.masks import count_in_units
    from desireline.kernels.transitions import transitions
    from desireline.kernels.waits import long_waits

    scope, n, label = material.scope, len(material.labels.names), material.labels.table
    steps = transitions(material.parts, scope.time, scope.code, label, n, collapse=False, medians=True)
    median = np.zeros(len(steps.count)) if steps.times is None else steps.times[0]
    limit = np.where(steps.count >= LEAST, np.maximum(TIMES * median, SHORTEST), -1.0)
    first = np.searchsorted(steps.source, np.arange(n + 1)).astype(np.int64)
    chance, hit = long_waits(material.parts, scope.time, scope.code, label, first, steps.target, limit)
    if material.final.any():
        waits = material.rows(~material.final)
        chance, hit = chance & waits, hit & waits
    kind = by_number(count_in_units(scope.offsets, chance))
    counts = by_kind(material.events, len(material.cells), hit, chance, kind, NUMBERS)
    return Signs(hit, chance, _elsewhere(counts), kind=kind, peers=True)


def _elsewhere(counts: I64) -> F64:
    """The share of hits among the chances of all other cells, by kind of unit; 1 where there are no others."""
    chances, hits = counts.sum(axis=2, keepdims=True) - counts
    return np.where(chances > 0, hits / np.maximum(chances, 1), 1.0)
