"""Which group everyone is in: by the likelihood of what they did, under what the people of each group do.

The touchpoints of a person are draws from the group's shares, which differ from person to person (Dirichlet and
multinomial, the precision by moments); so are channels where they say something new. Pace, activity and the like are
normal scores with one covariance. Who did little is told apart by little, and is mixed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from desireline.analyze.grouping.features import Norms, features
from desireline.analyze.grouping.measuring import Measured
from desireline.analyze.grouping.space import Space, scored
from desireline.analyze.scope import F64

BLOCK: Final = 65_536
"""People assigned at once."""

SURE: Final = 0.6
"""Who is of no group with at least this probability is mixed."""

MIXED: Final = -1

MOST: Final = 1_000
"""Counts of people with more events are scaled down to so many: they are told apart by then."""

RIDGE: Final = 1e-3
HALF: Final = 0.5
LEAST_SPREAD, MOST_SPREAD = 1e-4, 0.5

I8 = npt.NDArray[np.int8]
I32 = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Doing:
    """What the people of each group do.

    Attributes:
        weight: float64[groups], log shares.
        drawn: for each table of counts the Dirichlet parameters, float64[groups, columns].
        keys: of the features that are no counts, with their `mean` float64[groups, keys] and the inverse `precise` of
            their covariance.
    """

    weight: F64
    drawn: list[F64]
    keys: list[str]
    mean: F64
    precise: F64


def learned(found: Measured, chance: F64, norms: Norms, space: Space, rng: np.random.Generator) -> Doing:
    """Learn from people whose groups are known with the probabilities `chance` (float64[units, groups])."""
    size = chance.sum(axis=0)
    keys = [key for key in space.samples if not key.startswith(("touchpoint:", "channel:"))]
    scores = _scores(found, norms, space, keys, rng)
    mean = (chance.T @ scores) / size[:, None]
    covariance = (scores.T @ scores - (mean.T * size) @ mean) / len(scores) + RIDGE * np.eye(len(keys))
    drawn = [_dirichlets(counts, chance) for counts in _tables(found)]
    return Doing(np.log(size / size.sum()), drawn, keys, mean, np.linalg.inv(covariance))


def assigned(found: Measured, doing: Doing, norms: Norms, space: Space, rng: np.random.Generator) -> I8:
    """int8[units]: the most probable group of everyone, `MIXED` for those of whom that is not sure."""
    units = len(found.habits.last)
    of = np.full(units, MIXED, np.int8)
    for lo in range(0, units, BLOCK):
        block = found.rows(slice(lo, lo + BLOCK))
        score = _likelihood(block, doing, _scores(block, norms, space, doing.keys, rng))
        chance = np.exp(score - score.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        of[lo : lo + BLOCK] = np.where(chance.max(axis=1) >= SURE, chance.argmax(axis=1), MIXED)
    return of


def _scores(found: Measured, norms: Norms, space: Space, keys: list[str], rng: np.random.Generator) -> F64:
    told = features(found, norms, rng, keys)
    return scored(told, {key: space.samples[key] for key in keys}, rng)


def _tables(found: Measured) -> list[I32]:
    """int32[units, columns] each, no row of more than `MOST`."""
    tables = [found.habits.touched, *([found.habits.channels] if found.channels_tell else [])]
    return [_scaled(counts) for counts in tables]


def _scaled(counts: I32) -> I32:
    total = counts.sum(axis=1, dtype=np.int64)
    many = total > MOST
    if not many.any():
        return counts
    scaled = counts.copy()
    scaled[many] = (counts[many] * (MOST / total[many])[:, None]).astype(np.int32)
    return scaled


def _dirichlets(counts: I32, chance: F64) -> F64:
    """Parameters of each group: its shares, and one correlation of two events of a person by moments."""
    n = counts.sum(axis=1).astype(float)
    found = np.empty((chance.shape[1], counts.shape[1]))
    for k, mine in enumerate(chance.T):
        share = mine @ counts + HALF
        share /= share.sum()
        expected = n[:, None] * share
        over = mine @ ((counts - expected) ** 2 - expected * (1 - share))
        pairs = float((mine * n * (n - 1)).sum()) * float((share * (1 - share)).sum())
        spread = min(max(float(over.sum()) / max(pairs, 1e-300), LEAST_SPREAD), MOST_SPREAD)
        found[k] = share * (1 - spread) / spread
    return found


def _likelihood(found: Measured, doing: Doing, scores: F64) -> F64:
    """float64[units, groups]: the log of each group's weight and likelihood, up to what all groups share."""
    total = np.tile(doing.weight, (len(scores), 1))
    for k, mean in enumerate(doing.mean):
        away = scores - mean
        total[:, k] -= 0.5 * ((away @ doing.precise) * away).sum(axis=1)
    for counts, drawn in zip(_tables(found), doing.drawn, strict=True):
        n = counts.sum(axis=1)
        for k, parameters in enumerate(drawn):
            total[:, k] -= _rising(float(parameters.sum()))[n]
            for j, parameter in enumerate(parameters):
                total[:, k] += _rising(float(parameter))[counts[:, j]]
    return total


def _rising(a: float) -> F64:
    """Log of a (a + 1) … (a + x - 1) for x from 0 to `MOST`."""
    found: F64 = np.concatenate(([0.0], np.cumsum(np.log(a + np.arange(MOST)))))
    return found
