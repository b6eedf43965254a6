"""Where values lie in a sample, as scores of the normal distribution; equal values are told apart by chance."""

import numpy as np

from desireline.kernels.arrays import F64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges


@compiled
def _scores(values: F64, sample: F64, chance: F64, table: F64, lo: int, hi: int, column: int, score: F64) -> None:
    fine = len(table) - 1
    for i in range(lo, hi):
        below = np.searchsorted(sample, values[i], "left")
        equal = below
        if below < len(sample) and sample[below] == values[i]:
            equal = np.searchsorted(sample, values[i], "right")
        place = (below + chance[i] * max(equal - below, 1)) / (len(sample) + 1) * fine
        k = min(int(place), fine - 1)
        score[i, column] = table[k] + (place - k) * (table[k + 1] - table[k])


def normal_scores(values: F64, sample: F64, chance: F64, column: int, score: F64) -> None:
    """Fill a column of `score` with the normal score of each value's rank in a sample.

    Args:
        values: float64[units].
        sample: float64[n], ascending.
        chance: float64[units] in [0, 1), where in its tie a value lies.
        column: of `score`.
        score: float64[units, columns].
    """
    from scipy.special import ndtri

    steps = np.linspace(0, 1, 4 * len(sample) + 5)
    steps[0], steps[-1] = steps[1] / 2, 1 - steps[1] / 2
    values, sample, chance, table = frozen(values), frozen(sample), frozen(chance), frozen(ndtri(steps))
    each(lambda lo, hi: _scores(values, sample, chance, table, lo, hi, column, score), row_ranges(len(values)))
