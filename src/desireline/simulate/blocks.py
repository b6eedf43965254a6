"""Blocks of people, each simulated by itself from its own random numbers, and what they come to together."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from desireline.simulate import world
from desireline.simulate.arrays import F64, Bools
from desireline.simulate.calendar import DATES, DAY
from desireline.simulate.counterfactuals import Lifted, Without, interventions, value_of, without_friction
from desireline.simulate.draws import Draws
from desireline.simulate.people import People, people_of
from desireline.simulate.record import Record, record_of
from desireline.simulate.settings import Effects, Settings
from desireline.simulate.tables import Tables, tables_of
from desireline.simulate.voices import Voices, voices_of
from desireline.simulate.walking import World, walk

BLOCK = 16_384
"""People simulated at a time: their uniforms fit into memory, and their state into a cache."""


class Block(NamedTuple):
    """What came of some people; `first` is the number of the first one."""

    first: int
    people: People
    record: Record
    converted: Bools
    value: F64
    assigned: Bools  # takes part in the randomised experiment
    treated: Bools
    without: Without
    lifted: Lifted
    voices: Voices


def blocks(people: int, seed: int, settings: Settings, effects: Effects) -> Iterator[Block]:
    """Simulates all people, block by block."""
    tables = tables_of(settings)
    for number, first in enumerate(range(0, people, BLOCK)):
        yield _block(number, first, min(BLOCK, people - first), seed, settings, effects, tables)


def _block(number: int, first: int, n: int, seed: int, settings: Settings, effects: Effects, tables: Tables) -> Block:
    rng = np.random.default_rng([seed, number, 0])
    people = people_of(rng, n, settings)
    draws = Draws(seed, number, n)
    assigned = (people.start >= DATES.experiment_from * DAY) & (people.start < DATES.experiment_to * DAY)
    treated = assigned & (rng.random(n) < 0.5)
    actual = _world(people, settings, effects, tables, treated)
    walked = walk(people, actual, draws)
    record = record_of(people, walked, rng)
    return Block(
        first=first,
        people=people,
        record=record,
        converted=walked.converted,
        value=value_of(people, walked),
        assigned=assigned,
        treated=treated,
        without=without_friction(people, actual, walked, draws),
        lifted=interventions(people, actual, walked, assigned, draws),
        voices=voices_of(people, record, actual.friction, rng),
    )


def _world(people: People, settings: Settings, effects: Effects, tables: Tables, treated: Bools) -> World:
    """The world as it is: friction on, and the new service where a region has it."""
    friction = np.zeros(len(world.PLACES), np.bool_)
    if effects == "planted":
        friction[world.indices(world.FRICTIONS)] = True
    return World(settings, tables, friction, treated, np.array(DATES.rollout)[people.region] * DAY)
