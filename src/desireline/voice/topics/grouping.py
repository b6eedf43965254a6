"""Groups of texts in their space: k-means for a number of groups, and how sure the groups are."""

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np

from desireline.kernels.arrays import F32, F64, I64
from desireline.voice.topics.space import Space, unit

HALVES: Final = 4
"""Random halves of the texts in which the groups are looked for again."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Every text in one group.

    Attributes:
        label: int64[texts].
        k: number of groups; none is empty.
    """

    label: I64
    k: int


def grouped(space: Space, k: int, seed: int = 0) -> Groups:
    """All texts in `k` groups at most; those the space was not learnt on go to the nearest centre."""
    known = clustered(space.moved, k, seed)
    label = np.empty(len(space.points), np.int64)
    label[space.learnt] = known
    rest = np.setdiff1d(np.arange(len(label)), space.learnt)
    if len(rest):
        centre = centres(space.points[space.learnt], known, k)
        label[rest] = (space.points[rest] @ centre.T).argmax(axis=1)
    return dense(label)


def clustered(points: F32, k: int, seed: int, starts: int = 1) -> I64:
    """k-means of points of length 1, its start by k-means++: after diffusion a second start finds nothing better."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    with warnings.catch_warnings(), threadpool_limits(1):  # threads of such short rounds would wait for each other
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer different points than groups: fewer groups
        found = KMeans(min(k, len(points)), n_init=starts, random_state=seed, max_iter=100).fit_predict(points)
    label: I64 = found.astype(np.int64)
    return label


def dense(label: I64) -> Groups:
    """Labels without gaps, the largest group first."""
    names, place, size = np.unique(label, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), np.int64)
    rank[np.lexsort((names, -size))] = np.arange(len(names))
    return Groups(rank[place], len(names))


def centres(points: F32, label: I64, k: int) -> F32:
    """float32[k, dimensions]: mean of each group's points, of length 1."""
    total = np.zeros((k, points.shape[1]), np.float32)
    np.add.at(total, label, points)
    return unit(total)


def stability(space: Space, groups: Groups, seed: int = 1) -> F64:
    """float64[k]: how well each group is found again in random halves, 0 to 1.

    Of every half of the texts the mean over halves of the best Jaccard index with a group found there (Hennig 2007,
    "Cluster-wise assessment of cluster stability", with subsets).
    """
    rng, size = np.random.default_rng(seed), len(space.learnt)
    label, found = groups.label[space.learnt], np.zeros((HALVES, groups.k))
    for turn in range(HALVES):
        half = rng.permutation(size)[: max(2, size // 2)]
        again = clustered(space.moved[half], groups.k, seed + turn)
        both = np.zeros((groups.k, int(again.max()) + 1))
        np.add.at(both, (label[half], again), 1)
        either = both.sum(1, keepdims=True) + both.sum(0, keepdims=True) - both
        found[turn] = (both / np.maximum(either, 1)).max(axis=1)
    mean: F64 = found.mean(axis=0)
    return mean


def agreement(space: Space, groups: Groups, seed: int = 1) -> float:
    """Adjusted Rand index of these groups with those of another seed."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(groups.label[space.learnt], clustered(space.moved, groups.k, seed)))
