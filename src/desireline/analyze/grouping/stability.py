"""Whether another sample of the same people would show the same parts (Hennig 2007; Dolnicar and Leisch 2010)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.grouping.mixture import MOST, Parts, Start, search
from desireline.analyze.scope import F64, I64

RESAMPLES: Final = 50
SIZE: Final = 3_000
"""People in a resample."""

LEAST_ARI: Final = 0.70
LEAST_JACCARD: Final = 0.60
VALID: Final = 0.75
"""The mean Jaccard index from which on a part is valid and not only stable (Hennig 2007)."""

EARLY: Final = 12
"""From so many resamples on the rest is not drawn if every mean is `CLEAR` standard errors from what is needed."""

CLEAR: Final = 3.0


class Stability(NamedTuple):
    """Mean adjusted Rand index, the mean Jaccard index of each part, and how many resamples were drawn."""

    ari: float
    jaccard: list[float]
    resamples: int

    @property
    def enough(self) -> bool:
        """Whether the parts are stable."""
        return self.ari >= LEAST_ARI and min(self.jaccard) >= LEAST_JACCARD

    @property
    def valid(self) -> bool:
        """Whether they are more than that."""
        return self.enough and min(self.jaccard) >= VALID


def stability(spaces: Sequence[F64], parts: Parts, seed: int) -> Stability:
    """Find parts again in resamples with replacement, from fresh starts, and hold them against those found."""
    n, rng = len(spaces[0]), np.random.default_rng(seed)
    mine = parts.posterior(spaces[0]).argmax(axis=1)
    k = len(parts.weight)
    starts = [*dict.fromkeys((Start("tied", k), parts.start, Start("tied", min(k + 2, MOST))))]
    found = np.zeros((RESAMPLES, 1 + k))
    for turn in range(RESAMPLES):
        rows = rng.integers(0, n, min(n, SIZE))
        again = search([points[rows] for points in spaces], starts, seed + turn + 1).found
        theirs = again[0].posterior(spaces[0][rows]).argmax(axis=1) if again else np.zeros(len(rows), np.int64)
        table = crossed(mine[rows], theirs, k)
        found[turn, 0], found[turn, 1:] = adjusted_rand(table), overlap(table)
        if turn + 1 >= EARLY and _settled(found[: turn + 1]):
            break
    ari, *jaccard = found[: turn + 1].mean(axis=0).tolist()
    return Stability(ari, jaccard, turn + 1)


def _settled(found: F64) -> bool:
    """Whether more resamples could hardly change the verdict: all are clearly enough, or one is clearly not."""
    needed = np.array([LEAST_ARI] + [LEAST_JACCARD] * (found.shape[1] - 1))
    above = found.mean(axis=0) - needed
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    return bool((above > CLEAR * error).all() or (above < -CLEAR * error).any())


def crossed(mine: I64, theirs: I64, k: int) -> F64:
    """float64[k, theirs]: how many are in each pair of parts."""
    wide = int(theirs.max(initial=0)) + 1
    found: F64 = np.bincount(mine * wide + theirs, minlength=k * wide).reshape(k, wide).astype(float)
    return found


def adjusted_rand(table: F64) -> float:
    """The adjusted Rand index of two partitions from their cross table (Hubert and Arabie 1985).

    >>> adjusted_rand(np.array([[3.0, 0.0], [0.0, 3.0]])), adjusted_rand(np.array([[2.0], [2.0]]))
    (1.0, 0.0)
    """
    n = table.sum()
    together = (table * (table - 1)).sum()
    rows, columns = ((sums * (sums - 1)).sum() for sums in (table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / (n * (n - 1))
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def overlap(table: F64) -> F64:
    """The Jaccard index of each row with the column that is most like it."""
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    found: F64 = (table / np.maximum(union, 1)).max(axis=1)
    return found
