"""The uniforms of a block of people, kept so that another world may use the same ones."""

from typing import NamedTuple

import numpy as np

from desireline.simulate.arrays import F32

MOST_STEPS = 90
"""After so many touchpoints everybody stops; fewer than one in a thousand come there."""


class Draw(NamedTuple):
    """One step's uniforms (and one normal), an entry a person."""

    outcome: F32
    next: F32
    struggle: F32
    contact: F32
    loop: F32
    visit: F32
    wait: F32  # standard normal


class Draws:
    """Common random numbers: step k of person i is the same in every world of the same seed.

    Args:
        seed: of the simulation.
        block: number of the block of people.
        n: people in it.
    """

    def __init__(self, seed: int, block: int, n: int) -> None:
        self._rng = np.random.default_rng([seed, block, 1])
        self._n = n
        self._known: list[Draw] = []

    def step(self, k: int) -> Draw:
        """The draws of step k."""
        while len(self._known) <= k:
            uniforms = self._rng.random((6, self._n), dtype=np.float32)
            normal = self._rng.standard_normal(self._n, dtype=np.float32)
            self._known.append(Draw._make([*uniforms, normal]))
        return self._known[k]
