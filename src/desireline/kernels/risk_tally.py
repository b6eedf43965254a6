"""Steps at risk counted by what they are at, their number and what came of them, in one pass."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I8, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges


class Tally(NamedTuple):
    """int64[exposures, bins, outcomes + 1] steps whose outcome was observed; int64[exposures] units that made them."""

    steps: I64
    people: I64


@compiled
def _tally(
    offsets: I64, exposure: I32, outcome: I8, bins: I32, lo: int, hi: int, last: I64, steps: I64, people: I64
) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if exposure[i] >= 0 and outcome[i] >= 0:
                steps[exposure[i], bins[i], outcome[i]] += 1
                if last[exposure[i]] != u + 1:
                    last[exposure[i]] = u + 1
                    people[exposure[i]] += 1


def tally_steps(offsets: I64, exposure: I32, outcome: I8, bins: I32, exposures: int, many: int, outcomes: int) -> Tally:
    """Count steps.

    Args:
        offsets: int64[units + 1].
        exposure: int32[events], -1 for events that are no step.
        outcome: int8[events], negative where none was observed.
        bins: int32[events], each less than `many`.
        exposures: how many there are.
        many: how many bins.
        outcomes: outcomes beside 0.
    """
    offsets, exposure, outcome, bins = frozen(offsets), frozen(exposure), frozen(outcome), frozen(bins)

    def part(lo: int, hi: int) -> Tally:
        found = Tally(np.zeros((exposures, many, outcomes + 1), np.int64), np.zeros(exposures, np.int64))
        _tally(offsets, exposure, outcome, bins, lo, hi, np.zeros(exposures, np.int64), *found)
        return found

    parts = each(part, unit_ranges(offsets, per_worker=1))
    return Tally(*(np.sum(column, axis=0) for column in zip(*parts, strict=True)))
