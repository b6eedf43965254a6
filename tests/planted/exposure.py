"""Planted exposures: people with a confounder, an exposure that follows it, and an outcome with a known effect."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Planted(NamedTuple):
    """Rows of people; `truth` is the exact effect on the exposed, by common random numbers."""

    outcome: F64
    exposed: Bools
    covariates: F64
    truth: float


def planted(people: int, seed: int, effect: float = -0.12, curved: bool = False, amounts: bool = False) -> Planted:
    """Intent raises both the chance of exposure and the outcome; `effect` shifts the outcome's probability."""
    rng = np.random.default_rng(seed)
    intent, pace, noise = rng.normal(size=(3, people))
    push = 0.9 * intent + 0.4 * pace if not curved else 1.2 * (intent**2 - 1) + 0.5 * pace
    exposed = rng.random(people) < 1 / (1 + np.exp(0.8 - push))
    base = 1 / (1 + np.exp(0.6 - (push if curved else intent) + 0.3 * pace))
    draw, worth = rng.random(people), rng.gamma(2.0, 20.0, people)
    without, within = draw < base, draw < np.clip(base + effect, 0, 1)
    both = [np.where(y, worth if amounts else 1.0, 0.0) for y in (without, within)]
    truth = float((both[1] - both[0])[exposed].mean())
    return Planted(np.where(exposed, both[1], both[0]), exposed, np.column_stack((intent, pace, noise)), truth)


def hidden(people: int, seed: int, strength: float = 2.5) -> Planted:
    """No effect: a hidden half of the people is `strength` times as likely to be exposed and to miss the goal."""
    rng = np.random.default_rng(seed)
    unseen = rng.random(people) < 0.5
    pace = rng.normal(size=people)
    exposed = rng.random(people) < np.where(unseen, strength, 1.0) * 0.18 * np.exp(0.1 * np.clip(pace, -2, 2))
    missed = rng.random(people) < np.where(unseen, strength, 1.0) * 0.2
    return Planted((~missed).astype(float), exposed, pace[:, None], 0.0)
