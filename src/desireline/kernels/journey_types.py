"""Which Markov chain of a mixture each journey comes from."""

import numpy as np

from desireline.kernels.arrays import F64, I8, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges


@compiled
def _assign(
    starts: I64, tokens: I32, weight: F64, step: F64, end: int, lo: int, hi: int, best: I8, probability: F64
) -> None:
    """The step into `end` follows the last token; a journey without tokens keeps what stands in the results."""
    kinds = len(weight)
    total = np.empty(kinds)
    for u in range(lo, hi):
        first, last = starts[u], starts[u + 1]
        if first == last:
            continue
        total[:] = weight
        for i in range(first, last):
            to = tokens[i + 1] if i + 1 < last else end
            for k in range(kinds):
                total[k] += step[tokens[i], to, k]
        most = 0
        for k in range(1, kinds):
            if total[k] > total[most]:
                most = k
        others = 0.0
        for k in range(kinds):
            others += np.exp(total[k] - total[most])
        best[u] = most
        probability[u] = 1 / others


def assign(starts: I64, tokens: I32, weight: F64, step: F64) -> tuple[I8, F64]:
    """The likeliest chain of each journey.

    Args:
        starts: int64[units + 1]; tokens of unit u are starts[u]:starts[u + 1].
        tokens: int32, the first of each unit is the mark that stands before every journey; it stands for its end, too.
        weight: float64[chains], log probability of each chain.
        step: float64[tokens, tokens, chains], log probability of each token after each.

    Returns:
        int8[units], -1 for units without tokens; float64[units], how probable that chain is, 0 without tokens.
    """
    starts, tokens, weight, step = frozen(starts), frozen(tokens), frozen(weight), frozen(step)
    units = len(starts) - 1
    best, probability = np.full(units, -1, np.int8), np.zeros(units)
    end = step.shape[0] - 1
    each(
        lambda lo, hi: _assign(starts, tokens, weight, step, end, lo, hi, best, probability),
        unit_ranges(starts),
    )
    return best, probability
