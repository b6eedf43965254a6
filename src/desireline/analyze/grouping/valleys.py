"""Whether two parts of a population are two: there must be a valley between them, else they are one.

Components of a mixture that follow one broad, bent or skewed population have none between them and are put together
again, those with the shallowest valley first (Hennig 2010, Methods for merging Gaussian mixture components).
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I64

DEEP: Final = 0.75
"""The density in the valley is at most so much of the lower of the two peaks. Two equal normal populations reach it at
a distance of 2.8 standard deviations."""

LEAST: Final = 20
"""People that a group must have."""

BINS: Final = 400
POINTS: Final = 100
AROUND: Final = 2.0


class Cloud(NamedTuple):
    """The points of a part in one space: float64[n, dimensions], with their mean and covariance."""

    points: F64
    mean: F64
    covariance: F64


def cloud(points: F64) -> Cloud:
    """What a part's points are like."""
    mean = points.mean(axis=0)
    away = points - mean
    return Cloud(points, mean, away.T @ away / max(1, len(points) - 1))


def valley(one: Cloud, other: Cloud) -> float:
    """The least density between two parts over the lower peak beside it, along Fisher's direction; 1 for none."""
    n_one, n_other = len(one.points), len(other.points)
    n = n_one + n_other
    within = (one.covariance * n_one + other.covariance * n_other) / n + 1e-6 * np.eye(len(one.mean))
    direction = np.linalg.solve(within, other.mean - one.mean)
    left, right = one.points @ direction, other.points @ direction
    spread = np.sqrt((left.var() * n_one + right.var() * n_other) / n)
    if not spread > 0:
        return 1.0
    along = np.concatenate((left, right)) / spread
    first, last = left.mean() / spread, right.mean() / spread
    grid = np.linspace(first - AROUND, last + AROUND, POINTS)
    density = _density(along, grid, 1.06 * n**-0.2)
    peak = np.minimum(np.maximum.accumulate(density), np.maximum.accumulate(density[::-1])[::-1])
    inside = (grid > first) & (grid < last)
    return float((density / np.maximum(peak, 1e-300))[inside].min(initial=1.0))


def _density(values: F64, grid: F64, width: float) -> F64:
    """A kernel estimate from a histogram; its scale does not matter."""
    counts, edges = np.histogram(values, BINS)
    middle = (edges[1:] + edges[:-1]) / 2
    found: F64 = np.exp(-0.5 * ((grid[:, None] - middle) / width) ** 2) @ counts
    return found


Clouds = list[Cloud]
"""Those of one part, in each of several spaces."""


def shallowest(spaces: Sequence[F64], parts: Sequence[I64]) -> float:
    """The shallowest valley between any two parts in any of the spaces; 0 for one part."""
    return max((between(a, b) for a, b in combinations([_clouds(spaces, rows) for rows in parts], 2)), default=0.0)


def between(a: Clouds, b: Clouds) -> float:
    """The shallower of the valleys in several spaces; that of the first one in which there is none worth the name."""
    worst = 0.0
    for one, other in zip(a, b, strict=True):
        worst = max(worst, valley(one, other))
        if worst > DEEP:
            break
    return worst


def merged(spaces: Sequence[F64], labels: I64) -> list[I64]:
    """The rows of each part after all without a valley between them were put together; small ones are left out."""
    found = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    parts = {place: rows for place, rows in enumerate(found) if len(rows) >= LEAST}
    clouds = {place: _clouds(spaces, rows) for place, rows in parts.items()}
    depth = {(a, b): between(clouds[a], clouds[b]) for a, b in combinations(parts, 2)}
    while depth:
        (a, b), worst = max(depth.items(), key=lambda pair: (pair[1], pair[0]))
        if worst <= DEEP:
            break
        parts[a] = np.sort(np.concatenate((parts[a], parts.pop(b))))
        clouds[a] = _clouds(spaces, parts[a])
        depth = {pair: depth[pair] for pair in depth if a not in pair and b not in pair}
        depth |= {(min(a, c), max(a, c)): between(clouds[a], clouds[c]) for c in parts if c != a}
    return list(parts.values())


def _clouds(spaces: Sequence[F64], rows: I64) -> Clouds:
    return [cloud(points[rows]) for points in spaces]
