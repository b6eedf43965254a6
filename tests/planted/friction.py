"""Journeys with touchpoints that are known to hinder, and decoys that only the less willing meet.

At every step a person meets one of the touchpoints and then converts, drops out, contacts the organisation or goes on.
A friction multiplies the chance to convert, and divides the one to drop, at the very step it is met. Willingness
(`intent`) moves the chance to convert, and tilts towards decoys those who have little of it.
"""

from typing import NamedTuple

import numpy as np

from desireline.analyze.scope import Labels, Scope
from desireline.model.question import Filters
from tests.scopes import Columns

MINUTE, DAY = 60_000_000, 86_400_000_000
GOAL, HELP = "order", "support"


class World(NamedTuple):
    """What is planted.

    Attributes:
        people, types: how many of each; touchpoints are named "t00", "t01" …
        factor: by which the first `frictions` touchpoints multiply the chance to convert; 1 plants nothing.
        on_drop: whether they divide the chance to drop by it as well.
        decoys: the last so many touchpoints are met exp(-tilt * intent) times as often.
        intent: by how much one standard deviation of intent raises the log chance to convert.
        by_step: chances to convert by step, the last for all further ones.
        dropping: chance to drop at a step; 0.0 for journeys that end only with the goal or after 40 steps.
        spread: of the log of everyone's own chance to drop, for journeys of very unequal length.
        burst: chance that a step repeats the touchpoint of the one before.
        stages: touchpoints belong to so many stages, walked in order; each has its own chance to convert.
        helping: chance of a contact at a step.
    """

    people: int = 10_000
    types: int = 40
    frictions: int = 4
    factor: float = 1.0
    on_drop: bool = False
    decoys: int = 0
    tilt: float = 0.0
    intent: float = 0.0
    by_step: tuple[float, ...] = (0.06,)
    dropping: float = 0.15
    spread: float = 0.0
    burst: float = 0.0
    helping: float = 0.0


class Planted(NamedTuple):
    """Events of people by number, in the order of their times; `name` indexes `names`."""

    person: np.ndarray
    time: np.ndarray
    name: np.ndarray
    names: list[str]
    frictions: list[str]
    decoys: list[str]


def planted(seed: int, world: World) -> Planted:
    """People at random."""
    draw = np.random.default_rng(seed)
    n, types = world.people, world.types
    names = [*(f"t{k:02}" for k in range(types)), GOAL, HELP]
    intent = draw.normal(size=n)
    tilt = np.zeros(types)
    tilt[types - world.decoys :] = -world.tilt
    liking = np.exp(np.outer(intent, tilt))
    edges = np.cumsum(liking / liking.sum(axis=1, keepdims=True), axis=1)
    own_drop = world.dropping * np.exp(world.spread * draw.normal(size=n))
    factor = np.ones(types)
    factor[: world.frictions] = world.factor
    who, now = np.arange(n), draw.integers(0, 60 * DAY, n)
    at = np.zeros(n, np.int64)
    people, times, met = [], [], []

    def note(some: np.ndarray, touchpoint: np.ndarray | int) -> None:
        now[some] += (draw.lognormal(3.0, 1.5, len(some)) * MINUTE).astype(np.int64) + 1
        people.append(some)
        times.append(now[some].copy())
        met.append(np.broadcast_to(touchpoint, len(some)).astype(np.int32))

    for step in range(40):
        fresh = (draw.random((len(who), 1)) > edges[who]).sum(axis=1).clip(max=types - 1)
        again = (draw.random(len(who)) < world.burst) & (step > 0)
        at[who] = np.where(again, at[who], fresh)
        note(who, at[who])
        chance = world.by_step[min(step, len(world.by_step) - 1)] * np.exp(world.intent * intent[who]) * factor[at[who]]
        leave = own_drop[who] / (factor[at[who]] if world.on_drop else 1.0)
        luck, chance, leave = draw.random(len(who)), chance.clip(max=0.5), leave.clip(max=0.45)
        note(who[luck < chance], types)
        who = who[luck >= chance + leave]
        note(who[draw.random(len(who)) < world.helping], types + 1)
    person, time, name = (np.concatenate(x) for x in (people, times, met))
    order = np.lexsort((time, person))
    return Planted(
        person[order], time[order], name[order], names, names[: world.frictions] if world.factor != 1 else [],
        names[types - world.decoys : types],
    )  # fmt: skip


def scope_of(found: Planted, gap_days: float = 30.0) -> Scope:
    """The events as a scope of people, without a definition, observed until the last journey is over."""
    codes = Labels(found.names, np.arange(len(found.names), dtype=np.int32))
    n = len(found.time)
    offsets = np.searchsorted(found.person, np.arange(int(found.person[-1]) + 2)).astype(np.int64)
    nothing = Labels([], np.full(len(found.names), -1, np.int32))
    return Scope(
        offsets=offsets, time=found.time, code=found.name, arrival=np.arange(n),
        owner=np.arange(len(offsets) - 1, dtype=np.int32),
        touchpoints=codes, stages=nothing, channels=nothing, event_names=codes, grain="person", filters=Filters(),
        definition=None, generation="planted", until=int(found.time.max() + 2 * gap_days * DAY),
        gap=int(gap_days * DAY), sources=nothing, caveat=np.zeros(len(found.names), np.bool_),
        columns=Columns({}, np.full(n, np.nan), (offsets, found.name)),
    )  # fmt: skip
