"""Where a mixture starts from: clusters of steps, the last fit with a part split, the next with two parts made one.

Random starts end in worse fits, from which too few kinds are told; see `naive`.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from desireline.analyze.mixtures.clusters import clusters
from desireline.analyze.mixtures.markov import Mixture, completed, fitted
from desireline.analyze.mixtures.steps import Steps
from desireline.analyze.scope import F64

LOOK, SETTLE = 10, 150
"""Rounds of a first look at a start, and of the best one's fit."""

CLUSTERINGS = 3
MERGES = 4
LEAST = 20
"""Fewer people are no kind of their own."""


def search(steps: Steps, most: int, seed: int) -> list[Mixture]:
    """The best fit found for 1, 2 … `most` chains."""
    most = max(1, min(most, steps.journeys // LEAST))
    found = [fitted(steps, np.ones((steps.journeys, 1)), 2)]
    for k in range(2, most + 1):
        found.append(_best(steps, _starts(steps, k, found[-1], seed)))
    for k in range(most - 1, 1, -1):
        joined = _best(steps, _merged(found[k].belonging))
        if joined.log_likelihood > found[k - 1].log_likelihood:
            found[k - 1] = joined
    return found


def preferred(steps: Steps, found: list[Mixture]) -> list[Mixture]:
    """The fits, the one with the largest integrated likelihood first."""
    return sorted(found, key=lambda m: (-completed(steps, m), m.k))


def _best(steps: Steps, starts: Iterator[F64]) -> Mixture:
    looked = max((fitted(steps, start, LOOK) for start in starts), key=lambda m: m.log_likelihood)
    return fitted(steps, looked.belonging, SETTLE)


def _starts(steps: Steps, k: int, fewer: Mixture, seed: int) -> Iterator[F64]:
    for turn in range(CLUSTERINGS):
        yield np.eye(k)[clusters(steps.directions, k, seed + turn)]
    chain = fewer.belonging.argmax(axis=1)
    for split in range(k - 1 if k > 2 else 0):
        inside = np.flatnonzero(chain == split)
        if len(inside) >= 2 * LEAST:
            new = inside[clusters(steps.directions[inside], 2, seed) == 1]
            start = np.column_stack((fewer.belonging, np.zeros(steps.journeys)))
            start[new, -1], start[new, split] = start[new, split], 0
            yield start


def _merged(belonging: F64) -> Iterator[F64]:
    """Two chains as one, for the pairs that share most journeys."""
    shared = belonging.T @ belonging
    pairs = sorted(combinations(range(belonging.shape[1]), 2), key=lambda pair: -shared[pair])
    for a, b in pairs[:MERGES]:
        start = np.delete(belonging, b, axis=1)
        start[:, a] += belonging[:, b]
        yield start
