"""Kinds of people: how often they come, in which bursts, what they touch and where, each person after their own way."""

from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I64
from desireline.scorecard.memory import Table, scope_of
from desireline.scorecard.second.chance import chosen, micros
from desireline.scorecard.worlds import Setting, World
from desireline.simulate import Difficulty

TOUCHPOINTS: Final = [f"t{k:02}" for k in range(14)]
CHANNELS: Final = ("web", "shop", "phone")
DAYS: Final = 240.0
ECHO: Final = 0.15
"""How often somebody goes back to the touchpoint before the last."""


class Hardness(NamedTuple):
    """How far a kind is from the common way (0 to 1), and how closely its people keep to it (Dirichlet)."""

    apart: float
    close: float


HARDNESS: Final[dict[Difficulty, Hardness]] = {
    "easy": Hardness(0.75, 40.0),
    "medium": Hardness(0.6, 25.0),
    "hard": Hardness(0.35, 12.0),
}


def habits(setting: Setting, kinds: int = 4) -> World:
    """`kinds` of people; one stands for a population without any."""
    rng = np.random.default_rng([setting.seed, 12])
    hard, n = HARDNESS[setting.difficulty], setting.people
    kind = rng.integers(kinds, size=n)
    touching = _own(rng, len(TOUCHPOINTS), kinds, hard)[kind]
    ways = _own(rng, len(CHANNELS), kinds, hard)[kind]
    likes, channels = _scattered(rng, touching, hard.close), _scattered(rng, ways, hard.close)
    bursts = rng.beta(2, 2, kinds)[kind] * 0.6 + 0.2
    many = 2 + rng.poisson(rng.gamma(2.0, 10.0, n))
    person = np.repeat(np.arange(n), many)
    first = np.r_[True, person[1:] != person[:-1]]
    event = chosen(likes[person], rng.random(len(person)))
    echo = np.flatnonzero((rng.random(len(person)) < ECHO) & ~first & ~np.roll(first, 1))
    event[echo] = event[echo - 2]
    table = Table(
        person, micros(_days(rng, person, first, bursts)), event, TOUCHPOINTS,
        chosen(channels[person], rng.random(len(person))), CHANNELS,
    )  # fmt: skip
    return World(scope_of(table), personas=kind)


def _own(rng: np.random.Generator, columns: int, kinds: int, hard: Hardness) -> F64:
    common, own = rng.dirichlet(np.full(columns, 1.5)), rng.dirichlet(np.full(columns, 0.4), kinds)
    found: F64 = (1 - hard.apart) * common + hard.apart * own
    return found


def _scattered(rng: np.random.Generator, shares: F64, close: float) -> F64:
    """Everyone's own shares around those of their kind."""
    return rng.gamma(np.maximum(shares * close, 1e-3)) + 1e-12


def _days(rng: np.random.Generator, person: I64, first: np.ndarray, bursts: F64) -> F64:
    """A burst goes on after minutes; else the next one comes after days."""
    again = rng.random(len(person)) < bursts[person]
    gap = np.where(again, rng.exponential(4 / 1440, len(person)), rng.weibull(0.7, len(person)) * 4)
    gap[first] = rng.random(first.sum()) * DAYS
    since = np.cumsum(gap)
    begin = np.flatnonzero(first)
    found: F64 = since - (since[begin] - gap[begin])[np.cumsum(first) - 1]
    return found
