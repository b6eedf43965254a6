"""The usual way, to compare with: a mixture of Markov chains from random starts, counted by BIC."""

import numpy as np

from desireline.analyze.mixtures.markov import Mixture, bic, fitted
from desireline.analyze.mixtures.steps import Steps

STARTS, ROUNDS = 3, 60


def random_start_em(steps: Steps, most: int, seed: int) -> Mixture:
    """The fit with the least BIC among 1, 2 … `most` chains, each the best of three random starts."""
    rng = np.random.default_rng(seed)
    found = []
    for k in range(1, most + 1):
        tries = [fitted(steps, rng.dirichlet(np.ones(k), steps.journeys), ROUNDS) for _ in range(STARTS)]
        found.append(max(tries, key=lambda m: m.log_likelihood))
    return min(found, key=lambda m: bic(steps, m))
