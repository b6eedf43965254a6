"""`people.parquet`: who people are, what they did, and what they would have done without friction."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from desireline.simulate import world
from desireline.simulate.blocks import Block
from desireline.simulate.columns import chosen, floats, numbered
from desireline.simulate.event_tables import PERSON, Happened
from desireline.simulate.people import People


def everybody(blocks: Sequence[Block]) -> People:
    """The people of all blocks."""
    return People._make(np.concatenate(column) for column in zip(*(b.people for b in blocks), strict=True))


def people_table(happened: Happened, blocks: Sequence[Block]) -> pa.Table:
    """One row a person, in the order of their numbers; bots last."""
    people, bots = happened.people, happened.people.n - happened.humans
    none, nothing = np.zeros(bots, np.bool_), np.zeros(bots)
    return pa.table({
        "person_id": numbered(PERSON, np.arange(people.n)),
        "persona": chosen(world.PERSONAS, people.persona),
        "type": chosen(world.TYPES, people.type),
        "intent": floats(people.intent),
        "value_class": chosen(world.VALUE_CLASSES, people.value_class),
        "language": chosen(world.LANGUAGES, people.language),
        "consent": people.consent,
        "bot": np.arange(people.n) >= happened.humans,
        "converted": np.concatenate([*(b.converted for b in blocks), none]),
        "converted_without": np.concatenate([*(b.without.converted for b in blocks), none]),
        "value": np.concatenate([*(b.value for b in blocks), nothing]),
        "value_without": np.concatenate([*(b.without.value for b in blocks), nothing]),
    })  # fmt: skip
