"""What would have been in another world: the same people and the same uniforms, and one thing changed.

Who never meets what is changed walks the same way in both worlds, so only those who met it are walked again.
"""

from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, Bools
from desireline.simulate.draws import Draws
from desireline.simulate.people import People
from desireline.simulate.walking import Walk, World, walk

REPEATED = 0.6
"""A repeated order is worth so much of the first one."""


class Loss(NamedTuple):
    """What one friction costs: people who met it, and the goals and value that would be there without it."""

    touchpoint: str
    people: int
    conversions: int
    value: float


class Without(NamedTuple):
    """Outcomes of each person with all friction off, and the loss by each one and by all together."""

    converted: Bools
    value: F64
    losses: list[Loss]
    joint: Loss


def value_of(people: People, walked: Walk) -> F64:
    """What each person spends."""
    spent = np.zeros(people.n)
    for name, share in ((world.GOAL, 1.0), ("Repeat order", REPEATED)):
        buyers = walked.person[walked.touchpoint == world.INDEX[name]]
        spent += np.round(people.order * share, 2) * np.bincount(buyers, minlength=people.n)
    return spent


def without_friction(people: People, actual: World, walked: Walk, draws: Draws) -> Without:
    """Walks those who met friction again, with each of them off, and with all of them off."""
    value = value_of(people, walked)
    losses, met = [], np.zeros(people.n, np.bool_)
    for k in np.flatnonzero(actual.friction):
        here = _met(people, walked, int(k))
        met |= here
        off = actual.friction.copy()
        off[k] = False
        converted, spent = _again(people, actual._replace(friction=off), draws, here, walked)
        losses.append(_loss(world.NAMES[k], here, converted, walked.converted, spent, value))
    off = np.zeros_like(actual.friction)
    converted, spent = _again(people, actual._replace(friction=off), draws, met, walked)
    return Without(converted, spent, losses, _loss("", met, converted, walked.converted, spent, value))


class Lifted(NamedTuple):
    """Whether each person reaches the goal with and without what was done to them."""

    treated: Bools
    untreated: Bools
    without_rollout: Bools


def interventions(people: People, actual: World, walked: Walk, assigned: Bools, draws: Draws) -> Lifted:
    """Both potential outcomes of those assigned to the experiment, and everybody's without the rollout."""
    treated = _again(people, actual._replace(treated=assigned), draws, assigned & ~actual.treated, walked)
    untreated = _again(people, actual._replace(treated=np.zeros_like(assigned)), draws, actual.treated, walked)
    last = np.zeros(people.n)
    np.maximum.at(last, walked.person, walked.time)
    met = last >= actual.advanced
    nowhere = actual._replace(advanced=np.full(people.n, np.inf))
    return Lifted(treated[0], untreated[0], _again(people, nowhere, draws, met, walked)[0])


def _met(people: People, walked: Walk, touchpoint: int) -> Bools:
    found = np.zeros(people.n, np.bool_)
    found[walked.person[walked.touchpoint == touchpoint]] = True
    return found


def _again(people: People, other: World, draws: Draws, who: Bools, walked: Walk) -> tuple[Bools, F64]:
    """Goal and value of everybody in the other world."""
    again = walk(people, other, draws, np.flatnonzero(who))
    converted = np.where(who, again.converted, walked.converted)
    return converted, np.where(who, value_of(people, again), value_of(people, walked))


def _loss(name: str, who: Bools, there: Bools, here: Bools, spent: F64, value: F64) -> Loss:
    return Loss(name, int(who.sum()), int(there.sum()) - int(here.sum()), float((spent - value).sum()))
