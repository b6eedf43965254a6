"""From a number of people and a seed to a simulation."""

import numpy as np
import pyarrow as pa

from desireline.simulate.blocks import blocks
from desireline.simulate.defining import definition
from desireline.simulate.event_tables import events_table, truth_table
from desireline.simulate.people_table import everybody, people_table
from desireline.simulate.record import Record, joined
from desireline.simulate.settings import Difficulty, Effects, settings_of
from desireline.simulate.simulation import Simulation
from desireline.simulate.truth import truth_of


def simulate(
    people: int, seed: int = 0, *, difficulty: Difficulty = "medium", effects: Effects = "planted"
) -> Simulation:
    """Simulates the customers of an invented household-goods retailer, with everything that is true of them.

    The same arguments give the same bytes.

    Args:
        people: how many, at least 1.
        seed: of the random numbers, at least 0.
        difficulty: sizes of effects and of noise.
        effects: `none` leaves confounding and noise, and takes away friction, troubles, drift and what is done to
            people; then whoever finds an effect is wrong.

    >>> made = simulate(200, seed=1, effects="none")
    >>> made.people["converted"].equals(made.people["converted_without"])
    True
    """
    settings = settings_of(difficulty, effects)
    made = list(blocks(people, seed, settings, effects))
    everyone = everybody(made)
    record = joined([b.record for b in made], [b.first for b in made])
    in_time = np.argsort(record.time, kind="stable")
    truth = truth_of(seed, difficulty, effects, settings, made, everyone, record)
    record = Record._make(column[in_time] for column in record)
    return Simulation(
        events=events_table(everyone, record),
        events_truth=truth_table(record),
        people=people_table(everyone, made),
        identities=pa.table({}),
        assignments=pa.table({}),
        definition=definition(),
        truth=truth,
    )
