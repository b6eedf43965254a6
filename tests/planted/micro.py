"""Small steps before a goal: one that brings it nearer, some that only the keener take, some that mean nothing.

Everybody takes a touchpoint a day at random. Keenness (`intent`) raises the chance of the goal and tilts people towards
the confounded decoys and some of the ordinary touchpoints; the causal step multiplies the chance of the goal from then
on.
"""

from typing import NamedTuple

import numpy as np

from tests.planted.friction import DAY, GOAL, Planted

CAUSAL, CONFOUNDED, INERT, ORDINARY = "causal", 5, 3, 12


class World(NamedTuple):
    """`effect` of the causal step on the chance of the goal; `tilt` of the confounded ones by intent."""

    people: int = 20_000
    effect: float = 2.0
    tilt: float = 0.6
    intent: float = 0.7
    chance: float = 0.03
    leaving: float = 0.06


def names() -> list[str]:
    """The causal step, the confounded decoys, the inert ones; in this order."""
    return [CAUSAL, *(f"confounded{k}" for k in range(CONFOUNDED)), *(f"inert{k}" for k in range(INERT))]


def planted(seed: int, world: World) -> Planted:
    """People at random."""
    draw = np.random.default_rng(seed)
    listed = [*names(), *(f"page{k:02}" for k in range(ORDINARY)), GOAL]
    n, types = world.people, len(listed) - 1
    intent = draw.normal(size=n)
    tilt, base = np.zeros(types), np.full(types, 1.0)
    tilt[1 : 1 + CONFOUNDED] = world.tilt
    tilt[-ORDINARY:] = np.linspace(-world.tilt, world.tilt, ORDINARY)
    base[: len(names())] = 0.5
    liking = base * np.exp(np.outer(intent, tilt))
    edges = np.cumsum(liking / liking.sum(axis=1, keepdims=True), axis=1)
    who, now, moved = np.arange(n), draw.integers(0, 60 * DAY, n), np.zeros(n, np.bool_)
    people, times, met = [], [], []
    for _ in range(40):
        at = (draw.random((len(who), 1)) > edges[who]).sum(axis=1).clip(max=types - 1)
        now[who] += (draw.exponential(1.0, len(who)) * DAY).astype(np.int64) + 1
        people.append(who)
        times.append(now[who].copy())
        met.append(at)
        moved[who[at == 0]] = True
        chance = world.chance * np.exp(world.intent * intent[who]) * np.where(moved[who], world.effect, 1.0)
        luck = draw.random(len(who))
        won, gone = who[luck < chance], luck < chance + world.leaving
        people.append(won)
        times.append(now[won] + 1)
        met.append(np.full(len(won), types))
        who = who[~gone]
    person, time, name = np.concatenate(people), np.concatenate(times), np.concatenate(met).astype(np.int32)
    order = np.lexsort((time, person))
    return Planted(person[order], time[order], name[order], listed, [], listed[1 : len(names())])
