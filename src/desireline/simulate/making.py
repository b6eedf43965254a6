"""From a number of people and a seed to a simulation."""

from collections.abc import Sequence

import numpy as np

from desireline.simulate.blocks import Block, blocks
from desireline.simulate.defining import definition
from desireline.simulate.dirt import bots_of, seen_of, with_bots
from desireline.simulate.event_tables import Happened, events_table, truth_table
from desireline.simulate.experiments import assignments_table
from desireline.simulate.identities import identities_table
from desireline.simulate.people_table import everybody, people_table
from desireline.simulate.record import joined
from desireline.simulate.settings import Difficulty, Effects, settings_of
from desireline.simulate.simulation import Simulation
from desireline.simulate.truth import Run, truth_of
from desireline.simulate.voices import Voices, silent


def simulate(
    people: int, seed: int = 0, *, difficulty: Difficulty = "medium", effects: Effects = "planted"
) -> Simulation:
    """Simulates the customers of an invented household-goods retailer, with everything that is true of them.

    The same arguments give the same bytes.

    Args:
        people: how many, at least 1; bots come on top.
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
    rng = np.random.default_rng([seed, 3])
    happened = _happened(made, round(people * settings.bots), rng)
    seen = seen_of(happened.record, happened.people, settings, rng)
    return Simulation(
        events=events_table(happened, seen, rng),
        events_truth=truth_table(happened, seen),
        people=people_table(happened, made),
        identities=identities_table(happened.people, happened.record, seen, settings, rng),
        assignments=assignments_table(everybody(made), made, seed),
        definition=definition(),
        truth=truth_of(Run(seed, difficulty, effects, settings), made, happened, seen),
    )


def _happened(made: Sequence[Block], bots: int, rng: np.random.Generator) -> Happened:
    """The events of all blocks, and those of bots."""
    people = everybody(made)
    extra = bots_of(rng, bots, people.n)
    record = joined([*(b.record for b in made), extra], [*(b.first for b in made), 0])
    spoken = [*(b.voices for b in made), silent(len(extra.person))]
    voices = Voices._make(np.concatenate(column) for column in zip(*spoken, strict=True))
    return Happened(with_bots(people, bots), record, voices, people.n)
