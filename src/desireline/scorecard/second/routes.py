"""Kinds of journeys through stages: people dwell in a stage for a while, each kind with an order of its own."""

from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.scope import F64, I64
from desireline.scorecard.memory import Table, scope_of
from desireline.scorecard.second.chance import chosen, micros
from desireline.scorecard.worlds import Setting, World
from desireline.simulate import Difficulty

STAGES, PER, STRAY = 5, 5, 3
NAMES: Final = [*(f"s{s} t{t}" for s in range(STAGES) for t in range(PER)), *(f"stray {k}" for k in range(STRAY))]
MOST_STEPS: Final = 60


class Hardness(NamedTuple):
    """Chances: to follow the order of one's kind, to stray, to go back a stage, and to leave at a step."""

    order: float
    straying: float
    back: float
    leaving: float


HARDNESS: Final[dict[Difficulty, Hardness]] = {
    "easy": Hardness(0.85, 0.04, 0.04, 0.005),
    "medium": Hardness(0.80, 0.06, 0.06, 0.01),
    "hard": Hardness(0.60, 0.10, 0.10, 0.02),
}
"""Medium: a Markov chain of each kind, counted on one half of 3,000 people whose kinds are known, tells the kinds of
the other half with an adjusted Rand index of .88; who is not told them can hardly do better."""


class Orders(NamedTuple):
    """int64[kinds, touchpoints]: what follows a touchpoint, and what follows the one before it; likings float64."""

    last: I64
    before: I64
    liking: F64


def routes(setting: Setting, kinds: int = 3) -> World:
    """`kinds` orders inside each of five stages; half of the times they hang on the touchpoint before the last."""
    rng = np.random.default_rng([setting.seed, 11])
    hard, orders, n = HARDNESS[setting.difficulty], _orders(rng, kinds), setting.people
    kind, pace = rng.choice(kinds, n, p=rng.dirichlet(np.full(kinds, 10.0))), np.exp(rng.normal(0, 0.6, n))
    now, stage, dwell = rng.random(n) * 120, np.zeros(n, np.int64), rng.gamma(3, 1.2, n)
    at = chosen(orders.liking[np.zeros(n, np.int64)], rng.random(n))
    before, who = at.copy(), np.arange(n)
    found = []
    for _ in range(MOST_STEPS):
        strays = rng.random(len(who)) < hard.straying
        seen = np.where(strays, STAGES * PER + rng.integers(STRAY, size=len(who)), at[who])
        found.append((who, now[who], seen))
        wait = rng.weibull(0.8, len(who))
        now[who] += wait * pace[who]
        dwell[who] -= wait
        who = who[rng.random(len(who)) >= hard.leaving]
        moving = dwell[who] <= 0
        stage[who[moving]] += np.where(rng.random(moving.sum()) < hard.back, -1, 1)
        who = who[stage[who] < STAGES]
        stage[who] = np.maximum(stage[who], 0)
        moving = dwell[who] <= 0
        dwell[who[moving]] = rng.gamma(3, 1.2, moving.sum())
        after = _after(rng, orders, hard.order, kind[who], at[who], before[who])
        after = np.where(moving, chosen(orders.liking[stage[who]], rng.random(len(who))) + stage[who] * PER, after)
        before[who], at[who] = at[who], after
    person, days, event = (np.concatenate(part) for part in zip(*found, strict=True))
    scope = scope_of(Table(person, micros(days), event, NAMES))
    return World(scope, stages={NAMES[k]: k // PER for k in range(STAGES * PER)}, kinds=kind)


def _orders(rng: np.random.Generator, kinds: int) -> Orders:
    return Orders(
        np.stack([_circles(rng) for _ in range(kinds)]), np.stack([_circles(rng) for _ in range(kinds)]),
        rng.dirichlet(np.full(PER, 2.0), STAGES),
    )  # fmt: skip


def _circles(rng: np.random.Generator) -> I64:
    """int64[touchpoints]: the touchpoints of each stage in a circle."""
    after = np.empty(STAGES * PER, np.int64)
    for stage in range(STAGES):
        order = rng.permutation(PER) + stage * PER
        after[order] = np.roll(order, -1)
    return after


def _after(rng: np.random.Generator, orders: Orders, following: float, kind: I64, at: I64, before: I64) -> I64:
    """Where those go who stay in their stage."""
    luck, own = rng.random(len(at)), at // PER * PER
    free = chosen(orders.liking[at // PER], rng.random(len(at))) + own
    by_two = np.where(before // PER == at // PER, orders.before[kind, before], orders.last[kind, at])
    return np.where(luck < following / 2, orders.last[kind, at], np.where(luck < following, by_two, free))
