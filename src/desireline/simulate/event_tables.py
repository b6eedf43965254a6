"""`events.parquet` and `events_truth.parquet`: what an analyst gets, and what is true of each row."""

import numpy as np
import pyarrow as pa

from desireline.simulate import world
from desireline.simulate.arrays import I64, Bools
from desireline.simulate.calendar import micros
from desireline.simulate.columns import (
    PLATFORMS,
    RELEASES,
    chosen,
    floats,
    moments,
    numbered,
    platforms,
    releases,
    slug,
)
from desireline.simulate.people import CAMPAIGNS, People
from desireline.simulate.record import TOPICS, Record

PERSON = "p"
EVENT = "e"


def events_table(people: People, record: Record) -> pa.Table:
    """The events as observed, in the order of the record."""
    who, at = record.person, record.touchpoint
    platform = platforms(record.channel, people.android[who])
    web = np.isin(record.channel, [world.CHANNELS.index("web")])
    goal = at == world.INDEX[world.GOAL]
    return pa.table({
        "person_id": numbered(PERSON, who),
        "timestamp": moments(micros(record.time)),
        "event": chosen(world.NAMES, at),
        "channel": chosen(world.CHANNELS, record.channel),
        "event_id": numbered(EVENT, np.arange(len(who))),
        "value": floats(record.value),
        "score": pa.nulls(len(who), pa.float64()),
        "text": pa.nulls(len(who), pa.string()),
        "platform": chosen(PLATFORMS, platform),
        "language": chosen(world.LANGUAGES, people.language[who]),
        "region": chosen(world.REGIONS, people.region[who]),
        "topic": chosen(TOPICS, record.topic),
        "element": chosen([f"#{slug(name)}" for name in world.NAMES], record.element),
        "url": chosen([f"/{slug(name)}" for name in world.NAMES], np.where(web, at, -1)),
        "release": chosen(RELEASES, releases(record.time, platform)),
        "survey": pa.nulls(len(who), pa.string()),
        "campaign": chosen(CAMPAIGNS, people.campaign[who]),
        "order_id": numbered("o", who, ~(goal | _after(at))),
    })  # fmt: skip


def truth_table(record: Record) -> pa.Table:
    """What is true of each event."""
    n = len(record.person)
    return pa.table({
        "event_id": numbered(EVENT, np.arange(n)),
        "stage": chosen(world.STAGES, world.STAGE[record.touchpoint]),
        "true_time": moments(micros(record.time)),
        "duplicate_of": pa.nulls(n, pa.string()),
        "late": pa.array(np.zeros(n, np.bool_)),
        "bot": pa.array(np.zeros(n, np.bool_)),
    })  # fmt: skip


def _after(at: I64) -> Bools:
    found: Bools = world.STAGE[at] == 3
    return found
